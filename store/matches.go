package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/matches.sql
var matchesSQL string

// Limits of what fits an ask or an offer.
const (
	mostCandidates = 50
	mostMatches    = 12
)

// Matches returns the offers that fit an ask, or the asks that an offer fits, the
// best first. Those that are settled or linked to it are none of them, and what is
// settled itself, or not public, has none.
func (s *Store) Matches(ctx context.Context, d *civic.District, thing int64) ([]civic.Match, error) {
	found, err := matches(ctx, s.readPool, d, []int64{thing})
	if err != nil {
		return nil, fmt.Errorf("match thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return found[:min(len(found), mostMatches)], nil
}

// asksNear returns the asks that fit what organisations offer, the best first, each
// with the offer that fits it best. The ids are those of the pins of the organisations.
func asksNear(ctx context.Context, db querier, d *civic.District, organisations []int64) ([]civic.Match, error) {
	rows, _ := db.Query(ctx, `
		select thing_id
		from things
		where district_id = @district
		  and owner_id = any(@organisations)
		  and kind = 'offer'
		  and publication = 'published'
		  and state = 'open'
		order by thing_id
		limit @most`, pgx.NamedArgs{"district": d.ID, "organisations": organisations, "most": mostCandidates}) // CollectRows returns the error
	offers, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read what organisations offer: %w", err)
	}
	found, err := matches(ctx, db, d, offers)
	if err != nil {
		return nil, err
	}
	var near []civic.Match
	asks := map[int64]bool{}
	for _, m := range found {
		if !asks[m.Ask.ID] {
			near = append(near, m)
		}
		asks[m.Ask.ID] = true
	}
	return near, nil
}

// matches returns what fits asks and offers, the best first, of at most mostCandidates
// with a category in common for each; and if there are fewer, of as many without.
func matches(ctx context.Context, db querier, d *civic.District, ids []int64) ([]civic.Match, error) {
	all, err := candidates(ctx, db, d, ids, true)
	if err != nil {
		return nil, err
	}
	found := map[int64]int{}
	for _, c := range all {
		found[c.given]++
	}
	few := slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return found[id] > mostCandidates }) // it is one of them itself
	others, err := candidates(ctx, db, d, few, false)
	if err != nil {
		return nil, err
	}
	all = append(all, others...)
	given := map[int64]civic.Exchange{}
	for _, c := range all {
		if c.given == c.ID && c.Publication == civic.Published && c.State == c.Kind.Rules().Initial {
			given[c.ID] = c.Exchange
		}
	}
	var fitting []civic.Match
	for _, c := range all {
		ask, ok := given[c.given]
		if !ok || c.given == c.ID {
			continue
		}
		offer := c.Exchange
		if ask.Kind == civic.OfferThing {
			ask, offer = offer, ask
		}
		if m, ok := civic.MatchOf(ask, offer); ok {
			fitting = append(fitting, m)
		}
	}
	civic.SortMatches(fitting)
	return fitting, nil
}

// candidate is what may fit an ask or an offer, or that itself.
type candidate struct {
	civic.Exchange

	given int64
}

// candidates returns what may fit asks and offers, with a category in common or
// without, and these themselves.
func candidates(ctx context.Context, db querier, d *civic.District, ids []int64, common bool) ([]candidate, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, _ := db.Query(ctx, matchesSQL, pgx.NamedArgs{
		"district": d.ID, "ids": ids, "common": common, "radius": civic.MatchRadius, "most": mostCandidates,
	}) // CollectRows returns the error
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c candidate, err error) {
		c.Exchange, err = scanExchange(row, d, &c.given)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("read asks and offers: %w", err)
	}
	return all, nil
}

// scanExchange reads an ask or an offer from the columns of matches.sql.
func scanExchange(row pgx.Row, d *civic.District, given *int64) (civic.Exchange, error) {
	e := civic.Exchange{Thing: civic.Thing{DistrictID: d.ID}}
	var kind, publication, from, until string
	var lon, lat *float64
	err := row.Scan(given, &e.ID, &kind, &publication, &e.State, &e.Version, &e.Title, &e.AreaID, &e.ReporterID, &e.OwnerID,
		&e.What, &e.CategoryIDs, &from, &until, &lon, &lat)
	if err != nil {
		return e, err //nolint:wrapcheck // the caller says what it reads
	}
	days := civic.Values{Words: map[string]string{"from": from, "until": until}}
	e.From, e.Until = days.Day("from"), days.Day("until")
	if lon != nil && lat != nil {
		e.Place = &orb.Point{*lon, *lat}
	}
	var errs [2]error
	e.Kind, errs[0] = civic.ParseThingKind(kind)
	e.Publication, errs[1] = civic.ParsePublication(publication)
	return e, errors.Join(errs[:]...)
}
