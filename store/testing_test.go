package store_test

import (
	"context"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// The actors of the tests.
var (
	system    = civic.Actor{Kind: civic.System}
	resident  = civic.Actor{Kind: civic.Contact, ID: 1}
	animator  = civic.Actor{Kind: civic.Account, ID: 2, Grants: []civic.Grant{{Role: civic.Animator, DistrictID: 1}}}
	moderator = civic.Actor{Kind: civic.Account, ID: 3, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: 1}}}
)

func TestMain(m *testing.M) { storetest.Main(m) }

// box returns a rectangle as a multipolygon.
func box(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()}
}

// district returns a new district with two areas that share a border and with a
// category of each visibility.
func district() civic.District {
	return civic.District{
		Slug: "test", Name: civic.Text{"en": "Test"}, Languages: []string{"en"}, TimeZone: "Europe/Warsaw", Moderation: civic.ModerateBefore,
		Boundary: box(19.9, 50.0, 20.1, 50.1),
		Areas: []civic.Area{
			{Slug: "west", Name: civic.Text{"en": "West"}, Boundary: box(19.9, 50.0, 20.0, 50.1)},
			{Slug: "east", Name: civic.Text{"en": "East"}, Boundary: box(20.0, 50.0, 20.05, 50.1), Residents: 900, Approximate: true},
		},
		Categories: []civic.Category{
			{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Trees"}},
			{Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred, Colour: "#663333", Label: civic.Text{"en": "Help"}},
			{Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"en": "Fear"}},
		},
		Places: []civic.Place{{Name: "Ławka Główna", Point: orb.Point{19.95, 50.05}}},
	}
}

// open returns a store, the district in it, and another connection to its
// database.
func open(t testing.TB) (*store.Store, *civic.District, *pgx.Conn) {
	t.Helper()
	url := storetest.URL(t)
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: storetest.Keys(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d := district()
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		checkWords(t, conn)
		checkThings(t, conn)
		conn.Close(context.Background())
	})
	return s, &d, conn
}

// publish publishes pins, and returns how many have changed.
func publish(t testing.TB, s *store.Store, d *civic.District, actor civic.Actor, ids []int64) (int, error) {
	t.Helper()
	out, err := s.Do(t.Context(), d, actor, civic.Command{Action: civic.Publish, Things: ids})
	return len(out.Changed), err
}

// hide hides pins, and returns how many have changed.
func hide(t testing.TB, s *store.Store, d *civic.District, actor civic.Actor, ids []int64, reason string) (int, error) {
	t.Helper()
	out, err := s.Do(t.Context(), d, actor, civic.Command{Action: civic.Hide, Things: ids, Reason: reason})
	return len(out.Changed), err
}

// checkThings checks, after whatever a test has done, that the rows among the
// things are those of the pins.
func checkThings(t testing.TB, conn *pgx.Conn) {
	var n int
	err := conn.QueryRow(context.Background(), `
		select count(*)
		from (select * from things where kind = 'pin') as things
		full join pins on pins.district_id = things.district_id and pin_id = thing_id
		where (things.title, things.publication) is distinct from (pins.title, pins.publication)
		  or things.area_id is distinct from pins.area_id
		  or thing_id is distinct from pin_id`).Scan(&n)
	if err != nil || n != 0 {
		t.Errorf("%d pins are not the same among the things (%v)", n, err)
	}
}

// checkWords checks, after whatever a test has done, that every pin has the words
// of its texts, which the database cannot check.
func checkWords(t testing.TB, conn *pgx.Conn) {
	rows, _ := conn.Query(context.Background(), `select pin_id, title, body, tsvector_to_array(search) from pins`) // ForEachRow returns the error
	var id int64
	var title, body string
	var search []string
	_, err := pgx.ForEachRow(rows, []any{&id, &title, &body, &search}, func() error {
		if want := words.Of(title, body); !slices.Equal(search, want) {
			t.Errorf("pin %d has the words %q, want %q", id, search, want)
		}
		return nil
	})
	if err != nil {
		t.Errorf("read the words of pins: %v", err)
	}
}

// accept returns the checked draft, with a date unless it has one.
func accept(t testing.TB, d *civic.District, draft civic.Draft) civic.NewPin {
	t.Helper()
	if draft.ReportedOn == 0 {
		draft.ReportedOn = 20000
	}
	pin, err := d.Accept(draft, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	return pin
}

// add adds a pin and returns its id.
func add(t testing.TB, s *store.Store, d *civic.District, draft civic.Draft, p civic.Publication) int64 {
	t.Helper()
	id, err := s.AddPin(t.Context(), d, civic.Actor{}, accept(t, d, draft), p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// office returns a draft of duty hours in the west of the district.
func office() civic.RecordDraft {
	return civic.RecordDraft{
		Kind: civic.OfficeThing, Values: civic.Values{Texts: map[string]civic.Text{"name": {"en": "Duty hours"}}}, Point: &orb.Point{19.95, 50.05},
	}
}
