package store_test

import (
	"strconv"
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

// TestContentWords checks that what things other than pins say is found by its
// words, and that those of another version are found again.
func TestContentWords(t *testing.T) {
	s, d, conn := open(t)
	content, err := d.AcceptRecord(office())
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Do(t.Context(), d, moderator, civic.Command{Action: civic.Submit, Kind: civic.OfficeThing, Content: content})
	if err != nil {
		t.Fatal(err)
	}
	rule := civic.LinkRule{Kinds: []civic.ThingKind{civic.OfficeThing}}
	for _, before := range []string{"", `update contents set search = '', words_version = 0`} {
		if _, err := conn.Exec(t.Context(), before); err != nil {
			t.Fatal(err)
		}
		if before != "" {
			if err := store.Migrate(t.Context(), conn.Config().ConnString()); err != nil {
				t.Fatal(err)
			}
		}
		for words, want := range map[string]bool{"duty": true, "HOUR": true, "duties": false, "lamp": false, strconv.FormatInt(out.Changed[0].ID, 10): true} {
			found, err := s.FindLinkEnds(t.Context(), d, civic.LinkQuery{Rule: rule, Words: words, Limit: 5})
			if err != nil || (len(found) == 1) != want {
				t.Errorf("%q: %+v, %v", words, found, err)
			}
		}
	}
}
