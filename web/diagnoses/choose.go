package diagnoses

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

const (
	// chooseParameter has the parameters of a list of pins, as a query: those of the
	// map, bbox, and polygon.
	chooseParameter = "choose"
	// maxCorners is the number of corners that a polygon may have.
	maxCorners = 100
	// maxPages is the number of pages of pins that are looked through for a polygon.
	maxPages = 20
)

// choose completes the draft of a new diagnosis with the needs that the parameter
// choose selects, the newest up to civic.MaxLinks, and with the question that their
// figures answer. Needs that the public only counts are in the figures alone.
func (k kind) choose(r *http.Request, reader *page.Reader, v *index.Version, draft *things.Draft) (note string, err error) {
	chosen, err := parseChoice(r.URL.Query().Get(chooseParameter), &v.District)
	if err != nil {
		return "", err
	}
	found, more, err := k.chosen(r, v, chosen)
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		draft.Links = slices.DeleteFunc(draft.Links, func(l civic.FieldLinks) bool { return l.Field == "evidence" })
		draft.Links = append(draft.Links, civic.FieldLinks{Field: "evidence", Things: found})
	}
	question := chosen.Values()
	if chosen.Cell != 0 {
		question.Set("cell", chosen.Cell.String())
	}
	draft.Words["question"] = question.Encode()
	draft.Lists = map[string][]string{"categories": chosen.Categories}
	if len(chosen.Areas) == 1 {
		draft.Words["area"] = chosen.Areas[0]
	}
	if more {
		return reader.Text("diagnoses.chosen_newest", "n", len(found)), nil
	}
	return reader.Text("diagnoses.chosen", "n", len(found)), nil
}

// choice selects needs.
type choice struct {
	civic.PinQuery
	polygon orb.Polygon // nil for everywhere
}

// parseChoice reads the parameters of a choice of needs.
func parseChoice(text string, d *civic.District) (choice, error) {
	given, err := url.ParseQuery(text)
	if err != nil {
		return choice{}, serve.BadParameter(chooseParameter, "is no query: "+err.Error())
	}
	var out choice
	out.PinQuery, err = pins.ParseQuery(serve.Pick(given, append(serve.FilterParameters(), "q", "cell", "bbox")...), d, civic.MaxLinks, civic.MaxLinks)
	if err != nil {
		return out, err
	}
	if len(out.Kinds) > 0 && !slices.Contains(out.Kinds, civic.Need) {
		return out, serve.BadParameter(chooseParameter, "selects no needs")
	}
	out.Kinds = []civic.Kind{civic.Need}
	if !given.Has("polygon") {
		return out, nil
	}
	var ring orb.Ring
	for _, corner := range strings.Split(given.Get("polygon"), ";") {
		x, y, _ := strings.Cut(corner, ",")
		lon, lonErr := strconv.ParseFloat(x, 64)
		lat, latErr := strconv.ParseFloat(y, 64)
		if lonErr != nil || latErr != nil || !(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90) {
			return out, serve.BadParameter("polygon", `must be corners such as "19.9,50.0;20.0,50.0;20.0,50.1"`)
		}
		ring = append(ring, orb.Point{lon, lat})
	}
	if len(ring) < 3 || len(ring) > maxCorners {
		return out, serve.BadParameter("polygon", fmt.Sprintf("must have 3 to %d corners", maxCorners))
	}
	bound := ring.Bound()
	out.polygon = orb.Polygon{append(ring, ring[0])}
	out.Box = &geo.Box{West: bound.Min.Lon(), South: bound.Min.Lat(), East: bound.Max.Lon(), North: bound.Max.Lat()}
	return out, nil
}

// chosen returns the ids of the needs of a choice, the newest first, and whether
// there are more.
func (k kind) chosen(r *http.Request, v *index.Version, c choice) (ids []int64, more bool, err error) {
	found, err := k.Words.Search(r.Context(), v, c.Search)
	if err != nil {
		return nil, false, err
	}
	c.IDs = found.IDs
	for range maxPages {
		listed, err := k.Store.Pins(r.Context(), &v.District, c.PinQuery)
		if err != nil {
			return nil, false, err
		}
		for _, p := range listed.Pins {
			if c.polygon != nil && !planar.PolygonContains(c.polygon, p.Location.Point) {
				continue
			}
			if len(ids) == civic.MaxLinks {
				return ids, true, nil
			}
			ids = append(ids, p.ID)
		}
		if listed.Next == nil {
			return ids, false, nil
		}
		if len(ids) == civic.MaxLinks {
			return ids, true, nil
		}
		c.After = listed.Next
	}
	return ids, true, nil
}
