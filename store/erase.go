package store

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
	"github.com/pinezka/pinezka/store/erasures"
)

// erasedTitle is the title of a pin whose texts were erased, in every language:
// a title is never empty.
const erasedTitle = "[…]"

// erasedLabel is the label of the hashes of addresses on the list of erasures.
const erasedLabel = "erased email"

// errNoErasures is the error of a store without a list of erasures that has to
// erase.
var errNoErasures = errors.New("the store has no list of erasures")

// EraseContact erases a contact and everything that is held about them. With
// texts, what the contact wrote is erased too, wherever it is kept: their pins are
// withdrawn, without words and exact places. Otherwise the pins stay as those of
// somebody unknown. In either case their voices stay so, and what they wrote in private
// is erased. Before it commits, the erasure is on the list of erasures. It
// returns civic.ErrNotFound when the district has no such contact, and the error
// of civic.Can when the actor may not erase it: only the contact and operators
// may.
func (s *Store) EraseContact(ctx context.Context, d *civic.District, actor civic.Actor, contact int64, texts bool) error {
	err := civic.Can(actor, civic.Erase, civic.Thing{DistrictID: d.ID, ReporterID: contact}, time.Now())
	if err == nil && (s.keys == nil || s.erasures == nil) {
		err = errNoErasures
	}
	if err == nil {
		err = s.inTx(ctx, func(tx pgx.Tx) error {
			address, err := s.contactAddress(ctx, tx, d, contact)
			if err != nil {
				return err
			}
			at, err := beginErasure(ctx, tx)
			if err != nil {
				return err
			}
			if err := eraseContact(ctx, tx, d, actor, contact, texts); err != nil {
				return err
			}
			return s.erasures.Add(erasures.Erasure{At: at, District: d.Slug, Hashes: s.erasedHashes(address), Texts: texts})
		})
	}
	if err != nil {
		return fmt.Errorf("erase contact %d of %s: %w", contact, d.Slug, civicError(err))
	}
	return nil
}

// contactAddress returns the address of a contact, whose row it locks.
func (s *Store) contactAddress(ctx context.Context, tx pgx.Tx, d *civic.District, contact int64) (string, error) {
	var sealed []byte
	err := tx.QueryRow(ctx, `
		select email_sealed
		from contacts
		where district_id = @district
		  and contact_id = @contact
		for update`, pgx.NamedArgs{"district": d.ID, "contact": contact}).Scan(&sealed)
	if err != nil {
		return "", err //nolint:wrapcheck // said by the callers
	}
	return s.keys.Unseal(sealed)
}

// erasedHashes returns the hashes of an address on the list of erasures.
func (s *Store) erasedHashes(address string) [][]byte {
	return s.keys.Hashes(erasedLabel, strings.ToLower(address))
}

// beginErasure returns the time of an erasure, which is after that of every other
// that has been committed.
func beginErasure(ctx context.Context, tx pgx.Tx) (at time.Time, err error) {
	err = tx.QueryRow(ctx, `
		update newest_erasure
		set erased_at = greatest(clock_timestamp(), erased_at + interval '1 microsecond')
		returning erased_at`).Scan(&at)
	if err != nil {
		return at, fmt.Errorf("begin to erase: %w", err)
	}
	return at.UTC(), nil
}

// eraseContact erases a contact in a transaction.
func eraseContact(ctx context.Context, tx pgx.Tx, d *civic.District, actor civic.Actor, contact int64, texts bool) error {
	done := record{actor: actor, steps: []recordedStep{{action: civic.Erase}}}
	steps, err := eraseTexts(ctx, tx, d, contact, texts)
	if err != nil {
		return err
	}
	done.steps = append(done.steps, steps...)
	unknown := make([]byte, 32)
	_, _ = rand.Read(unknown) // never fails
	args := pgx.NamedArgs{"district": d.ID, "contact": contact, "unknown": unknown}
	registered, err := registeredFor(ctx, tx, d, contact)
	if err != nil {
		return err
	}
	var all pgx.Batch
	for _, statement := range []string{eraseSupportsSQL, `
		update ballots
		set contact_id = null,
		  device_hash = @unknown
		where district_id = @district
		  and contact_id = @contact`, `
		delete from requests
		using things
		where requests.district_id = @district
		  and things.district_id = @district
		  and requests.pin_id = thing_id
		  and reporter_id = @contact`, `
		delete from deliveries
		where district_id = @district
		  and contact_id = @contact`, `
		delete from contacts
		where district_id = @district
		  and contact_id = @contact`} {
		all.Queue(statement, args)
	}
	var entries []int64
	if err := done.queue(&all, d, &entries); err != nil {
		return err
	}
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return fmt.Errorf("delete the contact: %w", err)
	}
	for _, thing := range registered {
		if err := seatWaiting(ctx, tx, d, thing); err != nil {
			return err
		}
	}
	return nil
}

var (
	//go:embed sql/erase_supports.sql
	eraseSupportsSQL string
	//go:embed sql/erase_texts.sql
	eraseTextsSQL string
	//go:embed sql/erase_pins.sql
	erasePinsSQL string
	//go:embed sql/erase_contents.sql
	eraseContentsSQL string
)

// eraseTexts erases what a contact wrote, in private alone or in public too, and
// returns the steps to record: those of the things that the contact reported, which are
// withdrawn.
func eraseTexts(ctx context.Context, tx pgx.Tx, d *civic.District, contact int64, public bool) ([]recordedStep, error) {
	if err := lockDistrict(ctx, tx, d); err != nil {
		return nil, err
	}
	rows, _ := tx.Query(ctx, `
		select thing_id
		from things
		where district_id = @district
		  and reporter_id = @contact
		  and (@public or kind = any(@private))`,
		pgx.NamedArgs{"district": d.ID, "contact": contact, "public": public, "private": kindNames(civic.PrivateKinds())}) // CollectRows returns the error
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("find what the contact reported: %w", err)
	}
	things, err := lockThings(ctx, tx, d, ids)
	if err != nil {
		return nil, err
	}
	var steps []recordedStep
	var publications []string
	for _, id := range ids {
		t := things[id]
		step := recordedStep{action: civic.Erase, thing: &t.ID}
		after := t.Publication
		if to, err := t.Publication.After(civic.Withdraw); err == nil {
			after = to
			step.before, step.after = name(t.Publication), name(after)
		}
		steps, publications = append(steps, step), append(publications, after.String())
	}
	args := pgx.NamedArgs{
		"district": d.ID, "ids": ids, "publications": publications, "title": erasedTitle, "words": words.Of(erasedTitle, ""), "contact": contact, "public": public,
	}
	var all pgx.Batch
	for _, statement := range []string{erasePinsSQL, eraseContentsSQL, eraseTextsSQL, `
		delete from private_links
		where district_id = @district
		  and pin_id = any(@ids)`, `
		delete from import_changes
		where district_id = @district
		  and pin_id = any(@ids)`} {
		all.Queue(statement, args)
	}
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return nil, fmt.Errorf("erase texts: %w", err)
	}
	return steps, nil
}
