package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// officeRows writes and reads offices.
type officeRows struct{}

func (officeRows) hasTriggers() bool                                     { return false }
func (officeRows) queueState(*pgx.Batch, *civic.District, []civic.Thing) {}
func (officeRows) queueErasure(*pgx.Batch, *civic.District, int64)       {}
func (officeRows) text(content civic.Content) any                        { return content }

func (officeRows) queueContent(b *pgx.Batch, d *civic.District, id int64, content civic.Content) error {
	o, ok := content.(civic.Office)
	if !ok {
		return fmt.Errorf("the content is no office: %w", civic.ErrInvalid)
	}
	b.Queue(`
		insert into offices (district_id, office_id, name, purpose, hours, address, geom)
		values (@district, @id, @name, @purpose, @hours, @address, @geom)
		on conflict (district_id, office_id) do update
		set name = excluded.name,
		  purpose = excluded.purpose,
		  hours = excluded.hours,
		  address = excluded.address,
		  geom = excluded.geom`,
		pgx.NamedArgs{
			"district": d.ID, "id": id, "name": o.Name, "purpose": o.Purpose, "hours": o.Hours, "address": o.Address, "geom": o.Point,
		})
	return nil
}

func (officeRows) read(ctx context.Context, db querier, d *civic.District, ids []int64) (map[int64]civic.Content, error) {
	rows, _ := db.Query(ctx, `
		select office_id, name, purpose, hours, address, geom
		from offices
		where district_id = @district
		  and office_id = any(@ids)`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	found := map[int64]civic.Content{}
	var id int64
	var draft civic.OfficeDraft
	_, err := pgx.ForEachRow(rows, []any{&id, &draft.Name, &draft.Purpose, &draft.Hours, &draft.Address, &draft.Point}, func() error {
		found[id] = draft.Office(d)
		draft = civic.OfficeDraft{}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read offices: %w", err)
	}
	return found, nil
}

func (officeRows) restore(d *civic.District, text []byte) (civic.Content, error) {
	var draft civic.OfficeDraft
	if err := json.Unmarshal(text, &draft); err != nil {
		return nil, fmt.Errorf("read the former office: %w", err)
	}
	return draft.Office(d), nil
}
