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
	//go:embed sql/measure_rows.sql
	measureRowsSQL string
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
		"district": d.ID, "zone": d.Zone().String(), "now": time.Now(),
		"from": from.Time(), "until": until.Time(), "from_at": d.Beginning(from), "until_at": d.Beginning(until),
	}
}

// counted begins statements about the rows of what is counted.
var counted = "with counted (measure, day, area_id, thing_id, n) as (\n" + measureRowsSQL + ")\n"

// Measures returns what is counted of a time from a month to another one, both included,
// by measure, month and area, without what is zero. Pins and people are not among them.
func (s *Store) Measures(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.MeasureCount, error) {
	rows, _ := s.readPool.Query(ctx, counted+`
		select measure, (extract(year from day) - 1970) * 12 + extract(month from day) - 1 as month, coalesce(area_id, 0) as area, sum(n)
		from counted
		group by measure, month, area
		order by measure, month, area`, measureArgs(d, first, last)) // CollectRows returns the error
	counts, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c civic.MeasureCount, err error) {
		return c, row.Scan(&c.Measure, &c.Month, &c.AreaID, &c.Count)
	})
	if err != nil {
		return nil, fmt.Errorf("read the measures of %s: %w", d.Slug, civicError(err))
	}
	return counts, nil
}

// MeasuredThings returns what counts for a measure, the newest first, with the sum of all
// that does, beyond the limit too.
func (s *Store) MeasuredThings(ctx context.Context, d *civic.District, q civic.MeasureQuery) (found []civic.MeasuredThing, total int, err error) {
	args := measureArgs(d, q.First, q.Last)
	args["measure"], args["area"], args["everywhere"], args["limit"] = q.Measure, q.AreaID, q.Everywhere, q.Limit
	rows, _ := s.readPool.Query(ctx, counted+`,
		listed as (
		  select day, coalesce(area_id, 0) as area, thing_id, sum(n) as n
		  from counted
		  where measure = @measure
		    and (@everywhere or coalesce(area_id, 0) = @area)
		  group by day, area, thing_id
		)
		select day - date '1970-01-01', area, coalesce(listed.thing_id, 0), coalesce(kind, ''), coalesce(title, ''), n, sum(n) over ()
		from listed
		left join things on district_id = @district
		  and things.thing_id = listed.thing_id
		  and publication = 'published'
		order by day desc, listed.thing_id desc
		limit @limit`, args) // CollectRows returns the error
	found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t civic.MeasuredThing, err error) {
		var kind string
		if err = row.Scan(&t.Day, &t.AreaID, &t.ThingID, &kind, &t.Title, &t.Count, &total); err == nil && kind != "" {
			t.Kind, err = civic.ParseThingKind(kind)
		}
		return t, err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list the %s of %s: %w", q.Measure, d.Slug, civicError(err))
	}
	return found, total, nil
}

// PeopleReached returns how many different contacts have reported something, agreed,
// registered or begun to follow in a time, by the language in which they are written to,
// the most frequent first.
func (s *Store) PeopleReached(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.Language, error) {
	rows, _ := s.readPool.Query(ctx, peopleReachedSQL, measureArgs(d, first, last)) // CollectRows returns the error
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[civic.Language])
	if err != nil {
		return nil, fmt.Errorf("count the people reached in %s: %w", d.Slug, civicError(err))
	}
	return all, nil
}

// IdeaChannels returns in which ways the ideas came that count in a time, the most
// frequent first.
func (s *Store) IdeaChannels(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.Channel, error) {
	args := measureArgs(d, first, last)
	args["online"] = civic.OnlineIdea
	rows, _ := s.readPool.Query(ctx, `
		select coalesce(nullif(content #>> '{words,source}', ''), @online) as source, count(*)
		from things
		join contents using (district_id, thing_id)
		where district_id = @district
		  and kind = 'idea'
		  and publication = 'published'
		  and published_on >= @from
		  and published_on < @until
		group by source
		order by 2 desc, 1`, args) // CollectRows returns the error
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[civic.Channel])
	if err != nil {
		return nil, fmt.Errorf("count the ideas of %s by channel: %w", d.Slug, civicError(err))
	}
	return all, nil
}

// SetGoals replaces how many of each measure a district wants in a year, and records
// that. It returns civic.Faults for goals that are not valid, and the errors of
// civic.Can.
func (s *Store) SetGoals(ctx context.Context, d *civic.District, actor civic.Actor, goals map[civic.Measure]int) error {
	if err := civic.CheckGoals(goals); err != nil {
		return err
	}
	err := s.changeSettings(ctx, d, actor, map[string]any{"goals": goals}, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			update districts
			set goals = @goals
			where district_id = @district`, pgx.NamedArgs{"district": d.ID, "goals": goals})
		return err //nolint:wrapcheck // changeSettings does
	})
	if err != nil {
		return err
	}
	d.Goals = goals
	return nil
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
