package civic

import "time"

// Actor is who does something. The zero value is somebody of whom nothing is
// known.
type Actor struct {
	Kind   ActorKind
	ID     int64   // of the contact or the account; otherwise 0
	Name   string  // of an operator: that of the user of the system; otherwise ""
	Grants []Grant // of the account
	Asked  int64   // of a contact: the thing about which it was asked, of which it is as the reporter; otherwise 0
}

// ActorKind is a kind of actor. The zero value is somebody unknown.
type ActorKind uint8

// The kinds of actors.
const (
	Unknown  ActorKind = iota
	Contact            // a resident with a confirmed e-mail address
	Account            // somebody who can be given roles
	Operator           // who uses the command line, and may do everything
	System             // the program itself, such as an import or the demonstration
)

var actorNames = []string{Unknown: "unknown", Contact: "contact", Account: "account", Operator: "operator", System: "system"}

// ParseActorKind returns the kind with the lower-case name s, or ErrInvalid.
func ParseActorKind(s string) (ActorKind, error) {
	return parseEnum[ActorKind](actorNames, s, "kind of actor")
}

// String returns the name that ParseActorKind reads.
func (k ActorKind) String() string { return enumName(actorNames, k) }

// Grant is a role that an admin has given to an account.
type Grant struct {
	Role           Role
	DistrictID     int32
	AreaID         int32     // 0 for the whole district
	OrganisationID int64     // of a member: the pin of the organisation, or the working group; otherwise 0
	Until          time.Time // the role ends then; zero for a role without end
}

// covers reports whether the grant is one for a thing at a time. A thing outside
// all areas is that of roles for the whole district. Members have a role for the
// pin of their organisation and for what it owns alone.
func (g Grant) covers(t Thing, now time.Time) bool {
	if g.Role == Member && (g.OrganisationID == 0 || g.OrganisationID != t.ID && g.OrganisationID != t.OwnerID) {
		return false
	}
	return g.DistrictID == t.DistrictID && (g.AreaID == 0 || g.AreaID == t.AreaID) && (g.Until.IsZero() || now.Before(g.Until))
}
