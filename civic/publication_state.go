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

// PublicationSteps returns the lifecycle of the publication of a pin.
func PublicationSteps() []Step[Publication] {
	return []Step[Publication]{
		{Confirm, Unconfirmed, Pending},
		{Withdraw, Unconfirmed, Withdrawn},
		{Publish, Pending, Published},
		{Hide, Pending, Hidden},
		{Merge, Pending, Merged},
		{Withdraw, Pending, Withdrawn},
		{Hide, Published, Hidden},
		{Merge, Published, Merged},
		{Withdraw, Published, Withdrawn},
		{Restore, Hidden, Published},
		{Restore, Merged, Published},
	}
}

// After returns the state after an action. It returns ErrConflict when the action
// cannot be taken in the state p.
func (p Publication) After(action Action) (Publication, error) {
	return next(PublicationSteps(), p, action)
}
