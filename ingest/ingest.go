// Package ingest turns files into checked pins.
//
// A Reader takes a file apart into records, a Mapping makes a draft of each, the
// district accepts the draft or says what is wrong with it, and a Sink keeps the
// pin:
//
//	CSV     ┐                                     ┌► Sink
//	GeoJSON ┼► Reader ─► Record ─► civic.Draft ─┬─┘
//	…       ┘            (Err)      (Mapping)   └──► Rejection
//
// A further format is one more Reader; nothing after it changes. The package
// knows no database, prints nothing, asks no clock and never holds more than one
// record in memory.
package ingest

import (
	"iter"

	"github.com/paulmach/orb"
)

// Record is one row of a table or one feature of a map, as its source has it:
// nothing in it is trimmed or checked. It stays valid after the next Read.
type Record struct {
	// Row is 1-based and as the source's own program shows it: a spreadsheet's
	// row (the header of a CSV file is row 1, blank rows count, line ends inside
	// quotes do not), a feature's number.
	Row int

	// ID that the source itself gives the record, apart from its fields, such
	// as a GeoJSON feature's id. Default "".
	ID string

	// Geometry in WGS 84 degrees, nil where there is none. Run accepts points
	// and multipoints of one.
	Geometry orb.Geometry

	// Columns name the Values; nil is no fields.
	Columns *Columns
	Values  []string

	// Err says why the record cannot be used although reading goes on. It is
	// shown to people, so it quotes nothing of the record.
	Err error
}

// Get the value of the named field. It is "", false where there is none.
func (r Record) Get(name string) (string, bool) {
	if r.Columns == nil {
		return "", false
	}
	i, ok := r.Columns.index[name]
	if !ok || i >= len(r.Values) {
		return "", false
	}
	return r.Values[i], true
}

// Fields are the names and values in the source's order.
func (r Record) Fields() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if r.Columns == nil {
			return
		}
		for i, name := range r.Columns.names {
			if i >= len(r.Values) || !yield(name, r.Values[i]) {
				return
			}
		}
	}
}

// Columns are the names of a record's fields, shared by all records that have
// the same ones.
type Columns struct {
	names []string
	index map[string]int
}

// NewColumns in order. Of equal names the first counts.
func NewColumns(names ...string) *Columns {
	c := &Columns{names: names, index: make(map[string]int, len(names))}
	for i, name := range names {
		if _, taken := c.index[name]; !taken {
			c.index[name] = i
		}
	}
	return c
}

// Reader reads the records of one source.
type Reader interface {
	// Read answers the next record, io.EOF after the last. A record that
	// cannot be used has its Err set; an error of Read itself says that the
	// file is broken, where, and that nothing more will come.
	Read() (Record, error)

	// Fields are the column names where the source states them before the
	// first record, else nil.
	Fields() []string
}
