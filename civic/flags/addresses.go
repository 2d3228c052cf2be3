package flags

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pinezka/pinezka/civic/words"
)

//go:embed first_names.txt
var firstNameList string

// nameForm says which form of a first name a word is.
type nameForm uint8

const (
	nominative nameForm = iota + 1
	inflected
)

// firstNames returns the forms of common Polish and Ukrainian first names,
// folded. Not every form that the endings make exists, and none that exists and
// is a common word is among them.
func firstNames() map[string]nameForm {
	forms := map[string]nameForm{}
	for name := range strings.Lines(firstNameList) {
		name = words.Fold(strings.TrimSpace(name))
		forms[name] = nominative
		stem, feminine := strings.CutSuffix(name, "a")
		endings := []string{"a", "owi", "em", "iem", "ie", "u"}
		switch {
		case feminine:
			endings = []string{"y", "i", "ie", "e", "o"}
		case strings.HasSuffix(name, "y"), strings.HasSuffix(name, "i"): // Jerzy, Antoni
			endings = []string{"ego", "emu", "m"}
		case strings.HasSuffix(name, "ek"): // Marek, Marka
			stem = name[:len(name)-2] + "k"
		case strings.HasSuffix(name, "iel"), strings.HasSuffix(name, "el"): // Paweł, Pawła
			stem = strings.TrimSuffix(strings.TrimSuffix(name, "el"), "i") + "l"
		}
		for _, ending := range endings {
			if forms[stem+ending] == 0 {
				forms[stem+ending] = inflected
			}
		}
	}
	return forms
}

// flatPattern matches the number of a house with that of a flat: 12/4, 12a/3,
// 12 m. 4, 12 lok. 4, 12 кв. 4.
var flatPattern = regexp.MustCompile(`(?i)\d{1,4}[a-z]?(?:[ ]?/[ ]?|,? ?(?:m|m\.|mieszkanie|lok\.?|lokal|кв\.?|квартира) ?)\d{1,4}[a-z]?`)

const (
	maxStreetWords  = 4
	maxNameDistance = 60 // runes between the name and the address
)

// Words before the name of a street, those before which there is none, and forms
// of address, folded.
const (
	prepositions = " na przy w we z ze od do u za pod nad kolo obok "
	streetWords  = " ul ulica ulicy ulice al aleja alei os osiedle osiedlu pl plac placu wul wulyca wulyci prospekt "
	courtesies   = " pan pana panu panem pani pania pp panstwo p "
)

// addresses returns the addresses of flats beside which there is the name of a
// person, each with the name and what is between them.
func (f *Finder) addresses(text string, tokens []token) (found []Span) {
	for _, at := range flatPattern.FindAllStringIndex(text, -1) {
		if !isAlone(text, at[0], at[1]) {
			continue
		}
		first, last := tokensIn(tokens, at[0], at[1])
		street, ok := streetBefore(text, tokens, first)
		if !ok {
			continue
		}
		start, end := tokens[street].start, at[1]
		if name, ok := f.nameBefore(text, tokens, street, first); ok {
			start = tokens[name].start
		} else if name, ok := f.nameAfter(text, tokens, last); ok {
			end = tokens[name].end
		} else {
			continue
		}
		if len(found) > 0 && start < found[len(found)-1].End {
			start = found[len(found)-1].End
		}
		if start < end {
			found = append(found, Span{Address, start, end})
		}
	}
	return found
}

// tokensIn returns the first token that begins in a part of a text, and the
// first after it.
func tokensIn(tokens []token, start, end int) (first, last int) {
	for first < len(tokens) && tokens[first].start < start {
		first++
	}
	for last = first; last < len(tokens) && tokens[last].start < end; {
		last++
	}
	return first, last
}

// streetBefore returns the first word of the name of a street that ends before
// the token at number. It is a run of words with capitals, perhaps after a word
// such as "ul.".
func streetBefore(text string, tokens []token, number int) (int, bool) {
	first := number
	for first > 0 && number-first < maxStreetWords {
		t, end := tokens[first-1], len(text)
		if first < len(tokens) {
			end = tokens[first].start
		}
		if strings.Contains(streetWords, " "+t.folded+" ") {
			return first - 1, true
		}
		if gap := text[t.end:end]; strings.Trim(gap, " .-\u00a0") != "" || !t.upper && !t.number || strings.Contains(prepositions, " "+t.folded+" ") || t.number && first == number {
			break
		}
		first--
	}
	return first, first < number
}

// nameBefore returns the token with which the name of a person before an address
// begins. In the name of a street, which is in the genitive, it is one in the
// nominative.
func (f *Finder) nameBefore(text string, tokens []token, street, number int) (int, bool) {
	if number-street > 2 && f.names[tokens[street].folded] == nominative {
		return street, true
	}
	for i := street - 1; i >= 0 && near(text, tokens[i].end, tokens[street].start); i-- {
		if f.isName(tokens, i) {
			return i, true
		}
	}
	return 0, false
}

// nameAfter returns the last token of the name of a person after an address.
func (f *Finder) nameAfter(text string, tokens []token, from int) (int, bool) {
	for i := from; i < len(tokens) && from > 0 && near(text, tokens[from-1].end, tokens[i].start); i++ {
		if f.isName(tokens, i) {
			if i+1 < len(tokens) && tokens[i+1].upper && text[tokens[i].end:tokens[i+1].start] == " " {
				i++ // the surname
			}
			return i, true
		}
	}
	return 0, false
}

// isName reports whether a token is a first name or the form of address before a
// surname.
func (f *Finder) isName(tokens []token, i int) bool {
	if tokens[i].upper && f.names[tokens[i].folded] != 0 {
		return i == 0 || !strings.Contains(streetWords, " "+tokens[i-1].folded+" ")
	}
	return strings.Contains(courtesies, " "+tokens[i].folded+" ") && i+1 < len(tokens) && tokens[i+1].upper
}

// near reports whether what is between two places of a text is short and in one
// paragraph.
func near(text string, start, end int) bool {
	return end-start <= maxNameDistance*utf8.UTFMax && utf8.RuneCountInString(text[start:end]) <= maxNameDistance && !strings.Contains(text[start:end], "\n\n")
}
