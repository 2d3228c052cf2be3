package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"slices"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"

	"github.com/pinezka/pinezka/civic"
)

// TestEventsAreAttached reads the calendar of a mail about an event as other programs do.
func TestEventsAreAttached(t *testing.T) {
	l := sampleLetter(civic.MailSeated, "pl")
	says := civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Piknik"}, "address": {"pl": "Bulwary"}},
		Words: map[string]string{"starts": "2026-10-18T14:00", "ends": "2026-10-18T16:00", "every": "week", "until": "2026-11-01"},
	}}
	l.Event = &civic.Described{Thing: civic.Thing{ID: 123, Kind: civic.EventThing, State: "announced", Version: 1}, Content: says.Record(l.District)}
	var box outbox
	m := newMailer(t, func(c *Config) { c.Outbox = &box })
	for _, c := range []struct {
		registered bool
		want       int // occurrences in October, of which the last is by winter time
	}{{true, 1}, {false, 3}} {
		if !c.registered {
			l.Kind, l.Registration = civic.MailPublished, nil
		}
		if err := m.Deliver(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		attached := attachment(t, box.message, "text/calendar")
		calendar, err := goical.NewDecoder(bytes.NewReader(attached)).Decode()
		if err != nil {
			t.Fatalf("%v in\n%s", err, attached)
		}
		events := calendar.Events()
		if len(events) != 1 {
			t.Fatalf("%d events", len(events))
		}
		set, err := events[0].RecurrenceSet(l.District.Zone())
		if err != nil {
			t.Fatal(err)
		}
		var times []time.Time
		if set != nil {
			times = set.All()
		} else {
			start, err := events[0].DateTimeStart(l.District.Zone())
			if err != nil {
				t.Fatal(err)
			}
			times = append(times, start)
		}
		if len(times) != c.want {
			t.Fatalf("%d times", len(times))
		}
		winter := time.Date(2026, 10, 25, 13, 0, 0, 0, time.UTC)
		if !slices.ContainsFunc(times, winter.Equal) {
			t.Errorf("%v are not at %v", times, winter)
		}
	}
}

// attachment returns the first part of a message of a type.
func attachment(t *testing.T, raw []byte, want string) []byte {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatalf("there is no %s: %v in\n%s", want, err, raw)
		}
		if got, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); got != want {
			continue
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
}
