package civic

// Notice is a mail that follows from an action on a thing, and to whom it goes.
// Whoever has acted is not told.
type Notice struct {
	Kind     MailKind
	Audience Audience
}

// Audience is a set of those who are told of an action on a thing. The zero value
// is nobody.
type Audience uint8

// Those who can be told.
const (
	OwnReporter Audience = 1 << iota // whoever submitted the thing
	Concerned                        // whoever submitted or follows it, or what was merged into it
	Selecting                        // whoever follows a filter that selects it
	Responsible                      // the adviser who has a request for advice, by MailAssigned
)

// Notice returns the mail that follows from the action on a thing of the kind, and
// whether there is one. Of a thing that is only counted, nobody but its reporter is
// told.
func (a Action) Notice(kind ThingKind) (Notice, bool) {
	if notices := kind.Rules().Notices; notices != nil {
		n, ok := notices[a]
		return n, ok
	}
	switch a {
	case Submit:
		return Notice{MailReceived, OwnReporter}, true // or what Publish has
	case Confirm, Publish:
		return Notice{MailPublished, OwnReporter | Selecting}, true
	case Restore:
		return Notice{MailPublished, OwnReporter}, true
	case Merge:
		return Notice{MailMerged, OwnReporter | Concerned}, true
	case Hide:
		return Notice{MailHidden, OwnReporter}, true
	case Ask:
		return Notice{MailAsked, OwnReporter}, true
	case PostUpdate:
		return Notice{MailUpdate, Concerned | Selecting}, true // or MailAnswered of the council
	case BeginDiagnosis, EndDiagnosis, BeginAction, Meet, Verify, PassOn, Refuse:
		return Notice{MailMoved, Concerned | Selecting}, true
	case HearReply:
		return Notice{MailReplied, Concerned | Selecting}, true
	case Reopen:
		return Notice{MailReopened, Concerned | Selecting}, true
	}
	if kind.HasStep(a) {
		n := Notice{MailMoved, Concerned}
		if kind.Rules().Followed {
			n.Audience |= Selecting
		}
		return n, true
	}
	return Notice{}, false
}

// CanEnd reports whether whoever submitted a thing can have us stop such mails of
// it: those of how it goes on, and not those of what is decided about it.
func (k MailKind) CanEnd() bool {
	switch k {
	case MailAnswered, MailUpdate, MailMoved, MailReplied, MailReopened, MailCameOf, MailYearLater, MailBetter:
		return true
	}
	return false
}
