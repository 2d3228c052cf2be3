package flags

import "strings"

// Persons returns what a text says of persons: their names, as far as they begin with a
// common first name or a form of address, and what Find finds of them, such as
// telephone numbers. Words that a district has chosen are none of that.
func (f *Finder) Persons(text string) (found []string) {
	for _, s := range f.Find(text) {
		if s.Kind != Word {
			found = append(found, text[s.Start:s.End])
		}
	}
	tokens := tokensOf(text)
	for i := 0; i < len(tokens); i++ {
		isStreet := i > 0 && tokens[i].upper && strings.Contains(streetWords, " "+tokens[i-1].folded+" ")
		if !isStreet && !f.isName(tokens, i) {
			continue
		}
		last := lastOfName(text, tokens, i)
		if !isStreet {
			found = append(found, text[tokens[i].start:tokens[last].end])
		}
		i = last
	}
	return found
}

// lastOfName returns the last of the words with capitals that follow one in a name.
func lastOfName(text string, tokens []token, i int) int {
	for i+1 < len(tokens) && tokens[i+1].upper {
		if gap := text[tokens[i].end:tokens[i+1].start]; gap != " " && gap != "-" {
			break
		}
		i++
	}
	return i
}
