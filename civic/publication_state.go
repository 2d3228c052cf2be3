package civic

// Publication is the state of a pin before, during and after its publication.
// The zero value is none.
type Publication uint8

// The states of publication.
const (
	Unconfirmed Publication = iota + 1 // submitted, the contact not yet confirmed
	Pending                            // waiting for a moderator
	Published
	Merged    // a duplicate, merged into another pin
	Hidden    // removed from view by a moderator
	Withdrawn // withdrawn by its contributor
)

var publicationNames = []string{
	Unconfirmed: "unconfirmed", Pending: "pending", Published: "published",
	Merged: "merged", Hidden: "hidden", Withdrawn: "withdrawn",
}

// ParsePublication returns the state with the lower-case name s, or ErrInvalid.
func ParsePublication(s string) (Publication, error) {
	return parseEnum[Publication](publicationNames, s, "publication")
}

// String returns the name that ParsePublication reads.
func (p Publication) String() string { return enumName(publicationNames, p) }

// MarshalText returns the same text as String.
func (p Publication) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

func publicationSteps() []step[Publication] {
	return []step[Publication]{
		{Unconfirmed, Pending, []Role{Resident, Animator, Moderator}},
		{Unconfirmed, Withdrawn, []Role{Resident, Moderator}},
		{Pending, Published, staff()},
		{Pending, Hidden, staff()},
		{Pending, Merged, staff()},
		{Pending, Withdrawn, []Role{Resident, Moderator}},
		{Published, Merged, staff()},
		{Published, Hidden, staff()},
		{Published, Withdrawn, []Role{Resident, Moderator}},
		{Hidden, Published, []Role{Moderator}},
		{Merged, Published, []Role{Moderator}},
	}
}

// Step checks that the role may change the state of a pin from p to another. It
// returns ErrConflict when there is no such step, ErrUnauthenticated when the
// role is the zero value, and ErrForbidden when only other roles may make the
// step.
func (p Publication) Step(to Publication, role Role) error {
	return checkStep(publicationSteps(), p, to, role)
}
