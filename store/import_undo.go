package store

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/import_undo_check.sql
	importUndoCheckSQL string
	//go:embed sql/import_undo_kept.sql
	importUndoKeptSQL string
	//go:embed sql/import_undo.sql
	importUndoSQL string
)

// UndoImport restores every pin that an import changed, except for those on which
// somebody has acted since. It waits until no other import or undo in the district
// is running, and calls waiting before as ImportConfig.Waiting. It returns
// civic.ErrNotFound for an unknown import, and civic.ErrConflict when the import is
// undone already or a later one, which must be undone first, changed the same pins.
func (s *Store) UndoImport(ctx context.Context, d *civic.District, actor civic.Actor, id int32, waiting func(holder string)) (undone civic.UndoneImport, err error) {
	if err := civic.Can(actor, civic.UndoImport, civic.Thing{DistrictID: d.ID}, time.Now()); err != nil {
		return civic.UndoneImport{}, fmt.Errorf("undo import %d in %s: %w", id, d.Slug, err)
	}
	args := pgx.NamedArgs{"district": d.ID, "import": id}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockImports(ctx, tx, d, fmt.Sprintf("undo of import %d", id), waiting); err != nil {
			return err
		}
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		var undoneAt *time.Time
		var later *int32
		err := tx.QueryRow(ctx, importUndoCheckSQL, args).Scan(&undoneAt, &later)
		switch {
		case err != nil:
			return civicError(err)
		case undoneAt != nil:
			return fmt.Errorf("%w: it was undone on %s", civic.ErrConflict, undoneAt.Format(time.DateOnly))
		case later != nil:
			return fmt.Errorf("%w: import %d changed the same pins later; undo that one first", civic.ErrConflict, *later)
		}
		if undone.Kept, err = keptOfImport(ctx, tx, d, args); err != nil {
			return err
		}
		kept := []int64{}
		for _, t := range undone.Kept {
			kept = append(kept, t.ID)
		}
		args["kept"] = kept
		if err := tx.QueryRow(ctx, importUndoSQL, args).Scan(&undone.Deleted, &undone.Restored); err != nil {
			return err //nolint:wrapcheck // said below
		}
		if err := updateRestoredWords(ctx, tx, d, id); err != nil {
			return err
		}
		return record{actor: actor, batch: &id, steps: []recordedStep{{action: civic.UndoImport}}}.save(ctx, tx, d)
	})
	if err != nil {
		return civic.UndoneImport{}, fmt.Errorf("undo import %d in %s: %w", id, d.Slug, err)
	}
	return undone, nil
}

// keptOfImport returns the pins of an import that its undo leaves as they are. It
// locks all pins of the import before, so that nobody acts on them meanwhile.
func keptOfImport(ctx context.Context, tx pgx.Tx, d *civic.District, args pgx.NamedArgs) ([]civic.Thing, error) {
	_, err := tx.Exec(ctx, `
		select count(*)
		from (
		  select
		  from pins
		  where district_id = @district
		    and (
		      import_id = @import
		      or pin_id in (select pin_id from import_changes where district_id = @district and import_id = @import)
		    )
		  order by pin_id
		  for update
		) as locked`, args)
	if err != nil {
		return nil, fmt.Errorf("lock pins: %w", err)
	}
	rows, _ := tx.Query(ctx, importUndoKeptSQL, args) // CollectRows returns the error
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("look up what was done since: %w", err)
	}
	things, err := lockThings(ctx, tx, d, ids)
	if err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Values(things), func(a, b civic.Thing) int { return cmp.Compare(a.ID, b.ID) }), nil
}
