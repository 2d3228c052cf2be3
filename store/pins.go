package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// AddPin keeps a pin, and its contributor apart from it, and answers its ID.
func (s *Store) AddPin(ctx context.Context, d *civic.District, pin civic.NewPin, publication civic.Publication) (int64, error) {
	var id int64
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `
			insert into pins (district_id, category_id, kind, publication, status, title, body,
			  geom, cell, shown, shown_cell, reported_on)
			values (@district, @category, @kind, @publication, @status, @title, @body,
			  @geom, @cell, @shown, @shown_cell, @reported_on)
			returning pin_id`,
			pgx.NamedArgs{
				"district": d.ID, "category": pin.Category.ID, "kind": pin.Category.Kind.String(),
				"publication": publication.String(), "status": pin.Status.String(), "title": pin.Title, "body": pin.Body,
				"geom": pin.Exact.Point, "cell": int64(pin.Exact.Cell),
				"shown": pin.Shown.Point, "shown_cell": int64(pin.Shown.Cell),
				"reported_on": pin.ReportedOn.Time(),
			}).Scan(&id)
		if err != nil || pin.Email == "" {
			return err
		}
		_, err = tx.Exec(ctx, `
			with contributor as (
			  insert into contributors (district_id, email)
			  values (@district, @email)
			  on conflict (district_id, lower(email)) do update set email = contributors.email
			  returning contributor_id
			)
			insert into pin_contributors (district_id, pin_id, contributor_id)
			select @district, @pin, contributor_id from contributor`,
			pgx.NamedArgs{"district": d.ID, "email": pin.Email, "pin": id})
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("add pin in %s: %w", d.Slug, sentinel(err))
	}
	return id, nil
}

// Publish takes pending or hidden pins to the public and answers how many were
// not public before. It reports civic.ErrNotFound, and publishes none, where an
// ID is unknown; civic.ErrConflict where a pin may not make the step.
func (s *Store) Publish(ctx context.Context, ids []int64) (int, error) {
	published := 0
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		for _, id := range ids {
			var district int32
			var name string
			err := tx.QueryRow(ctx, `select district_id, publication from pins where pin_id = $1 for update`, id).Scan(&district, &name)
			if err != nil {
				return fmt.Errorf("pin %d: %w", id, sentinel(err))
			}
			from, err := civic.ParsePublication(name)
			if err != nil {
				return err
			}
			if from == civic.Published {
				continue
			}
			if err := from.Step(civic.Published, civic.Moderator); err != nil {
				return fmt.Errorf("pin %d: %w", id, err)
			}
			_, err = tx.Exec(ctx, `
				update pins set publication = 'published', updated_at = now()
				where district_id = $1 and pin_id = $2`, district, id)
			if err != nil {
				return fmt.Errorf("pin %d: %w", id, err)
			}
			published++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("publish pins: %w", err)
	}
	return published, nil
}

// Pin that is published. It reports civic.ErrNotFound for any other.
func (s *Store) Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error) {
	page, err := s.pins(ctx, d, civic.PinQuery{Limit: 1}, &id)
	if err == nil && len(page) == 0 {
		err = civic.ErrNotFound
	}
	if err != nil {
		return civic.Pin{}, fmt.Errorf("read pin %d in %s: %w", id, d.Slug, sentinel(err))
	}
	return page[0], nil
}

// Pins is a page of the published pins that the query chooses, newest first.
func (s *Store) Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error) {
	want := q
	want.Limit++ // one more tells whether there is a next page
	found, err := s.pins(ctx, d, want, nil)
	if err != nil {
		return civic.PinPage{}, fmt.Errorf("read pins of %s: %w", d.Slug, sentinel(err))
	}
	page := civic.PinPage{Pins: found}
	if len(found) > q.Limit {
		page.Pins = found[:q.Limit]
		last := page.Pins[q.Limit-1]
		page.Next = &civic.PinCursor{Day: last.ReportedOn, ID: last.ID}
	}
	return page, nil
}

// CountPins is the number of pins that the query chooses, on all its pages.
func (s *Store) CountPins(ctx context.Context, d *civic.District, q civic.PinQuery) (n int, err error) {
	err = s.pool.QueryRow(ctx, chosenSQL+`select count(*) from chosen`, queryArgs(d, q, nil)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count pins of %s: %w", d.Slug, sentinel(err))
	}
	return n, nil
}

var (
	//go:embed sql/pins_chosen.sql
	chosenSQL string
	//go:embed sql/pins.sql
	pinsSQL string
)

// queryArgs are the named arguments of pins_chosen.sql.
func queryArgs(d *civic.District, q civic.PinQuery, id *int64) pgx.NamedArgs {
	args := filterArgs(d, q.Filter)
	args["id"] = id
	args["search"] = nil
	if terms := searchTerms(q.Search); terms != "" {
		args["search"] = terms
	}
	for i, name := range []string{"west", "south", "east", "north"} {
		args[name] = nil
		if q.Box != nil {
			args[name] = []float64{q.Box.Min[0], q.Box.Min[1], q.Box.Max[0], q.Box.Max[1]}[i]
		}
	}
	return args
}

func (s *Store) pins(ctx context.Context, d *civic.District, q civic.PinQuery, id *int64) ([]civic.Pin, error) {
	args := queryArgs(d, q, id)
	args["limit"], args["after_day"], args["after_id"] = q.Limit, nil, nil
	if q.After != nil {
		args["after_day"], args["after_id"] = q.After.Day.Time(), q.After.ID
	}
	rows, err := s.pool.Query(ctx, chosenSQL+pinsSQL, args)
	if err != nil {
		return nil, err
	}
	byID := make(map[int32]civic.Category, len(d.Categories))
	for _, c := range d.Categories {
		byID[c.ID] = c
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p civic.Pin, err error) {
		var (
			category, day int32
			status        string
			cell          int64
			place         orb.Point
		)
		err = row.Scan(&p.ID, &category, &status, &p.Title, &p.Body, &place, &cell, &p.AreaID, &day, &p.UpdatedAt)
		if err != nil {
			return p, err
		}
		p.Category, p.Publication, p.ReportedOn = byID[category], civic.Published, civic.Day(day)
		p.Location = civic.Location{Point: place, Cell: geo.Cell(cell)}
		p.Status, err = civic.ParseStatus(status)
		return p, err
	})
}

// filterArgs are the named arguments of a filter: null where it chooses all.
// Slugs that the district lacks choose nothing.
func filterArgs(d *civic.District, f civic.Filter) pgx.NamedArgs {
	args := pgx.NamedArgs{
		"district": d.ID, "kinds": nil, "categories": nil, "statuses": nil, "areas": nil, "from": nil, "to": nil,
	}
	if len(f.Kinds) > 0 {
		args["kinds"] = names(f.Kinds)
	}
	if len(f.Statuses) > 0 {
		args["statuses"] = names(f.Statuses)
	}
	if len(f.Categories) > 0 {
		ids := []int32{}
		for _, slug := range f.Categories {
			if c, ok := d.Category(slug); ok {
				ids = append(ids, c.ID)
			}
		}
		args["categories"] = ids
	}
	if len(f.Areas) > 0 {
		ids := []int32{}
		for _, slug := range f.Areas {
			if a, ok := d.Area(slug); ok {
				ids = append(ids, a.ID)
			}
		}
		args["areas"] = ids
	}
	if f.From > 0 {
		args["from"] = f.From.Time()
	}
	if f.To > 0 {
		args["to"] = f.To.Time()
	}
	return args
}

func names[T fmt.Stringer](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.String()
	}
	return out
}
