package store_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// TestWordsOfOtherVersionsAreFoundAgain checks that pins get new words when those
// in the database are of another version, as those of before the migration, and
// that nothing is done otherwise.
func TestWordsOfOtherVersionsAreFoundAgain(t *testing.T) {
	s, d, conn := open(t)
	for _, title := range []string{"Ławka", "Лавка i м'яч", "—"} {
		add(t, s, d, civic.Draft{Category: "trees", Title: title, Body: title + " 2", Point: orb.Point{19.95, 50.05}}, civic.Published)
	}
	empty := func() (n int) {
		if err := conn.QueryRow(t.Context(), `select count(*) from pins where search = ''`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, version := range []string{"version", "0"} {
		if _, err := conn.Exec(t.Context(), `update pins set search = ''; update pin_words set version = `+version); err != nil {
			t.Fatal(err)
		}
		if err := store.Migrate(t.Context(), conn.Config().ConnString()); err != nil {
			t.Fatal(err)
		}
		if found := empty() == 0; found != (version == "0") {
			t.Errorf("version %s: the words are found again: %t", version, found)
		}
	}
}
