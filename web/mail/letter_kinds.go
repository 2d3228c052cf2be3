package mail

import "github.com/pinezka/pinezka/civic"

// letterKind is what the letters of a kind say.
type letterKind struct {
	subject func(*writer) string // returns the key of the subject; nil for "subject"
	parts   func(*writer)        // adds the paragraphs
	sample  func(*civic.Letter)  // completes a made-up letter for the preview; nil where nothing is missing
}

// letterKinds are the kinds of letters.
var letterKinds = map[civic.MailKind]letterKind{
	civic.MailSignIn:     {parts: (*writer).signIn, sample: sampleSignIn},
	civic.MailInvitation: {parts: (*writer).invitation},
	civic.MailConfirm:    {parts: (*writer).confirm},
	civic.MailErased:     {parts: (*writer).erased},

	civic.MailReceived:  {parts: (*writer).received, subject: (*writer).subjectOfKind},
	civic.MailPublished: {parts: (*writer).published, subject: (*writer).publishedSubject},
	civic.MailMerged:    {parts: (*writer).merged, subject: (*writer).subjectOfKind},
	civic.MailAsked:     {parts: (*writer).asked, subject: (*writer).subjectOfKind, sample: sampleAsked},

	civic.MailAnswered: {parts: (*writer).update, sample: sampleUpdate},
	civic.MailUpdate:   {parts: (*writer).update, sample: sampleUpdate},
	civic.MailMoved:    {parts: (*writer).moved, subject: (*writer).movedSubject},
	civic.MailReopened: {parts: (*writer).reopened},
	civic.MailReplied:  {parts: (*writer).replied, sample: sampleReplied},
	civic.MailOverdue:  {parts: (*writer).textWithPage, sample: sampleOverdue},
	civic.MailCameOf:   {parts: (*writer).cameOf, sample: sampleCameOf},
	civic.MailBetter:   {parts: (*writer).better},
	civic.MailDigest:   {parts: (*writer).digest, sample: sampleDigest},

	civic.MailHidden:            {parts: (*writer).statementOfReasons, subject: (*writer).subjectOfKind, sample: sampleHidden},
	civic.MailReportReceived:    {parts: (*writer).reportReceived, subject: (*writer).reportSubject},
	civic.MailReportClosed:      {parts: (*writer).reportClosed, subject: (*writer).reportSubject, sample: sampleReportClosed},
	civic.MailObjectionReceived: {parts: (*writer).objectionReceived},

	civic.MailMatched:   {parts: (*writer).matched, sample: sampleExchange},
	civic.MailTakenUp:   {parts: (*writer).takenUp, sample: sampleExchange},
	civic.MailStillTrue: {parts: (*writer).textWithAction},
	civic.MailYearLater: {parts: (*writer).textWithAction},

	civic.MailSeated:      {parts: (*writer).registration, sample: sampleRegistration},
	civic.MailWaiting:     {parts: (*writer).registration, sample: sampleRegistration},
	civic.MailReminder:    {parts: (*writer).registration, sample: sampleRegistration},
	civic.MailRescheduled: {parts: (*writer).registration, sample: sampleRegistration},
	civic.MailCalledOff:   {parts: (*writer).calledOff, sample: sampleRegistration},

	civic.MailAdvice:   {parts: (*writer).advice, sample: sampleAdvice},
	civic.MailAssigned: {parts: (*writer).assigned, sample: sampleAdvice},
}

// subjectOfKind returns the key of the subject, which is another one of things of other
// kinds than pins.
func (w *writer) subjectOfKind() string {
	if w.isThing() {
		return "subject.thing"
	}
	return "subject"
}

// textWithPage says the text of a kind, and leads to the thing.
func (w *writer) textWithPage() {
	w.say("text")
	w.link("thing", w.Text("mail.open"))
}

// textWithAction says the text of a kind, and leads to the thing for what it asks to do.
func (w *writer) textWithAction() {
	w.say("text")
	w.link("thing", w.text("action"))
}
