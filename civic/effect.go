package civic

import "slices"

// Effect is what an action on a thing does to the needs that it concerns: those
// that it answers, that are evidence for it, or that are so for what it answers.
// A need for which the step is impossible stays as it is.
type Effect struct {
	Kind   ThingKind
	Action Action
	Then   Action // on the needs
}

// Effects returns all effects.
func Effects() []Effect {
	return []Effect{
		{DiagnosisThing, Publish, EndDiagnosis},
		{InitiativeThing, Start, BeginAction},
		{InitiativeThing, Complete, Meet},
		{PracticumThing, Start, BeginAction},
		{PracticumThing, Complete, Meet},
		{RecommendationThing, Send, BeginAction},
		{RecommendationThing, AcceptReply, HearReply},
		{RecommendationThing, AcceptInPart, HearReply},
		{RecommendationThing, Reject, Refuse},
		{RecommendationThing, Complete, Meet},
	}
}

// HasEffects reports whether anything that is done to things of the kind has an
// effect.
func (k ThingKind) HasEffects() bool {
	return slices.ContainsFunc(Effects(), func(e Effect) bool { return e.Kind == k })
}

// StandingEffect returns what a thing in its state does to needs that it comes to
// concern, and whether it does anything.
func (t Thing) StandingEffect() (Action, bool) {
	if t.Publication != Published {
		return 0, false
	}
	rules := t.Kind.Rules()
	if t.State == rules.Initial {
		return t.Kind.Effect(Publish)
	}
	for _, s := range rules.Steps {
		if then, ok := t.Kind.Effect(s.Action); ok && s.To == t.State {
			return then, true
		}
	}
	return 0, false
}

// Effect returns what an action on a thing of the kind does to the needs that it
// concerns, and whether it does anything.
func (k ThingKind) Effect(action Action) (Action, bool) {
	for _, e := range Effects() {
		if e.Kind == k && e.Action == action {
			return e.Then, true
		}
	}
	return 0, false
}
