package index_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

func Example() {
	d := civic.District{ID: 1, Slug: "podgorze", Categories: []civic.Category{
		{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact},
		{ID: 2, Slug: "clubs", Kind: civic.Organisation, Visibility: civic.Exact},
	}}
	pin := func(id int64, category uint16) civic.MapPin {
		shown, _ := civic.LocationAt(orb.Point{19.95, 50.04})
		return civic.MapPin{DistrictID: 1, ID: id, Shown: shown, CategoryID: category, Status: civic.Reported, Day: 20000}
	}
	var rows index.Rows
	rows.Add(pin(1, 1))
	rows.Add(pin(2, 2))
	first := index.New(d, &rows, index.Config{})
	second := first.Apply([]civic.MapPin{pin(3, 1), {DistrictID: 1, ID: 2, Deleted: true}})

	needs := civic.Filter{Kinds: []civic.Kind{civic.Need}}
	fmt.Println(first.Stats(needs).Total(), second.Stats(needs).Total())
	fmt.Println(first.Stats(civic.Filter{}).ByCategory, second.Stats(civic.Filter{}).ByCategory)
	cells, _ := second.ChangedCells(first.Number, 9, 100)
	fmt.Println("changed:", cells)
	// Output:
	// 1 2
	// map[clubs:1 trees:1] map[clubs:0 trees:2]
	// changed: [891e2e6865bffff]
}
