package civic

import (
	"fmt"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/paulmach/orb"
	"golang.org/x/text/language"

	"github.com/pinezka/pinezka/geo"
)

// District is one community with its own areas, categories and languages.
type District struct {
	ID         int32
	Slug       string
	Name       Text
	Languages  []string // BCP 47 tags in the order of the language switch; the first is the default
	TimeZone   string   // IANA name, default "UTC"
	Boundary   orb.MultiPolygon
	Areas      []Area     // in order of Position
	Wards      []Ward     // of all times, in order of Position; a new district has none
	Categories []Category // in order of Position
	Topics     []Topic    // about which it advises, in their order
	Places     []Place    // known to the place search; only used to add a district
	Moderation Moderation
	Notice     Text // shown on every page of the district, such as "made-up data"; nil for none
	Desk       DeskSettings
	Goals      map[Measure]int // how many it wants in a year
}

// Moderation determines whether a moderator checks a pin that a resident adds
// before or after its publication. The zero value is none.
type Moderation uint8

// The kinds of moderation.
const (
	ModerateBefore Moderation = iota + 1 // pending until a moderator publishes it
	ModerateAfter                        // published immediately
)

var moderationNames = []string{ModerateBefore: "before", ModerateAfter: "after"}

// ParseModeration returns the moderation named "before" or "after", or
// ErrInvalid.
func ParseModeration(s string) (Moderation, error) {
	return parseEnum[Moderation](moderationNames, s, "moderation")
}

// String returns the name that ParseModeration reads.
func (m Moderation) String() string { return enumName(moderationNames, m) }

// Area is a named part of a district: a sub-area.
type Area struct {
	ID          int32 // within the district, 1 to 65535
	Slug        string
	Name        Text // at least in the default language of the district
	Position    int32
	Version     int32 // of the boundary, beginning with 1
	Boundary    orb.MultiPolygon
	Approximate bool  // the boundary is not official
	Residents   int32 // 0 if unknown
}

// Category is a category of pins of one kind.
type Category struct {
	ID         int32 // within the district, 1 to 65535
	Slug       string
	Kind       Kind
	Visibility Visibility
	Sensitive  bool   // of a hex-only category: its counts are of more people and larger cells
	Colour     string // "#rrggbb"
	Icon       string
	Label      Text
	Hint       Text
	Position   int32
}

// Limits of a district. The live index stores ids in 16 bits.
const (
	MaxAreas      = 65535
	MaxCategories = 65535
)

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ValidSlug reports whether s can be a path segment of a URL: at most 64
// lower-case ASCII letters, digits and single hyphens.
func ValidSlug(s string) bool { return len(s) <= 64 && slugPattern.MatchString(s) }

var colourPattern = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Check returns all faults of a new district, its areas and its categories, or
// nil.
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
	if len(d.Languages) == 0 {
		add("languages", "missing", "at least one language is needed")
	}
	for i, tag := range d.Languages {
		if t, err := language.Parse(tag); err != nil || t.String() != tag || slices.Contains(d.Languages[:i], tag) {
			add("languages", "malformed", "%q is not a BCP 47 tag, or is repeated", tag)
		}
	}
	if _, err := time.LoadLocation(d.TimeZone); err != nil {
		add("time_zone", "unknown", "%v", err)
	} else if d.TimeZone == "Local" {
		add("time_zone", "unknown", "Local is that of a machine")
	}
	if len(d.Boundary) == 0 {
		add("boundary", "missing", "a boundary is needed")
	} else if b := d.Boundary.Bound(); max(-b.Min.Lat(), b.Max.Lat()) > geo.MaxLatitude {
		add("boundary", "outside", "it reaches beyond latitude %.4f, where the map (Web Mercator) ends", geo.MaxLatitude)
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
		if len(d.Languages) > 0 && a.Name[d.Languages[0]] == "" || len(a.Boundary) == 0 {
			add(field, "missing", "a boundary and a name in the default language are needed")
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
		if c.Sensitive && c.Visibility != HexOnly {
			add(field, "malformed", `only a category with visibility "hex" can be sensitive`)
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

// DayOf returns the calendar day of t in the time zone of the district, or in
// UTC if that zone is unknown.
func (d *District) DayOf(t time.Time) Day {
	return DayOf(t.In(d.Zone()))
}

// Beginning returns when a day begins in the time zone of the district.
func (d *District) Beginning(day Day) time.Time {
	return LocalTime{Day: day}.In(d.Zone())
}

// zones keeps the time zones that were read from files, by their names.
var zones sync.Map

// Zone returns the time zone of the district, or UTC if that is unknown.
func (d *District) Zone() *time.Location {
	if zone, ok := zones.Load(d.TimeZone); ok {
		return zone.(*time.Location) //nolint:forcetypeassert // nothing else is stored
	}
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil {
		return time.UTC
	}
	zones.Store(d.TimeZone, zone)
	return zone
}

// Category returns the category with the slug.
func (d *District) Category(slug string) (Category, bool) {
	for _, c := range d.Categories {
		if c.Slug == slug {
			return c, true
		}
	}
	return Category{}, false
}

// CategoryByID returns the category with the id.
func (d *District) CategoryByID(id int32) (Category, bool) {
	for _, c := range d.Categories {
		if c.ID == id {
			return c, true
		}
	}
	return Category{}, false
}

// Area returns the area with the slug.
func (d *District) Area(slug string) (Area, bool) {
	for _, a := range d.Areas {
		if a.Slug == slug {
			return a, true
		}
	}
	return Area{}, false
}

// Text returns t in the language lang, or else in the first language of the
// district in which it has a text.
func (d *District) Text(t Text, lang string) string { return t.In(lang, d.Languages...) }

// AreaByID returns the area with the id.
func (d *District) AreaByID(id int32) (Area, bool) {
	for _, a := range d.Areas {
		if a.ID == id {
			return a, true
		}
	}
	return Area{}, false
}
