package i18n_test

import (
	"testing"

	"github.com/pinezka/pinezka/web/i18n"
)

func TestNegotiate(t *testing.T) {
	offered := []string{"pl", "en", "uk"}
	for _, test := range []struct{ chosen, accept, want string }{
		{"uk", "en", "uk"}, {"", "en-GB, pl;q=0.5", "en"}, {"xx", "ru, uk;q=0.9", "uk"}, {"", "", "pl"}, {"", ";;", "pl"}, {"", "ja", "pl"},
	} {
		if got := i18n.Negotiate(offered, test.chosen, test.accept); got != test.want {
			t.Errorf("%+v: got %s", test, got)
		}
	}
}
