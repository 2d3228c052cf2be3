// Package initiatives adds to the page of an initiative its diary and, once it is
// done, what has changed since.
package initiatives

import (
	"context"
	"embed"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/compare"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/practices"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the pages need of the database.
type Store interface {
	compare.Store
	Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error)
}

// Config configures the pages. Every field is required.
type Config struct {
	Compare   compare.Config
	Store     Store
	Practices practices.Config
}

// named are the fields by which practices are proposed to an initiative.
var named = practices.Fields{Uses: "uses", For: "answers"}

// Kind returns the kind of initiatives, or that of practicums, with its page.
func Kind(cfg Config, kind civic.ThingKind) things.Kind {
	ownButtons := []civic.Action{civic.PostUpdate}
	return things.Kind{
		Kind: kind, Template: "initiative_page", OwnButtons: ownButtons,
		Propose: func(r *http.Request, reader *page.Reader, v *index.Version, draft *things.Draft) ([]things.Proposal, error) {
			return cfg.Practices.Propose(r.Context(), reader, &v.District, draft, named)
		},
		Extra: func(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
			return cfg.view(r, reader, in)
		},
	}
}

func (cfg Config) view(r *http.Request, reader *page.Reader, in things.Shown) (view View, err error) {
	view.Diary = diary(reader, in)
	if view.Practices, err = cfg.Practices.Offer(r, reader, in, named); err != nil {
		return view, err
	}
	d, says := &in.Version.District, recordOf(in)
	if state, ok := in.Thread.YearLater(d, in.Thing.ID, says.Day("begins"), cfg.Compare.Today(d)); ok {
		view.YearLater = reader.Text("initiatives.year_later", "state", reader.Text(things.StateKey(in.Thing.Kind, state)))
	}
	if in.Thing.State == "done" || in.Thing.State == "evaluated" {
		view.Change, err = cfg.change(r.Context(), reader, in)
	}
	return view, err
}

// recordOf returns what the initiative of a page says.
func recordOf(in things.Shown) civic.Record {
	says, _ := in.Thing.Content.(civic.Record)
	return says
}

// View is what the template initiative_page.html needs beyond the common view.
type View struct {
	Diary     []things.ThreadEntry
	Practices practices.Offers
	Change    *Change // nil while it is not done
	YearLater string  // how it stood a year after it began; "" until then
}

// Change is what has changed since an initiative was done.
type Change struct {
	compare.Change
	Topic, Place string // names of the category and the area; "" for all needs and the whole district
	Since        string // the month from which there will be a comparison; "" if there is one
}

// diary returns what was said in public about an initiative, in its order.
func diary(reader *page.Reader, in things.Shown) (entries []things.ThreadEntry) {
	for _, e := range in.Thread.Entries {
		if e.ThingID != in.Thing.ID || e.Action != civic.PostUpdate {
			continue
		}
		entry := things.ThreadEntry{ID: e.ID, Date: in.Version.District.DayOf(e.At), Text: reader.Said(e.Text, e.TextIn)}
		if e.By != 0 {
			entry.By = reader.Text("history.by." + e.By.String())
		}
		entries = append(entries, entry)
	}
	return entries
}

// mostMonths is the number of months before and after an initiative that are compared
// at most.
const mostMonths = 12

// change compares the months after an initiative with as many before it.
func (cfg Config) change(ctx context.Context, reader *page.Reader, in things.Shown) (*Change, error) {
	d := &in.Version.District
	area, category, err := cfg.about(ctx, in)
	if err != nil {
		return nil, err
	}
	var out Change
	if a, ok := d.Area(area); ok {
		out.Place = reader.In(a.Name)
	}
	if c, ok := d.Category(category); ok {
		out.Topic = reader.In(c.Label)
	}
	began, ended := spanOf(in)
	after := compare.Months{First: ended.Month() + 1, Last: min(ended.Month()+mostMonths, cfg.Compare.Today(d).Month()-1)}
	if after.Last < after.First {
		out.Since = reader.Month(after.First + 1)
		return &out, nil
	}
	n := after.Last - after.First + 1
	out.Change, err = compare.ChangeOf(ctx, cfg.Compare, in.Version, reader, area, category, compare.Months{First: began.Month() - n, Last: began.Month() - 1}, after)
	return &out, err
}

// about returns the slugs of the area and of the category of needs that an initiative
// is about: its own, or those of the first need that it answers.
func (cfg Config) about(ctx context.Context, in things.Shown) (area, category string, err error) {
	d := &in.Version.District
	if a, ok := d.AreaByID(in.Thing.AreaID); ok {
		area = a.Slug
	}
	if record, ok := in.Thing.Content.(civic.Record); ok {
		for _, slug := range record.Lists["categories"] {
			if c, _ := d.Category(slug); category == "" && c.Kind == civic.Need {
				category = slug
			}
		}
	}
	for _, t := range in.Thread.Things {
		if t.Kind != civic.PinThing || t.PinKind != civic.Need || t.HexOnly || t.Publication != civic.Published || area != "" && category != "" {
			continue
		}
		pin, err := cfg.Store.Pin(ctx, d, t.ID)
		if err != nil {
			return area, category, err
		}
		if category == "" {
			category = pin.Category.Slug
		}
		if a, ok := d.AreaByID(pin.AreaID); ok && area == "" {
			area = a.Slug
		}
	}
	return area, category, nil
}

// spanOf returns the days on which an initiative began and ended: those that it
// states, or else those on which it was said.
func spanOf(in things.Shown) (began, ended civic.Day) {
	if record, ok := in.Thing.Content.(civic.Record); ok {
		began, ended = record.Day("begins"), record.Day("ends")
	}
	said := map[civic.Action]civic.Day{}
	for _, e := range in.Thread.Entries {
		if e.ThingID == in.Thing.ID {
			said[e.Action] = in.Version.District.DayOf(e.At)
		}
	}
	if done := said[civic.Complete]; ended == 0 || done < ended {
		ended = done
	}
	if began == 0 {
		began = said[civic.Start]
	}
	return min(began, ended), ended
}
