package civic

import (
	"fmt"
	"slices"
	"time"
)

// roleSet is a set of roles, a bit for each.
type roleSet uint16

func setOf(roles ...Role) (s roleSet) {
	for _, r := range roles {
		s |= 1 << r
	}
	return s
}

// allowed returns the roles that may take the action on things of a kind: those
// that the rules of the kind have, or else those on pins. Operators and the program
// may take every action, and those without roles alone.
func (a Action) allowed(kind ThingKind) roleSet {
	if roles, ok := kind.Rules().Roles[a]; ok {
		return setOf(roles...)
	}
	switch a {
	case Submit, Report:
		return setOf(Anybody)
	case Confirm, Reopen, Answer, Object:
		return setOf(Reporter, Animator, Moderator)
	case Edit, AddLink, RemoveLink:
		return setOf(Member, Animator, Moderator)
	case Publish, Hide, Merge, BeginDiagnosis, EndDiagnosis, BeginAction, Meet, Verify, PassOn, Refuse,
		Redact, Move, Recategorise, Ask, Note, CloseReport, DismissDifference:
		return setOf(Animator, Moderator)
	case Undo: // of those who have taken the action (Store.Do)
		var all roleSet
		for _, other := range Actions() {
			if other.CanBeUndone(kind) && (kind == PinThing || other != Move && other != Recategorise) {
				all |= other.allowed(kind)
			}
		}
		return all
	case Withdraw:
		return setOf(Reporter, Moderator)
	case Erase:
		return setOf(Reporter)
	case Restore:
		return setOf(Moderator)
	case PostUpdate:
		return setOf(Animator, Council, Moderator)
	case EditPages:
		return setOf(Council, Moderator, Admin)
	case EditAdvisers:
		return setOf(Adviser, Moderator, Admin)
	case SeeDesk:
		return setOf(Animator, Moderator, Admin)
	case GiveRole, WithdrawRole, SeeAudit:
		return setOf(Admin)
	default:
		return 0
	}
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
	if held&action.allowed(t.Kind)&^idle(t) != 0 {
		return nil
	}
	known := t.Publication == 0 || t.Publication == Published || held != setOf(Anybody)
	if t.Kind.Rules().Private && t.ID != 0 {
		known = held&(Edit.allowed(t.Kind)|setOf(Reporter)) != 0
	}
	switch {
	case !known:
		return ErrNotFound
	case a.Kind == Unknown:
		return fmt.Errorf("%s: %w", action, ErrUnauthenticated)
	}
	return fmt.Errorf("%s: %w", action, ErrForbidden)
}

// idle returns the roles that may not act on a thing in its state.
func idle(t Thing) (roles roleSet) {
	for role, states := range t.Kind.Rules().While {
		if t.State != "" && !slices.Contains(states, t.State) {
			roles |= setOf(role)
		}
	}
	return roles
}

// CanKnow reports whether the actor may know of a thing: whether it is public, and
// not a pin that the public only counts, or the actor may edit it, or has submitted
// it and it is private, or has a role that knows of it.
func CanKnow(a Actor, t Thing, hexOnly bool, now time.Time) bool {
	if a.roles(t, now)&setOf(t.Kind.Rules().Knows...) != 0 {
		return true
	}
	if t.Kind.Rules().Private && a.roles(t, now)&setOf(Reporter) != 0 {
		return true
	}
	return t.Publication == Published && !hexOnly || Can(a, Edit, t, now) == nil
}

// MayOwn reports whether the actor may add a thing that belongs to its owner: as a member
// of that, or as one of the staff.
func MayOwn(a Actor, t Thing, now time.Time) bool {
	return a.Kind == Operator || a.Kind == System || a.roles(t, now)&setOf(Member, Animator, Council, Moderator) != 0
}

// CanSomewhere returns nil if the actor may take the action on a thing of the
// kind somewhere in a district, such as in one area of it or on one organisation.
// Otherwise it returns what Can does.
func CanSomewhere(a Actor, action Action, kind ThingKind, district int32, now time.Time) error {
	for _, g := range a.Grants {
		if g.DistrictID == district && Can(a, action, Thing{ID: g.OrganisationID, DistrictID: district, Kind: kind, AreaID: g.AreaID, OwnerID: g.OrganisationID}, now) == nil {
			return nil
		}
	}
	return Can(a, action, Thing{DistrictID: district, Kind: kind}, now)
}

// roles returns what the actor is to a thing.
func (a Actor) roles(t Thing, now time.Time) roleSet {
	held := setOf(Anybody)
	if a.Kind == Contact && (a.ID == t.ReporterID && t.ReporterID != 0 || a.Asked == t.ID && t.ID != 0) {
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
