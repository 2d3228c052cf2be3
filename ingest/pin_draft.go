package ingest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/record"
)

var (
	errNoDate = errors.New("there is no date")
	errNoLon  = errors.New("there is no longitude")
	errNoLat  = errors.New("there is no latitude")
	errStatus = errors.New("there is no such status; translate the value")
)

// CodeSwapped is the code of a fault of the place that would be none if
// longitude and latitude were exchanged.
const CodeSwapped = "swapped"

// UnknownValues are the faults of a record, with the values that the district
// does not know. Its text does not quote them.
type UnknownValues struct {
	civic.Faults
	Values map[string]string // by the field of the fault: "category", "status"
}

// Unwrap returns the faults.
func (e UnknownValues) Unwrap() error { return e.Faults }

// pin returns the checked pin of a record, or an error in one line that quotes
// no value of the record.
func (c *converter) pin(r record.Record) (civic.NewPin, error) {
	if r.Err != nil {
		return civic.NewPin{}, r.Err
	}
	draft, faults := c.draft(r)
	pin, err := c.acceptor.Accept(draft)
	var more civic.Faults
	if err != nil && !errors.As(err, &more) {
		return civic.NewPin{}, err
	}
	for _, f := range more {
		if slices.ContainsFunc(faults, func(known civic.Fault) bool { return known.Field == f.Field }) {
			continue // a consequence of the known fault
		}
		if f.Field == "place" && c.containsSwapped(draft.Point) {
			f.Code = CodeSwapped
			f.Detail += ", but inside with latitude and longitude exchanged"
		}
		faults = append(faults, f)
	}
	if len(faults) > 0 {
		return civic.NewPin{}, c.withUnknownValues(r, faults)
	}
	return pin, nil
}

// withUnknownValues returns faults with the values of the record that are
// unknown, if there are any.
func (c *converter) withUnknownValues(r record.Record, faults civic.Faults) error {
	values := map[string]string{}
	for _, f := range faults {
		if target, err := ParseTarget(f.Field); err == nil && f.Code == "unknown" {
			values[f.Field] = c.value(target, r)
		}
	}
	if len(values) == 0 {
		return faults
	}
	return UnknownValues{faults, values}
}

// containsSwapped reports whether p is in the district after longitude and
// latitude are swapped.
func (c *converter) containsSwapped(p orb.Point) bool {
	swapped := orb.Point{p[1], p[0]}
	return geo.Valid(swapped) && geo.Contains(c.district.Boundary, swapped)
}

// draft returns the draft of a record and the faults that were found in the
// values of the record.
func (c *converter) draft(r record.Record) (civic.Draft, civic.Faults) {
	var faults civic.Faults
	fault := func(field, code string, err error) {
		faults = append(faults, civic.Fault{Field: field, Code: code, Detail: err.Error()})
	}
	draft := civic.Draft{ExternalID: c.id(r)}
	draft.Title, draft.Body = shortenTitle(c.value(Title, r), c.value(Body, r))
	var err error
	if s := c.value(Category, r); s != "" {
		if draft.Category, err = c.categories.slug(s); err != nil {
			fault("category", "unknown", err)
		}
	}
	if s := c.value(Status, r); s != "" {
		if draft.Status, err = parseStatus(s); err != nil {
			fault("status", "unknown", errStatus)
		}
	}
	if s := c.value(Date, r); s == "" {
		fault("date", "missing", errNoDate)
	} else if draft.ReportedOn, err = c.dates.parse(s); err != nil {
		fault("date", "malformed", err)
	}
	if draft.Point, err = c.point(r); err != nil {
		code := "malformed"
		if errors.Is(err, errNoCoordinates) || errors.Is(err, errNoLon) || errors.Is(err, errNoLat) {
			code = "missing"
		}
		fault("place", code, err)
		draft.Point = orb.Point{math.NaN(), math.NaN()}
	}
	return draft, faults
}

// value returns the value of a target: the translated text of its template, or
// the default if there is no value.
func (c *converter) value(target Target, r record.Record) string {
	t := c.templates[target]
	if translations := c.translations[target]; translations != nil {
		if translated, ok := translations[normalize(t.execute(r, cleanText))]; ok {
			return translated
		}
	}
	clean := cleanValue
	if target == Title || target == Body {
		clean = cleanText
	}
	if s := t.execute(r, clean); s != "" {
		return s
	}
	return c.defaults[target]
}

// cleanText returns s without surrounding space, and without an apostrophe that
// was added against formulas.
func cleanText(s string) string { return unescapeFormula(strings.TrimSpace(s)) }

// cleanValue returns s as text without invisible characters, or "" if that
// means that there is no value.
func cleanValue(s string) string {
	if s = cleanText(record.Visible(s)); noValue(s) {
		return ""
	}
	return s
}

func (c *converter) id(r record.Record) string {
	if s := c.value(ID, r); s != "" {
		return s
	}
	return cleanValue(r.ID)
}

// point returns the place of a record, with its axes exchanged if the mapping
// says so.
func (c *converter) point(r record.Record) (orb.Point, error) {
	p, err := c.statedPoint(r)
	if err == nil && c.swapAxes {
		p[0], p[1] = p[1], p[0]
	}
	return p, err
}

func (c *converter) statedPoint(r record.Record) (orb.Point, error) {
	if c.has(Point) {
		return parsePoint(c.value(Point, r))
	}
	if c.has(Lon) {
		lon, lat := c.value(Lon, r), c.value(Lat, r)
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
		return orb.Point{}, record.NotPoint(fmt.Sprintf("MultiPoint of %d", len(g)))
	default:
		return orb.Point{}, record.NotPoint(g.GeoJSONType())
	}
}

func parseStatus(s string) (civic.Status, error) {
	return civic.ParseStatus(strings.ReplaceAll(normalize(s), " ", "_"))
}

// shortenTitle shortens a title that is too long for a pin at the end of a
// word; of the projects in participatory budgets, one in seven has such a
// title. The whole title then precedes the body.
func shortenTitle(title, body string) (string, string) {
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
