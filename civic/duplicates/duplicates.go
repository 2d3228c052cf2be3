// Package duplicates ranks the pins near a pin by how likely they say the same.
package duplicates

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
)

// Radius is how far apart two pins that say the same are at most, in metres.
const Radius = 150.0

// Report is what is compared of a pin.
type Report struct {
	ID          int64
	CategoryID  int32
	Publication civic.Publication
	Title       string
	Body        string
	Point       orb.Point // exact
	ReportedOn  civic.Day
}

// Likely is a pin that may say the same as another, and the reasons.
type Likely struct {
	Report
	Score        float64 // 0 to 1
	Metres       int
	SharedWords  []string // folded, the longest first
	SameCategory bool
	Days         int // between the two
}

// What each reason contributes to a score.
const (
	weightWords    = 0.45
	weightDistance = 0.30
	weightCategory = 0.15
	weightTime     = 0.10
)

const (
	sameSpot      = 20.0 // metres within which reports of one category without a common word can be the same
	minScore      = 0.35
	halfTime      = 60.0 // days after which the contribution of time is half of what it was
	minWordRunes  = 3
	stemRunes     = 5 // of words that are compared, since endings are inflected
	maxSharedSize = 5
)

// Rank returns at most limit of the others within Radius that are likely
// duplicates of a pin, the most likely first.
func Rank(of Report, others []Report, limit int) []Likely {
	own := stems(of)
	var ranked []Likely
	for _, o := range others {
		metres := geo.DistanceHaversine(of.Point, o.Point)
		if o.ID == of.ID || !(metres <= Radius) {
			continue
		}
		theirs := stems(o)
		l := Likely{Report: o, Metres: int(math.Round(metres)), SameCategory: o.CategoryID == of.CategoryID, Days: int(max(o.ReportedOn-of.ReportedOn, of.ReportedOn-o.ReportedOn))}
		shared := 0
		for stem, word := range theirs {
			if own[stem] != "" {
				shared++
				l.SharedWords = append(l.SharedWords, word)
			}
		}
		if shared == 0 && (metres > sameSpot || !l.SameCategory) {
			continue
		}
		slices.SortFunc(l.SharedWords, func(a, b string) int {
			return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
		})
		l.SharedWords = l.SharedWords[:min(len(l.SharedWords), maxSharedSize)]
		if shared > 0 { // the coefficient of Sørensen and Dice
			l.Score += weightWords * 2 * float64(shared) / float64(len(own)+len(theirs))
		}
		l.Score += weightDistance * (1 - metres/Radius)
		if l.SameCategory {
			l.Score += weightCategory
		}
		l.Score += weightTime * math.Exp2(-float64(l.Days)/halfTime)
		if l.Score >= minScore {
			ranked = append(ranked, l)
		}
	}
	slices.SortFunc(ranked, func(a, b Likely) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	return ranked[:min(len(ranked), limit)]
}

// stems returns the beginnings of the words of a report that say something of its
// subject, each with one of the words.
func stems(r Report) map[string]string {
	all := map[string]string{}
	for _, word := range words.Of(r.Title, r.Body) {
		if utf8.RuneCountInString(word) < minWordRunes || isStopWord(word) {
			continue
		}
		stem := word
		for i, n := 0, 0; i < len(word); n++ {
			if n == stemRunes {
				stem = word[:i]
				break
			}
			_, size := utf8.DecodeRuneInString(word[i:])
			i += size
		}
		all[stem] = word
	}
	return all
}
