package civic

import (
	"fmt"
	"slices"
)

// Role is the role of the person who acts. The zero value is the role of a
// person who is not signed in.
type Role uint8

// The roles, the least trusted first.
const (
	Resident Role = iota + 1
	Animator
	Moderator
)

// staff returns the roles of those who work for the district.
func staff() []Role { return []Role{Animator, Moderator} }

// step is a transition of a lifecycle, with the roles that may make it.
type step[T comparable] struct {
	from, to T
	roles    []Role
}

func checkStep[T interface {
	comparable
	fmt.Stringer
}](steps []step[T], from, to T, role Role) error {
	i := slices.IndexFunc(steps, func(s step[T]) bool { return s.from == from && s.to == to })
	var err error
	switch {
	case i < 0:
		err = ErrConflict
	case role == 0:
		err = ErrUnauthenticated
	case !slices.Contains(steps[i].roles, role):
		err = ErrForbidden
	default:
		return nil
	}
	return fmt.Errorf("from %s to %s: %w", from, to, err)
}
