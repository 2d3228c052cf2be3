package civic

// Text is a short text in several languages, by BCP 47 tag ("pl", "en", "uk").
type Text map[string]string

// In returns the text in the language lang, else in the first of fallbacks that
// has it, else in the language whose tag comes first. It returns "" only for a
// text that is empty in every language.
func (t Text) In(lang string, fallbacks ...string) string {
	return t[t.Language(lang, fallbacks...)]
}

// Language returns the language of the text that In returns.
func (t Text) Language(lang string, fallbacks ...string) string {
	if t[lang] != "" {
		return lang
	}
	for _, l := range fallbacks {
		if t[l] != "" {
			return l
		}
	}
	best := ""
	for l, s := range t {
		if s != "" && (best == "" || l < best) {
			best = l
		}
	}
	return best
}
