package mail

import (
	"errors"
	"slices"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// TestLetterKinds checks that it is known of every kind of mail, and of no other, what
// it says.
func TestLetterKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range civic.MailKinds() {
		if letterKinds[kind].parts == nil {
			t.Errorf("%s says nothing", kind)
		}
	}
	for kind := range letterKinds {
		if !slices.Contains(civic.MailKinds(), kind) {
			t.Errorf("%s is not among civic.MailKinds", kind)
		}
	}
	if _, err := newMailer(t, nil).Render(civic.Letter{Kind: "of a newer program"}); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("a mail of a kind that is not known: %v", err)
	}
}
