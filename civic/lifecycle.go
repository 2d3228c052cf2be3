package civic

import (
	"fmt"
	"slices"
)

// Publication is a pin's way to the public.
type Publication uint8

// The publications. The zero value is none.
const (
	Unconfirmed Publication = iota + 1 // sent, its sender not yet confirmed
	Pending                            // waits for a moderator
	Published
	Merged    // a duplicate; lives on in another pin
	Hidden    // taken from view by a moderator
	Withdrawn // taken back by its sender
)

var publicationNames = []string{
	Unconfirmed: "unconfirmed", Pending: "pending", Published: "published",
	Merged: "merged", Hidden: "hidden", Withdrawn: "withdrawn",
}

// ParsePublication reads the lower-case name.
func ParsePublication(s string) (Publication, error) {
	return parseName[Publication](publicationNames, s, "publication")
}

func (p Publication) String() string { return name(publicationNames, p) }

// MarshalText is String, for JSON.
func (p Publication) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Role is who makes a step.
type Role uint8

// The roles, from the least trusted.
const (
	Resident Role = iota + 1
	Animator
	Moderator
)

// step of a lifecycle and who may make it.
type step[T comparable] struct {
	from, to T
	by       []Role
}

func publicationSteps() []step[Publication] {
	staff := []Role{Animator, Moderator}
	return []step[Publication]{
		{Unconfirmed, Pending, []Role{Resident, Animator, Moderator}},
		{Unconfirmed, Withdrawn, []Role{Resident, Moderator}},
		{Pending, Published, staff},
		{Pending, Hidden, staff},
		{Pending, Merged, staff},
		{Pending, Withdrawn, []Role{Resident, Moderator}},
		{Published, Merged, staff},
		{Published, Hidden, staff},
		{Published, Withdrawn, []Role{Resident, Moderator}},
		{Hidden, Published, []Role{Moderator}},
		{Merged, Published, []Role{Moderator}},
	}
}

// Step checks that role may take a pin from one publication to another; it
// reports ErrConflict if not.
func (p Publication) Step(to Publication, role Role) error {
	return take(publicationSteps(), p, to, role)
}

// Status is how far a need has come. Potentials and organisations have no
// progress: theirs is Active.
type Status uint8

// The statuses. The zero value is none.
const (
	Reported Status = iota + 1
	UnderDiagnosis
	Diagnosed
	InAction
	Met
	Verified
	PassedOn    // to somebody whose task it is, with a reason
	NotPossible // with a reason
	Reopened
	Active // of a potential or an organisation
)

var statusNames = []string{
	Reported: "reported", UnderDiagnosis: "under_diagnosis", Diagnosed: "diagnosed",
	InAction: "in_action", Met: "met", Verified: "verified", PassedOn: "passed_on",
	NotPossible: "not_possible", Reopened: "reopened", Active: "active",
}

// Statuses in the order of a need's way, Active last.
func Statuses() []Status {
	return []Status{Reported, UnderDiagnosis, Diagnosed, InAction, Met, Verified, PassedOn, NotPossible, Reopened, Active}
}

// ParseStatus reads the lower-case name.
func ParseStatus(s string) (Status, error) { return parseName[Status](statusNames, s, "status") }

func (s Status) String() string { return name(statusNames, s) }

// MarshalText is String, for JSON.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is ParseStatus, for JSON.
func (s *Status) UnmarshalText(b []byte) (err error) { *s, err = ParseStatus(string(b)); return err }

// First status of a new pin of the kind.
func (k Kind) First() Status {
	if k == Need {
		return Reported
	}
	return Active
}

// Allows reports whether a pin of the kind can have the status.
func (k Kind) Allows(s Status) bool { return (s == Active) == (k != Need) && s != 0 }

func progressSteps() []step[Status] {
	staff := []Role{Animator, Moderator}
	steps := []step[Status]{
		{Reported, UnderDiagnosis, staff},
		{UnderDiagnosis, Diagnosed, staff},
		{Diagnosed, InAction, staff},
		{InAction, Met, staff},
		{Met, Verified, staff},
		{Met, Reopened, []Role{Resident, Animator, Moderator}},
		{Verified, Reopened, staff},
		{PassedOn, Reopened, staff},
		{NotPossible, Reopened, staff},
		{Reopened, UnderDiagnosis, staff},
	}
	for _, from := range []Status{Reported, UnderDiagnosis, Diagnosed, InAction, Reopened} {
		steps = append(steps, step[Status]{from, PassedOn, staff}, step[Status]{from, NotPossible, staff})
	}
	return steps
}

// Step checks that role may take a need from one status to another; it reports
// ErrConflict if not.
func (s Status) Step(to Status, role Role) error { return take(progressSteps(), s, to, role) }

func take[T interface {
	comparable
	fmt.Stringer
}](steps []step[T], from, to T, role Role) error {
	for _, s := range steps {
		if s.from != from || s.to != to {
			continue
		}
		if slices.Contains(s.by, role) {
			return nil
		}
		return fmt.Errorf("from %s to %s: not yours to decide: %w", from, to, ErrConflict)
	}
	return fmt.Errorf("from %s to %s: no such step: %w", from, to, ErrConflict)
}
