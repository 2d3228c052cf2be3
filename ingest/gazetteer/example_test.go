package gazetteer_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/gazetteer"
)

func Example() {
	b := gazetteer.New(gazetteer.Config{Languages: []string{"pl", "uk"}})
	b.Add(geo.Feature{
		Tags:     map[string]string{"highway": "tertiary", "name": "Kalwaryjska", "name:uk": "Кальварійська"},
		Geometry: orb.LineString{{19.9410, 50.0366}, {19.9421, 50.0397}},
	})
	b.Add(geo.Feature{
		Tags:     map[string]string{"amenity": "school", "name": "Szkoła nr 29", "addr:street": "Dembowskiego", "addr:housenumber": "12"},
		Geometry: orb.Point{19.9452, 50.0381},
	})
	for _, p := range b.Places() {
		fmt.Println(p.Kind, p.Name, p.OtherNames)
	}
	// Output:
	// street Kalwaryjska [Кальварійська]
	// school Szkoła nr 29 []
	// address Dembowskiego 12 []
}
