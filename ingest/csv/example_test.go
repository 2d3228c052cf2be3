package csv_test

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/pinezka/pinezka/ingest/csv"
	"github.com/pinezka/pinezka/ingest/record"
)

func Example() {
	const file = `Nr;Ulica;Opis
1;Lipska;"kosz;
ławka"

2;Wielicka
3;Saska;drzewo
`
	text, err := record.Decode(strings.NewReader(file), "utf-8")
	if err != nil {
		fmt.Println(err)
		return
	}
	reader, err := csv.NewReader(text, csv.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reader.Columns())
	for {
		r, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("row %d: %q %v\n", r.Row, r.Values, r.Err)
	}
	// Output:
	// [Nr Ulica Opis]
	// row 2: ["1" "Lipska" "kosz;\nławka"] <nil>
	// row 4: ["2" "Wielicka"] the number of fields is 2, that of the header is 3
	// row 5: ["3" "Saska" "drzewo"] <nil>
}
