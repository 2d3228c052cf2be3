package civic

import "slices"

// Action is what an actor does to a thing. The zero value is none.
type Action uint8

// The actions: those that change the publication of a thing, those that change
// the progress of a need and the states of other kinds, those that link things,
// those that change what a thing says, what is said about it, those on many pins,
// and those on people.
const (
	Submit Action = iota + 1
	Confirm
	Publish
	Hide
	Merge
	Withdraw
	Restore
	BeginDiagnosis
	EndDiagnosis
	BeginAction
	Meet
	Verify
	PassOn
	Refuse
	Reopen
	Close // a diagnosis
	Plan
	SeekSupport
	Start
	Complete
	Evaluate
	Abandon
	Hold   // an event: it has taken place
	Cancel // an event
	OpenEnrolment
	Select  // who applies
	Reserve // a place for who applies, should one become free
	Decline // who applies
	Graduate
	Leave // a programme
	Resume
	StillTrue // what a thing says
	Unverify  // a profile
	Consult   // the public
	Adopt
	Send
	AcceptReply // the addressee has accepted a recommendation
	AcceptInPart
	Reject
	Execute
	Lapse
	HearReply    // of a need: a recommendation that answers it was replied to
	EndTerm      // of a councillor
	AddLink      // to another thing
	RemoveLink   // to another thing
	Edit         // the text
	Redact       // the text, whose earlier versions are erased
	Move         // to another place
	Recategorise // choose another category
	KeepOriginal // of a thing without a recorded text, before it is changed
	Undo         // what the same actor has just done
	Ask          // the reporter
	Answer       // of the reporter
	PostUpdate   // a public statement of the staff
	Note         // for the staff only
	Report       // that a thing should not be public, or as it is
	CloseReport
	Object // to the decision of a moderator
	Import // many pins from a file
	UndoImport
	Migrate // what was there before there was a record
	GiveRole
	WithdrawRole
	Erase             // the data of a person
	MarkAttendance    // at the sessions of a programme
	DismissDifference // between a pin and what its source says
	ChangeSettings    // of a district
	EditPages         // about its council
	SeeDesk
	SeeAudit
	Advise       // whoever asked for advice
	Assign       // a request for advice to an adviser
	HandOver     // a request for advice to another adviser
	Consent      // whether an answer may be published
	EditAdvisers // who advises about what, and absences
	Dissent      // from a recommendation, signed
)

var actionNames = []string{
	Submit: "submit", Confirm: "confirm", Publish: "publish", Hide: "hide", Merge: "merge", Withdraw: "withdraw", Restore: "restore",
	BeginDiagnosis: "begin_diagnosis", EndDiagnosis: "end_diagnosis", BeginAction: "begin_action", Meet: "meet", Verify: "verify",
	PassOn: "pass_on", Refuse: "refuse", Reopen: "reopen",
	Close: "close", Plan: "plan", SeekSupport: "seek_support", Start: "start", Complete: "complete", Evaluate: "evaluate", Abandon: "abandon", Hold: "hold", Cancel: "cancel",
	OpenEnrolment: "open_enrolment", Select: "select", Reserve: "reserve", Decline: "decline", Graduate: "graduate", Leave: "leave", Resume: "resume",
	StillTrue: "still_true", Unverify: "unverify",
	Consult: "consult", Adopt: "adopt", Send: "send", AcceptReply: "accept_reply", AcceptInPart: "accept_in_part", Reject: "reject", Execute: "execute",
	Lapse: "lapse", HearReply: "hear_reply", EndTerm: "end_term", AddLink: "link", RemoveLink: "unlink",
	Edit: "edit", Redact: "redact", Move: "move", Recategorise: "recategorise", KeepOriginal: "keep_original", Undo: "undo",
	Ask: "ask", Answer: "answer", PostUpdate: "post_update", Note: "note", Report: "report", CloseReport: "close_report", Object: "object",
	Import: "import", UndoImport: "undo_import", Migrate: "migrate",
	GiveRole: "give_role", WithdrawRole: "withdraw_role", Erase: "erase",
	MarkAttendance: "mark_attendance", DismissDifference: "dismiss_difference", ChangeSettings: "change_settings", EditPages: "edit_pages", SeeDesk: "see_desk", SeeAudit: "see_audit",
	Advise: "advise", Assign: "assign", HandOver: "hand_over", Consent: "consent", EditAdvisers: "edit_advisers", Dissent: "dissent",
}

// Actions returns all actions.
func Actions() (all []Action) {
	for a := range actionNames[1:] {
		all = append(all, Action(a+1))
	}
	return all
}

// ParseAction returns the action with the lower-case name s, or ErrInvalid.
func ParseAction(s string) (Action, error) { return parseEnum[Action](actionNames, s, "action") }

// String returns the name that ParseAction reads.
func (a Action) String() string { return enumName(actionNames, a) }

// NeedsReason reports whether the action is recorded with a reason only, which
// whoever is concerned is told.
func (a Action) NeedsReason() bool {
	switch a {
	case Hide, PassOn, Refuse, Close, Abandon, Cancel, Select, Reserve, Decline, AcceptInPart, Reject, Lapse, CloseReport, GiveRole, WithdrawRole, HandOver:
		return true
	}
	return false
}

// NeedsText reports whether the action is to say something.
func (a Action) NeedsText() bool {
	switch a {
	case Ask, Answer, PostUpdate, Note, Report, Object, Advise, Dissent:
		return true
	}
	return false
}

// ChangesContent reports whether the action changes what a thing says, where it
// is or what it is about, so that it needs the version which it changes.
func (a Action) ChangesContent() bool {
	switch a {
	case Edit, Redact, Move, Recategorise, Consent:
		return true
	}
	return false
}

// AddsContent reports whether the action adds its text to what a thing says, whatever
// version that has.
func (a Action) AddsContent() bool { return a == Dissent }

// CanBeUndone reports whether the action changes something of a thing of the kind that
// whoever has taken it can take back: its state, what it says or its links.
func (a Action) CanBeUndone(kind ThingKind) bool {
	isPublication := slices.ContainsFunc(PublicationSteps(), func(s Step[Publication]) bool { return s.Action == a })
	return isPublication || kind.HasStep(a) || a.ChangesContent() && a != Redact || a.AddsContent() || a == AddLink || a == RemoveLink
}
