package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/ingest/record"
)

const maxListed = 30 // names in an error

// ErrNoColumn reports a mapping to a column that the file does not have. It is
// wrapped together with the names of those that it has.
var ErrNoColumn = errors.New("there is no column")

var (
	errNoTarget   = errors.New("there is no target")
	errNoCategory = errors.New("there is no category")
	errNoStatus   = errors.New("there is no status")
)

// notFound returns an error that wraps err, for a name that is not among the
// known ones. It lists them and suggests the most similar.
func notFound[S ~string](err error, name string, known []S) error {
	known = slices.DeleteFunc(slices.Clone(known), func(k S) bool { return k == "" })
	var b strings.Builder
	if similar := mostSimilar(name, known); similar != "" {
		fmt.Fprintf(&b, "; did you mean %q?", similar)
	}
	if len(known) == 0 {
		return fmt.Errorf("%w %q; there are none", err, record.Shorten(name))
	}
	b.WriteString("; there are ")
	for i, k := range known {
		if i == maxListed {
			fmt.Fprintf(&b, " and %d more", len(known)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", record.Shorten(string(k)))
	}
	return fmt.Errorf("%w %q%s", err, record.Shorten(name), b.String())
}

// mostSimilar returns the name at the least edit distance, or "" if none is
// within a third of the length.
func mostSimilar[S ~string](name string, names []S) S {
	var best S
	least := max(2, len([]rune(record.Shorten(name)))/3) + 1
	for _, n := range names {
		if d := levenshtein(foldName(name), foldName(string(n))); d < least {
			best, least = n, d
		}
	}
	return best
}

// foldName returns the characters of a name, such that letter case, underscores
// and hyphens do not matter.
func foldName(s string) []rune {
	return []rune(strings.ToLower(strings.NewReplacer("_", " ", "-", " ").Replace(record.Shorten(s))))
}

// levenshtein returns the Levenshtein distance of a and b.
func levenshtein(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, rb := range b {
			cost := 1
			if ra == rb {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
