package store

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/find_link_ends.sql
var findLinkEndsSQL string

// Links returns the links of things of a district to things in whatever state: who
// asks for them shows what may be known. Duplicates of pins are none of them.
func (s *Store) Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error) {
	args := pgx.NamedArgs{"district": d.ID, "ids": things}
	rows, _ := s.readPool.Query(ctx, `
		select from_id, relation, to_id
		from (
		  select from_id, relation, to_id, created_at
		  from links
		  where district_id = @district
		    and from_id = any(@ids)
		  union
		  select from_id, relation, to_id, created_at
		  from links
		  where district_id = @district
		    and to_id = any(@ids)
		) as found
		where relation <> 'duplicate_of'
		order by created_at, from_id, relation, to_id`, args) // CollectRows returns the error
	links, err := pgx.CollectRows(rows, scanLink)
	if err != nil {
		return civic.Linked{}, fmt.Errorf("read links of %s: %w", d.Slug, civicError(err))
	}
	var ids []int64
	for _, l := range links {
		ids = append(ids, l.From, l.To)
	}
	ends, err := s.LinkEnds(ctx, d, ids)
	return civic.Linked{Links: links, Ends: ends}, err
}

// LinkEnds returns what things of a district are that can be at the end of a link,
// by their ids.
func (s *Store) LinkEnds(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.LinkEnd, error) {
	ends, err := readLinkEnds(ctx, s.readPool, d, ids)
	if err != nil {
		return nil, fmt.Errorf("read things of %s: %w", d.Slug, civicError(err))
	}
	return ends, nil
}

func readLinkEnds(ctx context.Context, db querier, d *civic.District, ids []int64) (map[int64]civic.LinkEnd, error) {
	ends := map[int64]civic.LinkEnd{}
	if len(ids) == 0 {
		return ends, nil
	}
	found, err := readThings(ctx, db, d, ids)
	if err != nil {
		return nil, err
	}
	for id, t := range found {
		ends[id] = civic.LinkEnd{Thing: t}
	}
	rows, _ := db.Query(ctx, `
		select pin_id, kind, category_id, reported_on - date '1970-01-01', visibility = 'hex', st_x(shown), st_y(shown)
		from pins
		where district_id = @district
		  and pin_id = any(@ids)`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	var id int64
	var kind string
	var end civic.LinkEnd
	_, err = pgx.ForEachRow(rows, []any{&id, &kind, &end.CategoryID, &end.ReportedOn, &end.HexOnly, &end.Shown[0], &end.Shown[1]}, func() (err error) {
		end.Thing = ends[id].Thing
		if end.HexOnly {
			end.Shown = orb.Point{}
		}
		end.PinKind, err = civic.ParseKind(kind)
		ends[id] = end
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read pins: %w", err)
	}
	return ends, nil
}

// FindLinkEnds returns published things of a district that a field of links can
// name, those found by their title first. It returns civic.ErrTooMany when that
// takes more than two seconds.
func (s *Store) FindLinkEnds(ctx context.Context, d *civic.District, q civic.LinkQuery) ([]civic.LinkEnd, error) {
	terms := searchTerms(q.Words)
	if terms == "" {
		return nil, nil
	}
	number, _ := strconv.ParseInt(strings.TrimSpace(q.Words), 10, 64) // 0 for words
	var kinds []string
	for _, k := range q.Rule.Kinds {
		kinds = append(kinds, k.String())
	}
	args := pgx.NamedArgs{
		"district": d.ID, "kinds": kinds, "pin_kind": q.Rule.PinKind.String(), "search": terms, "number": number,
		"staff": q.Staff, "except": q.Except, "limit": q.Limit,
	}
	var ids []int64
	err := s.readWithin(ctx, func(tx pgx.Tx) (err error) {
		rows, _ := tx.Query(ctx, findLinkEndsSQL, args) // CollectRows returns the error
		ids, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err //nolint:wrapcheck // said below
	})
	if err != nil {
		return nil, fmt.Errorf("search things of %s: %w", d.Slug, err)
	}
	ends, err := s.LinkEnds(ctx, d, ids)
	if err != nil {
		return nil, err
	}
	found := make([]civic.LinkEnd, len(ids))
	for i, id := range ids {
		found[i] = ends[id]
	}
	return found, nil
}
