package civic

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
)

// Record is what a thing of any kind but pins says, checked against its district.
type Record struct {
	RecordDraft

	title  string
	areaID int32
}

// RecordDraft is a Record before it is checked.
type RecordDraft struct {
	Kind ThingKind `json:"-"`
	Values
	Point *orb.Point `json:"point,omitempty"` // longitude, latitude; nil for none
}

// Header implements Content.
func (r Record) Header() (title string, area int32) { return r.title, r.areaID }

// AcceptRecord checks a draft against the rules of its kind and the district, and
// derives its area: that of its place, or the one that it states. It returns all
// faults at once, as Faults.
func (d *District) AcceptRecord(draft RecordDraft) (Record, error) {
	rules := draft.Kind.Rules()
	if len(rules.Fields) == 0 {
		return Record{}, fmt.Errorf("a %s has no fields: %w", draft.Kind, ErrInvalid)
	}
	values, f := d.accept(rules.Fields, draft.Values, "")
	switch {
	case draft.Point == nil:
		if rules.Place == Required {
			f = append(f, Fault{"place", "missing", "the place is missing"})
		}
	case rules.Place == Absent:
		f = append(f, Fault{"place", "unknown", "a " + rules.Name + " has no place"})
	default:
		if _, err := LocationAt(*draft.Point); err != nil {
			f = append(f, Fault{"place", "malformed", "longitude must be -180 to 180, latitude -90 to 90"})
		} else if !NewAcceptor(d, 0).Contains(*draft.Point) {
			f = append(f, Fault{"place", "outside", "the place is outside the district"})
		}
	}
	draft.Values = values
	if f == nil && rules.Check != nil {
		f = rules.Check(d, draft)
	}
	if err := f.Err(); err != nil {
		return Record{}, err
	}
	return draft.Record(d), nil
}

// Record returns a draft that was checked before, with what follows from it.
func (r RecordDraft) Record(d *District) Record {
	fields := r.Kind.Rules().Fields
	out := Record{RecordDraft: r}
	if r.Point != nil {
		out.areaID = NewAcceptor(d, 0).AreaAt(*r.Point)
	}
	for _, f := range fields {
		if slug := r.Words[f.Name]; f.Type == AreaField && r.Point == nil && slug != "" {
			a, _ := d.Area(slug) // 0 for one that does not exist any more
			out.areaID = a.ID
		}
	}
	out.title = r.Title(d)
	return out
}

// maxSaidTitle is how many characters of what somebody has said are a title.
const maxSaidTitle = 80

// Title returns the first field, in the default language of the district.
func (r RecordDraft) Title(d *District) string {
	first := r.Kind.Rules().Fields[0]
	if first.Type.IsByLanguage() {
		return d.Text(r.Texts[first.Name], d.Languages[0])
	}
	said := []rune(cleanLine(r.Words[first.Name]))
	if len(said) > maxSaidTitle {
		return string(said[:maxSaidTitle-1]) + "…"
	}
	return string(said)
}

// Due returns the first day on which a thing that says this awaits something in the
// state, or 0.
func (r RecordDraft) Due(state State) Day {
	rules := r.Kind.Rules()
	if rules.Awaiting != nil && !slices.Contains(rules.Awaiting, state) {
		return 0
	}
	first := r.due(rules.Fields, state)
	if rules.Awaits != nil {
		if day := rules.Awaits(r, state).Day; first == 0 || day != 0 && day < first {
			first = day
		}
	}
	return first
}
