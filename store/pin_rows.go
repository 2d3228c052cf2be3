package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
	"github.com/pinezka/pinezka/geo"
)

// pinRows writes the rows of pins. Their rows among the things follow by triggers.
type pinRows struct{}

// pinText is the content of a pin as the audit keeps it.
type pinText struct {
	Title    string    `json:"title"`
	Body     string    `json:"body"`
	Category int32     `json:"category"`
	Point    orb.Point `json:"point"` // exact: longitude, latitude
}

func (pinRows) queueState(b *pgx.Batch, d *civic.District, things []civic.Thing) {
	var ids []int64
	var publications, statuses []string
	for _, t := range things {
		ids, publications, statuses = append(ids, t.ID), append(publications, t.Publication.String()), append(statuses, t.State.String())
	}
	queueEdited(b, d, ids, []string{"status"}, func() {
		b.Queue(`
			update pins
			set publication = new.publication,
			  status = new.status,
			  updated_at = now()
			from unnest(@ids::bigint[], @publications::text[], @statuses::text[]) as new (id, publication, status)
			where district_id = @district
			  and pin_id = new.id
			  and (pins.publication, pins.status) is distinct from (new.publication, new.status)`,
			pgx.NamedArgs{"district": d.ID, "ids": ids, "publications": publications, "statuses": statuses})
	})
}

func (pinRows) hasTriggers() bool { return true }

func (pinRows) read(ctx context.Context, db querier, d *civic.District, ids []int64) (map[int64]civic.Content, error) {
	rows, _ := db.Query(ctx, `
		select pin_id, category_id, status, title, body, geom, cell, shown, shown_cell, coalesce(area_id, 0), coalesce(shown_area_id, 0),
		  reported_on - date '1970-01-01'
		from pins
		where district_id = @district
		  and pin_id = any(@ids)`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	found := map[int64]civic.Content{}
	var p civic.NewPin
	var id, cell, shownCell int64
	var category, day int32
	var status string
	_, err := pgx.ForEachRow(rows, []any{
		&id, &category, &status, &p.Title, &p.Body, &p.Exact.Point, &cell, &p.Shown.Point, &shownCell, &p.AreaID, &p.ShownAreaID, &day,
	}, func() (err error) {
		p.Exact.Cell, p.Shown.Cell, p.ReportedOn = geo.Cell(cell), geo.Cell(shownCell), civic.Day(day)
		p.Category, _ = d.CategoryByID(category)
		p.Draft.Category, p.Point = p.Category.Slug, p.Exact.Point
		p.Status, err = civic.ParseStatus(status)
		found[id] = p
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read pins: %w", err)
	}
	return found, nil
}

func (pinRows) text(content civic.Content) any { return textOf(content.(civic.NewPin)) }

func (pinRows) restore(d *civic.District, text []byte) (civic.Content, error) {
	var p pinText
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, fmt.Errorf("read the former content: %w", err)
	}
	c, ok := d.CategoryByID(p.Category)
	if !ok {
		return nil, fmt.Errorf("its former category no longer exists: %w", civic.ErrConflict)
	}
	pin, err := d.Accept(civic.Draft{Category: c.Slug, Title: p.Title, Body: p.Body, Point: p.Point}, civic.MaxDay)
	if err != nil {
		return nil, fmt.Errorf("its former content is no longer accepted: %w", err)
	}
	return pin, nil
}

// queueContent changes everything but the status and the day of a civic.NewPin,
// which AddPin has added. A change of category to one of another kind begins the
// progress anew.
func (pinRows) queueContent(b *pgx.Batch, d *civic.District, t civic.Thing, content civic.Content) error {
	pin, ok := content.(civic.NewPin)
	if !ok {
		return fmt.Errorf("the content is no pin: %w", civic.ErrInvalid)
	}
	queueEdited(b, d, []int64{t.ID}, []string{"title", "body", "category", "place", "status"}, func() {
		b.Queue(`
			update pins
			set category_id = @category,
			  status = case when kind = @kind then status else @status end,
			  kind = @kind,
			  visibility = @visibility,
			  title = @title,
			  body = @body,
			  geom = @geom,
			  cell = @cell,
			  area_id = @area,
			  shown = @shown,
			  shown_cell = @shown_cell,
			  shown_area_id = @shown_area,
			  search = array_to_tsvector(@words::text[]),
			  updated_at = now()
			where district_id = @district
			  and pin_id = @id`,
			pinArgs(d, t.ID, pin))
	})
	return nil
}

func (pinRows) queueErasure(b *pgx.Batch, d *civic.District, id int64) {
	queueRedacted(b, d, id)
	b.Queue(`
		update import_changes
		set before = before || jsonb_build_object('title', pins.title, 'body', pins.body)
		from pins
		where import_changes.district_id = @district
		  and import_changes.pin_id = @id
		  and before is not null
		  and pins.district_id = @district
		  and pins.pin_id = @id`,
		pgx.NamedArgs{"district": d.ID, "id": id})
}

// textOf returns the content of a pin as the audit keeps it.
func textOf(pin civic.NewPin) pinText {
	return pinText{pin.Title, pin.Body, pin.Category.ID, pin.Exact.Point}
}

// pinArgs returns the values of the columns of a pin.
func pinArgs(d *civic.District, id int64, pin civic.NewPin) pgx.NamedArgs {
	return pgx.NamedArgs{
		"district": d.ID, "id": id, "category": pin.Category.ID, "kind": pin.Category.Kind.String(),
		"visibility": pin.Category.Visibility.String(), "status": pin.Status.String(), "title": pin.Title, "body": pin.Body,
		"geom": pin.Exact.Point, "cell": int64(pin.Exact.Cell), "area": areaID(pin.AreaID),
		"shown": pin.Shown.Point, "shown_cell": int64(pin.Shown.Cell), "shown_area": areaID(pin.ShownAreaID),
		"reported_on": pin.ReportedOn.Time(), "words": words.Of(pin.Title, pin.Body),
	}
}
