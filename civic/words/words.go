// Package words finds the words of a text, for a search without regard to case,
// diacritics and script, in whichever language the text is.
package words

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Version is increased with every change of what Of returns, so that stored words
// are found again.
const Version = 1

const (
	maxSize  = 60 // bytes of a word
	meanSize = 5  // bytes of a word and what follows it, or fewer
)

// Of returns the words of texts as Split does, each once, in the order of their
// bytes.
func Of(texts ...string) []string {
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	all := make([]string, 0, size/meanSize+1)
	for _, text := range texts {
		all = split(all, text)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Split returns the words of a text in their order: what is left between the
// characters that are neither letters nor digits, as Fold returns it. An
// apostrophe is part of a word and left out. The first 60 bytes of a word count.
func Split(text string) []string { return split(nil, text) }

func split(all []string, text string) []string {
	text = withoutApostrophes(Fold(text))
	start := -1 // of the word, or -1
	for i, r := range text {
		switch {
		case isPart(r):
			if start < 0 {
				start = i
			}
		case start >= 0:
			all = append(all, cut(text[start:i]))
			start = -1
		}
	}
	if start >= 0 {
		all = append(all, cut(text[start:]))
	}
	return all
}

// isPart reports whether r is part of a word.
func isPart(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark)
}

func withoutApostrophes(text string) string {
	for _, apostrophe := range []string{"'", "’", "ʼ"} {
		text = strings.ReplaceAll(text, apostrophe, "")
	}
	return text
}

// cut returns the first maxSize bytes of a word, without a part of a rune.
func cut(word string) string {
	if len(word) <= maxSize {
		return word
	}
	end := maxSize
	for !utf8.RuneStart(word[end]) {
		end--
	}
	return word[:end]
}
