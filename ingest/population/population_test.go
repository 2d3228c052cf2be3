package population_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/population"
)

func district() *civic.District {
	box := func(west, east float64) orb.MultiPolygon {
		return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, 50}, Max: orb.Point{east, 50.02}}.ToPolygon()}
	}
	return &civic.District{
		Languages: []string{"pl", "en"}, Boundary: box(19.94, 19.98),
		Areas: []civic.Area{
			{ID: 1, Slug: "west", Name: civic.Text{"pl": "Zachód", "en": "West"}, Boundary: box(19.94, 19.96)},
			{ID: 2, Slug: "east", Name: civic.Text{"pl": "Wschód", "en": "East"}, Boundary: box(19.96, 19.98)},
		},
	}
}

// cell returns the cell of a resolution at a longitude in the middle of the
// district.
func cell(t *testing.T, lon float64, r geo.Resolution) geo.Cell {
	t.Helper()
	c, err := geo.CellAt(orb.Point{lon, 50.01})
	if err != nil {
		t.Fatal(err)
	}
	return c.Parent(r)
}

func read(text string, date civic.Day, source string) (population.Table, error) {
	file, err := ingest.Open("people.csv", strings.NewReader(text), ingest.Options{})
	if err != nil {
		return population.Table{}, err
	}
	return population.Read(file, district(), date, source)
}

func TestRead(t *testing.T) {
	west, east, outside := cell(t, 19.95, 9), cell(t, 19.97, 9), cell(t, 20.5, 9)
	grid := map[geo.Cell]float64{west: 411.5, east: 0}
	for name, c := range map[string]struct {
		text string
		want population.Table
	}{
		"areas by slug and by name": {
			"area;people;date;source\nwest;1200;2023-12-31;GUS\n\"East \";0;;\n",
			population.Table{Population: civic.Population{ByArea: map[string]int{"west": 1200, "east": 0}, Total: 1200, Date: 19722, Source: "GUS"}},
		},
		"one area": {
			"people,area\n7,Wschód\n",
			population.Table{Population: civic.Population{ByArea: map[string]int{"east": 7}, Total: 7, Date: 10, Source: "flag"}},
		},
		"a grid": {
			fmt.Sprintf("h3,people\n%s,411.5\n%s,0\n%s,12\n", west, east, outside),
			population.Table{Population: civic.Population{ByArea: map[string]int{"west": 412, "east": 0}, ByCell: grid, Resolution: 9, Total: 412, Date: 10, Source: "flag"}, Outside: 1},
		},
		"both": {
			fmt.Sprintf("area,h3,people\n,%s,411.5\nwest,,400\n,%s,0\n", strings.ToUpper(west.String()), east),
			population.Table{Population: civic.Population{ByArea: map[string]int{"west": 400}, ByCell: grid, Resolution: 9, Total: 412, Date: 10, Source: "flag"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := read(c.text, 10, "flag")
			if name == "areas by slug and by name" {
				got, err = read(c.text, 0, "")
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	west, coarse, huge := cell(t, 19.95, 9), cell(t, 19.95, 8), cell(t, 19.95, 5)
	for text, want := range map[string]string{
		"area,residents\nwest,1\n":                              `a column "people" and one of "area" and "h3" are needed; the file has ["area" "residents"]`,
		"area,people\nwest,1\nnorth,2\n":                        `row 3: the district has no area "north"; its areas are west, east`,
		"area,people\nwest,1\nWest,2\n":                         "row 3: the area west is repeated",
		"area,people\nwest,12.5\n":                              "row 2: people 12.5: write a whole number for an area",
		"area,people\nwest,\"1,200\"\n":                         `row 2: people "1,200": write a number such as 1234 or 12.5, without separators`,
		"area,people\nwest,-1\n":                                `row 2: people "-1": write a number`,
		"area,people\nwest,NaN\n":                               `row 2: people "NaN": write a number`,
		"area,people\nwest,1e300\n":                             `row 2: people "1e300": write a number`,
		"area,people\nwest,\n":                                  `row 2: people "": write a number`,
		"area,people\n,3\n":                                     "row 2: an area or a cell is needed, and not both",
		"area,people\nwest,0\n":                                 "there are no people in it",
		"area,people\n":                                         "there are no people in it",
		"area,people\nwest,1,2,3\n":                             "row 2: ",
		"area,people,date\nwest,1,31.12.2023\n":                 "row 2: not valid: \"31.12.2023\" is not a month",
		"area,people,date\nwest,1,2023-12-31\neast,1,2024-01\n": "row 3: the date 2024-01-01, but 2023-12-31 before; a table is of one day",
		"area,people,source\nwest,1,A\neast,1,B\n":              `row 3: the source "B", but "A" before; a table is from one source`,
		"area,people,source\nwest,1,A\n":                        `of which day is it? Add a column "date", or state --date`,
		"area,people,date\nwest,1,2024-01-01\n":                 `from whom is it? Add a column "source", or state --source`,
		"h3,people\n8928308280f,1\n":                            `row 2: "8928308280f": not the index of an H3 cell`,
		fmt.Sprintf("h3,people\n%s,1\n%s,1\n", west, west):      fmt.Sprintf("row 3: the cell %s is repeated", west),
		fmt.Sprintf("h3,people\n%s,1\n%s,1\n", west, coarse):    fmt.Sprintf("row 3: the cell %s has resolution 8, but those before have 9", coarse),
		fmt.Sprintf("h3,people\n%s,1\n", huge):                  "row 2: cells have resolution 5; it must be 7 to 12",
	} {
		if _, err := read(text, 0, ""); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("area,people,date,source\nwest,1200,2023-12-31,GUS\n")
	f.Add("h3;people\n891e2042267ffff;12,5\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := read(text, 10, "flag")
		if err == nil && (table.Total < 1 || table.Date < 0 || table.Source == "") {
			t.Errorf("%+v", table)
		}
	})
}
