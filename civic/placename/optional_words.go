package placename

// setAside returns the words of a name that a search requires, and the
// canonical forms of those that are often abbreviated or left out. Where all
// are of the latter, all are required.
func setAside(words []word) (required []word, optional []string) {
	for _, w := range words {
		if canonical := optionalWord(w.folded); canonical != "" {
			optional = append(optional, canonical)
		} else {
			required = append(required, w)
		}
	}
	if len(required) == 0 {
		return words, nil
	}
	return required, optional
}

// optionalWord returns the canonical form of a folded word that is often
// abbreviated or left out, or "" for any other word: words for streets and
// squares, ranks and titles, in Polish, Ukrainian, Russian, English and German,
// with their inflected forms.
func optionalWord(folded string) string {
	switch folded {
	case "ul", "ulica", "ulicy", "ulice", "wul", "wulycia", "wulyci", "wulyciu", "ulyca", "ulycy", "ulyce", "ulycu", "street", "road", "rd", "strasse", "str":
		return "street"
	case "al", "aleja", "alei", "aleje", "alejach", "avenue", "ave", "prosp", "prospekt", "prospekti", "prospekcie", "bulwar", "bulw", "boulevard", "blvd":
		return "avenue"
	case "pl", "plac", "placu", "placem", "square", "sq", "platz", "ploszcza", "ploszczi", "ploszczad", "ploszczady":
		return "square"
	case "os", "osiedle", "osiedla", "osiedlu", "estate":
		return "estate"
	case "sw", "swiety", "swietego", "swieta", "swietej", "swietych", "swiatogo", "swiatoi", "saint", "st", "sankt":
		return "saint"
	case "gen", "general", "generala", "generalowi":
		return "general"
	case "plk", "pulkownik", "pulkownika", "mjr", "major", "majora", "kpt", "kapitan", "kapitana", "por", "porucznika", "rtm", "rotmistrza", "marsz", "marszalka", "hetm", "hetmana":
		return "officer"
	case "ks", "ksiadz", "ksiedza", "kard", "kardynala", "bp", "biskupa", "abp", "arcybiskupa", "o", "ojca", "br", "brata", "s", "siostry":
		return "priest"
	case "dr", "doktor", "doktora", "prof", "profesor", "profesora", "inz", "inzyniera", "im", "imienia", "nr", "numer":
		return "title"
	}
	return ""
}

// isBuilding reports whether a token is before the name of a building in a
// house number, such as "14 bud. C".
func isBuilding(token string) bool {
	switch token {
	case "bud", "budynek", "bl", "blok", "корп", "корпус", "буд":
		return true
	}
	return false
}

// isFlat reports whether a token is before the number of a flat.
func isFlat(token string) bool {
	switch token {
	case "m", "mieszk", "mieszkanie", "lok", "lokal", "lu", "кв", "flat", "apt":
		return true
	}
	return false
}
