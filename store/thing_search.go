package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/search_things.sql
var searchThingsSQL string

//go:embed sql/newest_things.sql
var newestThingsSQL string

// mostRanked is how many things of each table are ranked.
const mostRanked = 300

// SearchThings returns public things of a district that contain, for each word of
// the query, a word that begins with it, as civic.RankHits sorts them, and without
// words the newest other than pins. Pins that are published only in counts are not
// found. It returns civic.ErrTooMany when that takes more than two seconds.
func (s *Store) SearchThings(ctx context.Context, d *civic.District, q civic.SearchQuery) ([]civic.SearchHit, error) {
	terms := searchTerms(q.Words)
	if terms == "" && q.Words != "" {
		return nil, nil
	}
	statement, limit := searchThingsSQL, mostRanked
	if terms == "" {
		statement, limit = newestThingsSQL, q.Limit // they are in their order
	}
	kinds := q.Kinds
	if kinds == nil {
		kinds = civic.SearchableKinds()
	}
	var names []string
	for _, k := range kinds {
		names = append(names, k.String())
	}
	var hits []civic.SearchHit
	err := s.readWithin(ctx, func(tx pgx.Tx) (err error) {
		rows, _ := tx.Query(ctx, statement, pgx.NamedArgs{
			"district": d.ID, "search": terms, "kinds": names, "area": q.AreaID, "from": nullDay(q.From), "to": nullDay(q.To), "limit": limit,
		}) // CollectRows returns the error
		hits, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.SearchHit, error) { return scanHit(row, d) })
		return err //nolint:wrapcheck // said below
	})
	if err != nil {
		return nil, fmt.Errorf("search things of %s: %w", d.Slug, err)
	}
	civic.RankHits(q.Words, hits)
	return hits[:min(len(hits), q.Limit)], nil
}

// nullDay returns a day for the database, and null for 0.
func nullDay(d civic.Day) pgtype.Date {
	return pgtype.Date{Time: d.Time(), Valid: d != 0}
}

func scanHit(row pgx.Row, d *civic.District) (h civic.SearchHit, err error) {
	var pinKind string
	var day *civic.Day
	if h.Thing, err = scanThing(row, d, &pinKind, &day); err != nil {
		return h, err
	}
	if day != nil {
		h.Day = *day
	}
	if pinKind != "" {
		h.PinKind, err = civic.ParseKind(pinKind)
	}
	return h, err
}

// CountKinds returns how many things of each kind other than pins are public.
func (s *Store) CountKinds(ctx context.Context, d *civic.District) (map[civic.ThingKind]int, error) {
	rows, _ := s.readPool.Query(ctx, `
		select kind, count(*)
		from things
		where district_id = @district
		  and kind <> 'pin'
		  and publication = 'published'
		group by kind`, pgx.NamedArgs{"district": d.ID}) // ForEachRow returns the error
	counts := map[civic.ThingKind]int{}
	var name string
	var n int
	_, err := pgx.ForEachRow(rows, []any{&name, &n}, func() error {
		kind, err := civic.ParseThingKind(name)
		counts[kind] = n
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count things of %s: %w", d.Slug, civicError(err))
	}
	return counts, nil
}
