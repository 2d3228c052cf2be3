package civic

import (
	"errors"
	"strings"
)

// Sentinels that other rooms tell apart with errors.Is.
var (
	ErrInvalid  = errors.New("not valid")
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("conflicts with what is there")
	ErrAway     = errors.New("the record cannot be reached")
)

// Fault is one thing wrong with a value that somebody gave. Code is stable and
// a key of the message catalogues ("fault.<code>"); Detail is in English.
type Fault struct {
	Field  string // as the giver named it: "title", "lon"
	Code   string // "missing", "too_long", "unknown", "outside", …
	Detail string
}

// Faults is every fault found in a value. As an error it is ErrInvalid.
type Faults []Fault

func (f Faults) Error() string {
	parts := make([]string, len(f))
	for i, fault := range f {
		parts[i] = fault.Field + ": " + fault.Detail
	}
	return strings.Join(parts, "; ")
}

// Is makes errors.Is(f, ErrInvalid) hold.
func (f Faults) Is(target error) bool { return target == ErrInvalid }

// Err is f, or nil when it is empty.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}
