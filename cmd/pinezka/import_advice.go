package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/record"
)

// maxAdvice is the number of flags that are printed: each value that the
// district does not know needs one of its own.
const maxAdvice = 10

// helpfulFlag returns the flag of the import that helps against a fault of many
// rows, or "". The value is that of the row, if it is unknown.
func helpfulFlag(f civic.Fault, value string) string {
	switch f.Field + "." + f.Code {
	case "date.malformed":
		return "--date-layout 01/02/2006"
	case "date.missing":
		return "--default date=YYYY-MM-DD"
	case "category.unknown":
		return "--value " + translation("category", value, "SLUG")
	case "category.missing":
		return "--default category=SLUG"
	case "status.unknown":
		return "--value " + translation("status", value, "STATUS")
	}
	return ""
}

// translation returns the argument of --value for a value, for a shell. The
// value is "VALUE" where the true one cannot be typed or is too long to be one
// of a list.
func translation(target, value, to string) string {
	if value == "" || utf8.RuneCountInString(value) > 60 || strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return target + ":VALUE=" + to
	}
	return shellQuote(target + ":" + value + "=" + to)
}

// shellQuote returns s as one word of a POSIX shell.
func shellQuote(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// importAdvice collects why records are rejected, and which flags would help.
type importAdvice struct {
	flags   map[string]int // number of records by flag
	others  map[string]int // number of records by the field and the code of a fault, such as "place.outside"
	swapped int            // number of places that would be inside with exchanged axes
}

// reason returns the reason of a rejection, in which the flags that help are
// named.
func (a *importAdvice) reason(err error) string {
	if a.flags == nil {
		a.flags, a.others = map[string]int{}, map[string]int{}
	}
	if errors.Is(err, record.ErrEncoding) {
		a.flags["--encoding"]++
		return err.Error() + " with --encoding"
	}
	var faults civic.Faults
	if !errors.As(err, &faults) {
		return err.Error()
	}
	var unknown ingest.UnknownValues
	_ = errors.As(err, &unknown)
	named := slices.Clone(faults)
	for i, f := range faults {
		if f.Field == "place" && f.Code == ingest.CodeSwapped {
			a.swapped++
		}
		if flag := helpfulFlag(f, unknown.Values[f.Field]); flag != "" {
			a.flags[flag]++
			named[i].Detail += " (" + flag + ")"
		} else {
			a.others[f.Field+"."+f.Code]++
		}
	}
	return named.Error()
}

// print prints which flags would help, of a file with this number of records.
func (a *importAdvice) print(w io.Writer, read int) {
	if 2*a.swapped > read {
		fmt.Fprintf(w, "Most places, %d of %d, are outside the district, but inside with latitude and longitude exchanged: --swap-axes exchanges them.\n", a.swapped, read)
	}
	a.hint(w, read)
	flags := mostFrequent(a.flags)
	for _, flag := range flags[:min(len(flags), maxAdvice)] {
		fmt.Fprintf(w, "Rejected rows that may be accepted with %s: %d\n", flag, a.flags[flag])
	}
	if more := len(flags) - maxAdvice; more > 0 {
		fmt.Fprintf(w, "There are %s; the rejected rows name them.\n", plural(more, "more such flag", "more such flags"))
	}
}

// hint prints what helps against the most frequent of the faults for which no
// flag is sure to.
func (a *importAdvice) hint(w io.Writer, read int) {
	for _, fault := range mostFrequent(a.others) {
		n := a.others[fault]
		switch {
		case fault == "place.missing":
			fmt.Fprintf(w, "No place: %d of %d. If other columns have it, name them with --map lat=COLUMN --map lon=COLUMN, or --map point=COLUMN; otherwise add it to the rejected rows.\n", n, read)
		case fault == "place.outside" && 2*n < read:
			fmt.Fprintf(w, "Outside the district: %d of %d. If they are in another one, import the rejected rows with its --district.\n", n, read)
		case fault == "place.outside":
			fmt.Fprintf(w, "Most places, %d of %d, are outside the district: see whether it is the right --district, and whether coordinates are degrees in WGS 84.\n", n, read)
		case fault == "title.missing":
			fmt.Fprintf(w, "No title: %d of %d. Choose another column with --map title=COLUMN, make one of several with --map title='{COLUMN}, {COLUMN}', or state one for all with --default title=TEXT.\n", n, read)
		default:
			continue
		}
		return
	}
}

// mostFrequent returns the keys of counts, those with the highest first.
func mostFrequent(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(counts[y]-counts[x], strings.Compare(x, y))
	})
}
