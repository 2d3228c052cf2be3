package civic

import (
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// Pin is a pin as the public may see it. Location is the shown location, which
// is not the exact one if the visibility of the category hides that.
type Pin struct {
	ID          int64
	Category    Category
	Status      Status
	Publication Publication
	Title       string
	Body        string
	Location    Location
	AreaID      int32 // of the shown location; 0 outside all areas
	ReportedOn  Day
	UpdatedAt   time.Time
	Counted     bool // of the pin of a private link: whether a published count has it
}

// PendingPin is a pin that waits for a moderator, as the moderator sees it.
type PendingPin struct {
	ID          int64
	CategoryID  int32
	Title       string
	Body        string
	AreaID      int32 // of the exact location; 0 outside all areas
	ShownAreaID int32 // of the shown location; 0 outside all areas
	ReportedOn  Day
}

// Draft is a pin as it was submitted by the form, the API or a file, before it
// is checked.
type Draft struct {
	Category   string // slug
	Status     Status // zero for the initial status of the kind
	Title      string
	Body       string
	Point      orb.Point // exact
	ReportedOn Day
	ExternalID string // in its source; "" for a pin that a person submitted
	Email      string // of the reporter; optional, never published
	Language   string // in which to write to the reporter; "" for that of the district
}

// Recategorised returns the draft in the category with the slug. One of another
// kind begins with the status that the kind begins with.
func (p Draft) Recategorised(d *District, slug string) Draft {
	from, known := d.Category(p.Category)
	if to, ok := d.Category(slug); ok && known && to.Kind != from.Kind {
		p.Status = 0
	}
	p.Category = slug
	return p
}

// Limits of the texts of a pin, in code points of what cleanText returns.
const (
	MaxTitle      = 120
	MaxBody       = 4000
	MaxExternalID = 200
	MaxEmail      = 254
)

// NewPin is a checked draft with what is derived from it, ready to be stored.
type NewPin struct {
	Draft
	Category Category
	Exact    Location // never published, unless the visibility is Exact
	Shown    Location // as the public sees it

	// The area of the exact location is for staff alone: where a border cuts a
	// cell, it would disclose in which part of the cell the pin is.
	AreaID      int32 // 0 outside all areas
	ShownAreaID int32 // of the shown location, for everything public

	Link PrivateLink // of the reporter of a pin that has no public page; otherwise ""
}

// Accept is Acceptor.Accept for one draft.
func (d *District) Accept(draft Draft, today Day) (NewPin, error) {
	return NewAcceptor(d, today).Accept(draft)
}

// Acceptor checks many drafts against one district.
type Acceptor struct {
	district *District
	today    Day
	boundary geo.Region
	areas    []geo.Region
}

// NewAcceptor returns an acceptor for the district, which must not be changed
// afterwards. Today is the day in the time zone of the district; nothing can
// have been reported after it.
func NewAcceptor(d *District, today Day) *Acceptor {
	a := &Acceptor{district: d, today: today, boundary: geo.NewRegion(d.Boundary)}
	for _, area := range d.Areas {
		a.areas = append(a.areas, geo.NewRegion(area.Boundary))
	}
	return a
}

// Accept checks the draft against the district and derives its cell, shown
// location, areas and initial status. It returns all faults at once, as Faults, in
// the order of the form: place, category, title, body, e-mail address.
func (a *Acceptor) Accept(draft Draft) (NewPin, error) {
	d := a.district
	var f Faults
	draft.Title = cleanLine(draft.Title)
	draft.Body = cleanText(draft.Body)
	draft.ExternalID = strings.TrimSpace(draft.ExternalID)
	draft.Email = strings.TrimSpace(draft.Email)

	exact, err := LocationAt(draft.Point)
	switch {
	case err != nil:
		f = append(f, Fault{"place", "malformed", "longitude must be -180 to 180, latitude -90 to 90"})
	case !a.Contains(draft.Point):
		f = append(f, Fault{"place", "outside", "the place is outside the district"})
	}
	category, ok := d.Category(draft.Category)
	switch {
	case draft.Category == "":
		f = append(f, Fault{"category", "missing", "choose a category"})
	case !ok:
		f = append(f, Fault{"category", "unknown", "the district has no such category"})
	}
	if ok && draft.Status == 0 {
		draft.Status = category.Kind.InitialStatus()
	}
	if ok && !category.Kind.Allows(draft.Status) {
		f = append(f, Fault{"status", "unknown", "a " + category.Kind.String() + " cannot have the status " + draft.Status.String()})
	}
	f = append(f, checkText("title", draft.Title, 1, MaxTitle)...)
	f = append(f, checkText("body", draft.Body, 0, MaxBody)...)
	f = append(f, checkText("external_id", draft.ExternalID, 0, MaxExternalID)...)
	f = append(f, checkEmail(draft.Email)...)
	switch {
	case draft.ReportedOn < 0 || draft.ReportedOn > MaxDay:
		f = append(f, Fault{"date", "outside", "the date is outside " + Day(0).String() + " to " + MaxDay.String()})
	case draft.ReportedOn > a.today:
		f = append(f, Fault{"date", "future", "the date is after today"})
	}
	if err := f.Err(); err != nil {
		return NewPin{}, err
	}
	pin := NewPin{Draft: draft, Category: category, Exact: exact, Shown: category.Visibility.Show(exact)}
	pin.AreaID = a.AreaAt(exact.Point)
	pin.ShownAreaID = pin.AreaID
	if pin.Shown != exact {
		pin.ShownAreaID = a.AreaAt(pin.Shown.Point)
	}
	return pin, nil
}

// Contains reports whether p is in the district, so that a pin may be there.
func (a *Acceptor) Contains(p orb.Point) bool { return a.boundary.Contains(p) }

// AreaAt returns the ID of the first area, in order of position, that contains
// p, or 0. A point on a common border belongs to the first area, so that every
// pin belongs to at most one and totals add up.
func (a *Acceptor) AreaAt(p orb.Point) int32 {
	for i, region := range a.areas {
		if region.Contains(p) {
			return a.district.Areas[i].ID
		}
	}
	return 0
}
