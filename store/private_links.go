package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// addPrivateLink stores the hash of the private link of a pin.
func addPrivateLink(b *pgx.Batch, d *civic.District, pin int64, link civic.PrivateLink) {
	hash := link.Hash()
	b.Queue(`
		insert into private_links (district_id, token_hash, pin_id)
		values (@district, @hash, @pin)`,
		pgx.NamedArgs{"district": d.ID, "hash": hash[:], "pin": pin})
}

// PinByLink returns the pin of a private link in whatever state of publication
// it is, at its shown location. It returns civic.ErrNotFound when the district
// has no such link.
func (s *Store) PinByLink(ctx context.Context, d *civic.District, link civic.PrivateLink) (civic.Pin, error) {
	hash := link.Hash()
	row := s.readPool.QueryRow(ctx, `
		select pin_id, category_id, status, publication, title, body, shown, shown_cell,
		  coalesce(shown_area_id, 0), reported_on - date '1970-01-01', updated_at,
		  exists (select from leaf_pins where leaf_pins.district_id = pins.district_id and leaf_pins.pin_id = pins.pin_id)
		from private_links
		join pins using (district_id, pin_id)
		where district_id = @district
		  and token_hash = @hash`,
		pgx.NamedArgs{"district": d.ID, "hash": hash[:]})
	var counted bool
	p, err := scanPin(row, d, &counted)
	if err != nil {
		return civic.Pin{}, fmt.Errorf("read the pin of a private link of %s: %w", d.Slug, civicError(err))
	}
	p.Counted = counted
	return p, nil
}
