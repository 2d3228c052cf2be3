package serve

import "github.com/pinezka/pinezka/civic"

// Access states who may call a route. The zero value is Nobody, so that a route
// that does not state its access is closed.
type Access uint32

// The kinds of access; For returns more.
const (
	Nobody   Access = iota
	Public          // anybody, without an account
	SignedIn        // whoever has signed in
)

// An Access of For has the action and the kind of things in bits of their own.
const (
	actionShift = 8
	kindShift   = 16
)

// For returns the access of whoever may take the action somewhere in the district
// in the path of the route, as civic.CanSomewhere judges. Whether the action may
// be taken on a thing, the handler asks civic.Can.
func For(action civic.Action) Access { return Access(action) << actionShift }

// On returns the access that For has returned, for an action on things of a kind.
func (a Access) On(kind civic.ThingKind) Access { return a | Access(kind)<<kindShift }

// Action returns the action of For, or 0 for another kind of access.
func (a Access) Action() civic.Action { return civic.Action(a >> actionShift & 0xff) }

// kind returns the kind of On, or 0.
func (a Access) kind() civic.ThingKind { return civic.ThingKind(a >> kindShift & 0xff) }
