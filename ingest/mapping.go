package ingest

import (
	"slices"
	"strings"
)

// Target is an attribute of a pin to which columns can be mapped.
type Target string

// The targets. The e-mail address of a contributor is not among them, since
// personal data is not imported from files.
const (
	ID       Target = "id"       // in the source; default: Record.ID
	Title    Target = "title"    // required
	Body     Target = "body"     // optional
	Category Target = "category" // required: slug, or label in any language
	Status   Target = "status"   // default: the initial status of the category's kind
	Date     Target = "date"     // required: the day of the report
	Lon      Target = "lon"      // in degrees; default: Record.Geometry
	Lat      Target = "lat"      // in degrees
	Point    Target = "point"    // instead of Lon and Lat: "lat, lon", "lat lon altitude accuracy" or WKT
)

// targets returns all targets in the order in which they are documented.
func targets() []Target {
	return []Target{ID, Title, Body, Category, Status, Date, Lon, Lat, Point}
}

// ParseTarget returns the target with this name, regardless of letter case and
// surrounding space. The error for an unknown name suggests a similar one.
func ParseTarget(s string) (Target, error) {
	target := Target(strings.ToLower(strings.TrimSpace(s)))
	return target, target.check()
}

func (t Target) check() error {
	if slices.Contains(targets(), t) {
		return nil
	}
	return notFound(errNoTarget, string(t), targets())
}

// Mapping describes how records become pins.
type Mapping struct {
	// Column is, by target, the name of a column, or a template of several
	// columns such as "{Type}: {Address}". Literal text next to a blank
	// column is omitted.
	Column map[Target]string

	// Default is, by target, the value that is used when the column is blank or
	// no column is mapped. It does not replace an unknown value.
	Default map[Target]string

	// Values is, by target, the translation of values of the file, regardless
	// of letter case and surrounding space: {"status": {"Completed": "met"}}.
	Values map[Target]map[string]string

	// DateLayout is a layout of package time, such as "1/2/2006". It is tried
	// before the notations that mean one day only, which are always accepted.
	DateLayout string

	// SwapAxes exchanges the longitude and the latitude of every place, for
	// files in which they are exchanged.
	SwapAxes bool
}
