package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/history.sql
var historySQL string

// History returns what was done to a thing, in its order, as far as its entries
// have it: of imports, it has none. Who asks for it must know of the thing, and
// the public sees civic.PublicHistory of it alone.
func (s *Store) History(ctx context.Context, d *civic.District, thing int64) ([]civic.HistoryEntry, error) {
	found, err := histories(ctx, s.readPool, d, []int64{thing})
	if err != nil {
		return nil, fmt.Errorf("read the history of thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	var entries []civic.HistoryEntry
	for _, e := range found {
		entries = append(entries, e.HistoryEntry)
	}
	return entries, nil
}

// histories returns what was done to things, in its order.
func histories(ctx context.Context, db querier, d *civic.District, things []int64) ([]civic.ThreadEntry, error) {
	rows, _ := db.Query(ctx, historySQL, pgx.NamedArgs{"district": d.ID, "things": things}) // CollectRows returns the error
	return pgx.CollectRows(rows, scanHistory)                                               //nolint:wrapcheck // the callers say what they read
}

// PublicTimes returns the times of things that are public, by their ids. Things
// that were imported have none.
func (s *Store) PublicTimes(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.PublicTimes, error) {
	rows, _ := s.readPool.Query(ctx, `
		select thing_id, min(happened_at) filter (where state_after = 'published'), max(happened_at)
		from audit
		where district_id = @district
		  and thing_id = any(@ids)
		  and (state_after = 'published' or action in ('edit', 'redact', 'undo'))
		group by thing_id
		having bool_or(state_after = 'published')`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	times := map[int64]civic.PublicTimes{}
	var id int64
	var of civic.PublicTimes
	_, err := pgx.ForEachRow(rows, []any{&id, &of.Published, &of.Changed}, func() error {
		times[id] = of
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the times of things of %s: %w", d.Slug, civicError(err))
	}
	return times, nil
}

// scanHistory reads an entry from the columns of history.sql.
func scanHistory(row pgx.CollectableRow) (e civic.ThreadEntry, err error) {
	var action, role, text, reason string
	if err := row.Scan(&e.ThingID, &e.ID, &e.At, &action, &role, &e.Before, &e.After, &text, &reason); err != nil {
		return e, err
	}
	if e.Action, err = civic.ParseAction(action); err != nil {
		return e, err
	}
	if role != "" {
		if e.By, err = civic.ParseRole(role); err != nil {
			return e, err
		}
	}
	var said, because civic.Wording
	if err := json.Unmarshal([]byte(text), &said); err != nil {
		return e, fmt.Errorf("decode a text: %w", err)
	}
	if err := json.Unmarshal([]byte(reason), &because); err != nil {
		return e, fmt.Errorf("decode a reason: %w", err)
	}
	e.Text, e.TextIn, e.Reason, e.ReasonIn = said.Text, said.In, because.Text, because.In
	return e, nil
}
