package placename

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pinezka/pinezka/civic"
)

// Query is a text that somebody has typed to find a place.
type Query struct {
	Readings []Reading       // at most four
	Postcode string          // PostcodeKey of the postcode in the text; "" for none
	Kind     civic.PlaceKind // that the text names, such as schools for "szkoła"; PlaceOther for none
	optional []string        // canonical forms of words like "street"
}

// Reading is one way to read a text: with the house number in it, or with all
// numbers as words of a name, as in "3 Maja".
type Reading struct {
	Number string // NumberKey of the house number; "" for none
	words  []word
}

// Parse reads a text. It reads its first 200 characters and eight words. A text
// without letters and digits has no readings.
func Parse(text string) Query {
	var q Query
	parts := tokens(text)
	for i, part := range parts {
		if isPolishPostcode(part) {
			q.Postcode = PostcodeKey(part)
			parts = append(parts[:i:i], parts[i+1:]...)
			break
		}
	}
	if key := PostcodeKey(text); q.Postcode == "" && strings.ContainsAny(key, "0123456789") && len(key) >= 4 && len(key) <= 8 {
		q.Postcode = key
	}
	parts = parts[:min(len(parts), maxWords)]
	q.Kind = kindOf(parts)
	if i := slices.IndexFunc(parts, func(part string) bool { return isNumber(part) || isFlat(part) }); i > 0 && slices.ContainsFunc(parts[i:], hasFlat) {
		q.add(parts[:i], NumberKey(strings.Join(parts[i:], " "))) // a flat that has an address of its own
	}
	start, end := houseNumber(parts)
	if start < end {
		q.add(slices.Concat(parts[:start], parts[end:]), NumberKey(withoutFlat(parts[start:end])))
	}
	if len(parts) > 1 && isNumber(parts[0]) && start > 0 { // "12 Main Street"
		q.add(parts[1:], NumberKey(parts[0]))
	}
	if len(parts) > 0 {
		q.add(parts, "")
	}
	return q
}

func (q *Query) add(parts []string, number string) {
	words := split(strings.Join(parts, " "))
	if len(words) == 0 {
		return
	}
	required, optional := setAside(words)
	if len(required) > 1 { // a single letter is found in every name
		required = slices.DeleteFunc(slices.Clone(required), func(w word) bool { return utf8.RuneCountInString(w.plain) < 2 && !w.number })
	}
	if len(required) > 0 {
		q.Readings = append(q.Readings, Reading{Number: number, words: required})
		q.optional = optional
	}
}

// Key returns the stems of the words of the reading, as Key does for a name.
func (r Reading) Key() string { return keyOf(r.words) }

// Stems returns the words of Key.
func (r Reading) Stems() []string { return strings.Fields(r.Key()) }

// houseNumber returns where the house number is among the parts of a text, at
// the end of them: "12", "28 b", "14 bud c", "12 m 4". start is end when there is
// none, or when there is nothing else.
func houseNumber(parts []string) (start, end int) {
	for i := len(parts) - 1; i > 0; i-- {
		if !isNumber(parts[i]) {
			continue
		}
		if i > 1 && (isFlat(parts[i-1]) || isBuilding(parts[i-1])) && isNumber(parts[i-2]) {
			continue
		}
		end = i + 1
		for end < len(parts) && (isBuilding(parts[end]) || isFlat(parts[end]) || utf8.RuneCountInString(parts[end]) == 1 || end > i+1 && isNumber(parts[end])) {
			end++
		}
		return i, end
	}
	return 0, 0
}

// hasFlat reports whether a token is before the number of a flat, as in "50/LU 1".
func hasFlat(token string) bool {
	_, after, _ := strings.Cut(token, "/")
	return isFlat(token) || isFlat(after)
}

// withoutFlat returns a house number without the number of a flat.
func withoutFlat(parts []string) string {
	if i := slices.IndexFunc(parts, isFlat); i > 0 {
		parts = parts[:i]
	}
	return strings.Join(parts, " ")
}

// isNumber reports whether a token can be a house number: digits, with at most
// two letters beside each group of them.
func isNumber(token string) bool {
	if !isDigit(token[0]) {
		return false
	}
	letters, digits := 0, 0
	for _, r := range token {
		switch {
		case r >= '0' && r <= '9':
			letters = 0
			digits++
		case r == '-' || r == '/':
			letters = 0
			digits = 0
		default:
			letters++
		}
		if letters > 2 || digits > 5 {
			return false
		}
	}
	return true
}

func isPolishPostcode(token string) bool {
	if len(token) != 6 || token[2] != '-' {
		return false
	}
	return !strings.ContainsFunc(token[:2]+token[3:], func(r rune) bool { return r < '0' || r > '9' })
}
