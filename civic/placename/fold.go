package placename

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pinezka/pinezka/civic/words"
)

// word is a word of a name in forms that are ever less exact.
type word struct {
	plain  string // in lower case
	folded string // in Latin letters without diacritics
	loose  string // with one letter for sounds that are spelled in several ways
	stem   string // of loose, without the ending
	number bool   // whether it begins with a digit; such words match whole
}

func newWord(plain string) word {
	w := word{plain: plain, folded: words.Fold(plain)}
	w.number = w.folded != "" && w.folded[0] >= '0' && w.folded[0] <= '9'
	if w.number {
		w.loose, w.stem = w.folded, w.folded
		return w
	}
	w.loose = loose(w.folded)
	w.stem = stem(w.loose)
	return w
}

// split returns the words of a name.
func split(name string) []word {
	var words []word
	for _, token := range tokens(name) {
		if w := newWord(token); w.stem != "" {
			words = append(words, w)
		}
	}
	return words
}

// tokens returns the words of a text in lower case and Unicode normalization
// form KC. A token that begins with a digit continues after a hyphen or a
// slash: "60-62", "12/4", "30-549".
func tokens(text string) []string {
	text = limit(norm.NFKC.String(limit(text, maxRunes)), maxRunes)
	var all []string
	var b strings.Builder
	size, numeric := 0, false
	end := func() {
		if token := strings.TrimRight(b.String(), "-/"); token != "" {
			all = append(all, token)
		}
		b.Reset()
		size = 0
	}
	for _, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mark, r) && size > 0
		switch {
		case r == '\'' || r == '’' || r == 'ʼ': // part of a word
		case letter || size > 0 && numeric && (r == '-' || r == '/' || r == '–'):
			if size == 0 {
				numeric = unicode.IsDigit(r)
			}
			if r == '–' {
				r = '-'
			}
			if size++; size <= maxWordSize {
				b.WriteRune(unicode.ToLower(r))
			}
		default:
			end()
		}
	}
	end()
	return all
}

// loose returns a folded word with one letter for what is spelled in several
// ways: v and w, i, j and y, sz, sh and s, cz and c, rz and z, g, h and ch; and
// with one letter for two equal ones.
func loose(folded string) string {
	out := make([]byte, 0, len(folded))
	for i := 0; i < len(folded); i++ {
		c, next := folded[i], byte(0)
		if i+1 < len(folded) {
			next = folded[i+1]
		}
		switch {
		case (c == 's' || c == 'c' || c == 'r') && next == 'z', (c == 's' || c == 'z' || c == 'p') && next == 'h':
			if i++; c == 'r' {
				c = 'z'
			} else if c == 'p' {
				c = 'f'
			}
		case (c == 'c' || c == 'k') && next == 'h':
			c = 'g'
			i++
		case c == 'v':
			c = 'w'
		case c == 'y' || c == 'j':
			c = 'i'
		case c == 'h':
			c = 'g'
		case c == 'q':
			c = 'k'
		case c == 'x':
			c = 's'
			if n := len(out); n == 0 || out[n-1] != 'k' {
				out = append(out, 'k')
			}
		}
		if n := len(out); n == 0 || out[n-1] != c || c >= utf8.RuneSelf {
			out = append(out, c)
		}
	}
	return string(out)
}

const minStem = 3 // runes

// stem returns a loose word without the ending with which Polish, Ukrainian and
// Russian inflect it: "wielick" for "wielicka" and "wielickiej".
func stem(loose string) string {
	shorten := func(ending string) bool {
		rest, ok := strings.CutSuffix(loose, ending)
		if ok = ok && utf8.RuneCountInString(rest) >= minStem; ok {
			loose = rest
		}
		return ok
	}
	for _, ending := range []string{"ego", "ogo", "emu", "omu", "ami", "imi", "ig", "ag", "em", "im"} { // ig and ag are ich and ach
		if shorten(ending) {
			break
		}
	}
	for shorten("a") || shorten("e") || shorten("i") || shorten("o") || shorten("u") {
		continue
	}
	return loose
}
