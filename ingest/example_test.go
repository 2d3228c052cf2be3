package ingest_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
)

// printer is a sink that prints the pins.
type printer struct{}

func (printer) Add(_ context.Context, row int, pin civic.NewPin) error {
	fmt.Printf("row %d: %s, %s, %s\n", row, pin.Title, pin.Status, pin.ReportedOn)
	return nil
}

func Example() {
	const file = `Nr;Ulica;Opis;Stan;Data;Miejsce
1;Lipska;dzikie wysypisko;Zakończone;05.03.2024;50,0413 19,9492
2;Wielicka;;;06.03.2024;POINT (19.97 50.02)
3;Saska;kosz;;07.03.2024;
`
	district := &civic.District{
		Slug:     "podgorze",
		TimeZone: "Europe/Warsaw",
		Boundary: orb.MultiPolygon{orb.Bound{Min: orb.Point{19.8, 49.9}, Max: orb.Point{20.2, 50.2}}.ToPolygon()},
		Categories: []civic.Category{
			{ID: 1, Slug: "waste", Kind: civic.Need, Visibility: civic.Exact, Label: civic.Text{"pl": "Śmieci"}},
		},
	}
	mapping := ingest.Mapping{
		Column: map[ingest.Target]string{
			ingest.ID: "Nr", ingest.Title: "{Ulica}: {Opis}", ingest.Status: "Stan", ingest.Date: "Data", ingest.Point: "Miejsce",
		},
		Default: map[ingest.Target]string{ingest.Category: "waste"},
		Values:  map[ingest.Target]map[string]string{ingest.Status: {"zakończone": "met"}},
	}
	reader, err := ingest.Open("wysypiska.csv", strings.NewReader(file), ingest.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	rejections := ingest.NewRejectionWriter(os.Stdout, reader)
	counts, err := ingest.Run(context.Background(), ingest.Config{
		Reader: reader, Mapping: mapping, District: district, Today: civic.MaxDay, Sink: printer{},
		Rejected: func(r ingest.Rejection) error { return rejections.Write(r.Record, r.Err.Error()) },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%+v\n", counts)
	if err := rejections.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// row 2: Lipska: dzikie wysypisko, met, 2024-03-05
	// row 3: Wielicka, reported, 2024-03-06
	// {Read:3 Added:2 Rejected:1}
	// row;reason;Nr;Ulica;Opis;Stan;Data;Miejsce
	// 4;place: there are no coordinates;3;Saska;kosz;;07.03.2024;
}

func ExampleSlugify() {
	fmt.Println(ingest.Slugify("Stare Podgórze"), ingest.Slugify("Łódź 2"), ingest.Slugify("Підгір’я"))
	// Output: stare-podgorze lodz-2 x
}
