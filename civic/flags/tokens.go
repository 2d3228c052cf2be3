package flags

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pinezka/pinezka/civic/words"
)

// token is a word or a number of a text: letters, digits, marks and apostrophes
// between them.
type token struct {
	start, end int
	folded     string // as words.Fold returns it, without apostrophes
	upper      bool   // whether it begins with an upper-case letter
	number     bool   // whether it begins with a digit
}

func tokensOf(text string) (all []token) {
	start := -1
	end := func(i int) {
		if start < 0 {
			return
		}
		first, _ := utf8.DecodeRuneInString(text[start:])
		folded := strings.Map(func(r rune) rune {
			if strings.ContainsRune(apostrophes, r) {
				return -1
			}
			return r
		}, words.Fold(text[start:i]))
		all = append(all, token{start, i, folded, unicode.IsUpper(first), unicode.IsDigit(first)})
		start = -1
	}
	for i, r := range text {
		switch {
		case unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark), start >= 0 && strings.ContainsRune(apostrophes, r):
			if start < 0 {
				start = i
			}
		default:
			end(i)
		}
	}
	end(len(text))
	return all
}

const apostrophes = "'’ʼ"

// flaggedWord is a word or phrase that a district has chosen.
type flaggedWord struct {
	words  []string // folded
	prefix bool     // whether the last word is the beginning of one
}

func (f *Finder) flaggedWords(tokens []token) (found []Span) {
	for i := range tokens {
		longest := 0
		for _, w := range f.words {
			if len(w.words) > longest && w.matches(tokens[i:]) {
				longest = len(w.words)
			}
		}
		if longest > 0 && (len(found) == 0 || tokens[i].start >= found[len(found)-1].End) {
			found = append(found, Span{Word, tokens[i].start, tokens[i+longest-1].end})
		}
	}
	return found
}

// matches reports whether the tokens begin with the phrase.
func (w flaggedWord) matches(tokens []token) bool {
	if len(tokens) < len(w.words) {
		return false
	}
	last := len(w.words) - 1
	for i, word := range w.words {
		if folded := tokens[i].folded; folded != word && (i < last || !w.prefix || !strings.HasPrefix(folded, word)) {
			return false
		}
	}
	return true
}
