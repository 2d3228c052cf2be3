package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// AddDistrict keeps a new district with its areas, categories and places, and
// numbers them in the order given. It reports civic.ErrInvalid for what
// District.Check or PostGIS refuses, civic.ErrConflict where the slug is taken.
func (s *Store) AddDistrict(ctx context.Context, d *civic.District) error {
	return s.LoadDistrict(ctx, d, nil)
}

// LoadDistrict is AddDistrict with published pins in it from the start, all or
// nothing, by COPY. They are asked for once the district is numbered.
func (s *Store) LoadDistrict(ctx context.Context, d *civic.District, pins func() iter.Seq2[civic.NewPin, error]) error {
	if err := d.Check(); err != nil {
		return err
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		for _, polygon := range d.Boundary { // one by one: areas that make it up together may touch
			if err := checkShape(ctx, tx, "the boundary", orb.MultiPolygon{polygon}); err != nil {
				return err
			}
		}
		err := tx.QueryRow(ctx, `
			insert into districts (slug, name, languages, time_zone, moderation, notice, boundary)
			values (@slug, @name, @languages, @time_zone, @moderation, @notice, st_multi(st_unaryunion(@boundary::geometry)))
			returning district_id, boundary`,
			pgx.NamedArgs{
				"slug": d.Slug, "name": d.Name, "languages": d.Languages, "time_zone": d.TimeZone, "moderation": d.Moderation.String(),
				"notice": orEmpty(d.Notice), "boundary": d.Boundary,
			}).Scan(&d.ID, &d.Boundary)
		if err != nil {
			return sentinel(err)
		}
		if err := addAreas(ctx, tx, d); err != nil {
			return err
		}
		if err := addCategories(ctx, tx, d); err != nil {
			return err
		}
		if err := addPlaces(ctx, tx, d); err != nil || pins == nil {
			return err
		}
		return loadPins(ctx, tx, d, pins())
	})
	if err != nil {
		return fmt.Errorf("add district %s: %w", d.Slug, err)
	}
	return nil
}

// checkShape reports civic.ErrInvalid, with PostGIS's reason and place, for a
// self-crossing or otherwise invalid polygon.
func checkShape(ctx context.Context, tx pgx.Tx, what string, shape orb.MultiPolygon) error {
	var reason string
	if err := tx.QueryRow(ctx, `select st_isvalidreason($1::geometry)`, shape).Scan(&reason); err != nil {
		return fmt.Errorf("check %s: %w", what, err)
	}
	if reason != "Valid Geometry" {
		return fmt.Errorf("%w: %s: %s", civic.ErrInvalid, what, reason)
	}
	return nil
}

func addAreas(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	for i := range d.Areas {
		a := &d.Areas[i]
		a.ID, a.Position, a.Version = int32(i+1), int32(i+1), 1
		if err := checkShape(ctx, tx, "area "+a.Slug, a.Boundary); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into areas (district_id, area_id, slug, name, position, boundary, approximate, residents)
			values (@district, @area, @slug, @name, @position, @boundary, @approximate, nullif(@residents::int, 0))`,
			pgx.NamedArgs{
				"district": d.ID, "area": a.ID, "slug": a.Slug, "name": a.Name, "position": a.Position,
				"boundary": a.Boundary, "approximate": a.Approximate, "residents": a.Residents,
			})
		if err != nil {
			return fmt.Errorf("add area %s: %w", a.Slug, sentinel(err))
		}
	}
	return nil
}

func addCategories(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	for i := range d.Categories {
		c := &d.Categories[i]
		c.ID, c.Position = int32(i+1), int32(i+1)
		_, err := tx.Exec(ctx, `
			insert into categories (district_id, category_id, slug, kind, visibility, colour, icon, label, hint, position)
			values (@district, @category, @slug, @kind, @visibility, @colour, @icon, @label, @hint, @position)`,
			pgx.NamedArgs{
				"district": d.ID, "category": c.ID, "slug": c.Slug, "kind": c.Kind.String(), "visibility": c.Visibility.String(),
				"colour": c.Colour, "icon": c.Icon, "label": c.Label, "hint": orEmpty(c.Hint), "position": c.Position,
			})
		if err != nil {
			return fmt.Errorf("add category %s: %w", c.Slug, sentinel(err))
		}
	}
	return nil
}

func addPlaces(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"places"}, []string{"district_id", "place_id", "name", "geom"},
		pgx.CopyFromSlice(len(d.Places), func(i int) ([]any, error) {
			return []any{d.ID, int32(i + 1), d.Places[i].Name, d.Places[i].Point}, nil
		}))
	if err != nil {
		return fmt.Errorf("add places: %w", err)
	}
	return nil
}

// District by slug, with its areas and categories, without its places.
func (s *Store) District(ctx context.Context, slug string) (civic.District, error) {
	var found []civic.District
	err := s.inTx(ctx, func(tx pgx.Tx) (err error) {
		found, err = districts(ctx, tx, &slug, 0)
		return err
	})
	if err != nil {
		return civic.District{}, fmt.Errorf("read district %s: %w", slug, err)
	}
	if len(found) == 0 {
		return civic.District{}, fmt.Errorf("district %s: %w", slug, civic.ErrNotFound)
	}
	return found[0], nil
}

// districts in order of their slugs: the one of the slug, if given, of those
// changed since the mark.
func districts(ctx context.Context, tx pgx.Tx, slug *string, since civic.Position) ([]civic.District, error) {
	rows, err := tx.Query(ctx, `
		select district_id, slug, name, languages, time_zone, moderation, notice, boundary
		from districts
		where (@slug::text is null or slug = @slug)
		  and changed >= @since::xid8
		order by slug`,
		pgx.NamedArgs{"slug": slug, "since": uint64(since)})
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (d civic.District, err error) {
		var moderation string
		if err := row.Scan(&d.ID, &d.Slug, &d.Name, &d.Languages, &d.TimeZone, &moderation, &d.Notice, &d.Boundary); err != nil {
			return d, err
		}
		d.Moderation, err = civic.ParseModeration(moderation)
		return d, err
	})
	if err != nil {
		return nil, err
	}
	for i := range found {
		if found[i].Areas, err = areas(ctx, tx, found[i].ID); err != nil {
			return nil, fmt.Errorf("areas of %s: %w", found[i].Slug, err)
		}
		if found[i].Categories, err = categories(ctx, tx, found[i].ID); err != nil {
			return nil, fmt.Errorf("categories of %s: %w", found[i].Slug, err)
		}
	}
	return found, nil
}

func areas(ctx context.Context, tx pgx.Tx, district int32) ([]civic.Area, error) {
	rows, err := tx.Query(ctx, `
		select area_id, slug, name, position, version, boundary, approximate, coalesce(residents, 0)
		from areas
		where district_id = $1
		order by position, area_id`, district)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (a civic.Area, err error) {
		err = row.Scan(&a.ID, &a.Slug, &a.Name, &a.Position, &a.Version, &a.Boundary, &a.Approximate, &a.Residents)
		return a, err
	})
}

func categories(ctx context.Context, tx pgx.Tx, district int32) ([]civic.Category, error) {
	rows, err := tx.Query(ctx, `
		select category_id, slug, kind, visibility, colour, icon, label, hint, position
		from categories
		where district_id = $1
		order by position, category_id`, district)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (c civic.Category, err error) {
		var kind, visibility string
		if err := row.Scan(&c.ID, &c.Slug, &kind, &visibility, &c.Colour, &c.Icon, &c.Label, &c.Hint, &c.Position); err != nil {
			return c, err
		}
		if c.Kind, err = civic.ParseKind(kind); err != nil {
			return c, err
		}
		c.Visibility, err = civic.ParseVisibility(visibility)
		return c, err
	})
}

// RemoveDistrict and everything in it.
func (s *Store) RemoveDistrict(ctx context.Context, slug string) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		var id int32
		err := tx.QueryRow(ctx, `select district_id from districts where slug = $1 for update`, slug).Scan(&id)
		if err != nil {
			return sentinel(err)
		}
		for _, statement := range []string{
			`delete from imports where district_id = $1`,
			`delete from pins where district_id = $1`,
			`delete from districts where district_id = $1`,
		} {
			if _, err := tx.Exec(ctx, statement, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("remove district %s: %w", slug, err)
	}
	return nil
}

// orEmpty keeps a missing text as {} rather than null.
func orEmpty(t civic.Text) civic.Text {
	if t == nil {
		return civic.Text{}
	}
	return t
}

// Districts in order of their slugs, without their places.
func (s *Store) Districts(ctx context.Context) ([]civic.District, error) {
	var found []civic.District
	err := s.inTx(ctx, func(tx pgx.Tx) (err error) {
		found, err = districts(ctx, tx, nil, 0)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read districts: %w", err)
	}
	return found, nil
}
