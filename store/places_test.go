package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// search returns the names of the places that a text finds; "~" marks what is
// approximate.
func search(t testing.TB, s *store.Store, d *civic.District, text string) []string {
	t.Helper()
	found, err := s.Places(t.Context(), d, civic.PlaceQuery{Text: text, Limit: 10})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	var names []string
	for _, p := range found {
		name := p.Name
		if p.Approximate {
			name = "~" + name
		}
		names = append(names, name)
	}
	return names
}

func addressAt(street, number, postcode string, lon float64) civic.Place {
	return civic.Place{
		Name: street + " " + number, Kind: civic.PlaceAddress, Street: street, HouseNumber: number, Postcode: postcode, Point: orb.Point{lon, 50.05},
	}
}

// TestPlaces searches a small gazetteer.
func TestPlaces(t *testing.T) {
	s, d, _ := open(t)
	places := []civic.Place{
		{Name: "Bolesława Limanowskiego", Kind: civic.PlaceStreet, Point: orb.Point{19.95, 50.05}},
		{Name: "Kalwaryjska", Kind: civic.PlaceStreet, OtherNames: []string{"Calvary Street"}, Point: orb.Point{19.94, 50.05}},
		{Name: "Szkoła Podstawowa", Kind: civic.PlaceSchool, Point: orb.Point{19.92, 50.05}},
		{Name: "Szkoła Podstawowa", Kind: civic.PlaceSchool, Point: orb.Point{20.02, 50.05}},
		{Name: "???", Point: orb.Point{19.94, 50.05}}, {Name: "Przedmieście", Kind: civic.PlaceLocality, Point: orb.Point{19.89, 50.05}},
		addressAt("Bolesława Limanowskiego", "12", "30-549", 19.951), addressAt("Bolesława Limanowskiego", "120", "30-549", 19.952),
		addressAt("Wielicka", "28B", "30-552", 19.97), addressAt("Lea", "5", "30-050", 19.93), addressAt("Lea", "6", "30-053", 19.93),
		addressAt("Kącik", "7", "30-053", 20), {Name: "Kącik", Kind: civic.PlaceStreet, Postcode: "30-053", Point: orb.Point{19.99, 50.05}},
	}
	for i := range 100 {
		places = append(places, addressAt("Długa", fmt.Sprint(i+200), "30-100", 19.9+float64(i)/1000))
	}
	if n, err := s.ReplacePlaces(t.Context(), d, "osm", places); err != nil || n != len(places)-1 {
		t.Fatalf("%d places, %v", n, err)
	}
	for text, want := range map[string][]string{
		"ul. Limanowskiego 12":  {"Bolesława Limanowskiego 12"},
		"limanowskiego":         {"Bolesława Limanowskiego"},
		"Limanowskiego 13":      {"~Bolesława Limanowskiego", "~Bolesława Limanowskiego 12"},
		"Кальварійська":         {"Kalwaryjska"},
		"calvary":               {"Kalwaryjska"},
		"30-552":                {"Wielicka 28B"},
		"30-053":                {"Kącik", "Lea 6"},
		"wielickiej":            {"~Wielicka 28B"},
		"Lxa 5":                 {"~Lea 5"},
		"ławka gł":              {"Ławka Główna"},
		"west":                  {"West"},
		"szkola podst":          {"Szkoła Podstawowa", "Szkoła Podstawowa"},
		"długa 217":             {"Długa 217"},
		"":                      nil,
		`'; drop table places;`: nil,
	} {
		if diff := cmp.Diff(want, search(t, s, d, text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	found, err := s.Places(t.Context(), d, civic.PlaceQuery{Text: "szkoła podstawowa", Near: &orb.Point{20.03, 50.05}, Limit: 1})
	if err != nil || len(found) != 1 || found[0].AreaID != d.Areas[1].ID || found[0].Kind != civic.PlaceSchool {
		t.Errorf("the nearer of two namesakes: %+v, %v", found, err)
	}
	for name, want := range map[string]bool{"Przedmieście": true, "Wielicka 28B": false, "east": false} {
		found, err := s.Places(t.Context(), d, civic.PlaceQuery{Text: name, Limit: 1})
		if err != nil || len(found) != 1 || found[0].Outside != want {
			t.Errorf("%s: %+v, %v, want outside: %t", name, found, err, want)
		}
	}
}

// TestPlacesOfKind checks that a word for a kind of places finds the nearest of
// them, and areas too.
func TestPlacesOfKind(t *testing.T) {
	s, d, _ := open(t)
	var places []civic.Place
	for i := range 100 {
		at := orb.Point{19.9 + float64(i)/1000, 50.05}
		places = append(places, civic.Place{Name: fmt.Sprint("Korona ", i), Kind: civic.PlaceStop, Point: at}, civic.Place{Name: fmt.Sprint("Jordana ", i), Kind: civic.PlacePark, Point: at})
	}
	if _, err := s.ReplacePlaces(t.Context(), d, "osm", places); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"przystanek": {"Korona 70", "Korona 71", "Korona 69"},
		"парк":       {"Jordana 70", "Jordana 71", "Jordana 69"},
		"area":       {"West", "East"},
		"szkoła":     nil,
	} {
		found, err := s.Places(t.Context(), d, civic.PlaceQuery{Text: text, Near: &orb.Point{19.9702, 50.05}, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, p := range found {
			names = append(names, p.Name)
			if !p.Approximate {
				t.Errorf("%s is exactly what %q means", p.Name, text)
			}
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// TestReplacePlaces checks that only the places of the source are replaced, in
// the district alone.
func TestReplacePlaces(t *testing.T) {
	s, d, _ := open(t)
	for range 2 {
		if _, err := s.ReplacePlaces(t.Context(), d, "osm", []civic.Place{{Name: "Rynek", Kind: civic.PlaceSquare, Point: orb.Point{19.95, 50.05}}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := search(t, s, d, "rynek"); len(got) != 1 {
		t.Errorf("after replacing twice: %v", got)
	}
	if _, err := s.ReplacePlaces(t.Context(), d, "osm", nil); err != nil {
		t.Fatal(err)
	}
	if got := search(t, s, d, "rynek"); got != nil {
		t.Errorf("after replacing by nothing: %v", got)
	}
	if got := search(t, s, d, "ławka"); len(got) != 1 {
		t.Errorf("a place of another source: %v", got)
	}
}

// TestPlacesOfBeforeAreFound checks that places with keys of another version,
// as those of before the gazetteer, get new keys.
func TestPlacesOfBeforeAreFound(t *testing.T) {
	url := storetest.URL(t)
	s, err := store.Open(t.Context(), store.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := district()
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), `update places set name_key = '', key_version = 0`); err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	var key string
	if err := conn.QueryRow(t.Context(), `select name_key from places where key_version = $1`, placename.Version).Scan(&key); err != nil || key != placename.Key("Ławka Główna") {
		t.Errorf("the key is %q, %v", key, err)
	}
}

// TestOddPlaceQueriesAreBounded checks that no text takes long in a gazetteer of
// 20,000 addresses.
func TestOddPlaceQueriesAreBounded(t *testing.T) {
	s, d, _ := open(t)
	if _, err := s.ReplacePlaces(t.Context(), d, "osm", manyAddresses(20_000)); err != nil {
		t.Fatal(err)
	}
	for _, text := range oddQueries() {
		begin := time.Now()
		if _, err := s.Places(t.Context(), d, civic.PlaceQuery{Text: text, Limit: 10}); err != nil {
			t.Errorf("%.40q after %v: %v", text, time.Since(begin), err)
		}
	}
}

// oddQueries returns texts that would be slow to search without bounds.
func oddQueries() []string {
	return []string{
		"a", "u", "1", "ul", "a b c d e f g h i j k l", "al os pl ul", "ska", "owa", "wa 1", "1 1 1 1 1 1 1 1", "12-12-12/12",
		strings.Repeat("a", 10_000), strings.Repeat("a ", 5_000), strings.Repeat("kowalska ", 30), strings.Repeat("ﷺ", 200),
		strings.Repeat("1/", 100), "e\u0301" + strings.Repeat("\u0301", 500), "%_%_%", `\\\''`, "\x00\xff", "00-000", "łłłłłłłł 99999",
		"nowa stara mala wielka dluga krotka 7", "漢字", "ulica",
	}
}

// manyAddresses returns addresses of streets with 40 numbers each, and the
// streets.
func manyAddresses(n int) (places []civic.Place) {
	first := []string{"Nowa", "Stara", "Mała", "Wielka", "Długa", "Krótka", "Górna", "Dolna", "Leśna", "Polna", "Łąkowa", "Jana", "Adama", "Józefa", "Marii", "Zofii", "Piotra", "Pawła", "Świętego", "Generała"}
	second := []string{"Kowal", "Mazur", "Sadow", "Krak", "Wieli", "Podgór", "Zator", "Myślen", "Limanow", "Bochen", "Tarnow", "Grodz", "Przemys", "Jasiel", "Rzeszow", "Brzoz", "Dębow", "Lipow", "Jawor", "Olszyn"}
	third := []string{"skiego", "ska", "owa", "icka"}
	for i := 0; len(places) < n; i++ {
		street := first[i%20] + " " + second[i/20%20] + third[i/400%4]
		if i >= 1600 {
			street += fmt.Sprint(" ", i)
		}
		at := orb.Point{19.9 + float64(i*7919%2000)/10000, 50 + float64(i*104729%1000)/10000}
		places = append(places, civic.Place{Name: street, Kind: civic.PlaceStreet, Point: at})
		for number := range 40 {
			p := addressAt(street, fmt.Sprint(number+1), fmt.Sprintf("30-%03d", i%1000), at.Lon())
			p.Point = at
			places = append(places, p)
		}
	}
	return places[:n]
}

// BenchmarkPlaces measures searches in 50,000 addresses: of ordinary texts, and
// of odd ones.
func BenchmarkPlaces(b *testing.B) {
	s, d, _ := open(b)
	if _, err := s.ReplacePlaces(b.Context(), d, "osm", manyAddresses(50_000)); err != nil {
		b.Fatal(err)
	}
	for name, texts := range map[string][]string{
		"ordinary": {"Nowa Kowalska", "ul. Jana Limanowskiego 12", "wielickej", "Zofii Brzozowa 7", "lipow", "30-017"},
		"odd":      oddQueries(),
		"kinds":    {"ulica", "adres", "szkoła", "bus stop", "парк"},
	} {
		b.Run(name, func(b *testing.B) {
			var times []time.Duration
			for i := 0; b.Loop(); i++ {
				begin := time.Now()
				if _, err := s.Places(b.Context(), d, civic.PlaceQuery{Text: texts[i%len(texts)], Limit: 10}); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(begin))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms/median")
			b.ReportMetric(float64(times[len(times)-1].Microseconds())/1000, "ms/worst")
		})
	}
}
