package record_test

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/ingest/record"
)

func Example() {
	columns := record.NewColumns("name", "kind")
	r := record.Record{
		Row:      1,
		ID:       "node/17",
		Geometry: orb.Point{19.9492, 50.0413},
		Columns:  columns,
		Values:   []string{"Lipska", "bench"},
	}
	kind, ok := r.Get("kind")
	fmt.Println(kind, ok)
	_, ok = r.Get("colour")
	fmt.Println(ok)
	// Output:
	// bench true
	// false
}

func ExampleDecode() {
	text, err := record.Decode(strings.NewReader("z\xb3oty\n"), "windows-1250")
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err := text.ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	// Output: "złoty\n" <nil>
}
