package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// AddPin adds a pin and returns its id. Its reporter is the contact with the e-mail
// address that it has, who is added if the district has none with that, or else the
// contact who the actor is. When the pin has a private link, it can also be read
// with PinByLink.
func (s *Store) AddPin(ctx context.Context, d *civic.District, actor civic.Actor, pin civic.NewPin, publication civic.Publication) (int64, error) {
	var id int64
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		var err error
		if id, err = nextThingID(ctx, tx); err != nil {
			return err
		}
		return s.addPin(ctx, tx, d, actor, id, pin, publication)
	})
	if err != nil {
		return 0, fmt.Errorf("add pin in %s: %w", d.Slug, civicError(err))
	}
	return id, nil
}

// nextThingID returns the id of a new thing.
func nextThingID(ctx context.Context, tx pgx.Tx) (id int64, err error) {
	var choose pgx.Batch
	lockPinIDs(&choose)
	choose.Queue(`select nextval('thing_ids')`).QueryRow(func(row pgx.Row) error { return row.Scan(&id) })
	if err := tx.SendBatch(ctx, &choose).Close(); err != nil {
		return 0, fmt.Errorf("choose an id: %w", err)
	}
	return id, nil
}

// lockPinIDs waits for a first import, which has the table of pins to itself and
// chooses ids without the sequence: no id may be drawn meanwhile.
func lockPinIDs(b *pgx.Batch) { b.Queue(`lock table pins in row exclusive mode`) }

// addPin adds a pin with an id of thing_ids, and all that belongs to it. The
// statements go to the server together.
func (s *Store) addPin(ctx context.Context, tx pgx.Tx, d *civic.District, actor civic.Actor, id int64, pin civic.NewPin, publication civic.Publication) error {
	if err := civic.Can(actor, civic.Submit, civic.Thing{DistrictID: d.ID, Kind: civic.PinThing}, time.Now()); err != nil {
		return err
	}
	args := pinArgs(d, id, pin)
	args["publication"] = publication.String()
	var all pgx.Batch
	reporter, err := s.reporterOf(ctx, tx, d, actor)
	if err == nil {
		err = s.queueReporter(&all, d, id, pin, reporter, publication)
	}
	if err != nil {
		return err
	}
	all.Queue(`
		insert into pins (district_id, pin_id, category_id, kind, visibility, publication, status, title, body,
		  geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, search)
		values (@district, @id, @category, @kind, @visibility, @publication, @status, @title, @body,
		  @geom, @cell, @shown, @shown_cell, @area, @shown_area, @reported_on, array_to_tsvector(@words::text[]))`,
		args)
	after := publication.String()
	submitted := record{
		actor: actor, text: textOf(pin),
		steps: []recordedStep{{action: civic.Submit, thing: &id, after: &after}},
	}
	var entries []int64
	if err := submitted.queue(&all, d, &entries); err != nil {
		return err
	}
	if pin.Email != "" || reporter != 0 || publication == civic.Published {
		queueNotify(&all, d, nil)
	}
	if pin.Link != "" {
		addPrivateLink(&all, d, id, pin.Link)
	}
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	return nil
}

// Pin returns a published pin. It returns civic.ErrNotFound when the district
// has no published pin with the id, or publishes it only in counts.
func (s *Store) Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error) {
	found, err := s.pins(ctx, d, civic.PinQuery{IDs: []int64{id}, Limit: 1})
	if err != nil {
		return civic.Pin{}, err
	}
	if len(found) == 0 {
		return civic.Pin{}, fmt.Errorf("pin %d of %s: %w", id, d.Slug, civic.ErrNotFound)
	}
	return found[0], nil
}

// MergedInto returns the id of the published thing that stays of those into which a
// thing was merged. It returns civic.ErrNotFound for one that was not merged, and where
// the public only counts one of the two.
func (s *Store) MergedInto(ctx context.Context, d *civic.District, id int64) (stays int64, err error) {
	err = s.readPool.QueryRow(ctx, `
		with recursive merged (thing_id) as (
		  select thing_id
		  from things
		  left join pins on pins.district_id = things.district_id
		    and pin_id = thing_id
		  where things.district_id = @district
		    and thing_id = @thing
		    and things.publication = 'merged'
		    and visibility is distinct from 'hex'
		  union
		  select to_id
		  from merged
		  join links on district_id = @district
		    and from_id = thing_id
		    and relation = 'duplicate_of'
		)
		select thing_id
		from merged
		join things using (thing_id)
		left join pins on pins.district_id = things.district_id
		  and pin_id = thing_id
		where things.district_id = @district
		  and things.publication = 'published'
		  and visibility is distinct from 'hex'`, pgx.NamedArgs{"district": d.ID, "thing": id}).Scan(&stays)
	return stays, readError("merged thing", err)
}

// Pins returns a page of the published pins that match the query, newest first.
func (s *Store) Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error) {
	limit := q.Limit
	q.Limit++ // another row means that there is a next page
	found, err := s.pins(ctx, d, q)
	if err != nil {
		return civic.PinPage{}, err
	}
	if len(found) <= limit {
		return civic.PinPage{Pins: found}, nil
	}
	last := found[limit-1]
	return civic.PinPage{Pins: found[:limit], Next: &civic.PinCursor{Day: last.ReportedOn, ID: last.ID}}, nil
}

var (
	//go:embed sql/pins_matching.sql
	matchingSQL string
	//go:embed sql/pins_page.sql
	pageSQL string
)

// pins returns at most q.Limit published pins that match the query.
func (s *Store) pins(ctx context.Context, d *civic.District, q civic.PinQuery) ([]civic.Pin, error) {
	args := matchingArgs(d, q)
	args["limit"], args["after_day"], args["after_id"] = q.Limit, nil, nil
	if q.After != nil {
		args["after_day"], args["after_id"] = q.After.Day.Time(), q.After.ID
	}
	rows, _ := s.readPool.Query(ctx, matchingSQL+pageSQL, args) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Pin, error) { return scanPin(row, d) })
	if err != nil {
		return nil, fmt.Errorf("read pins of %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}

// scanPin reads a pin from the columns of pins_page.sql, and further columns into
// the variables of more.
func scanPin(row pgx.Row, d *civic.District, more ...any) (civic.Pin, error) {
	var p civic.Pin
	var category, day int32
	var status, publication string
	var cell int64
	err := row.Scan(append([]any{
		&p.ID, &category, &status, &publication, &p.Title, &p.Body, &p.Location.Point, &cell, &p.AreaID, &day, &p.UpdatedAt,
	}, more...)...)
	if err != nil {
		return p, err //nolint:wrapcheck // the callers say what they read
	}
	p.Category, _ = d.CategoryByID(category) // a new category may not be known yet
	p.Location.Cell, p.ReportedOn = geo.Cell(cell), civic.Day(day)
	if p.Status, err = civic.ParseStatus(status); err != nil {
		return p, err
	}
	p.Publication, err = civic.ParsePublication(publication)
	return p, err
}
