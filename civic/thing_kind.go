package civic

import "slices"

// ThingKind is a kind of things. The zero value is none.
type ThingKind uint8

// The kinds of things.
const (
	PinThing ThingKind = iota + 1
	OfficeThing
	DiagnosisThing
	InitiativeThing
	OrganisationThing
	RecommendationThing
	CouncillorThing
	ResolutionThing
	AskThing
	OfferThing
	CommentThing
	EventThing
	PracticeThing
	ProgrammeThing
	EnrolmentThing
	PracticumThing
	AdviceThing
	AnswerThing
	IdeaThing
	ThemeThing
	GroupThing
	QuestionThing
)

// KindRules are what a kind of things brings: what its things say and how they are
// linked, its lifecycle, and who may do what. Everything else is the same for all
// kinds. Pins have rows of their own and neither fields nor links here.
type KindRules struct {
	Name   string // in addresses of a thing of any kind, in the API and in the record
	Plural string // in addresses of the kind, and in the keys of messages

	Fields []Field // of which the first is the title, a LineField or a WordField
	Place  Presence
	Links  []LinkRule // those that the form of the kind makes

	Initial  State // of a new thing; "" for a kind without a lifecycle
	Steps    []Step[State]
	Awaiting []State // those in which the days of fields are awaited; nil for all

	// Followed says whether whoever follows an area, a category or everything is told
	// of things of the kind, as of pins.
	Followed bool

	// Outcome says whether things of the kind are found out, done or answered, so that
	// the newest are shown while nobody searches.
	Outcome bool

	// Private says that things of the kind are never public: they stay pending, take
	// their steps so, and are known to those who may edit them and to their reporter.
	Private bool

	// Reachable says that whoever submits a thing of the kind must give an address, to
	// which what is decided about it is written.
	Reachable bool

	// Anonymised says that things of the kind tell in public what others have said in
	// private: they name no persons or places that nobody has confirmed, another than
	// who has written one publishes it, and then it stays as it is.
	Anonymised bool

	// Check returns what is wrong with what a thing says as a whole; nil where its fields
	// say all.
	Check func(d *District, says RecordDraft) Faults

	// Occurs returns when a thing that says this takes place, in order; nil for a kind
	// that does not.
	Occurs func(says RecordDraft) []Occurrence

	// Awaits returns what is awaited of a thing that says this in a state, beside the days
	// of fields; nil for nothing.
	Awaits func(says RecordDraft, state State) Awaited

	// Merges says whether one of several things of the kind that say the same may stay for
	// all of them.
	Merges bool

	// Supported says whether anybody can agree with a thing of the kind.
	Supported bool

	// Heard says whether whoever submitted a thing of the kind hears how that goes on
	// which came of it, however far.
	Heard bool

	// Notices are the mails that follow from actions on a thing of the kind, and to whom
	// they go; nil where they are those of all kinds.
	Notices map[Action]Notice

	// Confidential says that mails about things of the kind have no word of what those
	// say, nor of what anybody writes about them.
	Confidential bool

	// Quiet says that nobody is told that a thing of the kind has come of what they follow.
	Quiet bool

	// Fixed returns the fields of a thing that says this which cannot be changed at a time;
	// nil where there are none.
	Fixed func(says RecordDraft, at LocalTime) []string

	// Ready returns what a thing says once it is submitted or a step is taken on a day,
	// and what it lacks for that; nil where steps neither need nor change it.
	Ready func(d *District, action Action, today Day, says RecordDraft) (RecordDraft, Faults)

	// Brings are the fields that whoever takes a step may fill with it, without the right
	// to edit.
	Brings map[Action][]string

	// While are the states in which a role may act on a thing of the kind; without an entry,
	// all.
	While map[Role][]State

	// Knows are the roles that know of a thing that is not public without being allowed to
	// edit it.
	Knows []Role

	// Roles are those that may take an action, where they are others than on pins.
	Roles map[Action][]Role
}

// Presence says whether something must be given. The zero value is Absent.
type Presence uint8

// Whether something is given.
const (
	Absent Presence = iota
	Optional
	Required
)

// kindRules are the rules of all kinds. Each has a file of its own.
var kindRules = []KindRules{
	PinThing:            pinRules(),
	OfficeThing:         officeRules(),
	DiagnosisThing:      diagnosisRules(),
	InitiativeThing:     initiativeRules(),
	OrganisationThing:   organisationRules(),
	RecommendationThing: recommendationRules(),
	CouncillorThing:     councillorRules(),
	ResolutionThing:     resolutionRules(),
	AskThing:            askRules(),
	OfferThing:          offerRules(),
	CommentThing:        commentRules(),
	EventThing:          eventRules(),
	PracticeThing:       practiceRules(),
	ProgrammeThing:      programmeRules(),
	EnrolmentThing:      enrolmentRules(),
	PracticumThing:      practicumRules(),
	AdviceThing:         adviceRules(),
	AnswerThing:         answerRules(),
	IdeaThing:           ideaRules(),
	ThemeThing:          themeRules(),
	GroupThing:          groupRules(),
	QuestionThing:       questionRules(),
}

// HasDue reports whether something can be awaited of things of the kind.
func (r *KindRules) HasDue() bool {
	if r.Awaits != nil {
		return true
	}
	isDue := func(f Field) bool { return f.Due }
	return slices.ContainsFunc(r.Fields, func(f Field) bool { return f.Due || slices.ContainsFunc(f.Rows, isDue) })
}

// ThingKinds returns all kinds of things.
func ThingKinds() (all []ThingKind) {
	for k := range kindRules[1:] {
		all = append(all, ThingKind(k+1))
	}
	return all
}

// Rules returns the rules of a kind, which nobody may change.
func (k ThingKind) Rules() *KindRules {
	if int(k) >= len(kindRules) {
		return &kindRules[0]
	}
	return &kindRules[k]
}

// Plural returns the name of the kind in addresses, such as "pins".
func (k ThingKind) Plural() string { return k.Rules().Plural }

// ParseThingKind returns the kind with the lower-case name s, or ErrInvalid.
func ParseThingKind(s string) (ThingKind, error) {
	return parseEnum[ThingKind](thingKindNames(), s, "kind of thing")
}

// String returns the name that ParseThingKind reads.
func (k ThingKind) String() string { return enumName(thingKindNames(), k) }

func thingKindNames() []string {
	names := make([]string, len(kindRules))
	for k, rules := range kindRules {
		names[k] = rules.Name
	}
	return names
}

// FollowedKinds returns the kinds other than pins of which whoever follows a filter
// is told.
func FollowedKinds() []ThingKind { return kindsWith(func(r *KindRules) bool { return r.Followed }) }

// AnonymisedKinds returns the kinds of what another than who has written it publishes.
func AnonymisedKinds() []ThingKind {
	return kindsWith(func(r *KindRules) bool { return r.Anonymised })
}

// HeardKinds returns the kinds of things whose reporters hear how that goes on which
// came of them.
func HeardKinds() []ThingKind { return kindsWith(func(r *KindRules) bool { return r.Heard }) }

// QuietKinds returns the kinds of things of which nobody is told that they came of
// another one.
func QuietKinds() []ThingKind { return kindsWith(func(r *KindRules) bool { return r.Quiet }) }

// OutcomeKinds returns the kinds of what is found out, done and answered.
func OutcomeKinds() []ThingKind { return kindsWith(func(r *KindRules) bool { return r.Outcome }) }

// PrivateKinds returns the kinds whose things are never public.
func PrivateKinds() []ThingKind { return kindsWith(func(r *KindRules) bool { return r.Private }) }

func kindsWith(has func(*KindRules) bool) []ThingKind {
	return slices.DeleteFunc(ThingKinds(), func(k ThingKind) bool { return !has(k.Rules()) })
}

// CanBeFollowed reports whether one can follow a thing of the kind: whether it is
// public and has a lifecycle, so that there is news of it.
func (k ThingKind) CanBeFollowed() bool { return len(k.Rules().Steps) > 0 && !k.Rules().Private }

// Standing returns the publication in which a thing of the kind stands while it is
// neither hidden nor withdrawn: Published, or Pending of a kind that is private.
func (k ThingKind) Standing() Publication {
	if k.Rules().Private {
		return Pending
	}
	return Published
}

// HasStep reports whether the action is a step in the lifecycle of the kind.
func (k ThingKind) HasStep(a Action) bool {
	return slices.ContainsFunc(k.Rules().Steps, func(s Step[State]) bool { return s.Action == a })
}

// staff returns the roles of a district that look after its things.
func staff() []Role { return []Role{Animator, Moderator} }

// pinRules returns the rules of pins.
func pinRules() KindRules {
	rules := KindRules{Name: "pin", Plural: "pins", Place: Required, Merges: true, Supported: true}
	for _, s := range ProgressSteps() {
		rules.Steps = append(rules.Steps, Step[State]{s.Action, State(s.From.String()), State(s.To.String())})
	}
	return rules
}

// officeRules returns the rules of places where residents meet the council or the
// staff of the programme: duty hours or a contact point.
func officeRules() KindRules {
	return KindRules{
		Name: "office", Plural: "offices", Place: Required,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "purpose", Type: TextField}, // for what one can come
			{Name: "hours", Type: TextField},
			{Name: "address", Type: LineField},
		},
		Roles: map[Action][]Role{
			Submit: {Animator, Council, Moderator},
			Edit:   staff(),
		},
	}
}
