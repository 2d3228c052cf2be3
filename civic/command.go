package civic

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Command is an action that somebody takes on things of a district. All of them
// change, or none does.
type Command struct {
	Action     Action
	Kind       ThingKind    // of Submit, which adds a thing
	Things     []int64      // of every other action
	Version    int32        // that the only thing must have; 0 for any, where the action allows that
	Reason     string       // where the action needs one
	Text       string       // where the action needs one
	Chosen     Wording      // the template from which Text is, or Reason where there is no text; zero for none
	Into       int64        // of Merge: the thing that stays
	Content    Content      // of Submit, of an action that changes the content, and of a step with which it changes; of the type that the kind has
	Links      []FieldLinks // of Submit and Edit: what the fields of links name; those without an entry stay as they are
	Link       NewLink      // of AddLink and RemoveLink
	Confirmed  []string     // names of places that may be public in what rests on pins that are only counted
	Email      string       // of Submit: of whoever submits, who is told what becomes of it; "" for none
	Language   string       // in which they are written to; default that of the district
	Owner      int64        // of Submit: the pin of the organisation, or the working group, that it is of; 0 for none
	Of         int64        // of Submit: the request for advice that a new answer is of, which nothing public tells; 0 for none
	To         int64        // of HandOver: the account of the adviser
	Pending    bool         // of Submit: it waits for somebody to publish it, whoever submits it
	Report     NewReport    // of Report and Object
	Closing    ClosedReport // of CloseReport
	ReporterID int64        // of Submit: the contact who the actor is, which the store finds; 0 for none
	Request    *Request     // of Submit and Report: if it was carried out before, its result is that of the first time; nil for none
	At         time.Time    // when it happened, of what the System tells again, such as a demonstration, and nobody is told by mail; zero for now
}

// Outcome is what a command has done.
type Outcome struct {
	Changed []Thing // as they are afterwards; without those that were so before
	Entries []int64 // of the audit
	Report  int64   // the id of the report that it has added; 0 for none
}

// UndoWindow is how long whoever has taken an action can take it back.
const UndoWindow = time.Minute

// Limits of texts and commands.
const (
	MaxReason        = 2000 // code points
	MaxCommandThings = 500
)

// said returns what the command says, with the template from which it is.
func (c *Command) said(text string) Wording {
	return Wording{Text: text, Template: c.Chosen.Template, In: c.Chosen.In}
}

// Said returns the text of the command.
func (c *Command) Said() Wording {
	if c.Text == "" {
		return Wording{}
	}
	return c.said(c.Text)
}

// Because returns the reason of the command.
func (c *Command) Because() Wording {
	if c.Text != "" || c.Reason == "" {
		return Wording{Text: c.Reason}
	}
	return c.said(c.Reason)
}

// Check returns the faults of a command that are independent of the things, as
// Faults, or nil. It cleans the texts.
func (c *Command) Check() error {
	var f Faults
	c.Reason, c.Text, c.Email = cleanText(c.Reason), cleanText(c.Text), strings.TrimSpace(c.Email)
	c.Things = slices.Compact(slices.Sorted(slices.Values(c.Things)))
	switch {
	case c.Action == Submit:
		if c.Kind == 0 || c.Content == nil || len(c.Things) > 0 {
			f = append(f, Fault{"things", "missing", "a new thing needs a kind and content"})
		}
		f = append(f, checkEmail(c.Email)...)
	case len(c.Things) == 0:
		f = append(f, Fault{"things", "missing", "choose at least one"})
	case len(c.Things) > MaxCommandThings:
		f = append(f, Fault{"things", "too_many", fmt.Sprintf("at most %d at once", MaxCommandThings)})
	case len(c.Things) > 1 && (c.Content != nil || c.Action.ChangesContent() || c.Version != 0):
		f = append(f, Fault{"things", "too_many", "one at a time"})
	}
	if c.Action == Report || c.Action == Object {
		var err error
		var faults Faults
		if c.Report, err = c.Report.Check(); errors.As(err, &faults) {
			f = append(f, faults...)
		}
	}
	if c.Action.NeedsReason() {
		f = append(f, checkText("reason", c.Reason, 1, MaxReason)...)
	} else {
		f = append(f, checkText("reason", c.Reason, 0, MaxReason)...)
	}
	if c.Action.NeedsText() {
		f = append(f, checkText("text", c.Text, 1, MaxBody)...)
	} else if c.Text != "" {
		f = append(f, Fault{"text", "unknown", c.Action.String() + " has no text"})
	}
	if (c.Action.ChangesContent() || c.Action.IsStep() && c.Content != nil) && (c.Version == 0 || c.Content == nil) {
		f = append(f, Fault{"version", "missing", "the version that is changed, and its new content"})
	}
	if links := c.Action == AddLink || c.Action == RemoveLink; links != (c.Link != NewLink{}) || links && len(c.Things) > 1 {
		f = append(f, Fault{"link", "missing", "one thing, and what to link it to"})
	}
	if (c.Action == HandOver) != (c.To != 0) {
		f = append(f, Fault{"to", "missing", "the adviser to whom it is handed over"})
	}
	if (c.Action == Merge) != (c.Into != 0) || slices.Contains(c.Things, c.Into) {
		f = append(f, Fault{"into", "missing", "another thing, into which to merge"})
	}
	return f.Err()
}

// When returns the time of a command that an actor gives now: the one that it
// states, which the System alone may, or else now. It returns Faults for one that is
// still to come.
func (c *Command) When(a Actor, now time.Time) (time.Time, error) {
	switch {
	case c.At.IsZero():
		return now, nil
	case a.Kind != System:
		return now, fmt.Errorf("%s at another time than now: %w", c.Action, ErrForbidden)
	case c.At.After(now):
		return now, Faults{{"at", "future", "the time is still to come"}}
	}
	return c.At, nil
}

// After returns the thing as an action leaves it, or ErrConflict when it cannot be
// taken in its state. Merging is an action on the duplicate.
func (t Thing) After(action Action) (Thing, error) {
	standing := t.Kind.Standing()
	if to, err := t.Publication.After(action); err == nil && (action != Publish || standing == Published) && (action != Merge || t.Kind.Rules().Merges) {
		if t.Publication = to; to == Published {
			t.Publication = standing // of what is restored
		}
		return t, nil
	}
	if to, err := next(t.Kind.Rules().Steps, t.State, action); err == nil && t.Publication == standing {
		t.State = to
		return t, nil
	}
	if slices.Contains(action.without(t.Kind), t.Publication) {
		return t, nil
	}
	return t, fmt.Errorf("%s what is %s: %w", action, strings.TrimSuffix(t.Publication.String()+", "+t.State.String(), ", "), ErrConflict)
}

// without returns the states of publication in which an action can be taken on a
// thing of the kind that changes neither the publication nor the state.
func (a Action) without(kind ThingKind) []Publication {
	switch a {
	case Edit:
		if kind.Rules().Anonymised {
			return []Publication{Pending} // what a second person has read stays so
		}
		return []Publication{Pending, Published}
	case Assign, HandOver, Consent:
		if kind == AdviceThing {
			return []Publication{Pending}
		}
	case AddLink, RemoveLink:
		if len(kind.Rules().Links) > 0 {
			return []Publication{Pending, Published}
		}
	case Move, Recategorise:
		if kind == PinThing {
			return []Publication{Pending, Published}
		}
	case HearReply:
		if kind == PinThing {
			return []Publication{Published}
		}
	case StillTrue:
		if kind.IsAskedAbout() {
			return []Publication{Published}
		}
	case Redact, Note, KeepOriginal, CloseReport, Undo, Answer:
		return []Publication{Unconfirmed, Pending, Published, Merged, Hidden, Withdrawn}
	case Ask:
		return []Publication{Pending, Published}
	case Dissent:
		if kind == RecommendationThing {
			return []Publication{Pending, Published}
		}
	case PostUpdate, Report:
		return []Publication{Published}
	case Object:
		return []Publication{Hidden}
	default:
	}
	return nil
}

// Offered returns the actions on things of the kind that the actor may take on
// the thing at the time, in the order of Actions.
func Offered(a Actor, t Thing, now time.Time) (offered []Action) {
	for _, action := range Actions() {
		if action == Submit || action == KeepOriginal {
			continue
		}
		if _, err := t.After(action); err == nil && Can(a, action, t, now) == nil {
			offered = append(offered, action)
		}
	}
	return offered
}
