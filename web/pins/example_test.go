package pins_test

import (
	"fmt"
	"net/url"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/pins"
)

// The problem for a malformed query names the parameter.
func ExampleParseQuery() {
	d := &civic.District{}
	q, err := pins.ParseQuery(url.Values{"kind": {"need"}, "after": {"2025-03-01.1234"}}, d, 30, 100)
	fmt.Println(q.Kinds, q.Limit, pins.FormatCursor(*q.After), err)
	_, err = pins.ParseQuery(url.Values{"limit": {"1000"}}, d, 30, 100)
	fmt.Println(err)
	// Output:
	// [need] 30 2025-03-01.1234 <nil>
	// Bad parameter: limit: must be a whole number from 1 to 100
}
