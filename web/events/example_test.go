package events_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/events"
)

func Example() {
	fmt.Println(events.Kind(events.Config{}).Plural())
	// Output: events
}
