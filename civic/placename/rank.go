package placename

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
)

// candidate is a place with how well it matches a query.
type candidate struct {
	civic.FoundPlace
	match
	number   int // how well the house number matches; 0 exactly, or as there is none
	off      int // difference of the house numbers
	optional int // words like "street" of the query that the name lacks
	distance float64
	street   string // key of the street or of the name
}

// How well house numbers match.
const (
	sameNumber  = iota
	partOfRange // 60 of 60-62, or 12 of 12/4
	noNumber    // a street, while a number was typed
	otherNumber
)

// Rank returns the places that match the query: those that match better first,
// then by kind, then those nearer to a point. Places of the kind that the query
// names match best, but approximately, since any of them may be meant.
func (q Query) Rank(places []civic.Place, near orb.Point) []civic.FoundPlace {
	var all []candidate
	for _, p := range places {
		if c, ok := q.judge(&p); ok {
			c.distance = geo.DistanceHaversine(p.Point, near)
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(
			a.compare(b), cmp.Compare(kindOrder(a.Kind), kindOrder(b.Kind)),
			cmp.Compare(a.distance, b.distance), cmp.Compare(a.Name, b.Name),
		)
	})
	if len(all) > 0 && all[0].level <= levelPrefix { // a name with all words was found
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.level >= levelPartly })
	}
	return distinct(all)
}

// judge returns how well a place matches the best reading of the query. It is
// false for a place that does not match.
func (q Query) judge(p *civic.Place) (candidate, bool) {
	best := candidate{match: match{level: noMatch}}
	best.Place, best.street = *p, Key(p.SearchedName())
	if q.Kind != civic.PlaceOther && q.Kind == p.Kind { // whatever its name
		best.level, best.Approximate = levelSpelled, true
		return best, true
	}
	if q.Postcode != "" && PostcodeKey(p.Postcode) == q.Postcode {
		best.level = levelSpelled
		if p.Kind == civic.PlaceAddress {
			best.number = otherNumber // one of each street
		}
		if len(q.Readings) > 0 && !q.Readings[0].onlyPostcode(q.Postcode) {
			best.level, best.Approximate = levelPartly, true
		}
	}
	for _, name := range append([]string{p.SearchedName()}, p.OtherNames...) {
		words := split(name)
		required, optional := setAside(words)
		for _, r := range q.Readings {
			c := candidate{match: matchName(r, required)}
			if c.level == noMatch || !c.judgeNumber(r, p) {
				continue
			}
			for _, word := range q.optional {
				isStreet := word == "street" && (p.Kind == civic.PlaceStreet || p.Kind == civic.PlaceAddress)
				if !isStreet && !slices.Contains(optional, word) {
					c.optional++
				}
			}
			c.Approximate = c.Approximate || c.level >= levelTypo
			if c.compare(best) < 0 {
				c.Place, c.street = best.Place, best.street
				best = c
			}
		}
	}
	return best, best.level < noMatch
}

// compare orders candidates by how well they match. A whole name in another form
// of its words is above a part of a name in the same form.
func (c candidate) compare(other candidate) int {
	return cmp.Or(
		cmp.Compare(max(c.level, levelInflected), max(other.level, levelInflected)), cmp.Compare(c.number, other.number), cmp.Compare(c.off, other.off),
		cmp.Compare(c.optional, other.optional), cmp.Compare(c.missing, other.missing), cmp.Compare(c.level, other.level),
	)
}

// onlyPostcode reports whether the words of the reading are the postcode.
func (r Reading) onlyPostcode(key string) bool {
	var all strings.Builder
	for _, w := range r.words {
		all.WriteString(w.plain)
	}
	return PostcodeKey(all.String()) == key
}

// judgeNumber compares the house number of a reading with that of a place. It is
// false for a place that has no house numbers while a number was typed, such as
// a school.
func (c *candidate) judgeNumber(r Reading, p *civic.Place) bool {
	key := ""
	if p.Kind == civic.PlaceAddress {
		key = NumberKey(p.HouseNumber)
	}
	switch {
	case r.Number == key:
		return true
	case r.Number == "": // the address stands for its street
		c.number = otherNumber
	case key == "":
		if p.Kind != civic.PlaceStreet && p.Kind != civic.PlaceSquare && p.Kind != civic.PlaceLocality {
			return false
		}
		c.number = noNumber
	case inRange(r.Number, key) || inRange(key, r.Number):
		c.number = partOfRange
	default:
		c.number = otherNumber
		c.off = max(NumberValue(r.Number)-NumberValue(key), NumberValue(key)-NumberValue(r.Number))
	}
	c.Approximate = true
	return true
}

// inRange reports whether a house number is the beginning of another one, or
// within it: 12 of 12/4, and 60 and 62 of 60-62.
func inRange(number, other string) bool {
	rest, ok := strings.CutPrefix(other, number)
	if ok && rest != "" && (rest[0] == '/' || rest[0] == '-') {
		return true
	}
	first, last, ok := strings.Cut(other, "-")
	n := NumberValue(number)
	return ok && !strings.Contains(number, "-") && NumberValue(first) <= n && n <= NumberValue(last)
}

// kindOrder returns the order of kinds of places that match equally well.
func kindOrder(k civic.PlaceKind) int {
	order := []civic.PlaceKind{
		civic.PlaceArea, civic.PlaceStreet, civic.PlaceSquare, civic.PlaceLocality, civic.PlaceAddress,
		civic.PlacePark, civic.PlaceStop, civic.PlaceSchool, civic.PlaceWater, civic.PlaceOther,
	}
	return slices.Index(order, k)
}

const sameSpot = 60 // metres

// distinct returns ranked places without those that say nothing new: the same
// place twice, a second address that stands for its street, and what stands for
// an address or a street that was found itself. Namesakes remain.
func distinct(all []candidate) []civic.FoundPlace {
	known := map[string]bool{} // keys of streets of which nothing more is needed
	var kept []candidate
	for _, c := range all {
		same := func(k candidate) bool {
			return k.Kind == c.Kind && strings.EqualFold(k.SearchedName(), c.SearchedName()) && NumberKey(k.HouseNumber) == NumberKey(c.HouseNumber) &&
				geo.DistanceHaversine(k.Point, c.Point) < sameSpot
		}
		if c.number >= noNumber && known[c.street] || slices.ContainsFunc(kept, same) {
			continue
		}
		if c.number == otherNumber || c.number == sameNumber && (c.Kind == civic.PlaceAddress || c.Kind == civic.PlaceStreet) {
			known[c.street] = true
		}
		kept = append(kept, c)
	}
	found := make([]civic.FoundPlace, len(kept))
	for i, c := range kept {
		found[i] = c.FoundPlace
	}
	return found
}
