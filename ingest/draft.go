package ingest

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// text of a target: trimmed, translated, or its default if blank.
func (p *plan) text(target Target, r Record) string {
	var s string
	if src, ok := p.sources[target]; ok {
		s = src.text(r)
	}
	if values := p.values[target]; values != nil {
		if ours, ok := values[foldValue(s)]; ok {
			s = ours
		}
	}
	if s == "" {
		s = p.defaults[target]
	}
	return s
}

func (p *plan) id(r Record) string {
	if s := p.text(ID, r); s != "" {
		return s
	}
	return strings.TrimSpace(r.ID)
}

// draft of a record, with what is wrong with it. The texts of the faults quote
// nothing of the record.
func (p *plan) draft(r Record) (civic.Draft, civic.Faults) {
	var faults civic.Faults
	fault := func(field, code string, err error) {
		faults = append(faults, civic.Fault{Field: field, Code: code, Detail: err.Error()})
	}
	draft := civic.Draft{ExternalID: p.id(r)}
	draft.Title, draft.Body = fitTitle(p.text(Title, r), p.text(Body, r))
	var err error
	if s := p.text(Category, r); s != "" {
		if draft.Category, err = p.category(s); err != nil {
			fault("category", "unknown", err)
		}
	}
	if s := p.text(Status, r); s != "" {
		if draft.Status, err = parseStatus(s); err != nil {
			fault("status", "unknown", errStatus)
		}
	}
	if s := p.text(Date, r); s == "" {
		fault("date", "missing", errNoDate)
	} else if draft.ReportedOn, err = p.dates.day(s); err != nil {
		fault("date", "malformed", err)
	}
	if draft.Point, err = p.point(r); err != nil {
		code := "malformed"
		if errors.Is(err, errNoCoordinates) || errors.Is(err, errNoLon) || errors.Is(err, errNoLat) {
			code = "missing"
		}
		fault("place", code, err)
		draft.Point = orb.Point{math.NaN(), math.NaN()}
	}
	return draft, faults
}

// fitTitle shortens a title that no pin can have (in participatory budgets, one
// in seven) at a word, and puts it whole before the body, so that nothing is lost.
func fitTitle(title, body string) (string, string) {
	runes := []rune(title)
	if len(runes) <= civic.MaxTitle || !utf8.ValidString(title) {
		return title, body
	}
	short := string(runes[:civic.MaxTitle-1])
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:.–-") + "…", strings.TrimSpace(title + "\n\n" + body)
}

var (
	errNoDate    = errors.New("there is no date")
	errNoLon     = errors.New("there is no longitude")
	errNoLat     = errors.New("there is no latitude")
	errStatus    = errors.New("this is no known status; translate it with a value")
	errCategory  = errors.New("the district has no category of this slug or label; translate it with a value")
	errAmbiguous = errors.New("more than one category has this label; use the slug")
)

func (p *plan) point(r Record) (orb.Point, error) {
	if p.given(Point) {
		return parsePoint(p.text(Point, r))
	}
	if p.given(Lon) {
		lon, lat := p.text(Lon, r), p.text(Lat, r)
		switch {
		case lon == "" && lat == "":
			return orb.Point{}, errNoCoordinates
		case lon == "":
			return orb.Point{}, errNoLon
		case lat == "":
			return orb.Point{}, errNoLat
		}
		return parsePair(lon, lat)
	}
	switch g := r.Geometry.(type) {
	case nil:
		return orb.Point{}, errNoCoordinates
	case orb.Point:
		return g, nil
	case orb.MultiPoint:
		if len(g) == 1 {
			return g[0], nil
		}
		return orb.Point{}, fmt.Errorf("geometry is a MultiPoint of %d; only single points can be imported", len(g))
	default:
		return orb.Point{}, onlyPoints(g.GeoJSONType())
	}
}
