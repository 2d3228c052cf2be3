package store

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// contactRows are the addresses of contacts.
var contactRows = sealedRows{
	what:  "contacts",
	count: `select count(*) from contacts`,
	other: `
		select district_id, contact_id, email_sealed
		from contacts
		where key_id <> @key
		limit @limit`,
	move: `
		update contacts
		set key_id = @key,
		  email_sealed = moved.sealed,
		  email_hash = moved.hash
		from unnest(@districts::int[], @ids::bigint[], @sealed::bytea[], @hashes::bytea[]) as moved (district_id, contact_id, sealed, hash)
		where contacts.district_id = moved.district_id
		  and contacts.contact_id = moved.contact_id`,
	abandon: `delete from contacts`,
}

//go:embed sql/contact_of_thing.sql
var contactOfThingSQL string

//go:embed sql/contact.sql
var contactSQL string

// errNoKeys is the error of a store without keys that has to keep an address.
var errNoKeys = errors.New("the store has no keys for addresses")

// reporterOf returns the contact of a district who an actor is: the one who has
// signed in, or the one with the address of the account. It returns 0 for nobody.
func (s *Store) reporterOf(ctx context.Context, db querier, d *civic.District, actor civic.Actor) (id int64, err error) {
	args := pgx.NamedArgs{"district": d.ID, "contact": nil, "hashes": nil}
	switch actor.Kind {
	case civic.Contact:
		args["contact"] = actor.ID
	case civic.Account:
		address, err := s.accountAddress(ctx, db, actor.ID)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return 0, nil
		case err != nil:
			return 0, fmt.Errorf("find the contact of an account: %w", err)
		}
		args["hashes"] = s.keys.EmailHashes(address)
	default:
		return 0, nil
	}
	err = db.QueryRow(ctx, `
		select coalesce(min(contact_id), 0)
		from contacts
		where district_id = @district
		  and (contact_id = @contact or email_hash = any(@hashes::bytea[]))`, args).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("find the contact who an actor is: %w", err)
	}
	return id, nil
}

// queueReporter queues statements that add the row of a pin among the things, with
// the contact whose address the pin has, or else the one with the id reporter. It
// queues none without either: then that row follows from the pin.
func (s *Store) queueReporter(b *pgx.Batch, d *civic.District, id int64, pin civic.NewPin, reporter int64, publication civic.Publication) error {
	switch {
	case pin.Email == "" && reporter == 0:
		return nil
	case pin.Email == "":
		b.Queue(`
			insert into things (district_id, thing_id, kind, publication, title, area_id, reporter_id)
			values (@district, @id, 'pin', @publication, @title, @area, @reporter)`,
			pgx.NamedArgs{
				"district": d.ID, "id": id, "publication": publication.String(), "title": pin.Title, "area": areaID(pin.AreaID), "reporter": reporter,
			})
		return nil
	}
	if s.keys == nil {
		return errNoKeys
	}
	s.queueContact(b, d, pin.Email, pin.Language)
	b.Queue(contactOfThingSQL, pgx.NamedArgs{
		"district": d.ID, "id": id, "publication": publication.String(), "title": pin.Title, "area": areaID(pin.AreaID), "hashes": s.keys.EmailHashes(pin.Email),
	})
	return nil
}

// queueContact queues statements that add a contact unless the district has one
// with the address. The last returns the id.
func (s *Store) queueContact(b *pgx.Batch, d *civic.District, address, language string) *pgx.QueuedQuery {
	email := s.keys.SealEmail(address)
	queueKey(b, email.KeyID)
	return b.Queue(contactSQL, pgx.NamedArgs{
		"district": d.ID, "key": email.KeyID, "sealed": email.Sealed, "hash": email.Hash, "hashes": s.keys.EmailHashes(address),
		"language": cmp.Or(language, d.Languages[0]),
	})
}

// ContactByEmail returns the id of the contact of a district with an address. It
// returns civic.ErrNotFound when there is none.
func (s *Store) ContactByEmail(ctx context.Context, d *civic.District, address string) (id int64, err error) {
	if s.keys == nil {
		return 0, errNoKeys
	}
	if err := s.refreshKey(ctx); err != nil {
		return 0, err
	}
	err = s.writePool.QueryRow(ctx, `
		select contact_id
		from contacts
		where district_id = @district
		  and email_hash = any(@hashes)`,
		pgx.NamedArgs{"district": d.ID, "hashes": s.keys.EmailHashes(address)}).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("find a contact of %s: %w", d.Slug, civicError(err))
	}
	return id, nil
}

// addContact returns the id of the contact with an address, whom it adds unless
// the district has one. The language is that of mail; default that of the
// district.
func (s *Store) addContact(ctx context.Context, tx pgx.Tx, d *civic.District, address, language string) (id int64, err error) {
	if s.keys == nil {
		return 0, errNoKeys
	}
	var all pgx.Batch
	s.queueContact(&all, d, address, language).QueryRow(func(row pgx.Row) error { return row.Scan(&id) })
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return 0, fmt.Errorf("add a contact: %w", err)
	}
	return id, nil
}
