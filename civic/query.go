package civic

import "github.com/pinezka/pinezka/geo"

// PinQuery selects one page of pins, newest first.
type PinQuery struct {
	Filter
	Search string     // words, for which IDs must have been searched; "" for none
	IDs    []int64    // of the pins to select from; nil for all
	Box    *geo.Box   // only pins shown within it; nil is everywhere
	Cell   geo.Cell   // only pins whose shown cell is in it; 0 is everywhere
	After  *PinCursor // the last pin of the previous page; nil for the first page
	Limit  int        // pins a page
}

// PinCursor is the end of a page of pins.
type PinCursor struct {
	Day Day
	ID  int64
}

// PinPage is a page of pins. Next is nil on the last one.
type PinPage struct {
	Pins []Pin
	Next *PinCursor
}

// CountsHexOnly reports whether pins that are published only in counts are
// counted beside the pins that q selects: not with words, a box or a cell, nor with
// the conditions that Filter.CountsHexOnly names.
func (q PinQuery) CountsHexOnly() bool {
	return q.Search == "" && q.Box == nil && q.Cell == 0 && q.Filter.CountsHexOnly()
}
