package population_test

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/population"
)

func Example() {
	district := &civic.District{Areas: []civic.Area{
		{ID: 1, Slug: "zablocie", Name: civic.Text{"pl": "Zabłocie"}},
		{ID: 2, Slug: "plaszow", Name: civic.Text{"pl": "Płaszów"}},
	}, Boundary: orb.MultiPolygon{}}
	file, err := ingest.Open("residents.csv", strings.NewReader("area;people\nplaszow;13600\nZabłocie;6900\n"), ingest.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	table, err := population.Read(file, district, 19722, "City register")
	fmt.Println(table.Total, table.ByArea, table.Date, table.Source, err)
	// Output:
	// 20500 map[plaszow:13600 zablocie:6900] 2023-12-31 City register <nil>
}
