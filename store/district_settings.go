package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// changeSettings changes what a district has chosen, and records that together with
// chosen. It returns the errors of civic.Can.
func (s *Store) changeSettings(ctx context.Context, d *civic.District, actor civic.Actor, chosen any, change func(pgx.Tx) error) error {
	if err := civic.Can(actor, civic.ChangeSettings, civic.Thing{DistrictID: d.ID}, time.Now()); err != nil {
		return fmt.Errorf("settings of %s: %w", d.Slug, err)
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		return record{actor: actor, steps: []recordedStep{{action: civic.ChangeSettings}}, text: chosen}.save(ctx, tx, d)
	})
	if err != nil {
		return fmt.Errorf("change settings of %s: %w", d.Slug, civicError(err))
	}
	return nil
}
