package civic

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Weighing is how those who take part in an event weigh its themes. The zero value is
// not at all.
type Weighing struct {
	Kind        WeighingKind
	Dots        int // that each may spend, of WeighByDots
	From, Until LocalTime
}

// WeighingKind is a way of weighing themes. The zero value is none.
type WeighingKind string

// The ways of weighing themes, which are options of the field of an event.
const (
	WeighByDots    WeighingKind = "dots"
	WeighByConsent WeighingKind = "consent"
)

// Stance is what somebody says to a theme that is weighed by consent. The zero value
// is nothing.
type Stance string

// The stances.
const (
	Agree      Stance = "agree"
	StandAside Stance = "aside"
	Oppose     Stance = "object"
)

// Stances returns all stances.
func Stances() []Stance { return []Stance{Agree, StandAside, Oppose} }

// MaxDots is how many dots each may have.
const MaxDots = 20

// WeighingOf returns how the themes of an event are weighed.
func WeighingOf(says RecordDraft) Weighing {
	w := Weighing{Kind: WeighingKind(says.Words["weighing"]), Dots: says.Number("dots")}
	w.From, _ = says.LocalTime("weighing_from")
	w.Until, _ = says.LocalTime("weighing_until")
	return w
}

// Phase returns whether a weighing is to come, is open or has ended at a time, or
// NotWeighed.
func (w Weighing) Phase(at LocalTime) WeighingPhase {
	switch {
	case w.Kind == "":
		return NotWeighed
	case at.floating().Before(w.From.floating()):
		return WeighingToCome
	case at.floating().Before(w.Until.floating()):
		return WeighingOpen
	}
	return WeighingEnded
}

// WeighingPhase is where a weighing stands. It is part of the key of a message.
type WeighingPhase string

// The phases of a weighing.
const (
	NotWeighed     WeighingPhase = ""
	WeighingToCome WeighingPhase = "to_come"
	WeighingOpen   WeighingPhase = "open"
	WeighingEnded  WeighingPhase = "ended"
)

// weighingFields are the fields of an event that have the rules of its weighing.
func weighingFields() []string {
	return []string{"weighing", "dots", "weighing_from", "weighing_until"}
}

// fixedWeighing returns the fields of an event that cannot be changed at a time: the
// rules of a weighing that has begun.
func fixedWeighing(says RecordDraft, at LocalTime) []string {
	if phase := WeighingOf(says).Phase(at); phase == NotWeighed || phase == WeighingToCome {
		return nil
	}
	return weighingFields()
}

// CheckTheme returns Faults for an action that would change the themes of an open weighing
// at which somebody has voted, or what those who weigh them read of one: the theme says something, and former is what it
// said, the zero value for a new one. Everybody must weigh the same themes. An action that
// moves says that the theme becomes or ceases to be one of them.
//
// To hide a theme and to redact it is never refused, since what is illegal must not stay
// public until a weighing ends. Nor is what nobody weighs: into which theme an idea is put,
// a translation, and what was counted in the room.
func CheckTheme(action Action, former, says RecordDraft, moves bool) error {
	switch {
	case action == Hide, action == Redact:
		return nil
	case moves:
		return FixedThemes()
	}
	var faults Faults
	err := says.CheckFixed(former, []string{"name", "summary"})
	if errors.As(err, &faults) {
		for i := range faults {
			faults[i].Code, faults[i].Detail = "weighed", "somebody has weighed the themes of the event: until that ends, nobody changes what they say"
		}
	}
	return faults.Err()
}

// FixedThemes returns why the themes of a weighing stay as they are.
func FixedThemes() Faults {
	return Faults{{"at", "weighed", "somebody has weighed the themes of the event: until that ends, none is added, changed or withdrawn"}}
}

// checkWeighing returns what is wrong with the rules of a weighing.
func checkWeighing(says RecordDraft) (faults Faults) {
	w := WeighingOf(says)
	if w.Kind == "" {
		return nil
	}
	if w.Kind == WeighByDots && (w.Dots < 1 || w.Dots > MaxDots) {
		faults = append(faults, Fault{"dots", "missing", "how many dots each has, 1 to 20"})
	}
	for _, name := range []string{"weighing_from", "weighing_until"} {
		if says.Words[name] == "" {
			faults = append(faults, Fault{name, "missing", "when the themes are weighed"})
		}
	}
	if faults == nil && !w.From.floating().Before(w.Until.floating()) {
		faults = append(faults, Fault{"weighing_until", "order", "it must end after it begins"})
	}
	return faults
}

// Ballot is what somebody gives to the themes of an event, by their ids: all that the
// voice has given, in place of what it gave before. Who gives nothing to any theme has
// taken part as well, as who leaves a ballot paper blank, and so takes back what was given.
type Ballot struct {
	Dots    map[int64]int
	Stances map[int64]Stance
}

// Check returns, as Faults, what of a ballot is against the rules of a weighing of
// themes.
func (b Ballot) Check(w Weighing, themes []int64) error {
	var faults Faults
	sum := 0
	for _, id := range slices.Sorted(maps.Keys(b.Dots)) {
		n := b.Dots[id]
		sum += n
		if fault := w.choiceFault(WeighByDots, themes, id, n >= 0 && n <= MaxDots); fault != "" {
			faults = append(faults, Fault{"dots", "unknown", fault})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.Stances)) {
		if fault := w.choiceFault(WeighByConsent, themes, id, slices.Contains(Stances(), b.Stances[id])); fault != "" {
			faults = append(faults, Fault{"stances", "unknown", fault})
		}
	}
	if sum > w.Dots && w.Kind == WeighByDots {
		faults = append(faults, Fault{"dots", "too_many", fmt.Sprintf("%d dots are spent, of %d", sum, w.Dots)})
	}
	return faults.Err()
}

// choiceFault returns what is wrong with a choice of a kind about a theme, whose value
// can be valid, or "".
func (w Weighing) choiceFault(kind WeighingKind, themes []int64, id int64, valid bool) string {
	switch {
	case !slices.Contains(themes, id):
		return fmt.Sprintf("%d is no theme of the event", id)
	case w.Kind != kind:
		return "the themes are weighed by " + string(w.Kind)
	case !valid:
		return fmt.Sprintf("what is given to theme %d is unknown", id)
	}
	return ""
}

// WeighingResult is what came of a weighing.
type WeighingResult struct {
	Voices  int // who took part, with ballots that give nothing
	Dots    map[int64]int
	Stances map[int64]map[Stance]int
}
