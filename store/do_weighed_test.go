package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// isWeighed reports whether an error says that the themes are weighed.
func isWeighed(err error) bool {
	var faults civic.Faults
	return errors.As(err, &faults) && faults[0].Code == "weighed"
}

// TestThemesWhileWeighed checks that nothing changes the themes of an event, or what those
// who weigh them read, while that is open, through every action by which it could; and that
// what is illegal can be hidden.
func TestThemesWhileWeighed(t *testing.T) {
	h := openThreaded(t)
	event, themes := h.weighing(civic.WeighByDots, time.Hour, 2*time.Hour)
	elsewhere := h.submit(civic.EventThing, "Another debate")
	at := func(event int64) civic.FieldLinks { return civic.FieldLinks{Field: "at", Things: []int64{event}} }
	idea, other := h.submit(civic.IdeaThing, "Lindens", at(event)), h.submit(civic.ThemeThing, "Water", at(elsewhere))
	hidden := h.submit(civic.ThemeThing, "Hidden", at(event))
	pending := h.submission(civic.ThemeThing, "Pending", at(event))
	pending.Pending = true
	out, err := h.Do(t.Context(), h.d, h.moderator, pending)
	if err != nil {
		t.Fatal(err)
	}
	waits := out.Changed[0].ID
	h.act(civic.Hide, hidden, civic.NewLink{})
	h.setWords(event, "weighing_from", -time.Minute)

	do := func(c civic.Command) error {
		_, err := h.Do(t.Context(), h.d, h.moderator, c)
		return err
	}
	edit := func(theme int64, name string, links ...civic.FieldLinks) civic.Command {
		c := h.submission(civic.ThemeThing, name)
		return civic.Command{Action: civic.Edit, Things: []int64{theme}, Version: thing(t, h.Store, h.d, theme).Version, Content: c.Content, Links: links}
	}
	on := func(action civic.Action, theme int64) civic.Command {
		return civic.Command{Action: action, Things: []int64{theme}, Reason: "x"}
	}
	counted := edit(themes[0], "Shade")
	counted.Content.(civic.Record).Words["room_dots"] = "7"
	for _, test := range []struct {
		what    string
		command civic.Command
		refused bool
	}{
		{"a new theme", h.submission(civic.ThemeThing, "Water", at(event)), true},
		{"a new theme with an idea", h.submission(civic.ThemeThing, "Water", at(event), civic.FieldLinks{Field: "ideas", Things: []int64{idea}}), true},
		{"another name", edit(themes[0], "Trees"), true},
		{"it leaves the event", edit(themes[0], "Shade", at(elsewhere)), true},
		{"one comes from another event", edit(other, "Water", at(event)), true},
		{"withdraw", on(civic.Withdraw, themes[0]), true},
		{"publish what is pending", on(civic.Publish, waits), true},
		{"restore what was hidden before", on(civic.Restore, hidden), true},
		{"what was counted in the room", counted, false},
		{"an idea", civic.Command{Action: civic.AddLink, Things: []int64{themes[0]}, Link: civic.NewLink{Field: "ideas", Thing: idea}}, false},
		{"hide", on(civic.Hide, themes[1]), false},
		{"take back at once that it was hidden", on(civic.Undo, themes[1]), false},
		{"a theme of another event", h.submission(civic.ThemeThing, "Bicycles", at(elsewhere)), false},
	} {
		err := do(test.command)
		if test.refused && !isWeighed(err) || !test.refused && err != nil {
			t.Errorf("%s: %v", test.what, err)
		}
	}
	if err := do(civic.Command{Action: civic.Merge, Things: []int64{themes[0]}, Into: themes[1]}); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("merge: %v", err)
	}
	h.setWords(event, "weighing_until", -time.Second*59)
	if err := do(edit(themes[0], "Trees")); err != nil {
		t.Errorf("once it has ended: %v", err)
	}
}

// TestUndoWhenWeighingOpens checks that what was done to a theme before a weighing opened
// is not taken back after that, though it could be within a minute.
func TestUndoWhenWeighingOpens(t *testing.T) {
	h := openThreaded(t)
	event, themes := h.weighing(civic.WeighByDots, time.Hour, 2*time.Hour)
	now := time.Now()
	if now.Second() > 45 {
		t.Skip("a weighing opens with a minute, and this one is almost over")
	}
	hide := civic.Command{Action: civic.Hide, Things: []int64{themes[0]}, Reason: "x", At: now.Truncate(time.Minute).Add(-time.Second)}
	if _, err := h.Do(t.Context(), h.d, system, hide); err != nil {
		t.Fatal(err)
	}
	h.setWords(event, "weighing_from", 0)
	if _, err := h.Do(t.Context(), h.d, system, civic.Command{Action: civic.Undo, Things: []int64{themes[0]}}); !isWeighed(err) {
		t.Errorf("%v", err)
	}
}

// setWords sets a time of an event, as if it had been set before.
func (h threaded) setWords(event int64, field string, after time.Duration) {
	h.t.Helper()
	const sql = `
		update contents
		set content = jsonb_set(content, array['words', $3::text], to_jsonb($4::text))
		where district_id = $1
		  and thing_id = $2`
	if _, err := h.conn.Exec(h.t.Context(), sql, h.d.ID, event, field, h.d.LocalTimeOf(time.Now().Add(after)).String()); err != nil {
		h.t.Fatal(err)
	}
}

// TestThemesWhenWeighingOpens checks that of themes that are added and a weighing that
// opens at once, each theme is either there before the weighing is open or refused.
func TestThemesWhenWeighingOpens(t *testing.T) {
	h := openThreaded(t)
	event := h.submit(civic.EventThing, "Debate")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, err := h.Do(t.Context(), h.d, h.moderator, h.submission(civic.ThemeThing, fmt.Sprint("Theme ", i), civic.FieldLinks{Field: "at", Things: []int64{event}}))
			if err != nil && !isWeighed(err) {
				t.Error(err)
			}
		})
	}
	all.Go(func() {
		if err := h.weigh(event, civic.WeighByDots, -time.Minute, time.Hour); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
	var late int
	err := h.conn.QueryRow(t.Context(), `
		select count(*)
		from audit
		join links on from_id = thing_id
		  and relation = 'part_of'
		  and to_id = $1
		where action = 'submit'
		  and audit_id > (
		    select max(audit_id)
		    from audit
		    where thing_id = $1
		      and action = 'edit'
		  )`, event).Scan(&late)
	if err != nil || late > 0 {
		t.Errorf("%d themes were added after the weighing was open: %v", late, err)
	}
}

// TestThemeThatWaitsUntilWeighingOpens checks that a theme is refused that was sent before
// a weighing opens and has to wait for the lock until it is open.
func TestThemeThatWaitsUntilWeighingOpens(t *testing.T) {
	h := openThreaded(t)
	event, themes := h.weighing(civic.WeighByDots, time.Hour, 2*time.Hour)
	tx, err := h.conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context()) //nolint:errcheck // it is committed
	if _, err := tx.Exec(t.Context(), `select from things where thing_id = $1 for update`, event); err != nil {
		t.Fatal(err)
	}
	refused := make(chan error, 2)
	go func() {
		_, err := h.Do(t.Context(), h.d, h.moderator, h.submission(civic.ThemeThing, "Water", civic.FieldLinks{Field: "at", Things: []int64{event}}))
		refused <- err
	}()
	go func() {
		_, err := h.Do(t.Context(), h.d, h.moderator, civic.Command{Action: civic.Withdraw, Things: []int64{themes[0]}})
		refused <- err
	}()
	waitForLocks(t, tx, 2)
	h.setWords(event, "weighing_from", -time.Minute) // in the transaction, on the same connection
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := <-refused; !isWeighed(err) {
			t.Errorf("a theme is changed that had to wait until the weighing was open: %v", err)
		}
	}
}

// waitForLocks waits until n sessions of the database of a transaction wait for locks.
func waitForLocks(t *testing.T, tx pgx.Tx, n int) {
	t.Helper()
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if _, err := tx.Exec(t.Context(), `select pg_stat_clear_snapshot()`); err != nil {
			t.Fatal(err)
		}
		var waiting int
		err := tx.QueryRow(t.Context(), `
			select count(*)
			from pg_stat_activity
			where datname = current_database()
			  and wait_event_type = 'Lock'`).Scan(&waiting)
		if err != nil {
			t.Fatal(err)
		}
		if waiting >= n {
			return
		}
	}
	t.Fatal("nobody waits for the lock")
}
