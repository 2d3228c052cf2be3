package civic

import (
	"slices"
	"time"
)

// AccountDetails is what is known of an account, as whoever has it sees it.
type AccountDetails struct {
	ID        int64     `json:"id"`
	Email     string    `json:"email"`
	Name      string    `json:"name"`
	Language  string    `json:"language"` // in which mail is written to them
	CreatedAt time.Time `json:"created_at"`
}

// CheckAccount returns the name of an account without what cannot be seen, or the
// faults of the name and of the language, which must be one of those given, as
// Faults.
func CheckAccount(name, language string, languages []string) (string, error) {
	name = cleanLine(name)
	f := checkText("name", name, 1, maxPersonName)
	if !slices.Contains(languages, language) {
		f = append(f, Fault{"language", "unknown", "choose a language"})
	}
	return name, f.Err()
}

// AccountExport is everything that is held about an account.
type AccountExport struct {
	Account  AccountDetails        `json:"account"`
	Roles    []ExportedRole        `json:"roles"`
	Sessions []ExportedSession     `json:"sessions"`
	Actions  []ExportedStaffAction `json:"actions"`
	Mails    []ExportedMail        `json:"mails"`
}

// ExportedRole is a role that the account has or had.
type ExportedRole struct {
	District     string     `json:"district"` // slug
	Role         string     `json:"role"`
	Area         *string    `json:"area"`         // slug; null for the whole district
	Organisation *int64     `json:"organisation"` // id of its pin
	GivenAt      time.Time  `json:"given_at"`
	Until        *time.Time `json:"until"`
	WithdrawnAt  *time.Time `json:"withdrawn_at"`
}

// ExportedSession is where somebody has signed in.
type ExportedSession struct {
	Device     string    `json:"device"`
	CreatedAt  time.Time `json:"created_at"`
	LastUsedAt time.Time `json:"last_used_at"`
	ExpiresAt  time.Time `json:"expires_at"`
}

// ExportedStaffAction is an entry of the audit of what the account did. Text is
// what was said, in JSON.
type ExportedStaffAction struct {
	At       time.Time `json:"at"`
	District string    `json:"district"` // slug
	Action   string    `json:"action"`
	Thing    *int64    `json:"thing"`
	Before   *string   `json:"before"`
	After    *string   `json:"after"`
	Text     *string   `json:"text"`
	Reason   *string   `json:"reason"`
}

// ExportedMail is a mail to somebody, without what it says.
type ExportedMail struct {
	Kind      string     `json:"kind"`
	Thing     *int64     `json:"thing"`
	CreatedAt time.Time  `json:"created_at"`
	SentAt    *time.Time `json:"sent_at"` // null for one that was not sent, or not yet
}
