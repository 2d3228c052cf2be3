package mail

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

const aToken = "AgTpMWGbdSLoqwMdRX2P-w_0"

// bounceOf returns a bounce as Postfix writes it, with a recipient's block and
// headers.
func bounceOf(to, returned, status string) string {
	return strings.ReplaceAll(`From MAILER-DAEMON  Fri Nov 27 08:00:00 2026
Return-Path: <>
Date: Fri, 27 Nov 2026 08:00:00 +0100 (CET)
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: `+to+`
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="8F8.1/mail.example.org"

This is a MIME-encapsulated message.

--8F8.1/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<anna@example.org>: host mx.example.org said: 550 5.1.1 unknown

--8F8.1/mail.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Fri, 27 Nov 2026 07:59:59 +0100 (CET)

Final-Recipient: rfc822; anna@example.org
`+status+`
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 unknown

--8F8.1/mail.example.org
Content-Description: Undelivered Message
Content-Type: text/rfc822-headers

`+returned+`
Subject: x
To: anna@example.org

--8F8.1/mail.example.org--
`, "\n", "\r\n")
}

func TestReadBounce(t *testing.T) {
	t.Parallel()
	failed := Bounce{Token: aToken, Status: "5.1.1", Failed: true, Unknown: true}
	for name, test := range map[string]struct {
		message string
		want    Bounce // zero for none
	}{
		"by address":       {bounceOf("bounce+"+aToken+"@example.org", "X: y", "Action: failed\nStatus: 5.1.1"), failed},
		"by return path":   {bounceOf("bounce@example.org", "Return-Path: <bounce+"+aToken+"@example.org>", "Action: failed\nStatus: 5.1.1"), failed},
		"by id":            {bounceOf("x@example.org", "Message-ID: <"+aToken+"@example.org>", "Action: Failed\nStatus: 5.1.1 (no such user)"), failed},
		"full":             {bounceOf("bounce+"+aToken+"@example.org", "X: y", "Action: failed\nStatus: 5.2.2"), Bounce{Token: aToken, Status: "5.2.2", Failed: true}},
		"late":             {bounceOf("bounce+"+aToken+"@example.org", "X: y", "Action: delayed\nStatus: 4.4.1"), Bounce{Token: aToken, Status: "4.4.1"}},
		"delivered":        {bounceOf("bounce+"+aToken+"@example.org", "X: y", "Action: relayed\nStatus: 2.1.9"), Bounce{Token: aToken, Status: "2.1.9"}},
		"no token":         {bounceOf("bounce@example.org", "X: y", "Action: failed\nStatus: 5.1.1"), Bounce{}},
		"token in subject": {bounceOf("bounce@example.org", "Subject: +"+aToken+"@", "Action: failed\nStatus: 5.1.1"), Bounce{}},
		"no status":        {bounceOf("bounce+"+aToken+"@example.org", "X: y", "Action: failed"), Bounce{}},
		"holiday":          {"To: bounce+" + aToken + "@example.org\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain\r\n\r\nStatus: 5.1.1\r\n", Bounce{}},
		"empty":            {"", Bounce{}},
	} {
		got, err := ReadBounce(strings.NewReader(test.message))
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got), %v:\n%s", name, err, diff)
		}
		if (test.want == Bounce{}) != errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadBounce(f *testing.F) {
	f.Add(bounceOf("bounce+"+aToken+"@example.org", "X: y", "Action: failed\nStatus: 5.1.1"))
	f.Add(bounceOf("x@example.org", "Message-ID: <"+aToken+"@example.org>", "Action: failed\nStatus: 5.1.1"))
	f.Add("From x\nTo: a+b@c\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n--b--")
	f.Fuzz(func(t *testing.T, message string) {
		b, err := ReadBounce(strings.NewReader(message))
		if err == nil && (b.Token == "" || !statusCode.MatchString(b.Status) || b.Unknown && !b.Failed) {
			t.Errorf("got %+v", b)
		}
		if err != nil && !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("got %v", err)
		}
	})
}
