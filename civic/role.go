package civic

// Role is what an actor is to a thing. The zero value is none.
type Role uint8

// The roles, the least trusted first.
const (
	Anybody  Role = iota + 1
	Reporter      // who submitted the thing
	Member        // of the organisation or the working group that the thing is, or to which it belongs
	Adviser       // of the participation bank
	Animator      // of the area in which the thing is
	Council       // a member or an employee of the council
	Moderator
	Admin
)

var roleNames = []string{
	Anybody: "anybody", Reporter: "reporter", Member: "member", Adviser: "adviser", Animator: "animator", Council: "council",
	Moderator: "moderator", Admin: "admin",
}

// ParseRole returns the role with the lower-case name s, or ErrInvalid.
func ParseRole(s string) (Role, error) { return parseEnum[Role](roleNames, s, "role") }

// String returns the name that ParseRole reads.
func (r Role) String() string { return enumName(roleNames, r) }

// Roles returns all roles, the least trusted first.
func Roles() (all []Role) {
	for r := Anybody; r <= Admin; r++ {
		all = append(all, r)
	}
	return all
}

// GrantedRoles returns the roles that an admin can give, the least trusted first.
func GrantedRoles() []Role { return Roles()[Reporter:] }

// HasOrganisation reports whether the role is one in an organisation.
func (r Role) HasOrganisation() bool { return r == Member }

// HasArea reports whether the role can be given for one area alone.
func (r Role) HasArea() bool { return r == Animator }
