package desk

import (
	"time"

	"github.com/pinezka/pinezka/civic"
)

// action is a form of the desk. Which there are follows from civic.Offered.
type action struct {
	Name string
	Key  string // of the keyboard; "" for none
	Main bool
	// What the form has besides.
	Reason, Text, Open bool
	Templates          []template
}

// keyOf returns the key of the keyboard for an action, or "".
func keyOf(a civic.Action) string {
	switch a {
	case civic.Publish, civic.Restore: // never offered together
		return "p"
	case civic.Hide:
		return "h"
	case civic.Merge:
		return "m"
	case civic.Edit:
		return "e"
	case civic.Ask:
		return "a"
	case civic.Redact:
		return "r"
	case civic.Note:
		return "n"
	}
	return ""
}

// offered returns the forms for what the user may do with a thing, in the order
// in which they are shown: what ends its waiting first.
func offered(a at, t civic.Thing, now time.Time) []action {
	var first, later []action
	for _, offer := range civic.Offered(a.actor, t, now) {
		form := action{Name: offer.String(), Key: keyOf(offer), Reason: offer.NeedsReason(), Text: offer.NeedsText()}
		if t.Kind != civic.PinThing && (offer.ChangesContent() || offer == civic.Merge) {
			continue // on the page of the thing
		}
		switch offer {
		case civic.Undo, civic.CloseReport, civic.Report, civic.Object, civic.Erase:
			continue // with what they concern, or elsewhere
		case civic.Answer:
			continue // of the reporter, who does that elsewhere
		case civic.Publish, civic.Restore:
			form.Main = true
			first = append([]action{form}, first...)
		case civic.Hide, civic.Merge, civic.Ask, civic.Redact, civic.Edit:
			first = append(first, form)
		default:
			later = append(later, form)
		}
	}
	return append(first, later...)
}

// manyActions returns the forms for many things at once: those actions that need
// nothing that differs between the things.
func manyActions(a at, now time.Time) (many []action) {
	waiting := civic.Thing{DistrictID: a.d.ID, Kind: civic.PinThing, Publication: civic.Pending, State: civic.State(civic.Reported.String()), Version: 1}
	if len(a.areas) > 0 {
		waiting.AreaID = a.areas[0]
	}
	for _, offer := range civic.Offered(a.actor, waiting, now) {
		if offer.ChangesContent() || offer.NeedsText() || offer == civic.Merge || offer == civic.Undo || offer == civic.CloseReport {
			continue
		}
		many = append(many, action{Name: offer.String(), Reason: offer.NeedsReason(), Main: offer == civic.Publish})
	}
	return many
}

// undoable reports whether an action can be taken back for a while.
func undoable(a civic.Action) bool {
	return a != civic.Undo && a != civic.Redact && !a.NeedsText() && a != civic.CloseReport
}

// leads reports whether the next thing of the queue is opened after an action.
func leads(a civic.Action) bool {
	switch a {
	case civic.Publish, civic.Hide, civic.Merge, civic.Withdraw, civic.Restore, civic.Ask, civic.CloseReport, civic.Confirm:
		return true
	}
	return false
}
