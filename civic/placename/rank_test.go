package placename_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
)

func street(name string, others ...string) civic.Place {
	return civic.Place{Kind: civic.PlaceStreet, Name: name, OtherNames: others, Point: orb.Point{19.95, 50.04}}
}

func address(street, number, postcode string) civic.Place {
	return civic.Place{Kind: civic.PlaceAddress, Name: street + " " + number, Street: street, HouseNumber: number, Postcode: postcode, Point: orb.Point{19.95, 50.041}}
}

func named(kind civic.PlaceKind, name string) civic.Place {
	return civic.Place{Kind: kind, Name: name, Point: orb.Point{19.96, 50.03}}
}

// gazetteer is a part of Podgórze with what is easily confused.
func gazetteer() []civic.Place {
	return []civic.Place{
		street("Bolesława Limanowskiego"), street("Limanowska"), street("Wielicka"), street("Kalwaryjska"), street("Rynek Podgórski", "Podgórze Market Square"),
		street("3 Maja"), street("Świętego Marka"), street("gen. Józefa Bema"), street("Kącik"), street("Kacik"), {Kind: civic.PlaceStreet, Name: "Kąśna", Postcode: "30-550"}, address("Kąśna", "2", "30-550"), street("Grunwaldzka"),
		address("Bolesława Limanowskiego", "12", "30-551"), address("Bolesława Limanowskiego", "60-62", "30-551"), address("Bolesława Limanowskiego", "120", "30-551"),
		address("Wielicka", "28B", "30-552"), address("Wielicka", "14 bud. C", "30-552"), address("Wielicka", "83", "30-552"), address("Wielicka", "83A", "30-552"),
		address("Kalwaryjska", "34", "30-504"), address("3 Maja", "5", "30-063"), address("Zamknięta", "7", "30-549"),
		named(civic.PlaceLocality, "Płaszów"), named(civic.PlaceStop, "Limanowskiego"), named(civic.PlaceSchool, "Szkoła Podstawowa nr 22"),
		named(civic.PlaceSchool, "Szkoła Podstawowa nr 23"), named(civic.PlaceSquare, "Plac Bohaterów Getta"), named(civic.PlacePark, "Park Bednarskiego"),
		named(civic.PlaceLocality, "Zabłocie"), named(civic.PlaceOther, "bulwary na Zabłociu"),
	}
}

// TestRank searches as people type. "~" marks what is approximate.
func TestRank(t *testing.T) {
	for typed, want := range map[string]string{
		"ul. Limanowskiego 12":               "Bolesława Limanowskiego 12",
		"ulica limanowskiego":                "Bolesława Limanowskiego; Limanowskiego",
		"Bolesława Limanowskiego":            "Bolesława Limanowskiego",
		"limanowskiego 60-62":                "Bolesława Limanowskiego 60-62",
		"limanowskiego 60":                   "~Bolesława Limanowskiego 60-62",
		"Limanowskiego 12 m. 4":              "Bolesława Limanowskiego 12",
		"Limanowskiego 12/4":                 "~Bolesława Limanowskiego 12",
		"Limanowskiego 1200":                 "~Bolesława Limanowskiego",
		"wielickiej":                         "Wielicka",
		"na Wielickiej":                      "~Wielicka",
		"wielicka 28 b":                      "Wielicka 28B",
		"WIELICKA 28B":                       "Wielicka 28B",
		"wielicka 14 c":                      "Wielicka 14 bud. C",
		"Wielicka 14 bud. C":                 "Wielicka 14 bud. C",
		"wielicka 83":                        "Wielicka 83",
		"wielicka 83a":                       "Wielicka 83A",
		"Plaszow":                            "Płaszów",
		"w Płaszowie":                        "Płaszów",
		"zablociu":                           "Zabłocie; bulwary na Zabłociu",
		"Кальварійська":                      "Kalwaryjska",
		"вул. Кальварійська 34":              "Kalwaryjska 34",
		"Кальварийская улица":                "Kalwaryjska",
		"Грунвальдська":                      "~Grunwaldzka",
		"30-549":                             "Zamknięta 7",
		"30549":                              "Zamknięta 7",
		"30-550":                             "Kąśna", // its addresses with the postcode say nothing more
		"Rynek Podg":                         "Rynek Podgórski",
		"Rynek Podgo\u0301rski":              "Rynek Podgórski",
		"market square":                      "Rynek Podgórski",
		"ｗｉｅｌｉｃｋａ":                           "Wielicka",
		"Wielikca":                           "~Wielicka",
		"3 maja":                             "3 Maja",
		"3 Maja 5":                           "3 Maja 5",
		"św. marka":                          "Świętego Marka",
		"generała bema":                      "gen. Józefa Bema",
		"kącik":                              "Kącik; Kacik",
		"kacik":                              "Kacik; Kącik",
		"szkola podstawowa 22":               "Szkoła Podstawowa nr 22",
		"pl. bohaterow getta":                "Plac Bohaterów Getta",
		"parku bednarskiego":                 "Park Bednarskiego",
		"Zamknieta":                          "~Zamknięta 7",
		"nic takiego":                        "",
		"zzzz":                               "", // loosely "z", which begins several names
		"!?":                                 "",
		"12":                                 "",
		strings.Repeat("limanowskiego ", 50): "",
	} {
		q := placename.Parse(typed)
		var got []string
		for _, p := range q.Rank(gazetteer(), orb.Point{19.95, 50.04}) {
			name := p.Name
			if p.Approximate {
				name = "~" + name
			}
			got = append(got, name)
		}
		text := strings.Join(got, "; ")
		if want == "" && text != "" || !strings.HasPrefix(text+"; ", want+"; ") && want != "" {
			t.Errorf("%q: found %q, want %q first", typed, text, want)
		}
	}
}

// TestRankByKind searches words for kinds of places, of which the nearest come
// first.
func TestRankByKind(t *testing.T) {
	places := gazetteer()
	for i := range places {
		places[i].Point = orb.Point{19.95, 50 + float64(len(places)-i)/1000} // the last is the nearest
	}
	for typed, want := range map[string]string{
		"szkola": "~Szkoła Podstawowa nr 23; ~Szkoła Podstawowa nr 22", "Szkoły": "~Szkoła Podstawowa nr 23; ~Szkoła Podstawowa nr 22",
		"school": "~Szkoła Podstawowa nr 23; ~Szkoła Podstawowa nr 22", "школа": "~Szkoła Podstawowa nr 23; ~Szkoła Podstawowa nr 22",
		"park": "~Park Bednarskiego", "Парк": "~Park Bednarskiego", "garden": "~Park Bednarskiego",
		"przystanek": "~Limanowskiego", "bus stop": "~Limanowskiego", "przystanek tramwajowy": "~Limanowskiego", "зупинка": "~Limanowskiego",
		"plac": "~Plac Bohaterów Getta", "площа": "~Plac Bohaterów Getta", "osiedle": "~Zabłocie; ~Płaszów",
		"ulica": "~Grunwaldzka; ~Kąśna; ~Kacik; ~Kącik", "adres": "~Zamknięta 7; ~3 Maja 5",
		"woda": "", "szkoła 22": "Szkoła Podstawowa nr 22",
	} {
		var got []string
		for _, p := range placename.Parse(typed).Rank(places, orb.Point{19.95, 50}) {
			name := p.Name
			if p.Approximate {
				name = "~" + name
			}
			got = append(got, name)
		}
		text := strings.Join(got, "; ")
		if want == "" && text != "" || !strings.HasPrefix(text+"; ", want+"; ") && want != "" {
			t.Errorf("%q: found %q, want %q first", typed, text, want)
		}
	}
}

// TestKeysAgree checks that spellings of one name have one key.
func TestKeysAgree(t *testing.T) {
	for _, names := range [][]string{
		{"Kalwaryjska", "ul. Kalwaryjska", "Kalwaryjskiej", "Кальварійська", "вулиці Кальварійській", "KALWARYJSKĄ"},
		{"Bolesława Limanowskiego", "Boleslawa Limanowskiego", "ulica Bolesława Limanowskiego"},
		{"Płaszów", "Plaszow", "Płaszowie", "Płaszowa"},
		{"Rękawka", "Rekawka", "Rękawki"},
		{"Jana Pawła II", "jana pawla ii"},
		{"Straße", "strasse"},
		{"Đura", "dura"},
	} {
		for _, name := range names {
			if diff := cmp.Diff(placename.Key(names[0]), placename.Key(name)); diff != "" {
				t.Errorf("%s and %s: %s", names[0], name, diff)
			}
		}
	}
}

func TestNumberKey(t *testing.T) {
	for number, want := range map[string]string{"28 B": "28b", "28B": "28b", "60-62": "60-62", "60–62": "60-62", "14 bud. C": "14c", "12/4": "12/4", "2 12": "2 12", "15 LU 1": "15lu1", "": "", "?": ""} {
		if got := placename.NumberKey(number); got != want {
			t.Errorf("%q: %q, want %q", number, got, want)
		}
	}
}

// FuzzRank checks that any text and any name are compared in bounded time, and
// that a name is found by itself.
func FuzzRank(f *testing.F) {
	for _, s := range []string{"ul. Limanowskiego 12", "Кальварійська", "30-549", "a\u0301\u0301\u0301", "ﷺ", "1-2-3-4/5", "x", "'", "\xff", "3 Maja 5 m. 7"} {
		f.Add(s, "Wielicka")
	}
	f.Fuzz(func(t *testing.T, typed, name string) {
		if len(typed) > 1000 || len(name) > 1000 {
			t.Skip()
		}
		q := placename.Parse(typed)
		if n := len(q.Readings); n > 4 {
			t.Errorf("%q has %d readings", typed, n)
		}
		p := named(civic.PlaceOther, name)
		q.Rank([]civic.Place{p, address(name, typed, typed)}, p.Point)
		if len(strings.Fields(name)) > 6 || placename.Key(name) == "" || strings.ContainsAny(name, "0123456789") {
			return
		}
		for _, c := range placename.Key(name) {
			if c == 0 {
				t.Errorf("the key of %q contains a null character", name)
			}
		}
	})
}
