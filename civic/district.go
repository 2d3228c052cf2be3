package civic

import (
	"fmt"
	"regexp"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// Text is a short text in several languages, by BCP 47 tag ("pl", "en", "uk").
type Text map[string]string

// In the language; else in the first of fallbacks that has it; else in any.
func (t Text) In(lang string, fallbacks ...string) string {
	if s := t[lang]; s != "" {
		return s
	}
	for _, l := range fallbacks {
		if s := t[l]; s != "" {
			return s
		}
	}
	best := ""
	for l := range t {
		if best == "" || l < best {
			best = l
		}
	}
	return t[best]
}

// District is one community with its own areas and categories.
type District struct {
	ID         int32
	Slug       string
	Name       Text
	TimeZone   string // IANA name, default "UTC"
	Boundary   orb.MultiPolygon
	Areas      []Area     // in order of Position
	Categories []Category // in order of Position
	Places     []Place    // what place-name search knows; loaded only when asked for
	Moderation Moderation
	Notice     Text // shown on every page of the district, such as "made-up data"
}

// Moderation says what happens to a pin that a resident adds.
type Moderation uint8

// The moderations. The zero value is none.
const (
	Before Moderation = iota + 1 // pending until somebody publishes it
	After                        // published at once
)

var moderationNames = []string{Before: "before", After: "after"}

// ParseModeration reads "before" or "after".
func ParseModeration(s string) (Moderation, error) {
	return parseName[Moderation](moderationNames, s, "moderation")
}

func (m Moderation) String() string { return name(moderationNames, m) }

// Area is a named part of a district.
type Area struct {
	ID          int32 // within the district, 1 to 65535
	Slug        string
	Name        string
	Position    int32
	Version     int32 // of the boundary, from 1
	Boundary    orb.MultiPolygon
	Approximate bool  // the boundary is not an official one
	Residents   int32 // 0: unknown
}

// Category of pins of one kind.
type Category struct {
	ID         int32 // within the district, 1 to 65535
	Slug       string
	Kind       Kind
	Visibility Visibility
	Colour     string // "#rrggbb"
	Icon       string
	Label      Text
	Hint       Text
	Position   int32
}

// Place is a name on the map that somebody may look for.
type Place struct {
	Name  string
	Point orb.Point
}

// Limits of a district.
const (
	MaxAreas      = 65535
	MaxCategories = 65535
)

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ValidSlug reports whether s can stand in a URL: lower-case ASCII letters,
// digits and single hyphens, at most 64.
func ValidSlug(s string) bool { return len(s) <= 64 && slugPattern.MatchString(s) }

var colourPattern = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Check reports every fault of a new district, its areas and its categories.
func (d *District) Check() error {
	var f Faults
	add := func(field, code, format string, args ...any) {
		f = append(f, Fault{field, code, fmt.Sprintf(format, args...)})
	}
	if !ValidSlug(d.Slug) {
		add("slug", "malformed", "%q: use lower-case letters, digits and hyphens", d.Slug)
	}
	if len(d.Name) == 0 {
		add("name", "missing", "a name is needed")
	}
	if _, err := time.LoadLocation(d.TimeZone); err != nil {
		add("time_zone", "unknown", "%v", err)
	}
	if len(d.Boundary) == 0 {
		add("boundary", "missing", "a boundary is needed")
	}
	if len(d.Areas) > MaxAreas || len(d.Categories) > MaxCategories {
		add("areas", "too_many", "at most %d areas and %d categories", MaxAreas, MaxCategories)
	}
	seen := map[string]bool{}
	for i, a := range d.Areas {
		field := fmt.Sprintf("areas[%d]", i+1)
		if !ValidSlug(a.Slug) || seen[a.Slug] {
			add(field, "malformed", "slug %q is malformed or taken", a.Slug)
		}
		seen[a.Slug] = true
		if a.Name == "" || len(a.Boundary) == 0 {
			add(field, "missing", "a name and a boundary are needed")
		}
	}
	clear(seen)
	for i, c := range d.Categories {
		field := fmt.Sprintf("categories[%d]", i+1)
		if !ValidSlug(c.Slug) || seen[c.Slug] {
			add(field, "malformed", "slug %q is malformed or taken", c.Slug)
		}
		seen[c.Slug] = true
		if c.Kind == 0 || c.Visibility == 0 || len(c.Label) == 0 {
			add(field, "missing", "a kind, a visibility and a label are needed")
		}
		if !colourPattern.MatchString(c.Colour) {
			add(field, "malformed", "colour %q is not #rrggbb", c.Colour)
		}
	}
	if len(d.Categories) == 0 {
		add("categories", "missing", "at least one category is needed")
	}
	return f.Err()
}

// Category by slug.
func (d *District) Category(slug string) (Category, bool) {
	for _, c := range d.Categories {
		if c.Slug == slug {
			return c, true
		}
	}
	return Category{}, false
}

// Area by slug.
func (d *District) Area(slug string) (Area, bool) {
	for _, a := range d.Areas {
		if a.Slug == slug {
			return a, true
		}
	}
	return Area{}, false
}

// AreaAt is the ID of the first area, in order of position, that contains p;
// 0 where none does. A point on a common border belongs to the first, so that
// every pin belongs to at most one area and totals add up.
func (d *District) AreaAt(p orb.Point) int32 {
	for _, a := range d.Areas {
		if a.Boundary.Bound().Contains(p) && geo.Contains(a.Boundary, p) {
			return a.ID
		}
	}
	return 0
}
