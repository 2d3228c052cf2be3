package civic

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Office is a place where residents meet the council or the staff of the
// programme: duty hours or a contact point.
type Office struct {
	OfficeDraft
	AreaID int32

	title string
}

// OfficeDraft is an office before it is checked. The texts are in languages of the
// district.
type OfficeDraft struct {
	Name    Text      `json:"name"`    // at least in the default language
	Purpose Text      `json:"purpose"` // for what one can come
	Hours   Text      `json:"hours"`
	Address Text      `json:"address"`
	Point   orb.Point `json:"point"` // longitude, latitude; not a number if it is missing
}

// Header implements Content.
func (o Office) Header() (title string, area int32) { return o.title, o.AreaID }

// AcceptOffice checks a draft against the district, and derives its area. It
// returns all faults at once, as Faults.
func (d *District) AcceptOffice(draft OfficeDraft) (Office, error) {
	var f Faults
	acceptor := NewAcceptor(d, 0)
	var faults [4]Faults
	draft.Name, faults[0] = d.acceptText("name", draft.Name, 1, MaxTitle)
	draft.Purpose, faults[1] = d.acceptText("purpose", draft.Purpose, 0, MaxBody)
	draft.Hours, faults[2] = d.acceptText("hours", draft.Hours, 0, MaxBody)
	draft.Address, faults[3] = d.acceptText("address", draft.Address, 0, MaxTitle)
	for _, more := range faults {
		f = append(f, more...)
	}
	if math.IsNaN(draft.Point[0]) {
		f = append(f, Fault{"place", "missing", "the place is missing"})
	} else if _, err := LocationAt(draft.Point); err != nil {
		f = append(f, Fault{"place", "malformed", "longitude must be -180 to 180, latitude -90 to 90"})
	} else if !acceptor.Contains(draft.Point) {
		f = append(f, Fault{"place", "outside", "the place is outside the district"})
	}
	if err := f.Err(); err != nil {
		return Office{}, err
	}
	return draft.Office(d), nil
}

// Office returns a draft that was checked before, with its area.
func (o OfficeDraft) Office(d *District) Office {
	return Office{OfficeDraft: o, AreaID: NewAcceptor(d, 0).AreaAt(o.Point), title: d.Text(o.Name, d.Languages[0])}
}

// acceptText cleans a text in languages of the district, of which the default one
// needs at least least characters.
func (d *District) acceptText(field string, t Text, least, most int) (Text, Faults) {
	var f Faults
	clean := Text{}
	for lang, s := range t {
		if s = cleanText(s); s == "" {
			continue
		}
		if !slices.Contains(d.Languages, lang) {
			return t, Faults{{field, "unknown", fmt.Sprintf("%q is no language of the district", lang)}}
		}
		f = append(f, checkText(field, s, 0, most)...)
		clean[lang] = s
	}
	if f == nil {
		f = checkText(field, clean[d.Languages[0]], least, most)
	}
	return clean, f
}
