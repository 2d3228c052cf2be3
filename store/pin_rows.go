package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
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
		ids, publications, statuses = append(ids, t.ID), append(publications, t.Publication.String()), append(statuses, t.Status.String())
	}
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
}

func (pinRows) content(ctx context.Context, tx pgx.Tx, d *civic.District, id int64) (any, error) {
	var p pinText
	err := tx.QueryRow(ctx, `
		select title, body, category_id, st_x(geom), st_y(geom)
		from pins
		where district_id = @district
		  and pin_id = @id`,
		pgx.NamedArgs{"district": d.ID, "id": id}).Scan(&p.Title, &p.Body, &p.Category, &p.Point[0], &p.Point[1])
	if err != nil {
		return nil, fmt.Errorf("read the content: %w", err)
	}
	return p, nil
}

func (pinRows) restore(d *civic.District, text []byte) (any, error) {
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

// queueContent writes everything but the status and the day of a civic.NewPin. A
// change of category to one of another kind begins the progress anew.
func (pinRows) queueContent(b *pgx.Batch, d *civic.District, id int64, content any) (any, error) {
	pin, ok := content.(civic.NewPin)
	if !ok {
		return nil, fmt.Errorf("the content is no pin: %w", civic.ErrInvalid)
	}
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
		pinArgs(d, id, pin))
	return textOf(pin), nil
}

func (pinRows) queueErasure(b *pgx.Batch, d *civic.District, id int64) {
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
