package civic

import (
	"errors"
	"slices"
	"time"
)

// Errors of the delivery of a mail, to be compared with errors.Is. Any other
// error is worth another attempt.
var (
	ErrPermanent        = errors.New("cannot be delivered")                // no attempt will succeed
	ErrUnknownRecipient = errors.New("the address does not receive mails") // ErrPermanent, for all mails to the address
)

// MailKind is a kind of mail, by which its texts are found.
type MailKind string

// The kinds of mails.
const (
	MailSignIn            MailKind = "sign_in"            // a link and a code to sign in, asked for
	MailInvitation        MailKind = "invitation"         // a link to begin an account with roles
	MailConfirm           MailKind = "confirm"            // a link that confirms an address, asked for
	MailReceived          MailKind = "received"           // what somebody reported waits for a moderator
	MailPublished         MailKind = "published"          // what somebody reported is public
	MailMerged            MailKind = "merged"             // … is a duplicate of something else
	MailAsked             MailKind = "asked"              // a moderator asks the reporter something
	MailAnswered          MailKind = "answered"           // the council has answered
	MailUpdate            MailKind = "update"             // there is news of a thing
	MailMoved             MailKind = "moved"              // the progress of a need has changed
	MailReplied           MailKind = "replied"            // an office has replied to a recommendation about a need
	MailCameOf            MailKind = "came_of"            // something new came of what somebody follows
	MailOverdue           MailKind = "overdue"            // an office has not replied to a recommendation in time
	MailHidden            MailKind = "hidden"             // a statement of reasons (DSA article 17)
	MailReopened          MailKind = "reopened"           // a need is open again
	MailDigest            MailKind = "digest"             // what is new of all that somebody follows
	MailObjectionReceived MailKind = "objection_received" // an objection will be decided by another moderator
	MailReportReceived    MailKind = "report_received"    // a notice of content or a request for erasure has arrived (DSA article 16)
	MailReportClosed      MailKind = "report_closed"      // what became of one, or of an objection
	MailErased            MailKind = "erased"             // what was erased of somebody
	MailMatched           MailKind = "matched"            // something is offered that fits what is asked for, or the other way around
	MailTakenUp           MailKind = "taken_up"           // what is offered is taken up for what is asked for
	MailStillTrue         MailKind = "still_true"         // whether what an offer or a profile says is still true
	MailYearLater         MailKind = "year_later"         // what became of a practicum, a year after it began
	MailBetter            MailKind = "better"             // a need is met: whether it is better
	MailSeated            MailKind = "seated"             // somebody has a place at an event
	MailWaiting           MailKind = "waiting"            // … waits for one
	MailReminder          MailKind = "reminder"           // an event at which somebody has a place begins within a day
	MailRescheduled       MailKind = "rescheduled"        // an event takes place at another time, or again
	MailCalledOff         MailKind = "called_off"         // an event does not take place
	MailAdvice            MailKind = "advice"             // there is news of a request for advice, to whoever asked
	MailAssigned          MailKind = "assigned"           // a request for advice waits for an adviser
)

// MailKinds returns all kinds of mails.
func MailKinds() []MailKind {
	return []MailKind{
		MailSignIn, MailInvitation, MailConfirm, MailReceived, MailPublished, MailMerged, MailAsked, MailAnswered, MailUpdate, MailMoved, MailReplied, MailCameOf, MailOverdue,
		MailHidden, MailReopened, MailDigest, MailObjectionReceived, MailReportReceived, MailReportClosed, MailErased,
		MailMatched, MailTakenUp, MailStillTrue, MailYearLater, MailBetter, MailSeated, MailWaiting, MailReminder, MailRescheduled, MailCalledOff, MailAdvice, MailAssigned,
	}
}

// ToAnybody reports whether mails of the kind go to addresses that nobody has
// confirmed, and to those whose mails have bounced. They were asked for, or make
// an address known, and contain no words of visitors: otherwise anybody could
// have us send their words to any address.
func (k MailKind) ToAnybody() bool {
	return slices.Contains([]MailKind{MailSignIn, MailInvitation, MailConfirm, MailErased}, k)
}

// IsOfReport reports whether mails of the kind are about a report of the recipient.
// They go to an address that nobody has confirmed too, since whoever reports need
// not do more than that, but then without the words of visitors.
func (k MailKind) IsOfReport() bool {
	return slices.Contains([]MailKind{MailReportReceived, MailReportClosed, MailObjectionReceived}, k)
}

// TellsOf reports whether a mail of the kind is still true of a thing of a kind with
// the state. A mail that no longer is, is not sent.
func (k MailKind) TellsOf(kind ThingKind, p Publication) bool {
	switch k {
	case MailReceived:
		return p == Pending
	case MailAsked:
		return p == Pending || p == Published
	case MailPublished, MailAnswered, MailUpdate, MailMoved, MailReplied, MailCameOf, MailOverdue, MailReopened, MailMatched, MailTakenUp, MailStillTrue, MailYearLater, MailBetter,
		MailSeated, MailWaiting, MailReminder, MailRescheduled, MailAdvice, MailAssigned:
		return p == kind.Standing()
	case MailMerged:
		return p == Merged
	case MailHidden:
		return p == Hidden
	default:
		return true
	}
}

// Mail is a mail to be queued for one recipient. It has neither an address nor a
// secret nor the text: they are looked up or made when it is sent. Without a
// contact and an account it goes to the reporter of the thing, if that is known.
type Mail struct {
	Contact int64 // of the district
	Account int64
	Kind    MailKind
	Thing   int64             // what it tells of; 0 for none
	Audit   int64             // the entry whose reason it gives; 0 for none
	Fact    string            // what it tells: nobody receives two mails with the same of one thing; "" for a mail that may be repeated
	Data    map[string]string // ids and what is public
	After   time.Duration     // when it is due; default at once
}

// Letter is a mail to be rendered and delivered.
type Letter struct {
	District   *District // nil for a mail of the whole installation
	Delivery   int64     // id
	To         string    // address
	Name       string    // of the recipient; "" if unknown
	Language   string    // of the recipient; "" for that of the district
	Kind       MailKind
	CreatedAt  time.Time         // of what it tells
	Title      string            // of the thing; "" for none
	Visibility Visibility        // of the thing; zero for none
	Reason     string            // of the action; "" for none
	Text       string            // that a person wrote in the action, such as a question; "" for none
	Links      map[string]string // paths by name: "action" is what the mail asks to do, "thing", "me", "object", "into"
	Data       map[string]string // of the Mail, and secrets such as "code"
	Items      []LetterItem      // of a digest
	Follows    []LetterItem      // of a digest: what it is of, with the paths that end each; without a title for everything
	Event      *Described        // that the letter is about, if it is public; nil for others

	Registration *Registration // that the letter is about; nil for others
	Token        string        // by which a bounce is matched
	OneClick     string        // path at which a POST ends mails like this; "" if they cannot be ended
}

// LetterItem is one thing of a digest.
type LetterItem struct {
	Kind  MailKind // what happened
	Of    ThingKind
	Title string
	Link  string // path
}

// OutboxMessage is a mail of an installation without a mail server.
type OutboxMessage struct {
	ID       int64
	District string // slug; "" for a mail of the installation
	Kind     MailKind
	At       time.Time
	Message  []byte // RFC 5322; nil when it cannot be decrypted any more
}
