package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/import_keep.sql
	importKeepSQL string
	//go:embed sql/import_keep_staged.sql
	importKeepStagedSQL string
	//go:embed sql/import_differences.sql
	importDifferencesSQL string
	//go:embed sql/edited_fields.sql
	editedFieldsSQL string
	//go:embed sql/unedited_fields.sql
	uneditedFieldsSQL string
)

// keepEdited keeps what people have changed: it sets these fields of the staged
// rows to what their pins say, and compares the rows again. It returns the ids of
// the pins, which it locks; whoever changes a field of another one now makes merge
// leave that pin as it is.
func (im *Import) keepEdited(ctx context.Context, args pgx.NamedArgs) (pins []int64, err error) {
	rows, _ := im.tx.Query(ctx, `
		select pin_id
		from pins
		where district_id = @district
		  and source_id = @source
		  and pin_id in (select pin_id from edited_fields where district_id = @district)
		order by pin_id
		for update`, args) // CollectRows returns the error
	if pins, err = pgx.CollectRows(rows, pgx.RowTo[int64]); err != nil {
		return nil, fmt.Errorf("lock pins that people have changed: %w", err)
	}
	if len(pins) == 0 {
		return nil, nil
	}
	args["pins"], args["kept"] = pins, true
	for _, sql := range []string{importKeepSQL, importKeepStagedSQL, importCompareSQL} {
		if _, err := im.tx.Exec(ctx, sql, args); err != nil {
			return nil, fmt.Errorf("keep what people have changed: %w", err)
		}
	}
	return pins, nil
}

// recordDifferences records what the file says of the fields that keepEdited has
// kept, and returns how many differences wait since this import.
func (im *Import) recordDifferences(ctx context.Context, pins []int64) (n int, err error) {
	args := pgx.NamedArgs{"district": im.district.ID, "import": im.batchID, "ids": pins}
	for _, sql := range []string{importDifferencesSQL, uneditedFieldsSQL} {
		if _, err := im.tx.Exec(ctx, sql, args); err != nil {
			return 0, fmt.Errorf("record differences: %w", err)
		}
	}
	err = im.tx.QueryRow(ctx, `
		select count(*)
		from edited_fields
		where district_id = @district
		  and import_id = @import
		  and imported <> seen`, args).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count differences: %w", err)
	}
	return n, nil
}

// queueEdited queues statements around those of change, which change fields of
// pins: no import overwrites them afterwards.
func queueEdited(b *pgx.Batch, d *civic.District, pins []int64, fields []string, change func()) {
	args := pgx.NamedArgs{"district": d.ID, "ids": pins, "fields": fields}
	b.Queue(editedFieldsSQL, args)
	change()
	b.Queue(uneditedFieldsSQL, args)
}

// queueRedacted queues a statement after which no import brings back the texts of
// a pin: it overwrites none of them, and what it says of them is not kept.
func queueRedacted(b *pgx.Batch, d *civic.District, pin int64) {
	b.Queue(`
		insert into edited_fields (district_id, pin_id, field, seen, imported)
		select district_id, pin_id, field, 'null', 'null'
		from pins
		cross join unnest(array['title', 'body']) as field
		where district_id = @district
		  and pin_id = @pin
		  and source_id is not null
		on conflict (district_id, pin_id, field) do update
		set seen = excluded.seen,
		  imported = excluded.imported,
		  import_id = null`, pgx.NamedArgs{"district": d.ID, "pin": pin})
}
