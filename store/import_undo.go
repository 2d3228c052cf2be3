package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/import_undo_check.sql
	importUndoCheckSQL string
	//go:embed sql/import_undo.sql
	importUndoSQL string
)

// UndoImport restores every pin that an import changed, and returns how many
// pins it deleted and how many it restored. It waits until no other import or
// undo in the district is running, and calls waiting before as
// ImportConfig.Waiting. It returns civic.ErrNotFound for an unknown import, and
// civic.ErrConflict when the import is undone already or a later one, which must
// be undone first, changed the same pins.
func (s *Store) UndoImport(ctx context.Context, d *civic.District, actor civic.Actor, id int32, waiting func(holder string)) (deleted, restored int, err error) {
	if err := civic.Can(actor, civic.UndoImport, civic.Thing{DistrictID: d.ID}, time.Now()); err != nil {
		return 0, 0, fmt.Errorf("undo import %d in %s: %w", id, d.Slug, err)
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
		if err := tx.QueryRow(ctx, importUndoSQL, args).Scan(&deleted, &restored); err != nil {
			return err //nolint:wrapcheck // said below
		}
		if err := updateRestoredWords(ctx, tx, d, id); err != nil {
			return err
		}
		return record{actor: actor, batch: &id, steps: []recordedStep{{action: civic.UndoImport}}}.save(ctx, tx, d)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("undo import %d in %s: %w", id, d.Slug, err)
	}
	return deleted, restored, nil
}
