package civic

import (
	"crypto/rand"
	"crypto/sha256"
	"time"
)

// Person is somebody who can sign in: an account, or a contact of a district. The
// zero value is nobody.
type Person struct {
	Kind       ActorKind // Account or Contact
	DistrictID int32     // of a contact; 0 for an account
	ID         int64
}

// Session is what is known of somebody who has signed in, in one browser. The
// zero value is of nobody.
type Session struct {
	Person
	ID         int64
	Name       string  // of an account; otherwise ""
	Grants     []Grant // of an account, that are in force
	Device     string  // such as "Firefox, Android"
	CreatedAt  time.Time
	LastUsedAt time.Time
	EndsAt     time.Time // if it is not used before
	LastsUntil time.Time // however often it is used
	Replace    bool      // whether its token must be replaced, since rights have changed
}

// SignedIn reports whether the session is of somebody.
func (s Session) SignedIn() bool { return s.ID != 0 }

// Actor returns the actor whose session it is.
func (s Session) Actor() Actor { return Actor{Kind: s.Kind, ID: s.Person.ID, Grants: s.Grants} }

// How long sessions last. A session of an account, which may have roles, ends
// when it is not used; a tap extends it as often as somebody wishes, for more
// than the 20 hours after which WCAG 2.2.1 requires no extension.
const (
	AccountIdle    = 2 * time.Hour
	AccountSession = 24 * time.Hour
	ContactSession = 30 * 24 * time.Hour
)

// SessionToken is the secret by which a browser proves that somebody has signed
// in. Only its Hash is stored.
type SessionToken string

// NewSessionToken returns a random token of 128 bits at least.
func NewSessionToken() SessionToken { return SessionToken(rand.Text()) }

// Hash returns the SHA-256 of the token.
func (t SessionToken) Hash() [sha256.Size]byte { return sha256.Sum256([]byte(t)) }
