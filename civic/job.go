package civic

import "time"

// FailedJob is a job whose last attempt failed.
type FailedJob struct {
	ID       int64
	Kind     string // such as "send_mail"
	Args     string // JSON: ids only
	Error    string // of the last attempt
	Attempts int
	FailedAt time.Time // of the last attempt
	Dead     bool      // whether it is not tried again unless somebody asks for it
	Next     time.Time // when it is tried again, unless it is dead
}

// BouncedContact is a contact whose address receives no mails.
type BouncedContact struct {
	District string // slug
	Contact  int64
	Since    time.Time
	Status   string // the newest enhanced status code (RFC 3463) that is known; "" for none
}

// DeadMail is a mail that could not be delivered, and is not tried again unless an
// operator asks for it.
type DeadMail struct {
	Job     int64
	Kind    MailKind
	ThingID int64 // 0 for none
	At      time.Time
	Error   string // without addresses
}
