package civic

import (
	"slices"
	"time"
)

// HistoryEntry is an entry of the audit of a thing as its history shows it: with
// the role of who acted, and never with a name.
type HistoryEntry struct {
	ID            int64 // of the entry
	At            time.Time
	Action        Action
	By            Role   // zero if unknown
	Before, After string // states; "" for none
	Text          string // of PostUpdate; "" for none, or an erased one
	Reason        string // "" for none, or an erased one
	TextIn        Text   // a template that Text is, by language; nil for none
	ReasonIn      Text   // the same of Reason
}

// PublicTimes is when a thing was first public, and when it last changed for those
// who may read it.
type PublicTimes struct{ Published, Changed time.Time }

// PublicHistory returns what the public may know of what was done to a thing, of
// all entries in their order: since it was first public, how it went on and what
// was said in public about it. What was taken back at once is left out, and so is
// what moderators did, other than to correct what the thing says.
func PublicHistory(all []HistoryEntry) (public []HistoryEntry) {
	var kept []HistoryEntry // without those that were taken back
	for _, e := range all {
		switch e.Action {
		case AddLink, RemoveLink: // which are read from the links
		case Undo:
			kept = kept[:max(0, len(kept)-1)]
		default:
			kept = append(kept, e)
		}
	}
	published := len(kept) == 0 || kept[0].Action != Submit // such as by an import
	for _, e := range kept {
		switch {
		case e.After == Published.String() && e.Before != Hidden.String() && e.Before != Merged.String() && e.Before != Withdrawn.String():
			published, e.Action = true, Publish
			public = append(public, e)
		case published && e.isPublic():
			public = append(public, e)
		}
	}
	return public
}

// isPublic reports whether the history of a public thing shows the entry. That a
// thing was merged into another is an entry of the other one, without states.
func (e HistoryEntry) isPublic() bool {
	switch e.Action {
	case Edit, Redact, Dissent, Recategorise, PostUpdate, StillTrue, HearReply:
		return true
	case Merge:
		return e.Before == ""
	default:
		return e.Action.IsStep()
	}
}

// IsStep reports whether the action is one of the lifecycle of any kind.
func (a Action) IsStep() bool {
	return slices.ContainsFunc(ThingKinds(), func(k ThingKind) bool { return k.HasStep(a) })
}
