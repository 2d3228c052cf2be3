package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Target is what a column can give to a pin.
type Target string

// The targets. There is none for a contributor's e-mail: personal data does not
// come in by file.
const (
	ID       Target = "id"       // in the source; default: the record's own
	Title    Target = "title"    // needed
	Body     Target = "body"     //
	Category Target = "category" // needed: slug, or label in any language
	Status   Target = "status"   // default: the first of the category's kind
	Date     Target = "date"     // needed: the day of the report
	Lon      Target = "lon"      // degrees; default: the record's geometry
	Lat      Target = "lat"      // degrees
	Point    Target = "point"    // instead of lon and lat: "lat, lon" or WKT
)

// Targets in the order in which they are documented.
func Targets() []Target {
	return []Target{ID, Title, Body, Category, Status, Date, Lon, Lat, Point}
}

// Mapping says what of a record becomes what of a pin.
type Mapping struct {
	// Column by target: a column's name, or a template over several such as
	// "{Type}: {Address}", in which blank columns leave no trace.
	Column map[Target]string

	// Default by target is used where the column is blank or there is none. It
	// never stands in for a value that is there and unknown.
	Default map[Target]string

	// Values by target translate what the file says, regardless of case and
	// surrounding space: {"status": {"Completed": "met"}}.
	Values map[Target]map[string]string

	// DateLayout as Go writes it, such as "1/2/2006", is tried before the forms
	// that need none: 2006-01-02, 2006-01-02 15:04[:05], RFC 3339 and
	// 02.01.2006. Times are the district's where they say nothing else.
	DateLayout string
}

// ParseMapping reads what stands after the flags --map ("title=Street"),
// --default ("category=waste") and --value ("status:Completed=met"). Errors name
// the flag.
func ParseMapping(columns, defaults, values []string) (Mapping, error) {
	m := Mapping{
		Column:  map[Target]string{},
		Default: map[Target]string{},
		Values:  map[Target]map[string]string{},
	}
	for _, arg := range columns {
		if err := parseInto(m.Column, arg); err != nil {
			return Mapping{}, fmt.Errorf("--map %q: %w", arg, err)
		}
	}
	for _, arg := range defaults {
		if err := parseInto(m.Default, arg); err != nil {
			return Mapping{}, fmt.Errorf("--default %q: %w", arg, err)
		}
	}
	for _, arg := range values {
		if err := parseValue(m.Values, arg); err != nil {
			return Mapping{}, fmt.Errorf("--value %q: %w", arg, err)
		}
	}
	return m, nil
}

func parseInto(into map[Target]string, arg string) error {
	name, value, found := strings.Cut(arg, "=")
	if !found || strings.TrimSpace(value) == "" {
		return errors.New("write it as target=value")
	}
	target, err := parseTarget(name)
	if err != nil {
		return err
	}
	if _, twice := into[target]; twice {
		return fmt.Errorf("%s is given twice", target)
	}
	into[target] = strings.TrimSpace(value)
	return nil
}

func parseValue(into map[Target]map[string]string, arg string) error {
	name, rest, found := strings.Cut(arg, ":")
	i := strings.LastIndexByte(rest, '=') // the file's value may contain one, ours does not
	if !found || i <= 0 || strings.TrimSpace(rest[i+1:]) == "" {
		return errors.New("write it as target:theirs=ours")
	}
	target, err := parseTarget(name)
	if err != nil {
		return err
	}
	theirs, ours := strings.TrimSpace(rest[:i]), strings.TrimSpace(rest[i+1:])
	if into[target] == nil {
		into[target] = map[string]string{}
	}
	if was, twice := into[target][theirs]; twice && was != ours {
		return fmt.Errorf("%q is translated twice", theirs)
	}
	into[target][theirs] = ours
	return nil
}

func parseTarget(s string) (Target, error) {
	target := Target(strings.ToLower(strings.TrimSpace(s)))
	if slices.Contains(Targets(), target) {
		return target, nil
	}
	return "", unknownTarget(s)
}

func unknownTarget(s string) error {
	var names []string
	for _, t := range Targets() {
		names = append(names, string(t))
	}
	return unknown("target", s, names)
}
