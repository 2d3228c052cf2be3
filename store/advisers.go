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

//go:embed sql/advisers.sql
var advisersSQL string

// Advisers returns the accounts with the role of an adviser in a district, by name.
func (s *Store) Advisers(ctx context.Context, d *civic.District) ([]civic.AdvisingAccount, error) {
	found, err := readAdvisers(ctx, s.readPool, d)
	if err != nil {
		return nil, fmt.Errorf("advisers of %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}

func readAdvisers(ctx context.Context, db querier, d *civic.District) ([]civic.AdvisingAccount, error) {
	rows, _ := db.Query(ctx, advisersSQL, pgx.NamedArgs{"district": d.ID, "open": openAdvice()}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[civic.AdvisingAccount])
	if err != nil {
		return nil, fmt.Errorf("read advisers: %w", err)
	}
	return found, nil
}

// openAdvice returns the states in which a request for advice waits for an adviser.
func openAdvice() (names []string) {
	for _, state := range civic.AdviceThing.Rules().Awaiting {
		names = append(names, state.String())
	}
	return names
}

// SetAdviser changes about what somebody advises, who takes over, and an absence, and
// records that. An absence of today moves the open requests at once. Without the right
// to more, advisers change their own absence and who takes over alone. It returns
// civic.Faults for what is not valid, and the errors of civic.Can.
func (s *Store) SetAdviser(ctx context.Context, d *civic.District, actor civic.Actor, to civic.AdviserSettings) error {
	err := civic.Can(actor, civic.EditAdvisers, civic.Thing{DistrictID: d.ID}, time.Now())
	if err == nil {
		err = d.CheckAdviser(&to)
	}
	if err == nil {
		err = s.inTx(ctx, func(tx pgx.Tx) error { return setAdviser(ctx, tx, d, actor, to) })
	}
	if err != nil {
		return fmt.Errorf("change an adviser of %s: %w", d.Slug, civicError(err))
	}
	return nil
}

func setAdviser(ctx context.Context, tx pgx.Tx, d *civic.District, actor civic.Actor, to civic.AdviserSettings) error {
	all, err := readAdvisers(ctx, tx, d)
	if err != nil {
		return err
	}
	find := func(account int64) (civic.AdvisingAccount, bool) {
		i := slices.IndexFunc(all, func(a civic.AdvisingAccount) bool { return a.AccountID == account })
		if i < 0 {
			return civic.AdvisingAccount{}, false
		}
		return all[i], true
	}
	now, ok := find(to.AccountID)
	if !ok {
		return fmt.Errorf("adviser %d: %w", to.AccountID, civic.ErrNotFound)
	}
	if _, ok := find(to.DeputyID); to.DeputyID != 0 && !ok {
		return civic.Faults{{Field: "deputy", Code: "unknown", Detail: "the deputy is no adviser"}}
	}
	if !civic.ManagesAdvisers(actor, d.ID, time.Now()) {
		slices.Sort(now.Topics)
		if actor.Kind != civic.Account || actor.ID != to.AccountID || !slices.Equal(now.Topics, to.Topics) {
			return fmt.Errorf("what others advise about: %w", civic.ErrForbidden)
		}
	}
	_, err = tx.Exec(ctx, `
		insert into advisers (district_id, account_id, topics, deputy_id, absent_from, absent_until)
		values (@district, @account, @topics, nullif(@deputy::bigint, 0), @from, @until)
		on conflict (district_id, account_id) do update
		set topics = excluded.topics,
		  deputy_id = excluded.deputy_id,
		  absent_from = excluded.absent_from,
		  absent_until = excluded.absent_until`, pgx.NamedArgs{
		"district": d.ID, "account": to.AccountID, "topics": append([]string{}, to.Topics...), "deputy": to.DeputyID,
		"from": nullDay(to.AbsentFrom), "until": nullDay(to.AbsentUntil),
	})
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	done := record{actor: actor, steps: []recordedStep{{action: civic.EditAdvisers}}, text: to}
	if err := done.save(ctx, tx, d); err != nil {
		return err
	}
	return assignAdvice(ctx, tx, d)
}
