package store_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// thing returns a thing.
func thing(t testing.TB, s *store.Store, d *civic.District, id int64) civic.Thing {
	t.Helper()
	found, err := s.Thing(t.Context(), d, id)
	if err != nil {
		t.Fatal(err)
	}
	return found.Thing
}

// texts returns the texts of the audit of a thing that are not erased, the oldest
// first.
func texts(t testing.TB, conn *pgx.Conn, id int64) []string {
	t.Helper()
	rows, _ := conn.Query(t.Context(), `
		select coalesce(content::jsonb ->> 'title', content)
		from audit
		join texts using (text_id)
		where thing_id = $1
		  and content is not null
		order by audit_id`, id)
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestEdit checks that an edit needs the version that it changes, that the
// original is kept, and that it can be taken back by whoever made it alone.
func TestEdit(t *testing.T) {
	s, d, conn := open(t)
	id := add(t, s, d, tree, civic.Pending)
	changed := tree
	changed.Title, changed.Category, changed.Point = "Dąb", "help", orb.Point{20.02, 50.05}
	edit := civic.Command{Action: civic.Edit, Things: []int64{id}, Version: 1, Content: accept(t, d, changed)}
	if _, err := s.Do(t.Context(), d, moderator, edit); err != nil {
		t.Fatal(err)
	}
	want := civic.Thing{ID: id, DistrictID: d.ID, Kind: civic.PinThing, Publication: civic.Pending, State: "active", Version: 2, Title: "Dąb", AreaID: 2}
	if diff := cmp.Diff(want, thing(t, s, d, id)); diff != "" {
		t.Errorf("edited (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{tree.Title, "Dąb"}, texts(t, conn, id)); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if _, err := s.Do(t.Context(), d, moderator, edit); !errors.Is(err, civic.ErrChanged) {
		t.Errorf("edit the former version: %v", err)
	}
	edit.Version = 0
	if _, err := s.Do(t.Context(), d, moderator, edit); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("edit without a version: %v", err)
	}
	undo := civic.Command{Action: civic.Undo, Things: []int64{id}}
	if _, err := s.Do(t.Context(), d, animator, undo); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("undo what another has done: %v", err)
	}
	if _, err := s.Do(t.Context(), d, moderator, undo); err != nil {
		t.Fatal(err)
	}
	if got := thing(t, s, d, id); got.Title != tree.Title || got.AreaID != 1 || got.Version != 3 {
		t.Errorf("after undo: %+v", got)
	}
	if _, err := s.Do(t.Context(), d, moderator, undo); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("undo twice: %v", err)
	}
}

// TestEditOfImportedPin checks that what was imported is kept before it is changed.
func TestEditOfImportedPin(t *testing.T) {
	s, d, conn := open(t)
	run(t, s, d, drafts(1))
	var id int64
	var title string
	if err := conn.QueryRow(t.Context(), `select pin_id, title from pins`).Scan(&id, &title); err != nil {
		t.Fatal(err)
	}
	changed := tree
	changed.Title = "Dąb"
	for _, c := range []civic.Command{
		{Action: civic.Edit, Things: []int64{id}, Version: 1, Content: accept(t, d, changed)}, {Action: civic.Undo, Things: []int64{id}},
	} {
		if _, err := s.Do(t.Context(), d, moderator, c); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{title, "Dąb", title}, texts(t, conn, id)); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if got := thing(t, s, d, id); got.Title != title {
		t.Errorf("after undo: %+v", got)
	}
}

// TestRedact checks that redacted words are nowhere afterwards, and stay so.
func TestRedact(t *testing.T) {
	s, d, conn := open(t)
	draft := tree
	draft.Title, draft.Body = "Zadzwoń 601 234 567", "Pan Zbigniew"
	id := add(t, s, d, draft, civic.Pending)
	draft.Title, draft.Body = "Zadzwoń […]", "[…]"
	redact := civic.Command{Action: civic.Redact, Things: []int64{id}, Version: 1, Content: accept(t, d, draft)}
	if _, err := s.Do(t.Context(), d, animator, redact); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{draft.Title}, texts(t, conn, id)); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if _, err := s.Do(t.Context(), d, animator, civic.Command{Action: civic.Undo, Things: []int64{id}}); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("undo: %v", err)
	}
	if v := seal(t, s, d); v.Erased != 1 {
		t.Errorf("%+v", v)
	}
}

// TestMergeAndUndo checks that merging links the duplicate, that only things that
// are shown or waiting can be merged into, and that undo takes it back.
func TestMergeAndUndo(t *testing.T) {
	s, d, conn := open(t)
	kept, duplicate, hidden := add(t, s, d, tree, civic.Published), add(t, s, d, tree, civic.Pending), add(t, s, d, tree, civic.Pending)
	if _, err := hide(t, s, d, moderator, []int64{hidden}, "x"); err != nil {
		t.Fatal(err)
	}
	links := func() (n int) {
		if err := conn.QueryRow(t.Context(), `select count(*) from links where from_id = $1 and to_id = $2`, duplicate, kept).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	merge := civic.Command{Action: civic.Merge, Things: []int64{duplicate}, Into: hidden}
	if _, err := s.Do(t.Context(), d, moderator, merge); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("merge into a hidden pin: %v", err)
	}
	merge.Into = duplicate
	if _, err := s.Do(t.Context(), d, moderator, merge); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("merge into itself: %v", err)
	}
	merge.Into = kept
	if _, err := s.Do(t.Context(), d, moderator, merge); err != nil {
		t.Fatal(err)
	}
	if got := thing(t, s, d, duplicate); got.Publication != civic.Merged || links() != 1 {
		t.Errorf("%+v, %d links", got, links())
	}
	if _, err := s.Do(t.Context(), d, moderator, civic.Command{Action: civic.Undo, Things: []int64{duplicate}}); err != nil {
		t.Fatal(err)
	}
	if got := thing(t, s, d, duplicate); got.Publication != civic.Pending || links() != 0 {
		t.Errorf("after undo: %+v, %d links", got, links())
	}
}

// TestMergedInto checks that a merged pin leads to the one that stays, through others,
// unless the public only counts either of them.
func TestMergedInto(t *testing.T) {
	s, d, _ := open(t)
	first, second, kept := add(t, s, d, tree, civic.Published), add(t, s, d, tree, civic.Published), add(t, s, d, tree, civic.Published)
	counted, intoCounted := add(t, s, d, fear, civic.Published), add(t, s, d, tree, civic.Published)
	for _, merge := range [][2]int64{{first, second}, {second, kept}, {counted, kept}} {
		if _, err := s.Do(t.Context(), d, moderator, civic.Command{Action: civic.Merge, Things: merge[:1], Into: merge[1]}); err != nil {
			t.Fatal(err)
		}
	}
	other := add(t, s, d, fear, civic.Published)
	if _, err := s.Do(t.Context(), d, moderator, civic.Command{Action: civic.Merge, Things: []int64{intoCounted}, Into: other}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{first, second} {
		if got, err := s.MergedInto(t.Context(), d, id); err != nil || got != kept {
			t.Errorf("%d is merged into %d, want %d: %v", id, got, kept, err)
		}
	}
	for _, id := range []int64{kept, counted, intoCounted, kept + 1000} {
		if got, err := s.MergedInto(t.Context(), d, id); !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("%d is merged into %d: %v", id, got, err)
		}
	}
}

// TestProgress checks that the progress of a need is recorded and undone, and that
// only what is public makes any.
func TestProgress(t *testing.T) {
	s, d, _ := open(t)
	id, pending := add(t, s, d, tree, civic.Published), add(t, s, d, tree, civic.Pending)
	begin := civic.Command{Action: civic.BeginDiagnosis, Things: []int64{id}}
	if _, err := s.Do(t.Context(), d, animator, begin); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Do(t.Context(), d, animator, begin); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("twice: %v", err)
	}
	if _, err := s.Do(t.Context(), d, animator, civic.Command{Action: civic.PassOn, Things: []int64{id}}); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("pass on without a reason: %v", err)
	}
	if _, err := s.Do(t.Context(), d, animator, civic.Command{Action: civic.BeginDiagnosis, Things: []int64{pending}}); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("of a pending need: %v", err)
	}
	if _, err := s.Do(t.Context(), d, animator, civic.Command{Action: civic.PostUpdate, Things: []int64{id}, Text: "Byliśmy na miejscu."}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Do(t.Context(), d, animator, civic.Command{Action: civic.Undo, Things: []int64{id}}); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("undo a statement: %v", err)
	}
	entries, err := s.Audit(t.Context(), d, id, 2)
	want := []civic.AuditEntry{
		{ActorKind: civic.Account, ActorID: animator.ID, Action: civic.PostUpdate, ThingID: id},
		{ActorKind: civic.Account, ActorID: animator.ID, Action: civic.BeginDiagnosis, ThingID: id, Before: "reported", After: "under_diagnosis"},
	}
	if diff := cmp.Diff(want, entries, cmpopts.IgnoreFields(civic.AuditEntry{}, "ID", "At")); err != nil || diff != "" {
		t.Errorf("audit: %v (-want +got):\n%s", err, diff)
	}
}

// TestAllOrNothing checks that a command on many things changes none when it
// cannot change one, and that all have another version afterwards.
func TestAllOrNothing(t *testing.T) {
	s, d, _ := open(t)
	here, there := tree, tree
	there.Point = orb.Point{20.02, 50.05}
	ids := []int64{add(t, s, d, here, civic.Pending), add(t, s, d, there, civic.Pending)}
	west := civic.Actor{Kind: civic.Account, ID: 5, Grants: []civic.Grant{{Role: civic.Animator, DistrictID: d.ID, AreaID: 1}}}
	if _, err := publish(t, s, d, west, ids); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("publish in another area: %v", err)
	}
	if got := thing(t, s, d, ids[0]); got.Publication != civic.Pending {
		t.Errorf("%+v", got)
	}
	if _, err := publish(t, s, d, west, ids[:1]); err != nil {
		t.Error(err)
	}
	if n, err := publish(t, s, d, moderator, ids); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

// TestCollidingModerators lets many moderators act on the same version at once:
// one wins, and the others are told.
func TestCollidingModerators(t *testing.T) {
	s, d, _ := open(t)
	id := add(t, s, d, tree, civic.Pending)
	results := make([]error, 8)
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() {
			c := civic.Command{Action: []civic.Action{civic.Publish, civic.Hide}[i%2], Things: []int64{id}, Version: 1, Reason: "x"}
			_, results[i] = s.Do(t.Context(), d, moderator, c)
		})
	}
	all.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
		} else if !errors.Is(err, civic.ErrChanged) {
			t.Error(err)
		}
	}
	if entries, err := s.Audit(t.Context(), d, id, 10); won != 1 || len(entries) != 2 || err != nil {
		t.Errorf("%d won, %d entries, %v", won, len(entries), err)
	}
}

// TestOffered checks that what is offered can be done, and nothing else.
func TestOffered(t *testing.T) {
	s, d, conn := open(t)
	for _, publication := range []civic.Publication{civic.Unconfirmed, civic.Pending, civic.Published, civic.Merged, civic.Hidden, civic.Withdrawn} {
		for _, action := range civic.Actions() {
			if action == civic.Submit {
				continue
			}
			id, other := add(t, s, d, tree, civic.Pending), add(t, s, d, tree, civic.Published)
			if _, err := conn.Exec(t.Context(), `update pins set publication = $1 where pin_id = $2`, publication.String(), id); err != nil {
				t.Fatal(err)
			}
			c := civic.Command{Action: action, Things: []int64{id}, Reason: "x"}
			if action.NeedsText() {
				c.Text = "x"
			}
			if action.ChangesContent() {
				c.Version, c.Content = thing(t, s, d, id).Version, accept(t, d, tree)
			}
			switch action {
			case civic.Merge:
				c.Into = other
			case civic.Report:
				c.Report = civic.NewReport{Kind: civic.ContentNotice, Ground: civic.Insult}
			case civic.Object:
				c.Report = civic.NewReport{Kind: civic.Objection, Ground: civic.OtherGround}
			}
			offered := slices.Contains(civic.Offered(moderator, thing(t, s, d, id), time.Now()), action)
			if offered && (action == civic.Undo || action == civic.CloseReport) { // of nothing
				continue
			}
			out, err := s.Do(t.Context(), d, moderator, c)
			if done := err == nil && len(out.Changed) == 1; done != (offered || action == civic.Publish && (publication == civic.Hidden || publication == civic.Merged)) {
				t.Errorf("%s what is %s: offered %t, done %t (%v)", action, publication, offered, done, err)
			}
		}
	}
}

// TestOffices checks that a thing of another kind is written, versioned, recorded
// and taken back as pins are, and that whoever may not publish one suggests it.
func TestOffices(t *testing.T) {
	s, d, conn := open(t)
	draft, changed := office(), office()
	draft.Texts["hours"] = civic.Text{"en": "Monday 16:00"}
	changed.Texts["hours"], changed.Point = civic.Text{"en": "Tuesday 16:00"}, &orb.Point{20.02, 50.05}
	office := func(draft civic.RecordDraft) civic.Record {
		t.Helper()
		o, err := d.AcceptRecord(draft)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	submit := civic.Command{Action: civic.Submit, Kind: civic.OfficeThing, Content: office(draft)}
	if _, err := s.Do(t.Context(), d, resident, submit); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a resident adds an office: %v", err)
	}
	council := civic.Actor{Kind: civic.Account, ID: 9, Grants: []civic.Grant{{Role: civic.Council, DistrictID: d.ID}}}
	out, err := s.Do(t.Context(), d, council, submit)
	if err != nil || out.Changed[0].Publication != civic.Pending {
		t.Fatalf("%+v, %v", out, err)
	}
	id := out.Changed[0].ID
	for range 2 {
		request := civic.NewContentRequest("0123456789abcdefghijkl", office(draft), nil)
		submit.Request = &request
		if out, err = s.Do(t.Context(), d, council, submit); err != nil || out.Changed[0].ID != id+1 {
			t.Fatalf("sent twice: %+v, %v", out, err)
		}
	}
	if n, err := publish(t, s, d, moderator, []int64{id}); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	if _, err := s.Do(t.Context(), d, moderator, civic.Command{Action: civic.Edit, Things: []int64{id}, Version: 2, Content: accept(t, d, tree)}); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("make a pin of it: %v", err)
	}
	edit := civic.Command{Action: civic.Edit, Things: []int64{id}, Version: 2, Content: office(changed)}
	if _, err := s.Do(t.Context(), d, moderator, edit); err != nil {
		t.Fatal(err)
	}
	got, err := s.Things(t.Context(), d, civic.ThingQuery{Kind: civic.OfficeThing, Publications: []civic.Publication{civic.Published}, Limit: 10})
	want := []civic.Described{{
		Thing:   civic.Thing{ID: id, DistrictID: d.ID, Kind: civic.OfficeThing, Publication: civic.Published, Version: 3, Title: "Duty hours", AreaID: 2},
		Content: office(changed),
	}}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(civic.Record{})); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := s.Do(t.Context(), d, moderator, civic.Command{Action: civic.Undo, Things: []int64{id}}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Thing(t.Context(), d, id); err != nil || got.Content.(civic.Record).Texts["hours"]["en"] != "Monday 16:00" || got.AreaID != 1 || got.Version != 4 {
		t.Errorf("after undo: %+v, %v", got, err)
	}
	if _, err := conn.Exec(t.Context(), `delete from areas where area_id = 1`); err != nil {
		t.Fatal(err)
	}
	if got := thing(t, s, d, id); got.AreaID != 0 {
		t.Errorf("in an area that is deleted: %+v", got)
	}
}
