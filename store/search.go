package store

import (
	"strings"
	"unicode/utf8"

	"github.com/pinezka/pinezka/civic/words"
)

const (
	maxSearchTerms = 12
	minStem        = 3 // letters
)

// endings are the vowels, as package words folds them, with which inflected words
// of Polish, Ukrainian and English end.
const endings = "aeiouy"

// searchTerms returns the tsquery for a text that somebody typed, or "" when it
// has no words. A document matches when, for every word, it contains a word
// that begins with it. Vowels at the end of a word are ignored, so that "ławki"
// matches "ławka".
func searchTerms(typed string) string {
	terms := words.Split(typed)
	terms = terms[:min(len(terms), maxSearchTerms)]
	for i, term := range terms {
		if stem := strings.TrimRight(term, endings); utf8.RuneCountInString(stem) >= minStem {
			term = stem
		}
		terms[i] = "'" + term + "':*"
	}
	return strings.Join(terms, " & ")
}
