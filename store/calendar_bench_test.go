package store_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// addSeries adds 20,000 series of events, each of ten occurrences a week apart, over ten
// years from a day on, as their edits write them.
func addSeries(b *testing.B, p post, first civic.Day) {
	b.Helper()
	_, err := p.conn.Exec(b.Context(), `
		with series as (
		  select n, nextval('thing_ids') as thing_id, @first::date + (n * 3650 / 20000) as first
		  from generate_series(0, 19999) as n
		),
		headers as (
		  insert into things (district_id, thing_id, kind, publication, state, title, published_on)
		  select @district, thing_id, 'event', 'published', 'announced', 'Event ' || n, first
		  from series
		),
		said as (
		  insert into contents (district_id, thing_id, content)
		  select @district, thing_id, jsonb_build_object(
		    'texts', jsonb_build_object('name', jsonb_build_object('en', 'Event ' || n), 'summary', jsonb_build_object('en', repeat('We meet and talk. ', 40)), 'address', '{"en": "Square 1"}'::jsonb),
		    'words', jsonb_build_object('type', (array['walk', 'debate', 'duty'])[1 + n % 3], 'starts', first || 'T18:00', 'ends', first || 'T20:00', 'every', 'week', 'until', first + 63))
		  from series
		)
		insert into occurrences (district_id, thing_id, day, starts_at, ends_at, starts_on, cancelled, capacity, tags)
		select @district, thing_id, day, day + time '17:00', day + time '19:00', day, false, 0, array['type=' || (array['walk', 'debate', 'duty'])[1 + n % 3]]
		from series
		cross join lateral (select first + 7 * week as day from generate_series(0, 9) as week) as days`, pgx.NamedArgs{"district": p.d.ID, "first": first.Time()})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := p.conn.Exec(b.Context(), `analyze`); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkCalendar reads thirty days of a district with 20,000 events in series, some of
// each day, all and of one type, and the things of a feed of 1,000.
func BenchmarkCalendar(b *testing.B) {
	p := openPost(b)
	now := time.Now()
	today := p.d.LocalTimeOf(now).Day
	addSeries(b, p, today-5*365)
	month := civic.CalendarQuery{From: p.d.Beginning(today), Until: p.d.Beginning(today + 30), PerDay: 4}
	ofType := month
	ofType.Tags = []string{civic.Tag("type", "debate")}
	for name, q := range map[string]civic.CalendarQuery{"month": month, "type": ofType} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				found, err := p.Calendar(b.Context(), p.d, q)
				if err != nil || len(found) != 4*30 {
					b.Fatal(len(found), err)
				}
			}
		})
	}
	b.Run("feed", func(b *testing.B) {
		all := civic.CalendarQuery{From: now.AddDate(0, 0, -31), Until: now.AddDate(0, 0, civic.MaxSeries)}
		for b.Loop() {
			ids, err := p.CalendarThings(b.Context(), p.d, all, 1000)
			if err != nil || len(ids) != 1000 {
				b.Fatal(len(ids), err)
			}
			found, err := p.Things(b.Context(), p.d, civic.ThingQuery{Kind: civic.EventThing, IDs: ids, Limit: 1000})
			if err != nil || len(found) != 1000 {
				b.Fatal(len(found), err)
			}
			if _, err := p.PublicTimes(b.Context(), p.d, ids); err != nil {
				b.Fatal(err)
			}
		}
	})
}
