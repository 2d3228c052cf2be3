package store_test

import (
	"errors"
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

// TestThemesWhileWeighed checks that nothing changes the themes of an event that somebody
// has weighed, or what those who weigh them read, while that is open, through every action
// by which it could; and that what is illegal can be hidden.
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
	if err := do(h.submission(civic.ThemeThing, "Late", at(event))); err != nil {
		t.Errorf("before somebody has voted: %v", err)
	}
	h.voteBlank(event)
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

// TestUndoOnceWeighed checks that what was done to a theme before somebody voted is not
// taken back after that, though it could be within a minute.
func TestUndoOnceWeighed(t *testing.T) {
	h := openThreaded(t)
	event, themes := h.weighing(civic.WeighByDots, -time.Hour, time.Hour)
	edit := civic.Command{Action: civic.Edit, Things: themes[:1], Version: 1, Content: h.submission(civic.ThemeThing, "Trees").Content}
	if _, err := h.Do(t.Context(), h.d, h.moderator, edit); err != nil {
		t.Fatal(err)
	}
	h.voteBlank(event)
	if _, err := h.Do(t.Context(), h.d, h.moderator, civic.Command{Action: civic.Undo, Things: themes[:1]}); !isWeighed(err) {
		t.Errorf("%v", err)
	}
}

// voteBlank gives a ballot that gives nothing.
func (h threaded) voteBlank(event int64) {
	h.t.Helper()
	if err := h.Vote(h.t.Context(), h.d, event, civic.Voice{Device: "phone"}, civic.Ballot{}); err != nil {
		h.t.Fatal(err)
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

// TestThemeThatWaitsForBallot checks that a theme is refused that was sent before somebody
// has voted and has to wait for the lock until they have.
func TestThemeThatWaitsForBallot(t *testing.T) {
	h := openThreaded(t)
	event, themes := h.weighing(civic.WeighByDots, -time.Hour, time.Hour)
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
	if _, err := tx.Exec(t.Context(), `insert into ballots (district_id, event_id, device_hash) values ($1, $2, sha256('x'))`, h.d.ID, event); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := <-refused; !isWeighed(err) {
			t.Errorf("a theme is changed that had to wait until somebody had voted: %v", err)
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
