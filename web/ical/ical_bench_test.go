package ical_test

import (
	"io"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/ical"
)

// BenchmarkWrite writes a feed of 1,000 series.
func BenchmarkWrite(b *testing.B) {
	d := krakow()
	c := ical.Calendar{District: d, Base: "https://mapa.example.org", Language: "pl", Name: "Wydarzenia"}
	for n := range 1000 {
		e := event("2026-10-20T18:00", "2026-10-20T20:00", "every", "week", "until", "2026-12-22")
		e.Texts["summary"] = civic.Text{"pl": strings.Repeat("Spotykamy się i rozmawiamy. ", 25)}
		c.Events = append(c.Events, ical.Event{
			Described: civic.Described{Thing: civic.Thing{ID: int64(n + 1), Kind: civic.EventThing, Version: 1, State: "announced"}, Content: e.Record(d)}, Modified: written,
		})
	}
	for b.Loop() {
		if err := c.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
