package words_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic/words"
)

// TestAlike checks which word of a text is told as one of those that are wanted.
func TestAlike(t *testing.T) {
	for _, test := range []struct{ text, wanted, want string }{
		{"Szkółka drzew, na rogu", "Sadzimy drzewa", "drzew"},
		{"Ławki (dla seniorów)", "ławek dla seniora", "seniorów"},
		{"Staw", "Stawy", ""},
		{"", "drzewa", ""},
		{"drzewa", "", ""},
	} {
		if got := words.Alike(test.text, words.Long(test.wanted)); got != test.want {
			t.Errorf("Alike(%q, %q) = %q, want %q", test.text, test.wanted, got, test.want)
		}
	}
}
