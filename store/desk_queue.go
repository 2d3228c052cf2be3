package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/desk_queue.sql
	deskQueueSQL string
	//go:embed sql/desk_listed.sql
	deskListedSQL string
	//go:embed sql/desk_answers.sql
	deskAnswersSQL string
	//go:embed sql/desk_reports.sql
	deskReportsSQL string
)

// mostListed is how many things of another queue than that of what waits to be
// public are listed and counted.
const mostListed = 1000

// DeskQueue returns what waits for the actor in a queue, the oldest first.
func (s *Store) DeskQueue(ctx context.Context, d *civic.District, actor civic.Actor, q civic.QueueQuery) ([]civic.QueueItem, error) {
	statement, args := deskQueueSQL, queueArgs(d, q)
	if !q.Queue.OfWaiting() {
		ids, since, err := s.listed(ctx, d, actor, q.Queue)
		if err != nil {
			return nil, fmt.Errorf("read the %s of %s: %w", q.Queue, d.Slug, civicError(err))
		}
		statement, args["ids"], args["since"] = deskListedSQL, ids, since
	}
	rows, _ := s.readPool.Query(ctx, statement, args) // CollectRows returns the error
	items, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.QueueItem, error) { return scanQueueItem(row, d) })
	if err != nil {
		return nil, fmt.Errorf("read the queue of %s: %w", d.Slug, civicError(err))
	}
	return items, nil
}

// queueArgs returns the arguments of desk_queue.sql.
func queueArgs(d *civic.District, q civic.QueueQuery) pgx.NamedArgs {
	args := pgx.NamedArgs{
		"district": d.ID, "category": q.Category, "areas": q.Areas, "flag": q.Flag, "limit": q.Limit, "private": kindNames(civic.PrivateKinds()), "after": nil, "after_id": int64(0),
		"from": nullTime(q.From), "until": nullTime(q.Until),
	}
	if q.After != nil {
		args["after"], args["after_id"] = q.After.Since, q.After.ID
	}
	return args
}

// DeskItem returns a thing in whatever state it is, as a moderator sees it. It
// returns civic.ErrNotFound when the district has none with the id.
func (s *Store) DeskItem(ctx context.Context, d *civic.District, id int64) (civic.QueueItem, error) {
	row := s.readPool.QueryRow(ctx, `
		select things.thing_id, things.kind, things.publication, coalesce(pins.status, things.state), things.version, things.title,
		  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0),
		  coalesce(pins.body, ''), coalesce(pins.category_id, 0), coalesce(st_x(pins.geom), 0), coalesce(st_y(pins.geom), 0),
		  coalesce(pins.reported_on - date '1970-01-01', 0), coalesce(pins.created_at, now())
		from things
		left join pins on pins.district_id = things.district_id
		  and pins.pin_id = things.thing_id
		where things.district_id = @district
		  and things.thing_id = @id`, pgx.NamedArgs{"district": d.ID, "id": id})
	item, err := scanQueueItem(row, d)
	if err != nil {
		return civic.QueueItem{}, fmt.Errorf("read thing %d of %s: %w", id, d.Slug, civicError(err))
	}
	return item, nil
}

// scanQueueItem reads the columns of desk_queue.sql.
func scanQueueItem(row pgx.Row, d *civic.District) (civic.QueueItem, error) {
	i := civic.QueueItem{Thing: civic.Thing{DistrictID: d.ID}}
	var kind, publication string
	var day int32
	err := row.Scan(&i.ID, &kind, &publication, &i.State, &i.Version, &i.Title, &i.AreaID, &i.ReporterID,
		&i.Body, &i.CategoryID, &i.Point[0], &i.Point[1], &day, &i.Since)
	if err != nil {
		return i, err //nolint:wrapcheck // the callers say what they read
	}
	i.ReportedOn = civic.Day(day)
	var errs [2]error
	i.Kind, errs[0] = civic.ParseThingKind(kind)
	i.Publication, errs[1] = civic.ParsePublication(publication)
	return i, errors.Join(errs[:]...)
}

// listed returns the things of another queue than that of what waits to be
// public, and since when each is there, the oldest first.
func (s *Store) listed(ctx context.Context, d *civic.District, actor civic.Actor, queue civic.Queue) (ids []int64, since []time.Time, err error) {
	statement, args := deskReportsSQL, pgx.NamedArgs{
		"district": d.ID, "most": mostListed, "kind": actor.Kind.String(), "person": actor.ID, "name": actor.Name,
	}
	switch queue {
	case civic.Answers:
		statement = deskAnswersSQL
	case civic.Objections:
		args["kinds"] = []string{civic.Objection.String()}
	default:
		args["kinds"] = []string{civic.ContentNotice.String(), civic.ErasureRequest.String()}
	}
	rows, _ := s.readPool.Query(ctx, statement, args) // ForEachRow returns the error
	var id int64
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&id, &at}, func() error {
		ids, since = append(ids, id), append(since, at)
		return nil
	})
	return ids, since, err //nolint:wrapcheck // said by the caller
}

// CountQueues counts what waits for the actor in the areas, nil for all, and
// outside of them.
func (s *Store) CountQueues(ctx context.Context, d *civic.District, actor civic.Actor, areas []int32, now time.Time) (civic.QueueCounts, error) {
	counts := civic.QueueCounts{Of: map[civic.Queue]int{}}
	_, overdue := d.WaitingSince(civic.Overdue, now)
	from, until := d.WaitingSince(civic.DueToday, now)
	args := pgx.NamedArgs{"district": d.ID, "areas": areas, "overdue": overdue, "from": from, "until": until, "private": kindNames(civic.PrivateKinds())}
	var waiting, late, today int
	err := s.readPool.QueryRow(ctx, `
		select count(*), count(*) filter (where created_at < @overdue),
		  count(*) filter (where created_at >= @from and created_at < @until)
		from pins
		where district_id = @district
		  and publication = 'pending'
		  and (@areas::int[] is null or area_id = any(@areas))`, args).Scan(&waiting, &late, &today)
	if err == nil {
		err = s.readPool.QueryRow(ctx, `
			select count(*)
			from things
			where district_id = @district
			  and publication = 'pending'
			  and kind <> all(@private)
			  and flags is null
			  and (@areas::int[] is null or area_id = any(@areas))`, args).Scan(&counts.Unlooked)
	}
	if err != nil {
		return counts, fmt.Errorf("count what waits in %s: %w", d.Slug, civicError(err))
	}
	counts.Of[civic.Waiting], counts.Of[civic.Overdue], counts.Of[civic.DueToday] = waiting, late, today
	for _, queue := range civic.Queues() {
		if queue.OfWaiting() {
			continue
		}
		items, err := s.DeskQueue(ctx, d, actor, civic.QueueQuery{Queue: queue, Areas: areas, Limit: mostListed})
		if err != nil {
			return counts, err
		}
		counts.Of[queue] = len(items)
	}
	return counts, nil
}
