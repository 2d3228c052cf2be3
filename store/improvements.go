package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/ask_voices.sql
var askVoicesSQL string

// askVoices queues the mails that ask whether it is better of a need that is met. Of
// one that the public only counts, nobody is asked.
func askVoices(ctx context.Context, tx pgx.Tx, d *civic.District, e told, entry int64) error {
	if e.countedOnly {
		return nil
	}
	_, err := tx.Exec(ctx, askVoicesSQL, pgx.NamedArgs{
		"district": d.ID, "thing": e.thing, "entry": entry, "kind": string(civic.MailBetter), "fact": e.fact(civic.MailMoved, entry),
		"data": e.data(civic.MailMoved), "actor": e.contact(civic.MailMoved),
		"job": sendMailArgs{}.Kind(), "attempts": maxMailAttempts, "queue": mailQueue,
	})
	if err != nil {
		return fmt.Errorf("ask whether it is better: %w", err)
	}
	return nil
}

// MailImprovement returns the need about which the token of a mail of the district
// asks. It returns civic.ErrNotFound for a token that is not valid, and for a need
// that has no public page any more.
func (s *Store) MailImprovement(ctx context.Context, d *civic.District, token string) (civic.Improvement, error) {
	contact, entry, err := s.mailToken(d, betterPurpose, token)
	if err != nil {
		return civic.Improvement{}, err
	}
	return readImprovement(ctx, s.readPool, d, contact, entry)
}

func readImprovement(ctx context.Context, from querier, d *civic.District, contact, entry int64) (i civic.Improvement, err error) {
	err = from.QueryRow(ctx, `
		select pin_id, pins.title, exists (
		  select
		  from improvements
		  where improvements.district_id = @district
		    and improvements.thing_id = pin_id
		    and improvements.audit_id = audit.audit_id
		    and improvements.contact_id = contacts.contact_id
		)
		from audit
		join pins on pins.district_id = audit.district_id
		  and pin_id = audit.thing_id
		join contacts on contacts.district_id = audit.district_id
		  and contact_id = @contact
		where audit.district_id = @district
		  and audit_id = @entry
		  and publication = 'published'
		  and visibility <> 'hex'`, pgx.NamedArgs{"district": d.ID, "contact": contact, "entry": entry}).Scan(&i.ThingID, &i.Title, &i.Answered)
	return i, readError("need", err)
}

// AnswerImprovement stores the answer of the contact to whom the token was sent. It
// does nothing when the contact has answered. The first who says that it is not
// better opens the need again, unless something has happened to it since.
func (s *Store) AnswerImprovement(ctx context.Context, d *civic.District, token string, a civic.ImprovementAnswer) error {
	contact, entry, err := s.mailToken(d, betterPurpose, token)
	if err != nil {
		return err
	}
	if err := a.Check(); err != nil {
		return err
	}
	asked, err := readImprovement(ctx, s.readPool, d, contact, entry)
	if err != nil {
		return err
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		locked, err := lockThings(ctx, tx, d, []int64{asked.ThingID})
		if err != nil {
			return err
		}
		var isNew, isLast bool
		err = tx.QueryRow(ctx, `
			with answered as (
			  insert into improvements (district_id, thing_id, audit_id, contact_id, better, words)
			  values (@district, @thing, @entry, @contact, @better, @words)
			  on conflict do nothing
			  returning audit_id
			)
			select exists (select from answered), @entry = (
			  select max(audit_id)
			  from audit
			  where district_id = @district
			    and thing_id = @thing
			    and action = 'meet'
			)`, pgx.NamedArgs{
			"district": d.ID, "thing": asked.ThingID, "entry": entry, "contact": contact, "better": a.Better, "words": a.Words,
		}).Scan(&isNew, &isLast)
		if err != nil {
			return err //nolint:wrapcheck // said below
		}
		if _, err := locked[asked.ThingID].After(civic.Reopen); err != nil || a.Better || !isNew || !isLast {
			return nil //nolint:nilerr // what is open, or moved on otherwise, stays so
		}
		actor := civic.Actor{Kind: civic.Contact, ID: contact, Asked: asked.ThingID}
		_, err = do(ctx, tx, d, actor, civic.Command{Action: civic.Reopen, Things: []int64{asked.ThingID}, Reason: a.Why.Text, Chosen: a.Why})
		return err
	})
	if err != nil {
		return fmt.Errorf("answer by the link of a mail in %s: %w", d.Slug, civicError(err))
	}
	return nil
}

// Improvements returns what those have answered who were asked whether it is better
// when a need was met last; the zero value below civic.MinImprovements.
func (s *Store) Improvements(ctx context.Context, d *civic.District, thing int64) (i civic.Improvements, err error) {
	err = s.readPool.QueryRow(ctx, lastImprovements+`
		select coalesce(sum(better::int), 0), coalesce(sum(1), 0)
		from answers
		having count(*) >= @least`, pgx.NamedArgs{"district": d.ID, "thing": thing, "least": civic.MinImprovements}).Scan(&i.Better, &i.Answers)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return i, fmt.Errorf("read whether thing %d of %s is better: %w", thing, d.Slug, civicError(err))
	}
	return i, nil
}

// ImprovementWords returns what those have written, for the staff, who were asked
// whether it is better when a need was met last.
func (s *Store) ImprovementWords(ctx context.Context, d *civic.District, thing int64) ([]string, error) {
	rows, _ := s.readPool.Query(ctx, lastImprovements+`
		select words
		from answers
		where words <> ''
		order by answered_at`, pgx.NamedArgs{"district": d.ID, "thing": thing}) // CollectRows returns the error
	words, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read what was said of thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return words, nil
}

// lastImprovements is the answers of the last time that a thing was met.
const lastImprovements = `
	with answers as (
	  select better, words, answered_at
	  from improvements
	  where district_id = @district
	    and thing_id = @thing
	    and audit_id = (
	      select max(audit_id)
	      from audit
	      where district_id = @district
	        and thing_id = @thing
	        and action = 'meet'
	    )
	)`
