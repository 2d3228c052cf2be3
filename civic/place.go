package civic

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// PlaceKind says what a place of the gazetteer is. The zero value is PlaceOther.
type PlaceKind uint8

// The kinds of places.
const (
	PlaceOther PlaceKind = iota
	PlaceStreet
	PlaceAddress
	PlaceSquare
	PlaceStop // of a tram, bus or train
	PlaceSchool
	PlacePark
	PlaceWater
	PlaceLocality // a suburb, a neighbourhood or an estate
	PlaceArea     // an area of the district
)

// PlaceKinds returns all kinds of places.
func PlaceKinds() []PlaceKind {
	all := make([]PlaceKind, PlaceArea+1)
	for i := range all {
		all[i] = PlaceKind(i)
	}
	return all
}

// String returns the name of the kind, such as "street".
func (k PlaceKind) String() string {
	names := []string{"other", "street", "address", "square", "stop", "school", "park", "water", "locality", "area"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("PlaceKind(%d)", uint8(k))
}

// MarshalText returns the name of the kind.
func (k PlaceKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// ParsePlaceKind returns the kind with the name. It returns ErrInvalid when
// there is none.
func ParsePlaceKind(name string) (PlaceKind, error) {
	for _, k := range PlaceKinds() {
		if k.String() == name {
			return k, nil
		}
	}
	return 0, fmt.Errorf("kind of place %q: %w", name, ErrInvalid)
}

// Place is a named point of the gazetteer, which the place search finds.
type Place struct {
	Name        string // as it is shown; of an address "Lipska 55"
	OtherNames  []string
	Kind        PlaceKind
	Street      string // of an address: the street, or the place, to which the number belongs
	HouseNumber string // of an address
	Postcode    string // "" if it is not known
	AreaID      int32  // of the area at the point, 0 for none; set by the place search
	Point       orb.Point
}

// SearchedName returns the name by which a place is found. That of an address
// is its street.
func (p *Place) SearchedName() string {
	if p.Kind == PlaceAddress {
		return p.Street
	}
	return p.Name
}

// maxPlaceWords is the number of code points of what somebody types to find a place.
const maxPlaceWords = 200

// SearchablePlace reports whether a place can be found by the words.
func SearchablePlace(words string) bool {
	return utf8.ValidString(words) && utf8.RuneCountInString(words) <= maxPlaceWords && !strings.ContainsFunc(words, unicode.IsControl)
}

// PlaceQuery selects places.
type PlaceQuery struct {
	Text  string     // that somebody typed
	Near  *orb.Point // of places that match equally well, those near it are first; default the middle of the district
	Limit int        // required
}

// FoundPlace is a place that a search has found.
type FoundPlace struct {
	Place
	Approximate bool // whether it may be another place than the one that was meant
	Outside     bool // whether it is outside the district, where no pin can be added
}
