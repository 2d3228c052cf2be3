package civic

import "time"

// Scope is where in a district somebody may do something. The zero value is
// nowhere.
type Scope struct {
	Everywhere    bool    `json:"everywhere"`
	Areas         []int32 `json:"areas"`         // on what is in them
	Organisations []int64 `json:"organisations"` // on their pins, and on what belongs to them
}

// ScopeOf returns where in a district the actor may take the action on things of
// the kind, as far as that follows from roles.
func ScopeOf(a Actor, action Action, kind ThingKind, district int32, now time.Time) Scope {
	s := Scope{Everywhere: Can(a, action, Thing{DistrictID: district, Kind: kind}, now) == nil}
	for _, g := range a.Grants {
		alone := a
		alone.Grants = []Grant{g}
		t := Thing{DistrictID: district, Kind: kind, AreaID: g.AreaID, OwnerID: g.OrganisationID}
		switch {
		case Can(alone, action, t, now) != nil:
		case g.OrganisationID != 0:
			s.Organisations = append(s.Organisations, g.OrganisationID)
		case g.AreaID != 0:
			s.Areas = append(s.Areas, g.AreaID)
		}
	}
	return s
}

// AreasFor returns the areas in which the actor may take the action, or nil if it
// may in the whole district.
func AreasFor(a Actor, action Action, district int32, now time.Time) []int32 {
	s := ScopeOf(a, action, 0, district, now)
	if s.Everywhere {
		return nil
	}
	return append([]int32{}, s.Areas...)
}

// HasRole reports whether the actor has a role in a district at the time.
func (a Actor) HasRole(district int32, now time.Time) bool {
	for _, g := range a.Grants {
		if g.covers(Thing{ID: g.OrganisationID, DistrictID: district, AreaID: g.AreaID}, now) {
			return true
		}
	}
	return false
}
