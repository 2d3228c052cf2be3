package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/councillors.sql
	councillorsSQL string

	//go:embed sql/local_resolutions.sql
	localResolutionsSQL string
)

// maxLocalNeeds is the number of needs nearest to a place of which resolutions are
// looked for.
const maxLocalNeeds = 1000

// Councillors returns the councillors who match a query and are public, those of
// wards before those of the whole district.
func (s *Store) Councillors(ctx context.Context, d *civic.District, q civic.CouncillorQuery) ([]civic.Described, error) {
	rows, _ := s.readPool.Query(ctx, councillorsSQL, pgx.NamedArgs{
		"district": d.ID, "day": q.Day.String(), "ward": q.Ward, "all": q.All,
	}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Described, error) {
		return scanPublished(row, d, civic.CouncillorThing, "in_office")
	})
	if err != nil {
		return nil, fmt.Errorf("read councillors of %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}

// LocalResolutions returns the public resolutions about a place, those that were
// adopted last first.
func (s *Store) LocalResolutions(ctx context.Context, d *civic.District, q civic.LocalQuery) ([]civic.LocalResolution, error) {
	near := orbgeo.NewBoundAroundPoint(q.At, q.Metres)
	rows, _ := s.readPool.Query(ctx, localResolutionsSQL, pgx.NamedArgs{
		"district": d.ID, "at": q.At, "area": q.AreaID, "metres": q.Metres, "limit": q.Limit, "needs": maxLocalNeeds,
		"west": near.Left(), "south": near.Bottom(), "east": near.Right(), "north": near.Top(),
	}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r civic.LocalResolution, err error) {
		r.Described, err = scanPublished(row, d, civic.ResolutionThing, "", &r.NeedID, &r.Need, &r.Metres)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read resolutions of %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}

// scanPublished reads a public thing of a kind from its id, version, title and
// content, and what follows these.
func scanPublished(row pgx.Row, d *civic.District, kind civic.ThingKind, state civic.State, more ...any) (civic.Described, error) {
	t := civic.Described{Thing: civic.Thing{DistrictID: d.ID, Kind: kind, Publication: civic.Published, State: state}}
	var content []byte
	if err := row.Scan(append([]any{&t.ID, &t.Version, &t.Title, &content}, more...)...); err != nil {
		return t, err //nolint:wrapcheck // the callers say what they read
	}
	var err error
	t.Content, err = rowsOf(kind).restore(d, content)
	return t, err
}
