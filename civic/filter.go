package civic

import "github.com/paulmach/orb"

// Filter chooses pins. Empty lists and zero days choose all; within a list any
// of its values will do, and all lists must hold.
type Filter struct {
	Kinds      []Kind
	Categories []string // slugs
	Statuses   []Status
	Areas      []string // slugs
	From, To   Day      // both included; 0 is open
}

// Counts of pins by kind.
type Counts struct {
	Need         int `json:"need"`
	Potential    int `json:"potential"`
	Organisation int `json:"organisation"`
}

// Total of all kinds.
func (c Counts) Total() int { return c.Need + c.Potential + c.Organisation }

// Plus is the sum, kind by kind.
func (c Counts) Plus(o Counts) Counts {
	return Counts{c.Need + o.Need, c.Potential + o.Potential, c.Organisation + o.Organisation}
}

// Add n pins of kind k.
func (c *Counts) Add(k Kind, n int) {
	switch k {
	case Need:
		c.Need += n
	case Potential:
		c.Potential += n
	case Organisation:
		c.Organisation += n
	}
}

// PinQuery asks for a page of pins, newest first.
type PinQuery struct {
	Filter
	Search string     // words; a pin must hold each, or a word that begins with it
	Box    *orb.Bound // only pins shown in it
	After  *PinKey    // the last pin of the page before
	Limit  int        // pins a page
}

// PinKey is where a page of pins ends.
type PinKey struct {
	Day Day
	ID  int64
}

// PinPage is a page of pins. Next is nil on the last one.
type PinPage struct {
	Pins []Pin
	Next *PinKey
}
