package civic

import (
	"slices"
	"strings"
	"time"
)

// Gift is a role to be given to somebody, who is invited by e-mail.
type Gift struct {
	Email        string
	Name         string // of the person; of an account that exists already it is not changed
	Language     string // of the mail; default that of the district
	Role         Role
	Area         string    // slug, of an animator; "" for the whole district
	Organisation int64     // id of the pin of the organisation, or of the working group, of a member
	Until        time.Time // the role ends then; zero for one without end
	Reason       string
}

// maxPersonName is the length of the name of a person in code points.
const maxPersonName = 100

// Check returns the gift with clean texts, or all its faults at once, as Faults,
// in the order of the form: address, name, role, area, organisation, end, reason.
// Whether there is such an organisation, the store checks.
func (g Gift) Check(d *District, now time.Time) (Gift, error) {
	g.Email, g.Name, g.Reason = strings.TrimSpace(g.Email), cleanLine(g.Name), cleanText(g.Reason)
	if g.Language == "" {
		g.Language = d.Languages[0]
	}
	var f Faults
	if g.Email == "" {
		f = append(f, Fault{"email", "missing", "an e-mail address is needed"})
	}
	f = append(f, checkEmail(g.Email)...)
	f = append(f, checkText("name", g.Name, 1, maxPersonName)...)
	if !slices.Contains(GrantedRoles(), g.Role) {
		f = append(f, Fault{"role", "missing", "choose a role"})
	}
	_, known := d.Area(g.Area)
	switch {
	case g.Area != "" && !known:
		f = append(f, Fault{"area", "unknown", "the district has no such area"})
	case g.Area != "" && !g.Role.HasArea():
		f = append(f, Fault{"area", "of_animator", "only an animator has an area"})
	}
	switch {
	case g.Organisation == 0 && g.Role.HasOrganisation():
		f = append(f, Fault{"organisation", "missing", "choose the organisation of the member"})
	case g.Organisation != 0 && !g.Role.HasOrganisation():
		f = append(f, Fault{"organisation", "of_member", "only a member has an organisation"})
	}
	if !g.Until.IsZero() && !g.Until.After(now) {
		f = append(f, Fault{"until", "past", "the end is not in the future"})
	}
	f = append(f, checkText("reason", g.Reason, 1, MaxReason)...)
	return g, f.Err()
}

// GivenRole is a role that somebody has or had.
type GivenRole struct {
	ID             int64
	AccountID      int64
	DistrictID     int32
	Name, Email    string
	Role           Role
	AreaID         int32     // 0 for the whole district
	OrganisationID int64     // of a member; otherwise 0
	Organisation   string    // its name now; "" for none
	Of             ThingKind // of the organisation, which is a pin or a working group; 0 for none
	GivenAt        time.Time
	Until          time.Time // zero for none
	WithdrawnAt    time.Time // zero for none
}

// Ended reports whether the role has ended.
func (g GivenRole) Ended(now time.Time) bool {
	return !g.WithdrawnAt.IsZero() || !g.Until.IsZero() && !now.Before(g.Until)
}
