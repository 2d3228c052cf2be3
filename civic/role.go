package civic

// Role is what an actor is to a thing. The zero value is none.
type Role uint8

// The roles, the least trusted first.
const (
	Anybody  Role = iota + 1
	Reporter      // who submitted the thing
	Animator      // of the area in which the thing is
	Moderator
	Admin
)

var roleNames = []string{Anybody: "anybody", Reporter: "reporter", Animator: "animator", Moderator: "moderator", Admin: "admin"}

// ParseRole returns the role with the lower-case name s, or ErrInvalid.
func ParseRole(s string) (Role, error) { return parseEnum[Role](roleNames, s, "role") }

// String returns the name that ParseRole reads.
func (r Role) String() string { return enumName(roleNames, r) }

// Roles returns all roles, the least trusted first.
func Roles() []Role { return []Role{Anybody, Reporter, Animator, Moderator, Admin} }
