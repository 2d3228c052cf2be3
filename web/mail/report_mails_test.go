package mail

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// TestMailsOfReports checks that the subject of a mail about a report fits what it
// was, and that a mail to an address that nobody has confirmed, which has no title,
// reads well.
func TestMailsOfReports(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	for _, test := range []struct {
		kind                          civic.MailKind
		report, result, subject, text string
	}{
		{civic.MailReportReceived, "notice", "", "Your report has been received: a text on the map", "We have received your report of “a text on the map”"},
		{civic.MailReportReceived, "erasure", "", "Your request for erasure has been received: a text on the map", "We have received your request to erase what “a text on the map”"},
		{civic.MailReportClosed, "notice", "kept", "What became of your report: a text on the map", "decided that it stays"},
		{civic.MailReportClosed, "erasure", "edited", "What became of your request for erasure: a text on the map", "You asked us to erase what “a text on the map” says about you. A moderator has looked at it and removed a part"},
		{civic.MailReportClosed, "erasure", "hidden", "What became of your request for erasure: a text on the map", "it is no longer shown"},
		{civic.MailReportClosed, "objection", "objection_upheld", "What became of your objection: a text on the map", "You objected to a decision about “a text on the map”"},
		{civic.MailReportClosed, "", "", "What became of your report: a text on the map", "decided that it stays"}, // queued by an earlier program
	} {
		l := sampleLetter(test.kind, "en")
		l.Title, l.Data = "", map[string]string{"report": test.report, "result": test.result}
		r, err := m.Render(l)
		if err != nil {
			t.Fatal(err)
		}
		if r.Subject != test.subject || !strings.Contains(r.Text, test.text) || missing.MatchString(r.Text) {
			t.Errorf("%s of %s, %s: %q\n%s", test.kind, test.report, test.result, r.Subject, r.Text)
		}
	}
}
