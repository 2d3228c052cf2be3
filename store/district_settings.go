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

// SetModeration changes whether the pins of residents wait for a moderator in a
// district, and records that. What waits already goes on to wait. It returns the
// errors of civic.Can.
func (s *Store) SetModeration(ctx context.Context, d *civic.District, actor civic.Actor, m civic.Moderation) error {
	err := s.changeSettings(ctx, d, actor, map[string]string{"moderation": m.String()}, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			update districts
			set moderation = @moderation
			where district_id = @district`, pgx.NamedArgs{"district": d.ID, "moderation": m.String()})
		return err //nolint:wrapcheck // changeSettings does
	})
	if err != nil {
		return err
	}
	d.Moderation = m
	return nil
}
