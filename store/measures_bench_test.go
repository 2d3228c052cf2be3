package store_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
)

// firstOfSeries is the day of the first of the events, 2020-01-01.
const firstOfSeries = 18262

// BenchmarkMeasures counts two years, as the page of one does, in a district with 20,000
// events in series and 50,000 ideas over ten years, and a million pins of five years, a
// tenth of which somebody has reported and a moderator published; the others were imported.
func BenchmarkMeasures(b *testing.B) {
	p := openPins(b, storetest.URL(b), 1_000_000)
	addSeries(b, p, firstOfSeries)
	addIdeas(b, p, firstOfSeries)
	if _, err := p.conn.Exec(b.Context(), `
		insert into audit (district_id, happened_at, actor_id, action, thing_id, state_after)
		select @district, reported_on + interval '1 day' + n * interval '1 day', actor_id, (array['submit', 'publish'])[n], pin_id, 'published'
		from pins
		cross join generate_series(1, 2) as n
		join actors on actors.kind = 'system'
		where pin_id % 10 = 0`, pgx.NamedArgs{"district": p.d.ID}); err != nil {
		b.Fatal(err)
	}
	if _, err := p.conn.Exec(b.Context(), `vacuum analyze`); err != nil {
		b.Fatal(err)
	}
	day, _, err := civic.ParsePeriod("2024-06")
	if err != nil {
		b.Fatal(err)
	}
	last := day.Month()
	for name, count := range map[string]func() error{
		"counts": func() error {
			counts, err := p.Measures(b.Context(), p.d, last-23, last)
			if err == nil && len(counts) < 48 {
				b.Fatal(len(counts))
			}
			return err
		},
		"people":    func() error { _, err := p.PeopleReached(b.Context(), p.d, last-11, last); return err },
		"responses": func() error { _, err := p.ResponseTimes(b.Context(), p.d, last-11, last); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := count(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
