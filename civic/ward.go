package civic

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// Ward is a part of a district that elects councillors of its own, with the
// boundary that it has for some time. What is asked today uses the boundary of
// today; what was decided before keeps that of its day.
type Ward struct {
	Slug     string // the same for all boundaries of the ward
	Version  int32  // of the boundary, beginning with 1
	Number   string // as the council writes it, such as "7"; "" for none
	Name     Text   // at least in the default language of the district
	Position int32
	Boundary orb.MultiPolygon
	From     Day // the first of its days
	Until    Day // the first day on which it is no longer valid; 0 if none is known
}

// ValidOn reports whether the ward has this boundary on a day.
func (w Ward) ValidOn(day Day) bool {
	return w.From <= day && (w.Until == 0 || day < w.Until)
}

// WardsOn returns the wards of a day, in order of position.
func (d *District) WardsOn(day Day) []Ward {
	var valid []Ward
	for _, w := range d.Wards {
		if w.ValidOn(day) {
			valid = append(valid, w)
		}
	}
	return valid
}

// WardOn returns the ward with the slug, as it is on a day.
func (d *District) WardOn(slug string, day Day) (Ward, bool) {
	for _, w := range d.Wards {
		if w.Slug == slug && w.ValidOn(day) {
			return w, true
		}
	}
	return Ward{}, false
}

// Ward returns the ward with the slug and its latest boundary, which may have
// ended, and whether there is one.
func (d *District) Ward(slug string) (latest Ward, ok bool) {
	for _, w := range d.Wards {
		if w.Slug == slug && (!ok || w.Version > latest.Version) {
			latest, ok = w, true
		}
	}
	return latest, ok
}

// WardAt returns the ward that contains p on a day. A point on a common border
// belongs to the first, as it does of areas.
func (d *District) WardAt(p orb.Point, day Day) (Ward, bool) {
	for _, w := range d.Wards {
		if w.ValidOn(day) && geo.Contains(w.Boundary, p) {
			return w, true
		}
	}
	return Ward{}, false
}

// CheckWards returns all faults of the wards that a district is to have, or nil.
func (d *District) CheckWards(wards []Ward) error {
	var f Faults
	seen := map[string]bool{}
	for i, w := range wards {
		field := fmt.Sprintf("wards[%d]", i+1)
		if !ValidSlug(w.Slug) || seen[w.Slug] {
			f = append(f, Fault{field, "malformed", fmt.Sprintf("slug %q is malformed or taken", w.Slug)})
		}
		seen[w.Slug] = true
		if w.Name[d.Languages[0]] == "" || len(w.Boundary) == 0 {
			f = append(f, Fault{field, "missing", "a boundary and a name in the default language are needed"})
		}
		for lang := range w.Name {
			if !slices.Contains(d.Languages, lang) {
				f = append(f, Fault{field, "unknown", fmt.Sprintf("%q is no language of the district", lang)})
			}
		}
	}
	if len(wards) == 0 {
		f = append(f, Fault{"wards", "missing", "at least one ward is needed"})
	}
	return f.Err()
}
