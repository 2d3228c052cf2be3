package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/record"
)

// helpfulFlag returns the flag of the import that helps against a fault of many
// rows, or "".
func helpfulFlag(f civic.Fault) string {
	switch f.Field + "." + f.Code {
	case "date.malformed":
		return "--date-layout 01/02/2006"
	case "date.missing":
		return "--default date=YYYY-MM-DD"
	case "category.unknown":
		return "--value category:VALUE=SLUG"
	case "category.missing":
		return "--default category=SLUG"
	case "status.unknown":
		return "--value status:VALUE=STATUS"
	}
	return ""
}

// importAdvice collects why records are rejected, and which flags would help.
type importAdvice struct {
	flags   map[string]int // number of records by flag
	swapped int            // number of places that would be inside with exchanged axes
}

// reason returns the reason of a rejection, in which the flags that help are
// named.
func (a *importAdvice) reason(err error) string {
	if errors.Is(err, record.ErrEncoding) {
		a.count("--encoding")
		return err.Error() + " with --encoding"
	}
	var faults civic.Faults
	if !errors.As(err, &faults) {
		return err.Error()
	}
	named := slices.Clone(faults)
	for i, f := range faults {
		if f.Field == "place" && f.Code == ingest.CodeSwapped {
			a.swapped++
		}
		if flag := helpfulFlag(f); flag != "" {
			a.count(flag)
			named[i].Detail += " (" + flag + ")"
		}
	}
	return named.Error()
}

func (a *importAdvice) count(flag string) {
	if a.flags == nil {
		a.flags = map[string]int{}
	}
	a.flags[flag]++
}

// print prints which flags would help, of a file with this number of records.
func (a *importAdvice) print(w io.Writer, read int) {
	if 2*a.swapped > read {
		fmt.Fprintf(w, "Most places, %d of %d, are outside the district, but inside with latitude and longitude exchanged: --swap-axes exchanges them.\n", a.swapped, read)
	}
	flags := make([]string, 0, len(a.flags))
	for flag := range a.flags {
		flags = append(flags, flag)
	}
	slices.SortFunc(flags, func(x, y string) int {
		if a.flags[x] != a.flags[y] {
			return a.flags[y] - a.flags[x]
		}
		return strings.Compare(x, y)
	})
	for _, flag := range flags {
		fmt.Fprintf(w, "Rejected rows that may be accepted with %s: %d\n", flag, a.flags[flag])
	}
}
