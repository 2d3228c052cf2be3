package serve

// Access is who may call a route. The zero value is nobody, so that a route
// which does not state its access is closed.
type Access uint8

// The kinds of access.
const (
	Nobody Access = iota
	Public        // anybody, without an account
)
