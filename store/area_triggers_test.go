package store_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// wrongAreas returns the number of pins whose areas are not those that cover
// their exact and their shown location.
func wrongAreas(t *testing.T, conn *pgx.Conn) (n int) {
	t.Helper()
	err := conn.QueryRow(t.Context(), `
		select count(*)
		from pins
		where (area_id, shown_area_id) is distinct from (area_at(district_id, geom), area_at(district_id, shown))`).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAreasFollowEveryStatement checks that both areas of every pin are right
// after any statement.
func TestAreasFollowEveryStatement(t *testing.T) {
	s, d, conn := open(t)
	run(t, s, d, drafts(300))
	for _, statement := range []string{
		`update pins set geom = st_translate(geom, 0.02, 0), shown = st_translate(shown, 0.02, 0) where pin_id % 3 = 0`,
		`update pins set area_id = null, shown_area_id = 2`,
		`insert into pins (district_id, publication, title, search, shown, shown_cell, geom, cell, category_id, kind, visibility, status, reported_on, area_id)
			select district_id, publication, title, search, shown, shown_cell, geom, cell, category_id, kind, visibility, status, reported_on, 7 from pins`,
		`update areas set boundary = st_multi(st_makeenvelope(19.9, 50, 20.02, 50.1, 4326)) where slug = 'west'`,
		`update areas set position = 3 - position`,
		`insert into areas (district_id, area_id, slug, name, position, boundary)
			select district_id, 3, 'north', '{"en": "North"}', 0, st_multi(st_makeenvelope(19.9, 50.04, 20.1, 50.1, 4326)) from districts`,
		`delete from areas where slug = 'east'`,
		`delete from areas`,
	} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		if n := wrongAreas(t, conn); n > 0 {
			t.Errorf("%d pins have a wrong area after: %s", n, statement)
		}
	}
}

// TestAreasOfConcurrentChanges checks that a pin that is added while a boundary
// changes in another transaction belongs to the area of the new boundary,
// whichever of the two commits first.
func TestAreasOfConcurrentChanges(t *testing.T) {
	const (
		boundary = `update areas set boundary = st_multi(st_makeenvelope(19.9, 50, 20.03, 50.1, 4326)) where slug = 'west'`
		pin      = `
			insert into pins (district_id, publication, title, search, shown, shown_cell, geom, cell, category_id, kind, visibility, status, reported_on, area_id, shown_area_id)
			select district_id, 'published', 'x', 'x', st_setsrid(st_point(20.02, 50.05), 4326), 0, st_setsrid(st_point(20.02, 50.05), 4326), 0,
			  category_id, kind, visibility, 'reported', '2024-03-05', 2, 2
			from categories
			where slug = 'trees'`
	)
	for _, order := range [][2]string{{boundary, pin}, {pin, boundary}} {
		_, _, conn := open(t)
		if err := waitFor(t, conn, order[0], order[1]); err != nil {
			t.Fatal(err)
		}
		if n := wrongAreas(t, conn); n > 0 {
			t.Errorf("%d pins have a wrong area after: %s, then %s", n, order[0], order[1])
		}
	}
}

// waitFor runs a statement in one transaction, and then another in a second one, which
// is to wait until the first has committed. It returns the error of the second.
func waitFor(t *testing.T, conn *pgx.Conn, statement, other string) error {
	t.Helper()
	first, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	second, watcher := connect(t, conn.Config().ConnString()), connect(t, conn.Config().ConnString())
	done := make(chan error)
	go func() {
		_, err := second.Exec(t.Context(), other)
		done <- err
	}()
	waitForLock(t, watcher)
	if err := first.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return <-done
}

// waitForLock waits until another session waits for a lock.
func waitForLock(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		var n int
		err := conn.QueryRow(t.Context(), `
			select count(*)
			from pg_stat_activity
			where datname = current_database()
			  and wait_event_type = 'Lock'`).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("nobody waits for a lock")
		}
	}
}
