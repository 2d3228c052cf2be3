package civic

import (
	"fmt"
	"time"
)

// Thing is what Can has to know of a thing.
type Thing struct {
	ID          int64
	DistrictID  int32
	AreaID      int32 // of the exact place; 0 outside all areas
	Publication Publication
	ReporterID  int64 // the contact who submitted it; 0 if that is unknown
}

// roleSet is a set of roles, a bit for each.
type roleSet uint8

func setOf(roles ...Role) (s roleSet) {
	for _, r := range roles {
		s |= 1 << r
	}
	return s
}

// allowed returns the roles that may take the action. Operators and the program
// may take every action, and those without roles alone.
func (a Action) allowed() roleSet {
	switch a {
	case Submit:
		return setOf(Anybody)
	case Confirm, Reopen:
		return setOf(Reporter, Animator, Moderator)
	case Publish, Hide, Merge, BeginDiagnosis, EndDiagnosis, BeginAction, Meet, Verify, PassOn, Refuse:
		return setOf(Animator, Moderator)
	case Withdraw:
		return setOf(Reporter, Moderator)
	case Restore:
		return setOf(Moderator)
	case Import, UndoImport:
	}
	return 0
}

// Can returns nil if the actor may take the action on the thing at the time. It
// returns ErrNotFound for a thing that the actor may not know of, ErrForbidden
// when only other roles may, and ErrUnauthenticated when the actor is unknown as
// well. It is the only judge of permissions.
func Can(a Actor, action Action, t Thing, now time.Time) error {
	if a.Kind == Operator || a.Kind == System {
		return nil
	}
	held := a.roles(t, now)
	if held&action.allowed() != 0 {
		return nil
	}
	known := t.Publication == 0 || t.Publication == Published || held != setOf(Anybody)
	switch {
	case !known:
		return ErrNotFound
	case a.Kind == Unknown:
		return fmt.Errorf("%s: %w", action, ErrUnauthenticated)
	}
	return fmt.Errorf("%s: %w", action, ErrForbidden)
}

// roles returns what the actor is to a thing.
func (a Actor) roles(t Thing, now time.Time) roleSet {
	held := setOf(Anybody)
	if a.Kind == Contact && a.ID == t.ReporterID && t.ReporterID != 0 {
		held |= setOf(Reporter)
	}
	if a.Kind != Account {
		return held
	}
	for _, g := range a.Grants {
		if g.covers(t, now) {
			held |= setOf(g.Role)
		}
	}
	return held
}
