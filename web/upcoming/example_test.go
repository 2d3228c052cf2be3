package upcoming_test

import (
	"fmt"
	"net/url"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/upcoming"
)

// A list without events still leads to the calendar.
func ExampleNewList() {
	list := upcoming.NewList(&civic.District{Slug: "podgorze"}, nil, nil, url.Values{"area": {"zablocie"}})
	fmt.Println(list.Calendar)
	fmt.Println(list.Feed)
	// Output:
	// /d/podgorze/calendar?area=zablocie
	// /d/podgorze/calendar.ics?area=zablocie
}
