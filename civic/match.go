package civic

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// Exchange is an ask or an offer with what decides whether one fits the other.
type Exchange struct {
	Thing
	What        string  // an option of the field "what"
	CategoryIDs []int32 // sorted
	From, Until Day     // 0 for no limit
	Place       *orb.Point
}

// Match is an ask and an offer that fit each other: the same is asked for and
// offered, at some time in common, not too far apart.
type Match struct {
	Ask, Offer  Exchange
	Score       float64 // 0 to 1
	Metres      float64 // between their places, in a straight line; below 0 if one is unknown
	CategoryIDs []int32 // that both have
	From, Until Day     // the time in common; 0 for no limit
}

// MatchRadius is how far an offer may be from an ask, in metres.
const MatchRadius = 3000

// The parts of a score.
const (
	scoreOfPlace      = 0.5
	scoreOfCategories = 0.3
	scoreOfTime       = 0.2

	unknownPart = 0.5 // of what cannot be compared
)

// anythingElse is the option of the field "what" that says nothing by itself.
const anythingElse = "other"

// MatchOf returns how an offer fits an ask, and whether it does. Of what is neither
// a room nor another kind that the form names, only things of one category fit.
func MatchOf(ask, offer Exchange) (Match, bool) {
	m := Match{Ask: ask, Offer: offer, Metres: -1, From: max(ask.From, offer.From), Until: earlier(ask.Until, offer.Until)}
	for _, id := range ask.CategoryIDs {
		if slices.Contains(offer.CategoryIDs, id) {
			m.CategoryIDs = append(m.CategoryIDs, id)
		}
	}
	if ask.Place != nil && offer.Place != nil {
		m.Metres = orbgeo.Distance(*ask.Place, *offer.Place)
	}
	if ask.What != offer.What || ask.What == anythingElse && m.CategoryIDs == nil || m.Until != 0 && m.Until < m.From || m.Metres > MatchRadius {
		return m, false
	}
	place, categories, time := unknownPart, unknownPart, 1.0
	if m.Metres >= 0 {
		place = 1 - m.Metres/MatchRadius
	}
	if len(ask.CategoryIDs) > 0 {
		categories = float64(len(m.CategoryIDs)) / float64(len(ask.CategoryIDs))
	}
	if ask.From != 0 && ask.Until != 0 {
		time = float64(m.Until-m.From+1) / float64(ask.Until-ask.From+1)
	}
	m.Score = scoreOfPlace*place + scoreOfCategories*categories + scoreOfTime*time
	return m, true
}

// earlier returns the earlier of two days, of which 0 is none.
func earlier(a, b Day) Day {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// Other returns the one of the two that is not the thing with the id.
func (m Match) Other(id int64) Exchange {
	if m.Ask.ID == id {
		return m.Offer
	}
	return m.Ask
}

// SortMatches puts what fits best first.
func SortMatches(all []Match) {
	slices.SortFunc(all, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Ask.ID, b.Ask.ID), cmp.Compare(a.Offer.ID, b.Offer.ID))
	})
}
