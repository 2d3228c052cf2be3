package placename

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The levels of a match of words, from exact to doubtful.
const (
	levelSpelled   = iota // letter by letter, apart from case
	levelFolded           // apart from diacritics and script
	levelInflected        // apart from endings and ways to spell a sound
	levelPrefix           // the beginning of a word
	levelTypo             // apart from one letter; two letters is one more
	levelPartly    = 6    // one word is not in the name
	noMatch        = 100
)

// minLoosePrefix is the number of letters from which the beginning of a word may
// be spelled in another way: with fewer, "zzzz", which is loosely "z", would begin
// many names.
const minLoosePrefix = 3

// match says how well a name matches a reading.
type match struct {
	level   int
	missing int // words of the name that the reading lacks, 0 or 1 for more
}

// matchWord returns how well a word of a name matches a typed one.
func matchWord(typed, name word) int {
	switch {
	case typed.plain == name.plain:
		return levelSpelled
	case typed.folded == name.folded:
		return levelFolded
	case typed.number || name.number: // 12 is not the beginning of 120
		return noMatch
	case typed.loose == name.loose, typed.stem == name.stem && typed.isGenitive() == name.isGenitive():
		return levelInflected
	case strings.HasPrefix(name.folded, typed.folded):
		return levelPrefix
	case utf8.RuneCountInString(typed.loose) >= minLoosePrefix && strings.HasPrefix(name.loose, typed.loose):
		return levelPrefix
	case typed.stem == name.stem:
		return levelTypo
	case utf8.RuneCountInString(typed.stem) >= minLoosePrefix && strings.HasPrefix(name.stem, typed.stem):
		return levelPrefix
	}
	most := 0
	switch n := utf8.RuneCountInString(typed.folded); {
	case n >= 8:
		most = 2
	case n >= 3:
		most = 1
	}
	if most == 0 {
		return noMatch
	}
	d := min(distance(typed.folded, name.folded, most), distance(typed.stem, name.stem, most))
	if d > 1 && utf8.RuneCountInString(typed.stem) < 6 || d > most {
		return noMatch
	}
	return levelTypo + max(d, 1) - 1
}

// isGenitive reports whether a word has the ending of the genitive of a masculine
// adjective. Limanowskiego is named after a person, and is another street than
// Limanowska.
func (w word) isGenitive() bool {
	return strings.HasSuffix(w.loose, "ego") || strings.HasSuffix(w.loose, "ogo")
}

// matchName returns how well a name matches a reading. Every word of the
// reading must be in the name, each another one; one of several may be absent.
func matchName(r Reading, name []word) match {
	var m match
	used := make([]bool, len(name))
	absent, matched := 0, 0
	for _, typed := range r.words {
		best, at := noMatch, -1
		for i, w := range name {
			if level := matchWord(typed, w); level < best && !used[i] {
				best, at = level, i
			}
		}
		switch {
		case at < 0 && typed.number:
			return match{level: noMatch}
		case at < 0:
			absent++
			continue
		}
		used[at] = true
		m.level = max(m.level, best)
		if best <= levelInflected && utf8.RuneCountInString(typed.folded) >= minStem {
			matched++
		}
	}
	if slices.Contains(used, false) {
		m.missing = 1
	}
	switch {
	case absent == 0:
		return m
	case absent > 1 || matched == 0:
		return match{level: noMatch}
	}
	m.level = levelPartly
	return m
}
