// Package placename compares names of places with what somebody types: without
// regard to case, diacritics, script, inflection and abbreviations of words like
// "street", with house numbers and postcodes apart, and with typing errors.
//
// A database finds candidates by Key, NumberKey and PostcodeKey. Query.Rank
// compares them with the text, and orders them.
package placename

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Version is increased with every change of what Key, NumberKey or PostcodeKey
// return, so that stored keys are computed again.
const Version = 2

const (
	maxRunes    = 200 // of a text or a name
	maxWords    = 8   // of a text; the others are ignored
	maxWordSize = 40  // runes of a word
	maxNumber   = 20  // runes of a house number
)

// Key returns the stems of the words of a name, separated by spaces. Names that
// differ only in spelling, script or inflection have the same key. Words that
// are often left out, such as "ulica", are part of it only where there is no
// other. Key returns "" for a name without letters and digits.
func Key(name string) string { return keyOf(split(name)) }

func keyOf(words []word) string {
	required, _ := setAside(words)
	stems := make([]string, len(required))
	for i, w := range required {
		stems[i] = w.stem
	}
	return strings.Join(stems, " ")
}

// NumberKey returns a house number without regard to case and spaces: "28b" for
// "28 B", and "14c" for "14 bud. C".
func NumberKey(number string) string {
	parts := tokens(number)
	if len(parts) > 1 && isBuilding(parts[1]) {
		parts = append(parts[:1:1], parts[2:]...)
	}
	var key strings.Builder
	for i, part := range parts {
		if i > 0 && isDigit(parts[i-1][len(parts[i-1])-1]) && isDigit(part[0]) { // 2 12 is not 212
			key.WriteByte(' ')
		}
		key.WriteString(part)
	}
	return limit(key.String(), maxNumber)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// NumberValue returns the number with which a house number begins, or 0: 60 for
// "60-62".
func NumberValue(number string) (n int) {
	for _, r := range NumberKey(number) {
		if r < '0' || r > '9' || n > 1_000_000 {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// PostcodeKey returns the letters and digits of a postcode, in lower case.
func PostcodeKey(postcode string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(limit(postcode, maxNumber)))
}

// limit returns the first n runes of a text.
func limit(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
