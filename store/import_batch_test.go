package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// run imports the drafts, the first of which is row 2, and returns the batch
// and the duplicates.
func run(t *testing.T, s *store.Store, d *civic.District, drafts []civic.Draft) (civic.Batch, []civic.DuplicateRow) {
	t.Helper()
	im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: "city", FileName: "file.csv", Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, draft := range drafts {
		if err := im.Add(t.Context(), i+2, accept(t, d, draft)); err != nil {
			t.Fatal(err)
		}
	}
	var duplicates []civic.DuplicateRow
	batch, err := im.Finish(t.Context(), len(drafts), 0, func(r civic.DuplicateRow) error {
		duplicates = append(duplicates, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return batch, duplicates
}

// state returns the pins with every bit of their coordinates.
func state(t *testing.T, conn *pgx.Conn) string {
	t.Helper()
	var s string
	err := conn.QueryRow(t.Context(), `
		select coalesce(string_agg(concat_ws('|', external_id, category_id, kind, publication, status, title, body,
		  st_asewkb(geom), cell, st_asewkb(shown), shown_cell, area_id, shown_area_id, visibility, reported_on, updated_at), e'\n' order by external_id), '')
		from pins`).Scan(&s)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drafts returns n drafts with different external ids.
func drafts(n int) []civic.Draft {
	out := make([]civic.Draft, n)
	for i := range out {
		out[i] = civic.Draft{
			Category: []string{"trees", "help", "fear"}[i%3], Title: fmt.Sprintf("Row %d", i), ExternalID: fmt.Sprintf("x-%d", i),
			Point: orb.Point{19.91 + 0.1/3*float64(i%5), 50.0123456789012345},
		}
	}
	return out
}

func TestImportIsIdempotentAndCanBeUndone(t *testing.T) {
	s, d, conn := open(t)
	first, duplicates := run(t, s, d, append(drafts(30), drafts(2)...))
	if diff := cmp.Diff(civic.ImportCounts{Read: 32, Created: 30, Rejected: 2}, first.ImportCounts); diff != "" {
		t.Errorf("first import (-want +got):\n%s", diff)
	}
	want := []civic.DuplicateRow{{Row: 32, First: 2, ExternalID: "x-0"}, {Row: 33, First: 3, ExternalID: "x-1"}}
	if diff := cmp.Diff(want, duplicates); diff != "" {
		t.Errorf("duplicate rows (-want +got):\n%s", diff)
	}
	loaded := state(t, conn)

	second, _ := run(t, s, d, drafts(30))
	if diff := cmp.Diff(civic.ImportCounts{Read: 30, Unchanged: 30}, second.ImportCounts); diff != "" {
		t.Errorf("second import of the same file (-want +got):\n%s", diff)
	}
	if got := state(t, conn); got != loaded {
		t.Error("the second import of the same file changed pins")
	}

	changed := drafts(35)
	changed[3].Title, changed[4].Point = "Another title", orb.Point{20.03, 50.06}
	third, _ := run(t, s, d, changed)
	if diff := cmp.Diff(civic.ImportCounts{Read: 35, Created: 5, Updated: 2, Unchanged: 28}, third.ImportCounts); diff != "" {
		t.Errorf("import of a changed file (-want +got):\n%s", diff)
	}
	if _, err := s.UndoImport(t.Context(), d, system, first.ID, nil); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("undo before a later import is undone: %v, want a conflict", err)
	}
	undone, err := s.UndoImport(t.Context(), d, system, third.ID, nil)
	if err != nil || undone.Deleted != 5 || undone.Restored != 2 || len(undone.Kept) > 0 {
		t.Errorf("undo: %+v, %v", undone, err)
	}
	if diff := cmp.Diff(loaded, state(t, conn)); diff != "" {
		t.Errorf("after undo (-before +after):\n%s", diff)
	}
	if _, err := s.UndoImport(t.Context(), d, system, third.ID, nil); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("undo twice: %v, want a conflict", err)
	}
	if _, err := s.UndoImport(t.Context(), d, system, first.ID, nil); err != nil {
		t.Error(err)
	}
	if got := state(t, conn); got != "" {
		t.Errorf("pins remain after all imports are undone:\n%s", got)
	}
	batches, err := s.Imports(t.Context(), d)
	if err != nil || len(batches) != 3 || batches[0].UndoneAt == nil || batches[1].UndoneAt != nil {
		t.Errorf("imports: %+v, %v", batches, err)
	}
}

// TestRepeatedIDs checks that a row that repeats an external id is rejected with
// its number and that of the first, whether the rows are copied into an empty
// table of pins or merged, and that pins that are added later have other ids.
func TestRepeatedIDs(t *testing.T) {
	s, d, conn := open(t)
	rows := []struct {
		number int
		id     string
	}{{3, "a"}, {7, "b"}, {8, "a"}, {20, ""}, {21, "b"}, {40, "a"}}
	want := []civic.DuplicateRow{{Row: 8, First: 3, ExternalID: "a"}, {Row: 21, First: 7, ExternalID: "b"}, {Row: 40, First: 3, ExternalID: "a"}}
	for _, source := range []string{"empty", "merged"} {
		im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: source, FileName: "file.csv"})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			draft := civic.Draft{Category: "trees", Title: fmt.Sprintf("Row %d", row.number), ExternalID: row.id, Point: orb.Point{19.95, 50.05}}
			if err := im.Add(t.Context(), row.number, accept(t, d, draft)); err != nil {
				t.Fatal(err)
			}
		}
		var duplicates []civic.DuplicateRow
		batch, err := im.Finish(t.Context(), len(rows), 0, func(r civic.DuplicateRow) error {
			duplicates = append(duplicates, r)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(civic.ImportCounts{Read: 6, Created: 3, Rejected: 3}, batch.ImportCounts); diff != "" {
			t.Errorf("%s: counts (-want +got):\n%s", source, diff)
		}
		if diff := cmp.Diff(want, duplicates); diff != "" {
			t.Errorf("%s: duplicates (-want +got):\n%s", source, diff)
		}
		var titles string
		err = conn.QueryRow(t.Context(), `
			select string_agg(title, ', ' order by pin_id)
			from pins
			join sources using (district_id, source_id)
			where slug = $1`, source).Scan(&titles)
		if err != nil || titles != "Row 3, Row 7, Row 20" {
			t.Errorf("%s: %s are left (%v)", source, titles, err)
		}
		var last int64
		if err := conn.QueryRow(t.Context(), `select max(pin_id) from pins`).Scan(&last); err != nil {
			t.Fatal(err)
		}
		if id := add(t, s, d, civic.Draft{Category: "trees", Title: "x", Point: orb.Point{19.95, 50.05}}, civic.Published); id <= last {
			t.Errorf("%s: a new pin has the id %d, and there was %d", source, id, last)
		}
	}
	if err := store.Migrate(t.Context(), conn.Config().ConnString()); err != nil { // it checks that all indexes are there
		t.Error(err)
	}
}

// TestCategoryOfImportIsKept changes the category of a row between its check and
// the end of the import, which reports it.
func TestCategoryOfImportIsKept(t *testing.T) {
	s, d, conn := open(t)
	add(t, s, d, civic.Draft{Category: "help", Title: "x", Point: orb.Point{19.95, 50.05}}, civic.Published)
	im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: "city", FileName: "file.csv", Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Add(t.Context(), 2, accept(t, d, civic.Draft{Category: "trees", Title: "x", Point: orb.Point{19.95, 50.05}})); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `update categories set visibility = 'hex' where slug = 'trees'`); err != nil {
		t.Fatal(err)
	}
	if batch, err := im.Finish(t.Context(), 1, 0, nil); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("%+v, %v, want a conflict", batch, err)
	}
}

func TestImportKeepsPublication(t *testing.T) {
	s, d, conn := open(t)
	run(t, s, d, drafts(3))
	if _, err := conn.Exec(t.Context(), `update pins set publication = 'hidden' where external_id = 'x-1'`); err != nil {
		t.Fatal(err)
	}
	changed := drafts(3)
	changed[1].Title = "New"
	run(t, s, d, changed)
	var publication, title string
	if err := conn.QueryRow(t.Context(), `select publication, title from pins where external_id = 'x-1'`).Scan(&publication, &title); err != nil {
		t.Fatal(err)
	}
	if publication != "hidden" || title != "New" {
		t.Errorf("got %s, %s", publication, title)
	}
}

func TestAbortedImportLeavesNothing(t *testing.T) {
	s, d, conn := open(t)
	im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: "city", FileName: "file.csv", Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, draft := range drafts(6000) {
		if err := im.Add(t.Context(), i, accept(t, d, draft)); err != nil {
			t.Fatal(err)
		}
	}
	im.Abort(t.Context())
	if got := state(t, conn); got != "" {
		t.Error("an aborted import left pins")
	}
	if batches, err := s.Imports(t.Context(), d); err != nil || len(batches) != 0 {
		t.Errorf("an aborted import left batches: %v, %v", batches, err)
	}
}

// TestStaleStatistics imports a file twice into a district that the statistics
// of the planner do not know, since pins was analyzed before it came: case
// import-reimport-stale-statistics. The limit ends a test that has failed: a
// nested loop over 40,000 rows takes ten minutes, and no busy machine needs as
// long for anything else.
func TestStaleStatistics(t *testing.T) {
	_, d, conn := open(t)
	config := conn.Config().ConnString() + "&statement_timeout=180000"
	s, err := store.Open(t.Context(), store.Config{URL: config})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if _, err := conn.Exec(t.Context(), `alter table pins set (autovacuum_enabled = off)`); err != nil {
		t.Fatal(err)
	}
	run(t, s, d, drafts(3000))
	if _, err := conn.Exec(t.Context(), `analyze pins`); err != nil {
		t.Fatal(err)
	}
	other := district()
	other.Slug = "other"
	if err := s.AddDistrict(t.Context(), &other); err != nil {
		t.Fatal(err)
	}
	const n = 40_000
	file := drafts(n)
	if first, _ := run(t, s, &other, file); first.Created != n {
		t.Errorf("first import: %+v", first.ImportCounts)
	}
	if second, _ := run(t, s, &other, file); second.Unchanged != n {
		t.Errorf("second import: %+v", second.ImportCounts)
	}
	for i := range file {
		file[i].Body = "changed"
	}
	if third, _ := run(t, s, &other, file); third.Updated != n {
		t.Errorf("third import: %+v", third.ImportCounts)
	}
}

// TestRowsWithoutIDs checks that rows that only their number identifies are
// imported again, and that those of another file do not overwrite them: case
// import-namesake-overwrites.
func TestRowsWithoutIDs(t *testing.T) {
	s, d, conn := open(t)
	numbered := func(titles ...string) (civic.Batch, error) {
		return importTitles(t, s, d, store.ImportConfig{Actor: system, Source: "export", FileName: "export.csv"}, titles)
	}
	if b, err := numbered("Bench", "Bin"); err != nil || b.Created != 2 {
		t.Fatalf("%+v, %v", b, err)
	}
	before := state(t, conn)
	if b, err := numbered("Bench", "Bin", "Lamp"); err != nil || b.Unchanged != 2 || b.Created != 1 {
		t.Errorf("a row at the end: %+v, %v", b, err)
	}
	if _, err := s.UndoImport(t.Context(), d, system, 2, nil); err != nil {
		t.Fatal(err)
	}
	for _, titles := range [][]string{{"Other one", "Other two", "Third"}, {"New", "Bench", "Bin"}} {
		if _, err := numbered(titles...); !errors.Is(err, civic.ErrConflict) {
			t.Errorf("%v: %v, want a conflict", titles, err)
		}
		if diff := cmp.Diff(before, state(t, conn)); diff != "" {
			t.Errorf("%v changed pins (-before +after):\n%s", titles, diff)
		}
	}
	b, err := importTitles(t, s, d, store.ImportConfig{Actor: system, Source: "export", FileName: "export.csv", OverwriteRows: true}, []string{"Bench", "Big bin"})
	if err != nil || b.Updated != 1 || b.Unchanged != 1 {
		t.Errorf("allowed: %+v, %v", b, err)
	}
}

// importTitles imports rows without an id.
func importTitles(t *testing.T, s *store.Store, d *civic.District, cfg store.ImportConfig, titles []string) (civic.Batch, error) {
	t.Helper()
	im, err := s.BeginImport(t.Context(), d, cfg)
	if err != nil {
		t.Fatal(err)
	}
	for i, title := range titles {
		pin := accept(t, d, civic.Draft{Category: "trees", Title: title, Point: orb.Point{19.95, 50.05}})
		if err := im.Add(t.Context(), i+2, pin); err != nil {
			t.Fatal(err)
		}
	}
	return im.Finish(t.Context(), len(titles), 0, func(civic.DuplicateRow) error { return nil })
}

// TestUndoWaitsForImport undoes an import while another one updates its pins.
// The undo says for whom it waits, and then finds that it comes too late.
func TestUndoWaitsForImport(t *testing.T) {
	s, d, conn := open(t)
	first, _ := run(t, s, d, drafts(10))
	im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: "city", FileName: "new.csv"})
	if err != nil {
		t.Fatal(err)
	}
	holder, undone := make(chan string, 1), make(chan error, 1)
	go func() {
		_, err := s.UndoImport(t.Context(), d, system, first.ID, func(h string) { holder <- h })
		undone <- err
	}()
	if h := <-holder; !strings.Contains(h, "import of new.csv") {
		t.Errorf("it waits for %q", h)
	}
	changed := drafts(10)
	for i := range changed {
		changed[i].Title = "Changed"
		if err := im.Add(t.Context(), i+2, accept(t, d, changed[i])); err != nil {
			t.Fatal(err)
		}
	}
	second, err := im.Finish(t.Context(), 10, 0, nil)
	if err != nil || second.Updated != 10 {
		t.Fatalf("%+v, %v", second, err)
	}
	if err := <-undone; !errors.Is(err, civic.ErrConflict) {
		t.Errorf("the undo returned %v, want a conflict", err)
	}
	var n int
	if err := conn.QueryRow(t.Context(), `select count(*) from pins where title = 'Changed'`).Scan(&n); err != nil || n != 10 {
		t.Errorf("%d pins are left (%v)", n, err)
	}
}

// TestKilledImportReleasesItsLock closes the connection of an import in the
// middle of a long statement, as the end of its process does.
func TestKilledImportReleasesItsLock(t *testing.T) {
	s, d, conn := open(t)
	killed := connect(t, conn.Config().ConnString())
	tx, err := killed.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := store.LockImports(t.Context(), tx, d, "import of killed.csv", nil); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = tx.Exec(t.Context(), `select pg_sleep(3600)`) }()
	for running := 0; running == 0; time.Sleep(time.Millisecond) {
		if err := conn.QueryRow(t.Context(), `select count(*) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`).Scan(&running); err != nil {
			t.Fatal(err)
		}
	}
	if err := killed.PgConn().Conn().Close(); err != nil {
		t.Fatal(err)
	}
	im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: "city", FileName: "file.csv", Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	im.Abort(t.Context())
}

// TestFirstImport checks that the copy into the empty table of pins leaves the
// triggers as they were, so that nobody reads everything again, and refuses a
// category that the district does not have.
func TestFirstImport(t *testing.T) {
	s, d, conn := open(t)
	timeline, err := s.Timeline(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: "city", FileName: "file.csv", Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	wrong := accept(t, d, drafts(1)[0])
	wrong.Category.Visibility = civic.HexOnly
	if err := im.Add(t.Context(), 2, wrong); err != nil {
		t.Fatal(err)
	}
	if batch, err := im.Finish(t.Context(), 1, 0, nil); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("%+v, %v, want a conflict", batch, err)
	}
	run(t, s, d, drafts(3))
	if after, err := s.Timeline(t.Context()); after != timeline || err != nil {
		t.Errorf("the timeline was %s, and is %s (%v)", timeline, after, err)
	}
	if err := store.Migrate(t.Context(), conn.Config().ConnString()); err != nil { // it checks that all triggers are there
		t.Error(err)
	}
}
