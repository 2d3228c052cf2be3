package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// District returns the district with its areas, wards and categories, without its
// places. It returns civic.ErrNotFound when there is none with the slug.
func (s *Store) District(ctx context.Context, slug string) (civic.District, error) {
	found, err := s.districts(ctx, &slug)
	if err != nil {
		return civic.District{}, fmt.Errorf("read district %s: %w", slug, err)
	}
	if len(found) == 0 {
		return civic.District{}, fmt.Errorf("district %s: %w", slug, civic.ErrNotFound)
	}
	return found[0], nil
}

// Districts returns all districts, ordered by slug, with their areas, wards and
// categories, without their places.
func (s *Store) Districts(ctx context.Context) ([]civic.District, error) {
	found, err := s.districts(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("read districts: %w", err)
	}
	return found, nil
}

func (s *Store) districts(ctx context.Context, slug *string) (found []civic.District, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		found, err = districts(ctx, tx, slug, civic.Position{})
		return err
	})
	return found, err
}

// districts returns the districts that have changed since a position, ordered
// by slug. A nil slug selects every district.
func districts(ctx context.Context, tx pgx.Tx, slug *string, since civic.Position) ([]civic.District, error) {
	rows, _ := tx.Query(ctx, `
		select district_id, slug, name, languages, time_zone, moderation, notice, boundary, target_days, flagged_words, phone_region, reply_days, goals
		from districts
		where (@slug::text is null or slug = @slug)
		  and (changed >= @next::xid8 or changed = any(@open::xid8[]))
		order by slug`,
		pgx.NamedArgs{"slug": slug, "next": since.Next, "open": since.Open}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (d civic.District, err error) {
		var moderation string
		if err := row.Scan(&d.ID, &d.Slug, &d.Name, &d.Languages, &d.TimeZone, &moderation, &d.Notice, &d.Boundary,
			&d.Desk.TargetDays, &d.Desk.FlaggedWords, &d.Desk.PhoneRegion, &d.Desk.ReplyDays, &d.Goals); err != nil {
			return d, err
		}
		d.Moderation, err = civic.ParseModeration(moderation)
		return d, err
	})
	if err != nil || len(found) == 0 {
		return nil, err //nolint:wrapcheck // the callers say that they read districts
	}
	byID := make(map[int32]*civic.District, len(found))
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	if err := readAreas(ctx, tx, byID); err != nil {
		return nil, err
	}
	if err := readWards(ctx, tx, byID); err != nil {
		return nil, err
	}
	if err := readCategories(ctx, tx, byID); err != nil {
		return nil, err
	}
	if err := readTopics(ctx, tx, byID); err != nil {
		return nil, err
	}
	return found, nil
}

// readAreas sets the areas of the districts, which are indexed by id.
func readAreas(ctx context.Context, tx pgx.Tx, districts map[int32]*civic.District) error {
	rows, _ := tx.Query(ctx, `
		select district_id, area_id, slug, name, position, version, boundary, approximate, coalesce(residents, 0)
		from areas
		where district_id = any(@districts)
		order by district_id, position, area_id`,
		pgx.NamedArgs{"districts": slices.Collect(maps.Keys(districts))}) // ForEachRow returns the error
	var id int32
	var a civic.Area
	to := []any{&id, &a.ID, &a.Slug, &a.Name, &a.Position, &a.Version, &a.Boundary, &a.Approximate, &a.Residents}
	_, err := pgx.ForEachRow(rows, to, func() error {
		districts[id].Areas = append(districts[id].Areas, a)
		a = civic.Area{} // the next row must not be scanned into the same maps
		return nil
	})
	if err != nil {
		return fmt.Errorf("read areas: %w", err)
	}
	return nil
}

// readCategories sets the categories of the districts, which are indexed by id.
func readCategories(ctx context.Context, tx pgx.Tx, districts map[int32]*civic.District) error {
	rows, _ := tx.Query(ctx, `
		select district_id, category_id, slug, kind, visibility, sensitive, colour, icon, label, hint, position
		from categories
		where district_id = any(@districts)
		order by district_id, position, category_id`,
		pgx.NamedArgs{"districts": slices.Collect(maps.Keys(districts))}) // ForEachRow returns the error
	var id int32
	var kind, visibility string
	var c civic.Category
	to := []any{&id, &c.ID, &c.Slug, &kind, &visibility, &c.Sensitive, &c.Colour, &c.Icon, &c.Label, &c.Hint, &c.Position}
	_, err := pgx.ForEachRow(rows, to, func() error {
		var kindErr, visibilityErr error
		c.Kind, kindErr = civic.ParseKind(kind)
		c.Visibility, visibilityErr = civic.ParseVisibility(visibility)
		districts[id].Categories = append(districts[id].Categories, c)
		c = civic.Category{}
		return errors.Join(kindErr, visibilityErr)
	})
	if err != nil {
		return fmt.Errorf("read categories: %w", err)
	}
	return nil
}

// RemoveDistrict deletes a district and everything in it. It returns
// civic.ErrNotFound when there is none with the slug.
func (s *Store) RemoveDistrict(ctx context.Context, slug string) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		var id int32
		err := tx.QueryRow(ctx, `
			select district_id
			from districts
			where slug = @slug
			for update`, pgx.NamedArgs{"slug": slug}).Scan(&id)
		if err != nil {
			return civicError(err)
		}
		for _, statement := range []string{
			`delete from imports where district_id = @district`,
			`delete from pins where district_id = @district`,
			`delete from districts where district_id = @district`,
		} {
			if _, err := tx.Exec(ctx, statement, pgx.NamedArgs{"district": id}); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("remove district %s: %w", slug, err)
	}
	return nil
}
