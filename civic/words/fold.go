package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns a text in lower case and Latin letters without diacritics.
// Ukrainian and Russian letters become those of the Polish spelling. Letters of
// other scripts stay as they are.
func Fold(text string) string {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return foldFrom(text, i)
		}
	}
	return text
}

// foldFrom folds a text whose first bytes are folded.
func foldFrom(text string, start int) string {
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(text[:start])
	for _, r := range text[start:] {
		switch {
		case r >= 'A' && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case r < rune(len(alone)) && alone[r].known:
			b.WriteString(alone[r].folded)
		default:
			return fold(text)
		}
	}
	return b.String()
}

// fold is Fold for any text.
func fold(text string) string {
	composed := latin(strings.Map(unicode.ToLower, norm.NFKC.String(text))) // since й is more than и
	letters := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(composed))
	return latin(letters) // since ӝ is ж with a diacritic
}

// latin returns a text with the letters for which there are Latin ones.
func latin(text string) string {
	var b strings.Builder
	for _, r := range text {
		if letters, ok := transliterate(r); ok {
			b.WriteString(letters)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// alone has the folded form of every character before the Armenian letters that
// does not combine with the one before it.
var alone = func() (all [0x530]struct {
	folded string
	known  bool
},
) {
	for r := rune(utf8.RuneSelf); r < rune(len(all)); r++ {
		if !unicode.Is(unicode.Mn, r) {
			all[r].folded, all[r].known = fold(string(r)), true
		}
	}
	return all
}()

// transliterate returns the Latin letters for a lower-case letter that is
// Cyrillic, or that Unicode does not decompose.
func transliterate(r rune) (latin string, ok bool) {
	switch {
	case r < utf8.RuneSelf:
		return "", false
	case r >= 'а' && r <= 'я':
		return [...]string{
			"a", "b", "w", "g", "d", "e", "z", "z", "y", "j", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "ch",
			"c", "cz", "sz", "szcz", "", "y", "", "e", "iu", "ia",
		}[r-'а'], true
	}
	switch r {
	case 'ґ':
		return "g", true
	case 'є':
		return "ie", true
	case 'і', 'ї':
		return "i", true
	case 'ё':
		return "e", true
	case 'ў':
		return "u", true
	case 'ł':
		return "l", true
	case 'ß':
		return "ss", true
	case 'đ', 'ð':
		return "d", true
	case 'ø':
		return "o", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'þ':
		return "th", true
	case 'ı':
		return "i", true
	}
	return "", false
}
