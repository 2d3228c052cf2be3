package serve

// Access states who may call a route. The zero value is Nobody, so that a route
// that does not state its access is closed.
type Access uint8

// The kinds of access.
const (
	Nobody Access = iota
	Public        // anybody, without an account
)
