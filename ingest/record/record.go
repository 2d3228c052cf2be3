// Package record defines the records that the readers of all file formats
// return, and what these readers share: the decoding of text, the names of
// columns, and common errors.
package record

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/paulmach/orb"
	"golang.org/x/text/unicode/norm"
)

// Record is one row of a table or one feature of a map, exactly as it is in its
// file: its values are neither trimmed nor checked. It remains valid after the
// next Read, except for its Source.
type Record struct {
	// Row is the number of the record, from 1, as programs that open the file
	// display it: the row of a spreadsheet (the header of a CSV file is row 1,
	// blank rows count, line ends within quotes do not), or the number of a
	// feature.
	Row int

	// ID is the identifier of the record outside its columns, such as the id of
	// a GeoJSON feature. Default "".
	ID string

	// Geometry is in degrees of WGS 84, nil if there is none.
	Geometry orb.Geometry

	// Columns are the names of the Values; nil for a record without columns.
	Columns *Columns
	Values  []string

	// Err is the reason why this record cannot be used; the following records
	// still can. It is shown to users, so it quotes no value of the record. The
	// Values are then what could be read of it, for a report.
	Err error

	// Source is the feature as it is in its file, for a report; nil for a row of
	// a table, and for a feature that is too large. It is valid until the next
	// Read.
	Source []byte
}

// Get returns the value in the named column, and whether there is one.
func (r Record) Get(column string) (string, bool) {
	if r.Columns == nil {
		return "", false
	}
	i, ok := r.Columns.index[column]
	if !ok || i >= len(r.Values) {
		return "", false
	}
	return r.Values[i], true
}

// Columns are the names of the values of a record. Records with the same names
// share them.
type Columns struct {
	names []string
	index map[string]int
}

// NewColumns returns the columns with these names, in order; "" is a column
// without a name, which Get cannot return. If a name is repeated, Get returns
// the value of the first.
func NewColumns(names ...string) *Columns {
	c := &Columns{names: names, index: make(map[string]int, len(names))}
	for i, name := range names {
		if _, repeated := c.index[name]; !repeated && name != "" {
			c.index[name] = i
		}
	}
	return c
}

// Names returns the names in order. They must not be changed.
func (c *Columns) Names() []string { return c.names }

// Reader reads the records of one file.
type Reader interface {
	// Read returns the next record, and io.EOF after the last. A record that
	// cannot be used has its Err set. An error of Read itself reports where the
	// file is broken; no more records can be read.
	Read() (Record, error)

	// Columns returns the names of the columns if the file states them before
	// its first record, else nil.
	Columns() []string
}

// CleanName returns the name of a column on one line, without surrounding space
// and invisible characters, and in composed characters (NFC).
func CleanName(s string) string {
	return norm.NFC.String(strings.Join(strings.Fields(Visible(s)), " "))
}

// Visible returns s without characters that cannot be seen, such as zero-width
// spaces, byte order marks, soft hyphens and bidirectional marks, and with every
// kind of space, such as a no-break space, as a plain one.
func Visible(s string) string {
	if !strings.ContainsFunc(s, isInvisible) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !isInvisible(r):
			return r
		case unicode.Is(unicode.Zs, r):
			return ' '
		}
		return -1
	}, s)
}

func isInvisible(r rune) bool {
	return r > unicode.MaxASCII && unicode.In(r, unicode.Cf, unicode.Zs)
}

const maxShown = 60 // characters of a text in a line

// Shorten returns at most the first 60 characters of s, for a line that quotes
// a text of others.
func Shorten(s string) string {
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}

// NotPoint returns the error of a record whose geometry, such as "LineString"
// or "MultiPoint of 3", is not a point.
func NotPoint(geometry string) error {
	return fmt.Errorf("geometry is a %s; only single points can be imported", geometry)
}
