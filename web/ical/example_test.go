package ical_test

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/ical"
)

// Every second Tuesday at six in the evening, by the clocks of Kraków.
func Example() {
	d := &civic.District{Slug: "podgorze", Languages: []string{"en"}, TimeZone: "Europe/Warsaw"}
	says := civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Working group"}},
		Words: map[string]string{"starts": "2026-12-08T18:00", "ends": "2026-12-08T20:00", "every": "month_weekday", "until": "2027-02-28"},
	}}
	c := ical.Calendar{
		District: d, Base: "https://mapa.example.org", Language: "en", Name: "Podgórze",
		Events: []ical.Event{{
			Described: civic.Described{Thing: civic.Thing{ID: 7, Kind: civic.EventThing, Version: 1}, Content: says.Record(d)},
			Modified:  time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC),
		}},
	}
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		fmt.Println(err)
	}
	for line := range strings.SplitSeq(b.String(), "\r\n") {
		if strings.HasPrefix(line, "DT") || strings.HasPrefix(line, "RRULE") {
			fmt.Println(line)
		}
	}
	// Output:
	// DTSTART:20261025T030000
	// DTSTAMP:20261128T080000Z
	// DTSTART;TZID=Europe/Warsaw:20261208T180000
	// DTEND;TZID=Europe/Warsaw:20261208T200000
	// RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=+2TU;UNTIL=20270228T170000Z
}
