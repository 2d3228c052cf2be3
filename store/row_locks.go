package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// rowLock is how a row is locked until a transaction ends.
type rowLock string

// The locks. Whoever wants to change what a row says waits for either.
const (
	sharedLock rowLock = "for share"         // others may have the same
	ownLock    rowLock = "for no key update" // nobody else has one
)

// lockPublic keeps a thing public until tx ends. It returns pgx.ErrNoRows for one that
// has no public page, and for one of another kind.
func lockPublic(ctx context.Context, tx pgx.Tx, d *civic.District, id int64, kind func(civic.ThingKind) bool, lock rowLock) error {
	kinds := slices.DeleteFunc(civic.ThingKinds(), func(k civic.ThingKind) bool { return !kind(k) })
	row := tx.QueryRow(ctx, `
		select
		from things
		left join pins on pins.district_id = things.district_id and pin_id = thing_id
		where things.district_id = @district
		  and thing_id = @id
		  and things.kind = any(@kinds)
		  and things.publication = 'published'
		  and visibility is distinct from 'hex'
		`+string(lock)+` of things`, pgx.NamedArgs{"district": d.ID, "id": id, "kinds": kindNames(kinds)})
	return row.Scan() //nolint:wrapcheck // the callers do
}

// lockDistrict locks the row of a district until tx ends, before the pins that tx
// updates. A change of areas locks both in the same order, so that neither waits
// for the other for ever.
func lockDistrict(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	return lockDistrictRow(ctx, tx, d, sharedLock)
}

// lockDistrictAlone is lockDistrict for what only one may do at a time, such as an import
// of councillors.
func lockDistrictAlone(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	return lockDistrictRow(ctx, tx, d, ownLock)
}

func lockDistrictRow(ctx context.Context, tx pgx.Tx, d *civic.District, lock rowLock) error {
	_, err := tx.Exec(ctx, `
		select
		from districts
		where district_id = @district
		`+string(lock), pgx.NamedArgs{"district": d.ID})
	if err != nil {
		return fmt.Errorf("lock district: %w", err)
	}
	return nil
}
