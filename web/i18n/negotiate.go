package i18n

import (
	"slices"

	"golang.org/x/text/language"
)

// Negotiate returns one of the offered languages, at least one: the one chosen
// by name, else the best for the value of Accept-Language, else the first.
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
