package civic

import (
	"cmp"
	"slices"
	"time"
)

// AdvisingAccount is an account that answers requests for advice, with what is known of
// its work.
type AdvisingAccount struct {
	AccountID   int64
	Name        string
	Topics      []string // slugs, about which it advises
	DeputyID    int64    // the account of the adviser who takes over in an absence; 0 for none
	AbsentFrom  Day      // 0 for no absence
	AbsentUntil Day      // the last day; 0 for an absence without an end
	Open        int      // requests that it has and has not answered
}

// IsAbsent reports whether the adviser is absent on a day.
func (a AdvisingAccount) IsAbsent(day Day) bool {
	return a.AbsentFrom != 0 && a.AbsentFrom <= day && (a.AbsentUntil == 0 || day <= a.AbsentUntil)
}

// AssignmentCause is why somebody has a request. It is part of the key of a message.
type AssignmentCause string

// The causes of an assignment.
const (
	ByLoad     AssignmentCause = "load"      // of those who advise about the topic, they had the fewest open requests
	ByDeputy   AssignmentCause = "deputy"    // all who advise about it were absent
	ByAbsence  AssignmentCause = "absence"   // whoever had it is absent
	ByHandOver AssignmentCause = "hand_over" // somebody has handed it over
)

// ChooseAdviser returns who answers a request about a topic from a day on: of those
// who advise about the topic and are not absent, the one with the fewest open
// requests; if all of them are absent, the deputy of the one with the fewest who has
// a deputy who is not. It returns 0 for nobody.
func ChooseAdviser(all []AdvisingAccount, topic string, today Day) (account int64, why AssignmentCause) {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b AdvisingAccount) int { return cmp.Or(a.Open-b.Open, cmp.Compare(a.AccountID, b.AccountID)) })
	about := slices.DeleteFunc(slices.Clone(sorted), func(a AdvisingAccount) bool { return !slices.Contains(a.Topics, topic) })
	for _, a := range about {
		if !a.IsAbsent(today) {
			return a.AccountID, ByLoad
		}
	}
	for _, a := range about {
		if deputy := presentDeputy(all, a, today); deputy != 0 {
			return deputy, ByDeputy
		}
	}
	return 0, ""
}

// TakeOver returns who takes over a request about a topic from an adviser who is
// absent, or is none any more, which the zero value says: the deputy, or else whom
// ChooseAdviser returns.
func TakeOver(all []AdvisingAccount, from AdvisingAccount, topic string, today Day) (account int64, why AssignmentCause) {
	if deputy := presentDeputy(all, from, today); deputy != 0 {
		return deputy, ByAbsence
	}
	return ChooseAdviser(all, topic, today)
}

// presentDeputy returns the deputy of an adviser who is an adviser and not absent on
// a day, or 0.
func presentDeputy(all []AdvisingAccount, of AdvisingAccount, day Day) int64 {
	for _, a := range all {
		if a.AccountID == of.DeputyID && of.DeputyID != 0 && !a.IsAbsent(day) {
			return a.AccountID
		}
	}
	return 0
}

// AdviserSettings is what is chosen for an adviser.
type AdviserSettings struct {
	AccountID   int64    `json:"account"`
	Topics      []string `json:"topics"`
	DeputyID    int64    `json:"deputy,omitempty"`
	AbsentFrom  Day      `json:"absent_from,omitempty"`
	AbsentUntil Day      `json:"absent_until,omitempty"`
}

// CheckAdviser returns the faults of what is chosen for an adviser, as Faults, or
// nil. It sorts the topics.
func (d *District) CheckAdviser(s *AdviserSettings) error {
	var f Faults
	slices.Sort(s.Topics)
	s.Topics = slices.Compact(s.Topics)
	for _, slug := range s.Topics {
		if _, ok := d.Topic(slug); !ok {
			f = append(f, Fault{"topics", "unknown", "there is no topic " + slug})
		}
	}
	switch {
	case s.AbsentUntil != 0 && s.AbsentFrom == 0:
		f = append(f, Fault{"absent_from", "missing", "the first day of the absence"})
	case s.AbsentUntil != 0 && s.AbsentUntil < s.AbsentFrom:
		f = append(f, Fault{"absent_until", "contradiction", "the absence ends before it begins"})
	}
	if s.DeputyID == s.AccountID {
		f = append(f, Fault{"deputy", "unknown", "nobody is their own deputy"})
	}
	return f.Err()
}

// ManagesAdvisers reports whether the actor may change about what each adviser of a
// district advises, and not only their own absence.
func ManagesAdvisers(a Actor, district int32, now time.Time) bool {
	of := Thing{DistrictID: district}
	return Can(a, GiveRole, of, now) == nil || Can(a, Restore, of, now) == nil
}
