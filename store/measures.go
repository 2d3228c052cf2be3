package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/measures.sql
	measuresSQL string
	//go:embed sql/people_reached.sql
	peopleReachedSQL string
	//go:embed sql/response_times.sql
	responseTimesSQL string
)

// measureArgs returns the arguments of the statements about a time from a month to
// another one, both included, by the clocks of the district.
func measureArgs(d *civic.District, first, last civic.Month) pgx.NamedArgs {
	from, until := first.First(), last.Last()+1
	return pgx.NamedArgs{
		"district": d.ID, "zone": d.Zone().String(), "from": from.Time(), "until": until.Time(), "from_at": d.Beginning(from), "until_at": d.Beginning(until),
	}
}

// Measures returns what is counted of a time from a month to another one, both included,
// by measure, month and area, without what is zero; and the people reached in all of it.
// Pins are not among them.
func (s *Store) Measures(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.MeasureCount, error) {
	args := measureArgs(d, first, last)
	args["now"] = time.Now()
	rows, _ := s.readPool.Query(ctx, measuresSQL, args) // CollectRows returns the error
	counts, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c civic.MeasureCount, err error) {
		return c, row.Scan(&c.Measure, &c.Month, &c.AreaID, &c.Count)
	})
	if err != nil {
		return nil, fmt.Errorf("read the measures of %s: %w", d.Slug, civicError(err))
	}
	people := civic.MeasureCount{Measure: civic.MeasurePeople}
	if err := s.readPool.QueryRow(ctx, peopleReachedSQL, args).Scan(&people.Count); err != nil {
		return nil, fmt.Errorf("count the people reached in %s: %w", d.Slug, civicError(err))
	}
	return append(counts, people), nil
}

// everywhere is the area of the response times of all areas in response_times.sql.
const everywhere = -1

// ResponseTimes returns the quartiles of the days that responses took which ended in a
// time, by area and, first of each, of all areas. Those without any are missing.
func (s *Store) ResponseTimes(ctx context.Context, d *civic.District, first, last civic.Month) (all []civic.ResponseTimes, err error) {
	rows, _ := s.readPool.Query(ctx, responseTimesSQL, measureArgs(d, first, last)) // CollectRows returns the error
	all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t civic.ResponseTimes, err error) {
		var quartiles []float64
		if err = row.Scan(&t.Response, &t.AreaID, &t.Count, &quartiles); err == nil {
			t.Lower, t.Median, t.Upper = quartiles[0], quartiles[1], quartiles[2]
		}
		t.Everywhere = t.AreaID == everywhere
		if t.Everywhere {
			t.AreaID = 0
		}
		return t, err
	})
	if err != nil {
		return nil, fmt.Errorf("read how long responses took in %s: %w", d.Slug, civicError(err))
	}
	return all, nil
}
