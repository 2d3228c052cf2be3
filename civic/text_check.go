package civic

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cleanText returns s in composed characters (Unicode normalization form C),
// without surrounding white space, and with "\n" for every kind of line end. All
// lengths of texts are counted in the code points of what cleanText returns;
// a browser counts the same with
//
//	[...s.normalize("NFC").replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n").trim()].length
func cleanText(s string) string {
	if isPlain(s) {
		return strings.Trim(s, " ")
	}
	if !utf8.ValidString(s) {
		return s // checkText rejects it
	}
	return strings.TrimFunc(norm.NFC.String(lineEnds.Replace(s)), func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
}

// lineEnds makes one line end of those of Unicode Standard Annex 14 and of word
// processors.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// cleanLine returns s as cleanText does, as one line with single spaces.
func cleanLine(s string) string {
	if isPlain(s) && !strings.Contains(s, "  ") {
		return strings.Trim(s, " ")
	}
	if !utf8.ValidString(s) {
		return s
	}
	return strings.Join(strings.Fields(cleanText(s)), " ")
}

// isPlain reports whether s has only printable characters of ASCII and Latin
// letters up to U+017F, as most texts, which need no more than to be trimmed.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= ' ' && c <= '~':
		case c >= 0xc3 && c <= 0xc5 && i+1 < len(s) && s[i+1] >= 0x80 && s[i+1] <= 0xbf: // U+00C0 to U+017F
			i++
		default:
			return false
		}
	}
	return true
}

// checkText returns the fault of a text that cleanText has returned, if there is
// one.
func checkText(field, s string, least, most int) Faults {
	n, plain := utf8.RuneCountInString(s), isPlain(s)
	switch {
	case plain:
	case !utf8.ValidString(s):
		return Faults{{field, "malformed", "the text is not valid UTF-8"}}
	case strings.ContainsFunc(s, isControl):
		return Faults{{field, "control", "the text contains control characters"}}
	case !isBidiBalanced(s):
		return Faults{{field, "bidi", "the text contains characters that change the direction of writing and do not end, or override it"}}
	}
	switch {
	case n < least:
		return Faults{{field, "missing", "this must not be empty"}}
	case n > 0 && !strings.ContainsFunc(s, isVisible):
		return Faults{{field, "invisible", "the text has only characters that cannot be seen"}}
	case n > most:
		return Faults{{field, "too_long", fmt.Sprintf("this is too long: %d of at most %d characters", n, most)}}
	}
	return nil
}

// isControl reports whether r is a control character that no text needs.
func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// isVisible reports whether a text of r alone shows something: whether r is a
// letter, digit, punctuation mark or symbol that is not blank.
func isVisible(r rune) bool {
	const brailleBlank = '\u2800'
	return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) && r != brailleBlank
}

// isBidiBalanced reports whether every embedding and isolate of Unicode Standard
// Annex 9 ends in the line in which it begins, so that it cannot change the
// direction of what surrounds the text, and whether there are no overrides, which
// show letters in another order than they are read aloud.
func isBidiBalanced(s string) bool {
	var open []rune // what ends each, from the outermost
	for _, r := range s {
		switch r {
		case '\u202a', '\u202b': // embeddings
			open = append(open, '\u202c')
		case '\u2066', '\u2067', '\u2068': // isolates
			open = append(open, '\u2069')
		case '\u202c', '\u2069':
			if len(open) == 0 || open[len(open)-1] != r {
				return false
			}
			open = open[:len(open)-1]
		case '\u202d', '\u202e': // overrides
			return false
		case '\n':
			if len(open) > 0 {
				return false
			}
		}
	}
	return len(open) == 0
}

// checkEmail returns the fault of an e-mail address, if there is one. "" is none.
func checkEmail(s string) Faults {
	if f := checkText("email", s, 0, MaxEmail); f != nil {
		return f
	}
	isOther := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }
	if at := strings.IndexByte(s, '@'); s != "" && (at <= 0 || at == len(s)-1 || strings.ContainsFunc(s, isOther)) {
		return Faults{{"email", "malformed", "this is not an e-mail address"}}
	}
	return nil
}
