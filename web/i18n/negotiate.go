package i18n

import (
	"slices"

	"golang.org/x/text/language"
)

// Negotiate returns one of the offered languages, of which there must be at
// least one: the chosen one, or else the best one for the value of
// Accept-Language, or else the first.
func Negotiate(offered []string, chosen, accept string) string {
	if slices.Contains(offered, chosen) {
		return chosen
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 {
		return offered[0]
	}
	tags := make([]language.Tag, len(offered))
	for i, l := range offered {
		tags[i] = language.Make(l)
	}
	_, i, _ := language.NewMatcher(tags).Match(wanted...)
	return offered[i]
}
