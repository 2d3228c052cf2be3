package store_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const pinOfTrees = `
	insert into pins (district_id, publication, title, search, shown, shown_cell, geom, cell, category_id, kind, visibility, status, reported_on)
	select district_id, 'published', 'x', 'x', st_setsrid(st_point(20.02, 50.05), 4326), 0, st_setsrid(st_point(20.02, 50.05), 4326), 0,
	  1, 'need', 'point', 'reported', '2024-03-05'
	from districts`

// isForeignKeyViolation reports whether a statement was refused since a pin
// would have a category that the district does not have.
func isForeignKeyViolation(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23503" && pg.ConstraintName == "pins_category"
}

// TestPinsHaveCategories checks that no statement leaves a pin with a category,
// kind or visibility that its district does not have.
func TestPinsHaveCategories(t *testing.T) {
	_, _, conn := open(t)
	for _, test := range []struct {
		statement string
		refused   bool
	}{
		{`delete from categories where slug = 'fear'`, false}, // which no pin has
		{pinOfTrees, false},
		{`update pins set category_id = 3`, true},
		{`update pins set kind = 'potential', status = 'active'`, true},
		{`update pins set visibility = 'blurred'`, true},
		{`update pins set title = 'y'`, false},
		{`update pins set district_id = 99`, true},
		{`update categories set visibility = 'hex'`, true},
		{`update categories set kind = 'potential' where slug = 'trees'`, true},
		{`update categories set category_id = category_id + 10`, true},
		{`update categories set visibility = 'hex' where slug = 'help'`, false},
		{`update categories set colour = '#000000'`, false},
		{`delete from categories`, true},
		{`delete from districts`, true},
		{`truncate categories cascade`, true},
		{`truncate districts cascade`, true},
		{`delete from pins`, false},
		{`truncate categories cascade`, false},
		{`delete from districts`, false},
	} {
		_, err := conn.Exec(t.Context(), test.statement)
		if test.refused != isForeignKeyViolation(err) || !test.refused && err != nil {
			t.Errorf("%s: %v, want it to be refused: %t", test.statement, err, test.refused)
		}
	}
}

// TestCategoriesOfConcurrentChanges adds a pin while its category changes in
// another transaction. Whichever of the two commits first, the other is refused.
func TestCategoriesOfConcurrentChanges(t *testing.T) {
	for _, change := range []string{
		`update categories set visibility = 'hex' where slug = 'trees'`,
		`delete from categories where slug = 'trees'`,
	} {
		for _, order := range [][2]string{{change, pinOfTrees}, {pinOfTrees, change}} {
			_, _, conn := open(t)
			if err := waitFor(t, conn, order[0], order[1]); !isForeignKeyViolation(err) {
				t.Errorf("%s, then %s: %v", order[0], order[1], err)
			}
		}
	}
}

// TestCategoriesRefuseOtherIsolation checks that no transaction in which the
// checks would miss rows that others have committed changes pins or categories.
func TestCategoriesRefuseOtherIsolation(t *testing.T) {
	_, _, conn := open(t)
	for _, level := range []pgx.TxIsoLevel{pgx.RepeatableRead, pgx.Serializable, pgx.ReadCommitted} {
		for _, change := range []string{
			pinOfTrees,
			`update pins set visibility = visibility`,
			`update categories set visibility = 'hex' where slug = 'help'`,
			`delete from categories where slug = 'fear'`,
		} {
			tx, err := conn.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: level})
			if err != nil {
				t.Fatal(err)
			}
			_, err = tx.Exec(t.Context(), change)
			var pg *pgconn.PgError
			if refused := errors.As(err, &pg) && pg.Code == "0A000"; refused != (level != pgx.ReadCommitted) {
				t.Errorf("%s: %s: %v", level, change, err)
			}
			if err := tx.Rollback(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestTruncatedWithPins checks that categories may be truncated together with the
// pins that have them.
func TestTruncatedWithPins(t *testing.T) {
	_, _, conn := open(t)
	for _, statement := range []string{pinOfTrees, `truncate districts, pins cascade`} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
