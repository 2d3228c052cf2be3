package mail

import (
	"regexp"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// aPin matches the word for a pin in the languages of the program.
var aPin = regexp.MustCompile(`(?i)\bpins?\b|pinezk|позначк`)

// TestThingsAreNoPins checks that what is said of a thing of another kind than pins says
// what it is, and nowhere that it is a pin.
func TestThingsAreNoPins(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	for lang, noun := range map[string]string{"en": "(idea)", "pl": "(pomysł)", "uk": "(ідея)"} {
		for _, kind := range []civic.MailKind{civic.MailReceived, civic.MailPublished, civic.MailAsked, civic.MailMerged, civic.MailHidden, civic.MailDigest} {
			for _, follow := range []string{"", "7"} {
				l := sampleLetter(kind, lang)
				l.Data["kind"], l.Data["follow"], l.OneClick = civic.IdeaThing.String(), follow, ""
				delete(l.Links, "me") // with all your pins
				if kind == civic.MailDigest {
					l.Items = []civic.LetterItem{{Kind: civic.MailMerged, Of: civic.IdeaThing, Title: l.Title}}
				}
				r, err := m.Render(l)
				text := strings.ReplaceAll(r.Subject+"\n"+r.Text, "/pins/", "")
				if err != nil || aPin.MatchString(text) || !strings.Contains(text, noun) || missing.MatchString(text) {
					t.Errorf("%s in %s: %v\n%s", kind, lang, err, text)
				}
			}
		}
	}
}
