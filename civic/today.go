package civic

import (
	"slices"
	"time"
)

// TodaySection is a part of what needs somebody today. The zero value is none.
type TodaySection uint8

// The sections, in the order in which they are shown.
const (
	TodayQuestions     TodaySection = iota + 1 // to somebody who reported or supports something
	TodayAsks                                  // which what an organisation offers fits
	TodayReplies                               // that are awaited to recommendations
	TodayDeadlines                             // of the next TodayDays days, and those that are past
	TodayConfirm                               // what an organisation has said long ago
	TodayDrafts                                // things other than pins that are not public yet
	TodayNeeds                                 // without a diagnosis
	TodayDiagnoses                             // that nothing answers
	TodayEnrolments                            // that wait for a decision once nobody can enrol any more, or for a certificate once the programme is over
	TodayAdvice                                // requests of the adviser that are due, and those that nobody has
	TodayIdeas                                 // events whose ideas have not been grouped
	TodayRegistrations                         // events for which people wait for a place
	TodayVoices                                // recommendations that a group of the member writes, about which the member has said nothing
	TodayComments                              // recommendations that are written, with comments that nobody has answered
)

var todaySectionNames = []string{
	TodayQuestions: "questions", TodayAsks: "asks", TodayReplies: "replies", TodayDeadlines: "deadlines", TodayConfirm: "confirm",
	TodayDrafts: "drafts", TodayNeeds: "needs", TodayDiagnoses: "diagnoses", TodayEnrolments: "enrolments",
	TodayAdvice: "advice", TodayIdeas: "ideas", TodayRegistrations: "registrations",
	TodayVoices: "voices", TodayComments: "comments",
}

// ParseTodaySection returns the section with the lower-case name s, or ErrInvalid.
func ParseTodaySection(s string) (TodaySection, error) {
	return parseEnum[TodaySection](todaySectionNames, s, "section")
}

// String returns the name that ParseTodaySection reads.
func (s TodaySection) String() string { return enumName(todaySectionNames, s) }

// MarshalText returns the same text as String.
func (s TodaySection) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// AdviceDays is how many days ahead a request for advice needs its adviser.
const AdviceDays = 3

// TodayDays is how many days ahead a deadline needs somebody.
const TodayDays = 14

// Ideas of an event should be grouped within some days of it. Whoever has not after a
// year will not: these ideas stay as they are.
const (
	UngroupedDays = 7
	ForgottenDays = 366 // since they were public
)

// Today is what needs somebody in a district today.
type Today struct {
	Lists   []TodayList // that are not empty, in the order of the sections
	Contact bool        // whether they are a contact of the district
}

// TodayList is a section of what needs somebody today.
type TodayList struct {
	Section TodaySection
	Items   []TodayItem // the most urgent first
	Total   int         // of all items; of asks, of those that fit best
	Late    int         // of all those whose day is past
}

// TodayItem is a thing that needs somebody.
type TodayItem struct {
	Thing
	Since    Day      // since when it waits, or when it was confirmed; 0 if that is unknown
	Awaited  Awaited  // by a day; the zero value for nothing
	Match    *Match   // of an ask, the best; otherwise nil
	Question MailKind // MailAsked or MailBetter of a question; otherwise ""
	Answer   string   // path of the page on which a question is answered; otherwise ""
}

// TodayQuery selects what needs somebody today.
type TodayQuery struct {
	Section TodaySection // default all
	Skip    int          // items of each section that are left out
	Limit   int          // items of each section; required
	Now     time.Time    // required
}

// TodayScope is where things of a kind need somebody, in a section.
type TodayScope struct {
	Section TodaySection `json:"section"`
	Kind    string       `json:"kind"`
	State   State        `json:"state"` // in which they do; "" for all
	Scope
}

// TodayScopes returns where things of a district need the actor, as far as that
// follows from roles: those who may record a reply wait for it, a deadline is that of
// whoever may complete the thing, and so on.
func TodayScopes(a Actor, district int32, now time.Time) (scopes []TodayScope) {
	for _, kind := range ThingKinds() {
		rules := kind.Rules()
		add := func(section TodaySection, state State, action Action) {
			s := TodayScope{section, kind.String(), state, ScopeOf(a, action, kind, district, now)}
			if section == TodayAsks || section == TodayConfirm { // which are left to the members
				s.Everywhere, s.Areas = false, nil
			}
			isNew := !slices.ContainsFunc(scopes, func(o TodayScope) bool { return o.Section == section && o.Kind == s.Kind && o.State == state })
			if isNew && (s.Everywhere || s.Areas != nil || s.Organisations != nil) {
				scopes = append(scopes, s)
			}
		}
		if kind == PinThing {
			add(TodayNeeds, "", EndDiagnosis)
			continue
		}
		for _, step := range rules.Steps {
			if _, ok := step.Action.ReplyOutcome(); ok {
				add(TodayReplies, step.From, step.Action)
			}
		}
		if rules.HasDue() {
			for _, action := range []Action{Complete, Hold} {
				if kind.HasStep(action) {
					add(TodayDeadlines, "", action)
				}
			}
		}
		if kind.IsAskedAbout() {
			add(TodayConfirm, "", StillTrue)
		}
		if kind == OfferThing {
			add(TodayAsks, rules.Initial, Edit)
		}
		if kind == EnrolmentThing {
			add(TodayEnrolments, "", Select)
		}
		if kind == EventThing {
			add(TodayIdeas, "", Hide) // of the staff, who group them
			add(TodayRegistrations, "", Edit)
		}
		if kind == DiagnosisThing {
			add(TodayDiagnoses, rules.Initial, Edit)
		}
		if !rules.Private {
			if kind == RecommendationThing {
				add(TodayDrafts, "", Edit) // the working group writes them
			} else {
				add(TodayDrafts, "", Publish)
			}
		}
	}
	return scopes
}

// Undiagnosed returns the statuses of a need without a diagnosis: those that end
// with one.
func Undiagnosed() (all []Status) {
	for _, s := range Statuses() {
		if _, err := s.After(EndDiagnosis); err == nil {
			all = append(all, s)
		}
	}
	return all
}

// Awaited is something that is awaited of a thing on a day.
type Awaited struct {
	Day   Day
	Field string // whose day that is
	What  Text   // the first text of the row with the day; nil for a field without rows
}

// Awaited returns what is awaited first of a thing that says this in the state, or
// the zero value.
func (r RecordDraft) Awaited(state State) (first Awaited) {
	if r.Due(state) == 0 {
		return first
	}
	if awaits := r.Kind.Rules().Awaits; awaits != nil {
		first = awaits(r, state)
	}
	for _, f := range r.Kind.Rules().Fields {
		day := r.due([]Field{f}, state)
		if day == 0 || first.Day != 0 && first.Day <= day {
			continue
		}
		first = Awaited{Day: day, Field: f.Name}
		for _, row := range r.Rows[f.Name] {
			alone := Values{Rows: map[string][]Values{f.Name: {row}}}
			if first.What == nil && alone.due([]Field{f}, state) == day {
				first.What = row.Texts[f.Rows[0].Name]
			}
		}
	}
	return first
}
