package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/network.sql
var networkSQL string

// Network returns which organisations of a district work together.
func (s *Store) Network(ctx context.Context, d *civic.District) (n civic.Network, err error) {
	rows, _ := s.readPool.Query(ctx, networkSQL, pgx.NamedArgs{"district": d.ID}) // ForEachRow returns the error
	var a, b int64
	var by civic.TieThing
	var kind string
	var ids []int64
	_, err = pgx.ForEachRow(rows, []any{&a, &b, &by.ID, &kind, &by.Title}, func() (err error) {
		if last := len(n.Ties) - 1; last < 0 || n.Ties[last].A != a || n.Ties[last].B != b {
			n.Ties, ids = append(n.Ties, civic.Tie{A: a, B: b}), append(ids, a, b)
		}
		by.Kind, err = civic.ParseThingKind(kind)
		tie := &n.Ties[len(n.Ties)-1]
		tie.By = append(tie.By, by)
		return err
	})
	if err != nil {
		return n, fmt.Errorf("read the network of %s: %w", d.Slug, civicError(err))
	}
	pins, _ := s.readPool.Query(ctx, `
		select pin_id, title, st_x(shown), st_y(shown), coalesce(shown_area_id, 0)
		from pins
		where district_id = @district
		  and pin_id = any(@ids)
		order by title, pin_id`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // CollectRows returns the error
	n.Organisations, err = pgx.CollectRows(pins, func(row pgx.CollectableRow) (o civic.NetworkOrganisation, err error) {
		return o, row.Scan(&o.ID, &o.Title, &o.Shown[0], &o.Shown[1], &o.AreaID)
	})
	if err != nil {
		return n, fmt.Errorf("read the organisations of %s: %w", d.Slug, civicError(err))
	}
	return n, nil
}

// Profiles returns the ids of the public profiles of organisations, by the ids of
// their pins; those without one are missing.
func (s *Store) Profiles(ctx context.Context, d *civic.District, pins []int64) (map[int64]int64, error) {
	rows, _ := s.readPool.Query(ctx, `
		select to_id, from_id
		from links
		join things on things.district_id = links.district_id and thing_id = from_id
		where links.district_id = @district
		  and to_id = any(@pins)
		  and relation = 'profile_of'
		  and publication = 'published'`, pgx.NamedArgs{"district": d.ID, "pins": pins}) // ForEachRow returns the error
	profiles := map[int64]int64{}
	var pin, profile int64
	if _, err := pgx.ForEachRow(rows, []any{&pin, &profile}, func() error { profiles[pin] = profile; return nil }); err != nil {
		return nil, fmt.Errorf("read the profiles of organisations of %s: %w", d.Slug, civicError(err))
	}
	return profiles, nil
}

// Members returns the names of those who have the rights of members of an
// organisation, in their order. The id is that of its pin.
func (s *Store) Members(ctx context.Context, d *civic.District, organisation int64) ([]string, error) {
	rows, _ := s.readPool.Query(ctx, `
		select name
		from grants
		join accounts using (account_id)
		where district_id = @district
		  and organisation_id = @organisation
		  and withdrawn_at is null
		  and (until is null or until > now())
		  and ended_at is null
		order by name, account_id`, pgx.NamedArgs{"district": d.ID, "organisation": organisation}) // CollectRows returns the error
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read the members of organisation %d of %s: %w", organisation, d.Slug, civicError(err))
	}
	return names, nil
}
