package words

import (
	"slices"
	"strings"
)

// stem is how many bytes two words have in common that are told as the same.
const stem = 5

// Long returns the words of texts, as Of does, that are long enough for Alike.
func Long(texts ...string) []string {
	return slices.DeleteFunc(Of(texts...), func(w string) bool { return len(w) < stem })
}

// Alike returns the first word of a text, as it is written there, that begins as one
// of the wanted words does, which Long has returned; "" for none.
func Alike(text string, wanted []string) string {
	for _, word := range strings.Fields(text) {
		for _, folded := range Split(word) {
			if len(folded) >= stem && slices.ContainsFunc(wanted, func(w string) bool { return w[:stem] == folded[:stem] }) {
				return strings.Trim(word, ".,;:!?()„”\"")
			}
		}
	}
	return ""
}
