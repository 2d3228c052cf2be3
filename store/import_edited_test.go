package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// pinOf returns the pin that was imported with an external id.
func pinOf(t testing.TB, s *store.Store, d *civic.District, conn *pgx.Conn, externalID string) civic.Described {
	t.Helper()
	var id int64
	if err := conn.QueryRow(t.Context(), `select pin_id from pins where external_id = $1`, externalID).Scan(&id); err != nil {
		t.Fatal(err)
	}
	found, err := s.Thing(t.Context(), d, id)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// edit changes what an imported pin says.
func edit(t testing.TB, s *store.Store, d *civic.District, conn *pgx.Conn, action civic.Action, externalID string, change func(*civic.Draft)) {
	t.Helper()
	pin := pinOf(t, s, d, conn, externalID)
	draft := pin.Content.(civic.NewPin).Draft
	draft.Status = 0
	change(&draft)
	moderate(t, s, d, civic.Command{Action: action, Things: []int64{pin.ID}, Version: pin.Version, Content: accept(t, d, draft)})
}

// moderate carries out a command of the moderator.
func moderate(t testing.TB, s *store.Store, d *civic.District, c civic.Command) {
	t.Helper()
	if _, err := s.Do(t.Context(), d, moderator, c); err != nil {
		t.Fatal(err)
	}
}

// differences returns the differences that wait, without the ids of their pins.
func differences(t testing.TB, s *store.Store, d *civic.District) []civic.ImportDifference {
	t.Helper()
	found, err := s.ImportDifferences(t.Context(), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		found[i].PinID = 0
	}
	return found
}

// TestImportIntoModeratedDistrict checks that new pins wait for a moderator where
// those of residents do, whether they are copied into the empty table of pins or
// merged, unless whoever imports them says otherwise.
func TestImportIntoModeratedDistrict(t *testing.T) {
	for _, test := range []struct {
		moderation civic.Moderation
		publish    bool
		want       civic.Publication
		waiting    int // of the 2 that are created
	}{
		{civic.ModerateBefore, false, civic.Pending, 2},
		{civic.ModerateBefore, true, civic.Published, 0},
		{civic.ModerateAfter, false, civic.Published, 0},
	} {
		s, d, conn := open(t)
		if _, err := conn.Exec(t.Context(), `update districts set moderation = $1`, test.moderation.String()); err != nil {
			t.Fatal(err)
		}
		for _, source := range []string{"empty", "merged"} {
			batch, err := importTitles(t, s, d, store.ImportConfig{Actor: system, Source: source, FileName: "file.csv", Publish: test.publish}, []string{"Bench", "Bin"})
			if err != nil || batch.Created != 2 || batch.Pending != test.waiting {
				t.Errorf("%+v, %s: %+v, %v", test, source, batch, err)
			}
		}
		var n int
		if err := conn.QueryRow(t.Context(), `select count(*) from pins where publication = $1`, test.want.String()).Scan(&n); err != nil || n != 4 {
			t.Errorf("%+v: %d are %s (%v)", test, n, test.want, err)
		}
	}
}

// TestImportKeepsWhatPeopleChanged changes each field of an imported pin, and
// checks that an import of the same file changes nothing, that one with another
// value records a difference, and that the difference can be accepted.
func TestImportKeepsWhatPeopleChanged(t *testing.T) {
	elsewhere, third := orb.Point{20.02, 50.05}, orb.Point{19.92, 50.07}
	for field, test := range map[string]struct {
		change func(*testing.T, *store.Store, *civic.District, *pgx.Conn)
		differ func(*civic.Draft) // in the file
		want   civic.ImportDifference
	}{
		"title": {
			func(t *testing.T, s *store.Store, d *civic.District, conn *pgx.Conn) {
				edit(t, s, d, conn, civic.Edit, "x-0", func(p *civic.Draft) { p.Title = "Ours" })
			}, func(p *civic.Draft) { p.Title = "Theirs" }, civic.ImportDifference{Present: "Ours", Imported: "Theirs"},
		},
		"body": {
			func(t *testing.T, s *store.Store, d *civic.District, conn *pgx.Conn) {
				edit(t, s, d, conn, civic.Edit, "x-0", func(p *civic.Draft) { p.Body = "Ours" })
			}, func(p *civic.Draft) { p.Body = "Theirs" }, civic.ImportDifference{Present: "Ours", Imported: "Theirs"},
		},
		"category": {
			func(t *testing.T, s *store.Store, d *civic.District, conn *pgx.Conn) {
				edit(t, s, d, conn, civic.Recategorise, "x-0", func(p *civic.Draft) { p.Category = "fear" })
			}, func(p *civic.Draft) { p.Category = "help" }, civic.ImportDifference{Present: "fear", Imported: "help"},
		},
		"place": {
			func(t *testing.T, s *store.Store, d *civic.District, conn *pgx.Conn) {
				edit(t, s, d, conn, civic.Move, "x-0", func(p *civic.Draft) { p.Point = elsewhere })
			}, func(p *civic.Draft) { p.Point = third }, civic.ImportDifference{Present: "20.02, 50.05", Imported: "19.92, 50.07"},
		},
		"status": {
			func(t *testing.T, s *store.Store, d *civic.District, conn *pgx.Conn) {
				moderate(t, s, d, civic.Command{Action: civic.BeginDiagnosis, Things: []int64{pinOf(t, s, d, conn, "x-0").ID}})
			}, func(p *civic.Draft) { p.Status = civic.Diagnosed }, civic.ImportDifference{Present: "under_diagnosis", Imported: "diagnosed"},
		},
	} {
		t.Run(field, func(t *testing.T) {
			s, d, conn := open(t)
			file := drafts(3)
			run(t, s, d, file)
			test.change(t, s, d, conn)
			changed := state(t, conn)
			if batch, _ := run(t, s, d, file); batch.Unchanged != 3 || batch.Differences != 0 {
				t.Errorf("the same file: %+v", batch)
			}
			test.differ(&file[0])
			batch, _ := run(t, s, d, file)
			test.want.Field, test.want.ImportID = field, batch.ID
			want := []civic.ImportDifference{test.want}
			if field == "category" { // of another kind and visibility
				status := civic.ImportDifference{Field: "status", ImportID: batch.ID, Present: "reported", Imported: "active"}
				want = append(want, status)
			}
			if diff := cmp.Diff(want, differences(t, s, d)); diff != "" || batch.Unchanged != 3 || batch.Differences != len(want) {
				t.Errorf("another value: %+v (-want +got):\n%s", batch, diff)
			}
			if again, _ := run(t, s, d, file); again.Unchanged != 3 || again.Differences != 0 {
				t.Errorf("the same value again: %+v", again)
			}
			if diff := cmp.Diff(changed, state(t, conn)); diff != "" {
				t.Errorf("pins (-before +after):\n%s", diff)
			}
			if err := s.AcceptImportDifferences(t.Context(), d, moderator, pinOf(t, s, d, conn, "x-0").ID, nil, ""); err != nil {
				t.Fatal(err)
			}
			if left := differences(t, s, d); len(left) != 0 {
				t.Errorf("after they were accepted: %+v", left)
			}
			if batch, _ := run(t, s, d, file); batch.Unchanged != 3 || batch.Differences != 0 {
				t.Errorf("after they were accepted: %+v", batch)
			}
			file[0].Body, file[0].Title = "The source decides again", "Again"
			if batch, _ := run(t, s, d, file); batch.Updated != 1 || batch.Differences != 0 {
				t.Errorf("after they were accepted, another value: %+v", batch)
			}
		})
	}
}

// TestDismissImportDifferences checks that a difference that is dismissed waits no
// longer, that this is recorded and changes nothing else, and that what the source
// says afterwards waits again.
func TestDismissImportDifferences(t *testing.T) {
	s, d, conn := open(t)
	file := drafts(2)
	run(t, s, d, file)
	edit(t, s, d, conn, civic.Edit, "x-0", func(p *civic.Draft) { p.Title, p.Body = "Ours", "Ours" })
	file[0].Title, file[0].Body = "Theirs", "Theirs"
	run(t, s, d, file)
	pin, before := pinOf(t, s, d, conn, "x-0").ID, state(t, conn)
	dismiss := func(actor civic.Actor, fields ...string) error {
		return s.DismissImportDifferences(t.Context(), d, actor, pin, fields, "ours is right")
	}
	if err := dismiss(civic.Actor{Kind: civic.Contact, ID: 1}); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a resident: %v", err)
	}
	if err := dismiss(moderator, "title"); err != nil {
		t.Fatal(err)
	}
	if left := differences(t, s, d); len(left) != 1 || left[0].Field != "body" {
		t.Errorf("after the title was dismissed: %+v", left)
	}
	if err := dismiss(moderator); err != nil {
		t.Fatal(err)
	}
	if err := dismiss(moderator); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("dismiss again: %v", err)
	}
	if batch, _ := run(t, s, d, file); batch.Unchanged != 2 || batch.Differences != 0 {
		t.Errorf("the same file again: %+v", batch)
	}
	if diff := cmp.Diff(before, state(t, conn)); diff != "" {
		t.Errorf("pins (-before +after):\n%s", diff)
	}
	history, err := s.StaffHistory(t.Context(), d, pin, 10)
	last := history[len(history)-1]
	if err != nil || last.Action != civic.DismissDifference || last.Reason != "ours is right" || last.ActorID != moderator.ID {
		t.Errorf("%+v, %v", last, err)
	}
	file[0].Title = "Something new"
	if batch, _ := run(t, s, d, file); batch.Differences != 1 {
		t.Errorf("the source says something new: %+v", batch)
	}
}

// TestImportAfterUndoneEdit checks that an edit that was taken back leaves the
// field to the source.
func TestImportAfterUndoneEdit(t *testing.T) {
	s, d, conn := open(t)
	file := drafts(1)
	run(t, s, d, file)
	edit(t, s, d, conn, civic.Edit, "x-0", func(p *civic.Draft) { p.Title = "Ours" })
	moderate(t, s, d, civic.Command{Action: civic.Undo, Things: []int64{pinOf(t, s, d, conn, "x-0").ID}})
	file[0].Title = "Theirs"
	if batch, _ := run(t, s, d, file); batch.Updated != 1 {
		t.Errorf("%+v", batch)
	}
	if got := pinOf(t, s, d, conn, "x-0"); got.Title != "Theirs" {
		t.Errorf("%+v", got)
	}
}

// TestImportShowsNoPlaceThatIsHidden checks that a pin that somebody has put into
// a category with hidden places is not shown at the place that its source says.
func TestImportShowsNoPlaceThatIsHidden(t *testing.T) {
	s, d, conn := open(t)
	file := drafts(1) // shown exactly
	run(t, s, d, file)
	edit(t, s, d, conn, civic.Recategorise, "x-0", func(p *civic.Draft) { p.Category = "fear" })
	file[0].Point = orb.Point{19.97, 50.06}
	run(t, s, d, file)
	var visibility string
	var exact bool
	err := conn.QueryRow(t.Context(), `select visibility, shown = geom from pins`).Scan(&visibility, &exact)
	if err != nil || visibility != "hex" || exact {
		t.Errorf("it is shown as %s, at its exact place: %t (%v)", visibility, exact, err)
	}
	if got := differences(t, s, d); len(got) != 1 || got[0].Field != "place" {
		t.Errorf("differences: %+v", got)
	}
}

// TestImportDoesNotBringBackRedactedText checks that neither the same row nor
// another one, nor the undo of an import, brings back what was redacted.
func TestImportDoesNotBringBackRedactedText(t *testing.T) {
	s, d, conn := open(t)
	file := drafts(2)
	file[0].Title, file[0].Body = "Before", "Zbigniew 601 234 567"
	run(t, s, d, file)
	file[0].Title = "Zbigniew"
	second, _ := run(t, s, d, file)
	edit(t, s, d, conn, civic.Edit, "x-0", func(p *civic.Draft) { p.Title = "Zbigniew edited" })
	file[0].Title = "Zbigniew differs"
	run(t, s, d, file)
	edit(t, s, d, conn, civic.Redact, "x-0", func(p *civic.Draft) { p.Title, p.Body = "[…]", "[…]" })
	noneOf(t, conn, "Zbigniew", "601 234 567")
	for _, title := range []string{"Zbigniew", "Zbigniew again"} {
		file[0].Title, file[0].Point = title, orb.Point{19.96, 50.04}
		run(t, s, d, file)
		noneOf(t, conn, "Zbigniew", "601 234 567")
	}
	if got := pinOf(t, s, d, conn, "x-0"); got.Content.(civic.NewPin).Point != file[0].Point {
		t.Errorf("the place does not follow the source: %+v", got)
	}
	batches, err := s.Imports(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range batches {
		undone, err := s.UndoImport(t.Context(), d, system, b.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		if b.ID == second.ID && len(undone.Kept) != 1 {
			t.Errorf("undo of the second import: %+v", undone)
		}
		noneOf(t, conn, "Zbigniew", "601 234 567")
	}
}

// noneOf checks that words are in no text of any table.
func noneOf(t testing.TB, conn *pgx.Conn, words ...string) {
	t.Helper()
	rows, _ := conn.Query(t.Context(), `
		select table_name, (xpath('/row/n/text()', query_to_xml(format(
		  'select count(*) as n from %I as r where r::text ilike any (%L::text[])', table_name, @words::text[]), false, true, '')))[1]::text::int
		from information_schema.tables
		where table_schema = 'public'
		  and table_type = 'BASE TABLE'
		  and table_name <> 'spatial_ref_sys'`, pgx.NamedArgs{"words": patterns(words)})
	var table string
	var n int
	if _, err := pgx.ForEachRow(rows, []any{&table, &n}, func() error {
		if n > 0 {
			t.Errorf("%d rows of %s have one of %q", n, table, words)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func patterns(words []string) (all []string) {
	for _, word := range words {
		all = append(all, "%"+word+"%")
	}
	return all
}

// TestUndoLeavesWhatPeopleActedOn checks that the undo of an import leaves the
// pins on which somebody has acted since, and those into which others are merged.
func TestUndoLeavesWhatPeopleActedOn(t *testing.T) {
	s, d, conn := open(t)
	first, _ := run(t, s, d, drafts(6))
	edit(t, s, d, conn, civic.Edit, "x-0", func(p *civic.Draft) { p.Title = "Ours" })
	file := drafts(6)
	for i := range file {
		file[i].Body = "Second"
	}
	second, _ := run(t, s, d, file)
	if _, err := hide(t, s, d, moderator, []int64{pinOf(t, s, d, conn, "x-1").ID}, "x"); err != nil {
		t.Fatal(err)
	}
	moderate(t, s, d, civic.Command{Action: civic.Merge, Things: []int64{add(t, s, d, tree, civic.Pending)}, Into: pinOf(t, s, d, conn, "x-2").ID})
	undone, err := s.UndoImport(t.Context(), d, system, second.ID, nil)
	if err != nil || undone.Restored != 4 || undone.Deleted != 0 || len(undone.Kept) != 2 || undone.Kept[0].ID != pinOf(t, s, d, conn, "x-1").ID {
		t.Errorf("second: %+v, %v", undone, err)
	}
	if got := pinOf(t, s, d, conn, "x-0"); got.Title != "Ours" || got.Content.(civic.NewPin).Body != "" {
		t.Errorf("what was changed before: %+v", got)
	}
	undone, err = s.UndoImport(t.Context(), d, system, first.ID, nil)
	if err != nil || undone.Deleted != 3 || undone.Restored != 0 || len(undone.Kept) != 3 {
		t.Errorf("first: %+v, %v", undone, err)
	}
	if _, err := s.UndoImport(t.Context(), d, system, first.ID, nil); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("undo twice: %v", err)
	}
}

// TestEditDuringImport changes a pin while a file is read that changes it too.
func TestEditDuringImport(t *testing.T) {
	s, d, conn := open(t)
	run(t, s, d, drafts(2))
	im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: "city", FileName: "file.csv"})
	if err != nil {
		t.Fatal(err)
	}
	edit(t, s, d, conn, civic.Edit, "x-0", func(p *civic.Draft) { p.Title = "Ours" })
	for i, draft := range drafts(2) {
		draft.Title, draft.Body = "Theirs", "Theirs"
		if err := im.Add(t.Context(), i+2, accept(t, d, draft)); err != nil {
			t.Fatal(err)
		}
	}
	batch, err := im.Finish(t.Context(), 2, 0, nil)
	if err != nil || batch.Updated != 2 || batch.Differences != 1 {
		t.Errorf("%+v, %v", batch, err)
	}
	if got := pinOf(t, s, d, conn, "x-0"); got.Title != "Ours" || got.Content.(civic.NewPin).Body != "Theirs" {
		t.Errorf("%+v", got)
	}
}

// TestRowsWithoutIDsAfterEdit checks that a file whose rows have no id is not
// taken for another one after somebody has changed a pin.
func TestRowsWithoutIDsAfterEdit(t *testing.T) {
	s, d, conn := open(t)
	cfg := store.ImportConfig{Actor: system, Source: "export", FileName: "export.csv", Publish: true}
	for range 2 {
		if _, err := importTitles(t, s, d, cfg, []string{"Bench", "Bin"}); err != nil {
			t.Fatal(err)
		}
		edit(t, s, d, conn, civic.Edit, "row 2", func(p *civic.Draft) { p.Title += "!" })
	}
}
