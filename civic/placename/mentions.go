package placename

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mention is a part of a text that may name a place.
type Mention struct {
	Text  string // as it was written
	Key   string // as LooseKey returns it
	Alone bool   // whether it is one word with a capital, such as the surname in the name of a street
}

const (
	maxMentionWords = 4
	minMentionRunes = 3 // of its longest word
)

// Mentions returns every run of up to four words of a text that has a key, each key
// once.
func Mentions(text string) (all []Mention) {
	isBreak := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '’' && r != '\''
	}
	words := strings.FieldsFunc(text, isBreak)
	for i := range words {
		for n := 1; n <= maxMentionWords && i+n <= len(words); n++ {
			m := Mention{Text: strings.Join(words[i:i+n], " ")}
			m.Key = LooseKey(m.Text)
			stems := strings.Fields(m.Key)
			if !slices.ContainsFunc(stems, func(s string) bool { return utf8.RuneCountInString(s) >= minMentionRunes }) {
				continue
			}
			last, _ := utf8.DecodeRuneInString(words[i+n-1])
			m.Alone = len(stems) == 1 && unicode.IsUpper(last)
			switch known := slices.IndexFunc(all, func(k Mention) bool { return k.Key == m.Key }); {
			case known < 0:
				all = append(all, m)
			case m.Alone:
				all[known].Alone = true
			}
		}
	}
	return all
}

// mobileE matches an e that inflection drops, as in Rynek, na Rynku.
var mobileE = regexp.MustCompile(`e([^aeiou ])( |$)`)

// LooseKey returns Key without the vowels that inflection drops.
func LooseKey(name string) string { return mobileE.ReplaceAllString(Key(name), "$1$2") }
