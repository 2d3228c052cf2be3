package civic

import (
	"errors"
	"fmt"
	"strings"
)

// Sentinel errors, to be compared with errors.Is. Package web/serve maps each
// to one HTTP status.
var (
	ErrInvalid         = errors.New("not valid")
	ErrUnauthenticated = errors.New("not signed in")
	ErrForbidden       = errors.New("not allowed")
	ErrNotFound        = errors.New("not found")
	ErrConflict        = errors.New("conflicts with the current state")
	ErrChanged         = errors.New("somebody else has changed it meanwhile")
	ErrLastAdmin       = errors.New("the last admin of a district remains one")
	ErrOwnWork         = fmt.Errorf("what somebody has written, somebody else publishes: %w", ErrForbidden)
	ErrUnavailable     = errors.New("the database is unavailable")
	ErrTooMany         = errors.New("too many results")
	ErrKeyReused       = errors.New("the key of the request was used for another one")
)

// Fault is one thing that is wrong with a value that somebody entered. Code is
// stable and a key of the message catalogues ("fault.<field>.<code>"); Detail
// is in English.
type Fault struct {
	Field  string // as the user named it: "title", "lon"
	Code   string // "missing", "too_long", "unknown", "outside", …
	Detail string
}

// Faults is everything that is wrong with a value. As an error it is
// ErrInvalid.
type Faults []Fault

// Error returns all faults in one line, separated by semicolons.
func (f Faults) Error() string {
	parts := make([]string, len(f))
	for i, fault := range f {
		parts[i] = fault.Field + ": " + fault.Detail
	}
	return strings.Join(parts, "; ")
}

// Is reports whether target is ErrInvalid.
func (f Faults) Is(target error) bool { return target == ErrInvalid }

// Err returns f as an error, or nil when f is empty.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}
