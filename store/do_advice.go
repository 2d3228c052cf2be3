package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
	"github.com/pinezka/pinezka/civic/placename"
)

// handOver gives a request for advice to the adviser whom the command names.
func (do *doing) handOver(ctx context.Context, t civic.Thing) error {
	all, err := readAdvisers(ctx, do.tx, do.district)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(a civic.AdvisingAccount) bool { return a.AccountID == do.To }) {
		return civic.Faults{{Field: "to", Code: "unknown", Detail: "there is no such adviser"}}
	}
	return assign(ctx, do.tx, do.district, t.ID, do.To, civic.ByHandOver)
}

// answerOf records of which request for advice a new answer was written. It returns
// civic.Faults for one of which none may be.
func (do *doing) answerOf(ctx context.Context, t civic.Thing) error {
	of := do.things[do.Of]
	if t.Kind != civic.AnswerThing || of.Kind != civic.AdviceThing || civic.Can(do.actor, civic.Edit, of, do.now) != nil {
		return fmt.Errorf("an answer of thing %d: %w", do.Of, civic.ErrNotFound)
	}
	says, err := do.recordOf(ctx, of)
	if err != nil {
		return err
	}
	if !says.CanBePublished(of.State) {
		return civic.Faults{{Field: "of", Code: "closed", Detail: "it is not answered, or whoever asked does not want that"}}
	}
	do.writes.Queue(`
		insert into advice_answers (district_id, answer_id, advice_id)
		values (@district, @answer, @advice)`, pgx.NamedArgs{"district": do.district.ID, "answer": t.ID, "advice": do.Of})
	return nil
}

// checkSecondPerson returns civic.ErrOwnWork where the actor wants to publish an
// anonymised thing and has written it, and civic.ErrConflict where whoever asked does
// not want it any more.
func (do *doing) checkSecondPerson(ctx context.Context, t civic.Thing) error {
	if !t.Kind.Rules().Anonymised {
		return nil
	}
	var wrote, unwanted bool
	err := do.tx.QueryRow(ctx, `
		select exists (
		  select
		  from audit
		  join actors using (actor_id)
		  where audit.district_id = @district
		    and thing_id = @thing
		    and action in ('submit', 'edit')
		    and kind = @kind
		    and person_id = @person
		    and name = @name
		), exists (
		  select
		  from advice_answers
		  join contents on contents.district_id = @district
		    and thing_id = advice_id
		  where advice_answers.district_id = @district
		    and answer_id = @thing
		    and content #>> '{words,wants_publication}' is distinct from 'yes'
		)`, pgx.NamedArgs{
		"district": do.district.ID, "thing": t.ID, "kind": do.actor.Kind.String(), "person": do.actor.ID, "name": do.actor.Name,
	}).Scan(&wrote, &unwanted)
	switch {
	case err != nil:
		return fmt.Errorf("read who has written it: %w", err)
	case wrote && do.actor.Kind != civic.System:
		return civic.ErrOwnWork
	case unwanted:
		return fmt.Errorf("whoever asked does not want it: %w", civic.ErrConflict)
	}
	return nil
}

// checkRevocable returns civic.ErrConflict where an answer to a request is public, so
// that nobody can take back that it may be.
func (do *doing) checkRevocable(ctx context.Context, t civic.Thing) error {
	var public bool
	err := do.tx.QueryRow(ctx, `
		select exists (
		  select
		  from advice_answers
		  join things on things.district_id = @district
		    and thing_id = answer_id
		  where advice_answers.district_id = @district
		    and advice_id = @thing
		    and publication = 'published'
		)`, pgx.NamedArgs{"district": do.district.ID, "thing": t.ID}).Scan(&public)
	if err != nil {
		return fmt.Errorf("look for its answers: %w", err)
	}
	if public {
		return fmt.Errorf("an answer is public: %w", civic.ErrConflict)
	}
	return nil
}

// checkAnonymised returns civic.Faults for the persons, the addresses and numbers of
// persons, and the places that an anonymised thing names and that nobody has confirmed:
// whoever writes it, and again whoever publishes it.
func (do *doing) checkAnonymised(ctx context.Context) error {
	if !slices.Contains([]civic.Action{civic.Submit, civic.Edit, civic.Publish, civic.Restore}, do.Action) || do.actor.Kind == civic.System {
		return nil
	}
	var faults civic.Faults
	for _, t := range do.changed {
		if !t.Kind.Rules().Anonymised {
			continue
		}
		says, err := do.recordOf(ctx, t)
		if err != nil {
			return err
		}
		places, err := do.unconfirmed(ctx, says)
		if err != nil {
			return err
		}
		faults = append(faults, places...)
		finder := flags.New(flags.Config{Region: do.district.Desk.PhoneRegion})
		for _, text := range textsOf(says.Kind.Rules().Fields, says.Values) {
			for _, name := range finder.Persons(text) {
				fault := civic.Fault{Field: "places", Code: "unconfirmed", Detail: name}
				if !do.confirmed[placename.LooseKey(name)] && !slices.Contains(faults, fault) {
					faults = append(faults, fault)
				}
			}
		}
	}
	return faults.Err()
}

// tellAdviser queues a mail to whoever has a request for advice that its reporter has
// answered or opened again.
func tellAdviser(ctx context.Context, tx pgx.Tx, d *civic.District, e told, entry int64) error {
	var account int64
	err := tx.QueryRow(ctx, `
		select account_id
		from advice_assignments
		where district_id = @district
		  and thing_id = @thing
		  and until is null
		  and account_id is not null`, pgx.NamedArgs{"district": d.ID, "thing": e.thing}).Scan(&account)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read who has the request: %w", err)
	}
	return queueMail(ctx, tx, d, civic.Mail{
		Account: account, Kind: civic.MailAssigned, Thing: e.thing, Audit: entry, Fact: string(civic.MailAssigned) + " by " + strconv.FormatInt(entry, 10),
		Data: map[string]string{"news": e.action.String()},
	})
}
