package store_test

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// TestMailsToAccounts checks that whoever asks is sent the link and the code that
// sign in, as the address was written first, that an invitation has neither, and
// that they are stored nowhere.
func TestMailsToAccounts(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	given := give(t, p.Store, p.d, civic.Gift{Email: "Anna@example.org", Role: civic.Animator, Area: "east", Language: "uk"})
	await(t, "an invitation is sent", func() bool { return len(box.received()) == 1 })
	invitation := box.received()[0]
	if invitation.Kind != civic.MailInvitation || invitation.To != "Anna@example.org" || invitation.Name != "Anna" || invitation.Language != "uk" ||
		invitation.Links["action"] != "/sign-in" || invitation.Data["code"] != "" || invitation.Data["area"] != "East" {
		t.Errorf("%+v", invitation)
	}
	asking := civic.NewAskingSecret()
	for _, address := range []string{"nobody@example.org", "anna@EXAMPLE.org"} {
		if err := p.RequestSignIn(t.Context(), civic.SignInRequest{Email: address, Asking: asking}); err != nil {
			t.Fatal(err)
		}
		if _, err := p.QueueSignIns(t.Context()); err != nil {
			t.Fatal(err)
		}
		asking = civic.NewAskingSecret()
	}
	await(t, "a link is sent", func() bool { return len(box.received()) == 2 })
	letter := box.received()[1]
	token, ok := strings.CutPrefix(letter.Links["action"], "/sign-in/")
	if letter.Kind != civic.MailSignIn || letter.To != "Anna@example.org" || !ok || len(letter.Data["code"]) != 9 {
		t.Fatalf("%+v", letter)
	}
	for _, secret := range []string{token, letter.Data["code"], strings.ReplaceAll(letter.Data["code"], " ", "")} {
		var found int
		err := p.conn.QueryRow(t.Context(), `
			select (select count(*) from deliveries where strpos(data::text, $1) > 0) + (select count(*) from river_job where strpos(args::text, $1) > 0)
			  + (select count(*) from sign_in_links where strpos(sign_in_links::text, $1) > 0)`, secret).Scan(&found)
		if err != nil || found > 0 {
			t.Errorf("a secret is stored %d times (%v)", found, err)
		}
	}
	if got, err := p.SignInByLink(t.Context(), civic.SignInToken(token)); err != nil || got.ID != given.AccountID {
		t.Errorf("%+v (%v)", got, err)
	}
}
