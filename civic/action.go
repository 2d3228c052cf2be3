package civic

// Action is what an actor does to a thing. The zero value is none.
type Action uint8

// The actions on pins: those that change the publication, those that change the
// progress of a need, and those on many pins.
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
	Import // many pins from a file
	UndoImport
)

var actionNames = []string{
	Submit: "submit", Confirm: "confirm", Publish: "publish", Hide: "hide", Merge: "merge", Withdraw: "withdraw", Restore: "restore",
	BeginDiagnosis: "begin_diagnosis", EndDiagnosis: "end_diagnosis", BeginAction: "begin_action", Meet: "meet", Verify: "verify",
	PassOn: "pass_on", Refuse: "refuse", Reopen: "reopen", Import: "import", UndoImport: "undo_import",
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
func (a Action) NeedsReason() bool { return a == Hide || a == PassOn || a == Refuse }
