package duplicates

// isStopWord reports whether a folded word of at least minWordRunes code points is
// one that texts about anything have, in Polish, English or Ukrainian. A word that
// means something in another of the languages, such as "but", a shoe in Polish, is
// none.
func isStopWord(word string) bool {
	switch word {
	case "nie", "sie", "jest", "czy", "ten", "tego", "tej", "tam", "tak", "jak", "ale", "albo", "oraz", "dla", "przy", "pod", "nad", "przez", "zeby", "tylko", "juz":
	case "the", "and", "not", "are", "was", "has", "have", "for", "from", "with", "this", "that", "there", "here":
	case "nemaie", "szczo", "szczob", "cej", "tut", "iak", "abo", "dlia", "pry", "pid", "wid", "czerez", "tilky", "wze":
	default:
		return false
	}
	return true
}
