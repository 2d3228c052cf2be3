package civic_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// TestNoticesOfAdvice checks that whoever asks for advice is told of every step, by a mail
// that is of requests for advice alone, and nobody of what other kinds tell.
func TestNoticesOfAdvice(t *testing.T) {
	t.Parallel()
	for _, a := range civic.Actions() {
		n, ok := a.Notice(civic.AdviceThing)
		if told := civic.AdviceThing.HasStep(a) || a == civic.Submit || a == civic.Ask || a == civic.Answer; ok != told {
			t.Errorf("%s: told %t", a, ok)
		}
		if ok && n.Kind != civic.MailAdvice && n.Kind != civic.MailAssigned {
			t.Errorf("%s: a mail of the kind %s", a, n.Kind)
		}
		if ok && a != civic.Answer && n.Audience&civic.OwnReporter == 0 {
			t.Errorf("%s: whoever asks is not told", a)
		}
	}
}
