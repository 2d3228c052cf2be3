package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// CouncilPages returns the pages of a district about its council, in the order in
// which they were added.
func (s *Store) CouncilPages(ctx context.Context, d *civic.District) ([]civic.CouncilPage, error) {
	pages, err := s.councilPages(ctx, d, "")
	if err != nil {
		return nil, fmt.Errorf("read the pages of %s: %w", d.Slug, civicError(err))
	}
	return pages, nil
}

// CouncilPage returns a page about the council. It returns civic.ErrNotFound when
// the district has none with the slug.
func (s *Store) CouncilPage(ctx context.Context, d *civic.District, slug string) (civic.CouncilPage, error) {
	pages, err := s.councilPages(ctx, d, slug)
	if err == nil && len(pages) == 0 {
		err = civic.ErrNotFound
	}
	if err != nil {
		return civic.CouncilPage{}, fmt.Errorf("read the page %s of %s: %w", slug, d.Slug, civicError(err))
	}
	return pages[0], nil
}

// councilPages returns the page with the slug, or all pages if that is "".
func (s *Store) councilPages(ctx context.Context, d *civic.District, slug string) ([]civic.CouncilPage, error) {
	rows, _ := s.readPool.Query(ctx, `
		select slug, title, body, version, changed_at
		from pages
		where district_id = @district
		  and (@slug = '' or slug = @slug)
		order by position, slug`,
		pgx.NamedArgs{"district": d.ID, "slug": slug}) // CollectRows returns the error
	return pgx.CollectRows(rows, pgx.RowToStructByPos[civic.CouncilPage]) //nolint:wrapcheck // the callers do
}

// SaveCouncilPage adds a page of version 0, or changes the page with the slug, which
// must have the version, and records that. It returns civic.Faults for a page that
// is not valid, the errors of civic.Can, civic.ErrConflict when a new page has the
// slug of another, and civic.ErrChanged when the version is another one.
func (s *Store) SaveCouncilPage(ctx context.Context, d *civic.District, actor civic.Actor, page civic.CouncilPage) error {
	page, err := d.AcceptCouncilPage(page)
	if err != nil {
		return fmt.Errorf("save a page of %s: %w", d.Slug, err)
	}
	args := pgx.NamedArgs{"district": d.ID, "slug": page.Slug, "version": page.Version, "title": page.Title, "body": page.Body}
	statement := `
		update pages
		set version = version + 1,
		  title = @title,
		  body = @body,
		  changed_at = now()
		where district_id = @district
		  and slug = @slug
		  and version = @version`
	if page.Version == 0 {
		statement = `
			insert into pages (district_id, slug, position, title, body)
			select @district, @slug, 1 + coalesce(max(position), 0), @title::jsonb, @body::jsonb
			from pages
			where district_id = @district`
	}
	return s.editPages(ctx, d, actor, statement, args, map[string]any{"page": page})
}

// RemoveCouncilPage deletes the page with the slug, which must have the version, and
// records that. It returns the errors of civic.Can, and civic.ErrChanged when the
// version is another one.
func (s *Store) RemoveCouncilPage(ctx context.Context, d *civic.District, actor civic.Actor, slug string, version int32) error {
	return s.editPages(ctx, d, actor, `
		delete from pages
		where district_id = @district
		  and slug = @slug
		  and version = @version`,
		pgx.NamedArgs{"district": d.ID, "slug": slug, "version": version}, map[string]any{"removed_page": slug})
}

// editPages executes a statement that changes one page, and records that together
// with what is said then.
func (s *Store) editPages(ctx context.Context, d *civic.District, actor civic.Actor, statement string, args pgx.NamedArgs, said any) error {
	if err := civic.Can(actor, civic.EditPages, civic.Thing{DistrictID: d.ID}, time.Now()); err != nil {
		return fmt.Errorf("pages of %s: %w", d.Slug, err)
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		changed, err := tx.Exec(ctx, statement, args)
		if err != nil {
			return fmt.Errorf("write: %w", err)
		}
		if changed.RowsAffected() == 0 {
			return civic.ErrChanged
		}
		return record{actor: actor, steps: []recordedStep{{action: civic.EditPages}}, text: said}.save(ctx, tx, d)
	})
	if err != nil {
		return fmt.Errorf("edit the page %s of %s: %w", args["slug"], d.Slug, civicError(err))
	}
	return nil
}
