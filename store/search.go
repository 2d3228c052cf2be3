package store

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxSearchTerms = 12
	minStem        = 3 // letters
)

// endings are the vowels with which inflected words of Polish, Ukrainian and
// English end.
const endings = "aeiouyąęóаеєиіїоуюя"

// searchTerms returns the tsquery for a text that somebody typed, or "" when it
// has no words. A document matches when, for every word, it contains a word
// that begins with it. Vowels at the end of a word are ignored, so that "ławki"
// matches "ławka".
func searchTerms(typed string) string {
	words := strings.FieldsFunc(typed, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) > maxSearchTerms {
		words = words[:maxSearchTerms]
	}
	for i, w := range words {
		w = strings.ToLower(w)
		if stem := strings.TrimRight(w, endings); utf8.RuneCountInString(stem) >= minStem {
			w = stem
		}
		words[i] = "'" + w + "':*"
	}
	return strings.Join(words, " & ")
}
