package gazetteer_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"golang.org/x/sync/errgroup"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/gazetteer"
	"github.com/pinezka/pinezka/ingest/recordtest"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

type address struct{ street, number string }

// schools returns the places of the schools of Kraków, and their addresses as
// they are written.
func schools(t testing.TB) ([]civic.Place, []address) {
	t.Helper()
	in, err := os.ReadFile(filepath.Join(recordtest.DataDir(t, "podgorze-osm"), "addresses_schools_krakow_rspo2022.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Features []struct {
			Properties map[string]any
			Geometry   geojson.Geometry
		}
	}
	if err := json.Unmarshal(in, &file); err != nil {
		t.Fatal(err)
	}
	var addresses []address
	b := gazetteer.New(gazetteer.Config{})
	for _, f := range file.Features {
		feature := geo.Feature{Tags: tags{}, Geometry: f.Geometry.Geometry()}
		for key, value := range f.Properties {
			if text, ok := value.(string); ok {
				feature.Tags[key] = text
			}
		}
		b.Add(feature)
		if a := (address{feature.Tags["addr:street"], feature.Tags["addr:housenumber"]}); !slices.Contains(addresses, a) {
			addresses = append(addresses, a)
		}
	}
	return b.Places(), addresses
}

// TestSchoolAddressesAreFound searches each of 846 addresses by its text,
// without diacritics, and with one letter wrong at one of five positions of its
// street, and expects it among the first three. Two of them state no street, so
// that they are no addresses that anybody could type. It also searches as people
// speak.
func TestSchoolAddressesAreFound(t *testing.T) {
	places, addresses := schools(t)
	database := storetest.URL(t)
	s, err := store.Open(t.Context(), store.Config{URL: database})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := civic.District{
		Slug: "test", Name: civic.Text{"pl": "Kraków"}, Languages: []string{"pl"}, TimeZone: "Europe/Warsaw", Moderation: civic.ModerateBefore,
		Boundary:   orb.MultiPolygon{orb.Bound{Min: orb.Point{19.7, 49.9}, Max: orb.Point{20.3, 50.2}}.ToPolygon()},
		Categories: []civic.Category{{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"pl": "Drzewa"}}},
	}
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ReplacePlaces(t.Context(), &d, "osm", places); err != nil {
		t.Fatal(err)
	}
	var searches, missed atomic.Int32
	var group errgroup.Group
	group.SetLimit(8)
	expect := func(want address, text string) {
		searches.Add(1)
		group.Go(func() error {
			found, err := s.Places(t.Context(), &d, civic.PlaceQuery{Text: text, Limit: 3})
			if err != nil {
				return fmt.Errorf("%q: %w", text, err)
			}
			if !slices.ContainsFunc(found, func(p civic.FoundPlace) bool {
				return p.Street == want.street && placename.NumberKey(p.HouseNumber) == placename.NumberKey(want.number)
			}) && missed.Add(1) <= 40 {
				t.Errorf("%q does not find %q among the first three: %+v", text, want, found)
			}
			return nil
		})
	}
	plain := strings.NewReplacer("ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z",
		"Ć", "C", "Ł", "L", "Ó", "O", "Ś", "S", "Ź", "Z", "Ż", "Z")
	if len(addresses) != 846 {
		t.Errorf("there are %d addresses", len(addresses))
	}
	for i, a := range addresses {
		if a.street == "" {
			continue
		}
		expect(a, a.street+" "+a.number)
		expect(a, plain.Replace(a.street+" "+a.number))
		letters := []rune(a.street)
		at := (len(letters) - 1) * (i % 5) / 4
		wrong := slices.Clone(letters)
		if wrong[at] = []rune("aeklmortz")[(i+at)%9]; wrong[at] != letters[at] && unicode.IsLetter(letters[at]) {
			expect(a, string(wrong)+" "+a.number)
		}
	}
	limanowskiego, kalwaryjska := address{"Bolesława Limanowskiego", "60-62"}, address{"Kalwaryjska", "34"}
	for text, want := range map[string]address{
		"ul. Limanowskiego 60": limanowskiego, "ulica limanowskiego": limanowskiego, "Кальварійська 34": kalwaryjska, "kalwaryjskiej 34": kalwaryjska,
	} {
		expect(want, text)
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d searches miss", missed.Load(), searches.Load())
}
