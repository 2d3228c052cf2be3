package civic

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// answerRules returns the rules of answers: a question with its answer, as everybody
// may read them. They name nobody, and are at no place but a cell or an area.
func answerRules() KindRules {
	advisers := []Role{Adviser, Moderator}
	return KindRules{
		Name: "answer", Plural: "answers", Place: Optional, Outcome: true, Anonymised: true,
		Fields: []Field{
			{Name: "question", Type: LineField, Required: true, Hint: true},
			{Name: "answer", Type: MarkdownField, Required: true, Hint: true},
			{Name: "topic", Type: TopicField, Filters: true},
			{Name: "area", Type: AreaField},
			{Name: "coarseness", Type: ChoiceField, Options: []string{"neighbourhood", "part"}, Hint: true},
		},
		Check: checkAnswer,
		Roles: map[Action][]Role{Submit: advisers, Edit: advisers, Publish: advisers, Hide: {Moderator}, Withdraw: advisers, Redact: {Moderator}},
	}
}

// coarseness returns the resolution of the cell in which an answer is, by what it
// says; false for none.
func coarseness(word string) (geo.Resolution, bool) {
	switch word {
	case "neighbourhood":
		return 8, true
	case "part":
		return 7, true
	}
	return 0, false
}

// ReleasedPlace returns the centre of the cell of a point at the coarseness that a
// word names, which is all that is said of the point; false for a word that names
// none, or a point that does not exist.
func ReleasedPlace(p orb.Point, word string) (orb.Point, bool) {
	resolution, ok := coarseness(word)
	if !ok {
		return orb.Point{}, false
	}
	cell, err := geo.CellAt(p)
	if err != nil {
		return orb.Point{}, false
	}
	return cell.Parent(resolution).Centre(), true
}

// maxOffCentre is how far, in degrees, a released place may be from the centre of its
// cell, since coordinates are rounded.
const maxOffCentre = 1e-5

// checkAnswer returns the faults of the place of an answer: one that is not released
// at a coarseness.
func checkAnswer(_ *District, says RecordDraft) Faults {
	if says.Point == nil {
		return nil
	}
	centre, ok := ReleasedPlace(*says.Point, says.Words["coarseness"])
	switch {
	case !ok:
		return Faults{{"coarseness", "missing", "how exact the place may be"}}
	case math.Abs(centre.Lon()-says.Point.Lon()) > maxOffCentre, math.Abs(centre.Lat()-says.Point.Lat()) > maxOffCentre:
		return Faults{{"place", "malformed", "the place of an answer is the centre of a cell of the coarseness"}}
	}
	return nil
}
