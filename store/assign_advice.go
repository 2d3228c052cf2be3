package store

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/waiting_advice.sql
var waitingAdviceSQL string

// waitingAdvice is a request for advice that has no adviser, or one who is absent or
// none any more.
type waitingAdvice struct {
	Thing   int64
	Topic   string
	Account int64 // who has it; 0 for nobody
	Known   bool  // whether it was looked at before
}

// assignAdvice gives each request of a district that waits for an adviser, and whose
// reporter has a confirmed address, to the one whom civic.ChooseAdviser returns, and
// those of advisers who are absent to whom civic.TakeOver returns. It changes nothing
// when it is repeated. Two of them never run at once in a district, so that each knows
// how much everybody has.
func assignAdvice(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	args := pgx.NamedArgs{"district": d.ID, "open": openAdvice()}
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('advice', @district))`, args); err != nil {
		return fmt.Errorf("lock assignments: %w", err)
	}
	all, err := readAdvisers(ctx, tx, d)
	if err != nil {
		return err
	}
	today := d.DayOf(time.Now())
	present := []int64{}
	for _, a := range all {
		if !a.IsAbsent(today) {
			present = append(present, a.AccountID)
		}
	}
	args["present"] = present
	rows, _ := tx.Query(ctx, waitingAdviceSQL, args) // CollectRows returns the error
	waiting, err := pgx.CollectRows(rows, pgx.RowToStructByPos[waitingAdvice])
	if err != nil {
		return fmt.Errorf("read requests that wait: %w", err)
	}
	for _, w := range waiting {
		var account int64
		var why civic.AssignmentCause
		if w.Account == 0 {
			account, why = civic.ChooseAdviser(all, w.Topic, today)
		} else {
			i := slices.IndexFunc(all, func(a civic.AdvisingAccount) bool { return a.AccountID == w.Account })
			var from civic.AdvisingAccount
			if i >= 0 {
				from = all[i]
			}
			account, why = civic.TakeOver(all, from, w.Topic, today)
		}
		if account == w.Account && w.Known {
			continue
		}
		if err := assign(ctx, tx, d, w.Thing, account, why); err != nil {
			return err
		}
		for i := range all {
			if all[i].AccountID == account {
				all[i].Open++
			}
		}
		done := record{actor: civic.Actor{Kind: civic.System}, steps: []recordedStep{{action: civic.Assign, thing: &w.Thing}}}
		if err := done.save(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

// assign gives a request to an adviser, or to nobody for 0, and tells the adviser once.
func assign(ctx context.Context, tx pgx.Tx, d *civic.District, thing, account int64, why civic.AssignmentCause) error {
	if account == 0 {
		why = "nobody"
	}
	args := pgx.NamedArgs{"district": d.ID, "thing": thing, "account": account, "why": string(why)}
	if _, err := tx.Exec(ctx, `
		update advice_assignments
		set until = now()
		where district_id = @district
		  and thing_id = @thing
		  and until is null`, args); err != nil {
		return fmt.Errorf("end an assignment: %w", err)
	}
	var id int64
	err := tx.QueryRow(ctx, `
		insert into advice_assignments (district_id, thing_id, account_id, why)
		values (@district, @thing, nullif(@account::bigint, 0), @why)
		returning assignment_id`, args).Scan(&id)
	if err != nil {
		return fmt.Errorf("assign: %w", err)
	}
	if account == 0 {
		return nil
	}
	return queueMail(ctx, tx, d, civic.Mail{
		Account: account, Kind: civic.MailAssigned, Thing: thing, Fact: fmt.Sprint(civic.MailAssigned, " ", id), Data: map[string]string{"news": "assigned"},
	})
}

// assignTask returns the task that moves the requests of advisers whose absence begins
// with a day, and gives those that still have nobody to somebody.
func (s *Store) assignTask() periodicTask {
	minutely := func(_ *civic.District, now time.Time) time.Time { return now.Truncate(time.Minute) }
	return periodicTask{"assign_advice", minutely, func(ctx context.Context, d *civic.District, _ time.Time) error {
		return s.AssignAdvice(ctx, d)
	}}
}

// AssignAdvice does what assignAdvice does, in a transaction of its own.
func (s *Store) AssignAdvice(ctx context.Context, d *civic.District) error {
	if err := s.inTx(ctx, func(tx pgx.Tx) error { return assignAdvice(ctx, tx, d) }); err != nil {
		return fmt.Errorf("assign requests of %s: %w", d.Slug, civicError(err))
	}
	return nil
}
