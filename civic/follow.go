package civic

import (
	"net/url"
	"time"
)

// Follow is what a contact wants to be told of: a thing, or all that a filter
// selects.
type Follow struct {
	ID          int64
	ContactID   int64
	ThingID     int64     // 0 for the filter
	Kind        ThingKind // of the thing; 0 for one that is not public any more
	Title       string    // of the thing
	Filter      Filter    // without a period
	Cadence     Cadence
	ConfirmedAt time.Time // zero before that
	EndedAt     time.Time // zero while it has not ended
}

// NewFollow is a Follow that somebody asks for: a contact who has signed in, or
// somebody with an e-mail address, to which a mail is sent first.
type NewFollow struct {
	ContactID int64  // 0 for the address
	Email     string // "" for the contact
	Language  string // of mail to the address
	ThingID   int64  // 0 for the filter
	Filter    Filter
	Cadence   Cadence
}

// MaxFollows is the number of things and filters that a contact may follow.
const MaxFollows = 200

// ParseFollowed returns the filter that the parameters select, as ParseFilter
// does, without what cannot be followed: a period.
func (d *District) ParseFollowed(q url.Values) (Filter, error) {
	f, err := d.ParseFilter(q)
	f.From, f.Until = 0, 0
	return f, err
}

// End is what the token of a mail ends. Only one of Follow, Thing and Cadence is
// set.
type End struct {
	ContactID int64
	Follow    int64   // one follow
	Thing     int64   // mails to whoever reported a thing, of how it goes on
	Cadence   Cadence // all follows of a cadence, by the digest
}
