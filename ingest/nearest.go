package ingest

import (
	"errors"
	"fmt"
	"strings"
)

const (
	maxListed = 30 // names in one message
	maxShown  = 60 // characters of a name in a message
)

// unknown says that name is not among those present, lists them and suggests
// the nearest.
func unknown(what, name string, present []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q is not there", what, shorten(name))
	if near := nearest(name, present); near != "" {
		fmt.Fprintf(&b, "; did you mean %q?", near)
	}
	if len(present) == 0 {
		return errors.New(b.String() + "; there are none")
	}
	b.WriteString("; there are ")
	for i, p := range present {
		if i == maxListed {
			fmt.Fprintf(&b, " and %d more", len(present)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", shorten(p))
	}
	return errors.New(b.String())
}

// nearest of names by edit distance, "" where none is near.
func nearest(name string, names []string) string {
	best, least := "", max(2, len([]rune(shorten(name)))/3)+1
	for _, n := range names {
		if d := distance(fold(name), fold(n)); d < least {
			best, least = n, d
		}
	}
	return best
}

func fold(s string) []rune {
	return []rune(strings.ToLower(strings.NewReplacer("_", " ", "-", " ").Replace(shorten(s))))
}

// distance of Levenshtein.
func distance(a, b []rune) int {
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

func shorten(s string) string {
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}
