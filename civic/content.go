package civic

import (
	"time"

	"github.com/pinezka/pinezka/geo"
)

// Content is what a thing says, checked against its district: a NewPin or a
// Record.
type Content interface {
	// Header returns the title, in the default language of the district, and the id
	// of the area of the exact place, which is 0 outside all areas.
	Header() (title string, area int32)
}

// Header implements Content.
func (p NewPin) Header() (title string, area int32) { return p.Title, p.AreaID }

// Described is a thing with its content.
type Described struct {
	Thing
	Content   Content
	Confirmed time.Time // when what it says was last written or confirmed, of a kind that is asked about; otherwise zero
}

// ConfirmedAfter is after how many months things of a kind that is asked about are
// asked about again.
const ConfirmedAfter = 12

// IsAskedAbout reports whether those who look after things of the kind are asked every
// year whether what they say is still true.
func (k ThingKind) IsAskedAbout() bool { return k.Rules().Roles[StillTrue] != nil }

// Confirming returns the actions after which what a thing says is taken to be true.
func Confirming() []Action { return []Action{Submit, Publish, Edit, StillTrue} }

// ThingQuery selects things of a kind other than pins, the newest first.
type ThingQuery struct {
	Kind         ThingKind     // required
	Publications []Publication // default all
	State        State         // default all
	AreaID       int32         // in which they are, or which they name; default all
	CategoryID   int32         // default all
	OwnerID      int64         // the pin of the organisation, or the working group, to which they belong; default all
	IDs          []int64       // default all
	Box          *geo.Box      // only things with a place within it; nil is everywhere
	Placed       bool          // only things with a place
	Says         Values        // what they say among other things; default anything
	Having       []string      // words that they have; default any
	DueBefore    Day           // before which something is awaited of them; default all
	Before       int64         // id before which the page begins; default none
	Limit        int           // required
}
