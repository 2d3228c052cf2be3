package placename

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
)

// kindOf returns the kind of places that a text names, such as schools for
// "szkoła" and stops for "przystanek tramwajowy": that for which all its words
// are. It returns civic.PlaceOther for any other text.
func kindOf(tokens []string) civic.PlaceKind {
	kind := civic.PlaceOther
	for i, token := range tokens {
		k := kindOfWord(words.Fold(token))
		if k == civic.PlaceOther || i > 0 && k != kind {
			return civic.PlaceOther
		}
		kind = k
	}
	return kind
}

// kindOfWord returns the kind of places for which a folded word is, in Polish,
// English or Ukrainian.
func kindOfWord(folded string) civic.PlaceKind {
	switch folded {
	case "ulica", "ulice", "street", "streets", "wulycia", "wulyci":
		return civic.PlaceStreet
	case "adres", "adresy", "address", "addresses", "adresa":
		return civic.PlaceAddress
	case "plac", "square", "squares", "ploszcza", "ploszczi":
		return civic.PlaceSquare
	case "przystanek", "przystanki", "przystanku", "stacja", "stacje", "tramwaj", "tramwajowy", "tramwajowe", "autobus", "autobusowy", "autobusowe",
		"stop", "stops", "station", "stations", "tram", "bus",
		"zupynka", "zupynky", "stanciia", "stancii", "tramwajna", "awtobus", "awtobusna":
		return civic.PlaceStop
	case "szkola", "szkoly", "szkole", "przedszkole", "przedszkola", "school", "schools", "kindergarten", "kindergartens",
		"szkolu", "dytsadok", "sadok", "dytiaczyj":
		return civic.PlaceSchool
	case "park", "parki", "parku", "skwer", "skwery", "zieleniec", "zielence", "ogrod", "ogrody", "parks", "garden", "gardens", "parky", "sad":
		return civic.PlacePark
	case "woda", "wody", "rzeka", "rzeki", "staw", "stawy", "jezioro", "jeziora", "zalew", "water", "river", "rivers", "lake", "lakes", "pond", "ponds",
		"riczka", "riczky", "ozero", "ozera", "stawok", "stawky":
		return civic.PlaceWater
	case "osiedle", "osiedla", "estate", "estates", "neighbourhood", "neighbourhoods", "neighborhood", "mikrorajon", "selyszcze":
		return civic.PlaceLocality
	case "podobszar", "podobszary", "okolica", "okolice", "area", "areas", "okolycia", "okolyci":
		return civic.PlaceArea
	}
	return civic.PlaceOther
}
