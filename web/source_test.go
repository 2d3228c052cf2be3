package web_test

import (
	"context"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
)

// single is a source with one district of a few pins, for tests of parsing that
// need no record.
type single struct{}

func (single) Changes(_ context.Context, since civic.Position, each func(civic.MapPin)) (civic.Changes, error) {
	if since > 0 {
		return civic.Changes{Next: since}, nil
	}
	d := district("trial", civic.ModerateAfter)
	d.ID = 1
	for i := range d.Areas {
		d.Areas[i].ID = int32(i + 1)
	}
	for i := range d.Categories {
		d.Categories[i].ID = int32(i + 1)
	}
	for i := range 50 {
		pin, err := d.Accept(civic.Draft{Category: d.Categories[i%3].Slug, Title: "x", Point: orb.Point{19.91 + float64(i)*0.001, 50.03}, ReportedOn: 20000})
		if err != nil {
			return civic.Changes{}, err
		}
		each(civic.MapPin{DistrictID: 1, ID: int64(i + 1), Shown: pin.Shown, CategoryID: uint16(pin.Category.ID), Status: pin.Status, AreaID: uint16(pin.AreaID), Day: pin.ReportedOn})
	}
	return civic.Changes{Next: 1, Districts: []civic.District{d}}, nil
}

func (single) Timeline(context.Context) (string, error) { return "one", nil }

// nothing is a record that tiles never ask.
type nothing struct{ web.Record }
