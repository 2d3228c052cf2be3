package civic

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic/words"
)

// SearchQuery selects public things of all kinds by words.
type SearchQuery struct {
	Words    string      // "" for the newest, without pins
	Kinds    []ThingKind // default all but comments
	AreaID   int32       // default all
	From, To Day         // of the day on which a thing was first public, or a pin reported; default all
	Limit    int         // required
}

// SearchHit is a thing that a search has found.
type SearchHit struct {
	Thing
	PinKind Kind // of a pin
	Day     Day  // on which it was first public, or a pin reported
}

// SearchableKinds returns the kinds of things that a search finds: all that have
// pages of their own that are public.
func SearchableKinds() []ThingKind {
	return slices.DeleteFunc(ThingKinds(), func(k ThingKind) bool { return k == CommentThing || k == QuestionThing || k.Rules().Private })
}

// RankHits sorts what a search for words has found: first what has them as its
// title, then what has all of them in its title as they were typed, with their
// diacritics, then what has all of them in it, then the rest; within each, the
// newest first.
func RankHits(typed string, hits []SearchHit) {
	typed = strings.ToLower(cleanLine(typed))
	terms := words.Split(typed)
	rank := func(h SearchHit) int {
		title := strings.ToLower(h.Title)
		switch {
		case typed == "":
			return 0
		case title == typed:
			return 0
		case strings.Contains(title, typed):
			return 1
		case containsAll(words.Of(h.Title), terms):
			return 2
		}
		return 3
	}
	slices.SortStableFunc(hits, func(a, b SearchHit) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Day, a.Day), cmp.Compare(b.ID, a.ID))
	})
}

// containsAll reports whether, for each term, a word begins with it.
func containsAll(all, terms []string) bool {
	for _, term := range terms {
		if !slices.ContainsFunc(all, func(w string) bool { return strings.HasPrefix(w, term) }) {
			return false
		}
	}
	return true
}
