package civic_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func TestParseRequestKey(t *testing.T) {
	for in, want := range map[string]civic.RequestKey{
		"0f8fad5b-d9cb-469f-a165-70867728950e":   "0f8fad5b-d9cb-469f-a165-70867728950e",
		`"0f8fad5b-d9cb-469f-a165-70867728950e"`: "0f8fad5b-d9cb-469f-a165-70867728950e",
		"D-_x5bd9cb469fa16570867":                "D-_x5bd9cb469fa16570867",
		strings.Repeat("a", 22):                  civic.RequestKey(strings.Repeat("a", 22)), // only the length is checked
		strings.Repeat("a", 128):                 civic.RequestKey(strings.Repeat("a", 128)),
		strings.Repeat("a", 129):                 "", strings.Repeat("a", 21): "", "": "", `"`: "", `""`: "",
		"0f8fad5b d9cb 469f a165 70867728950e": "", "ąąąąąąąąąąąąąąąąąąąąąąąąąą": "", "0f8fad5bd9cb469fa16570867728950e\n": "",
	} {
		got, err := civic.ParseRequestKey(in)
		if got != want || (err != nil) != errors.Is(err, civic.ErrInvalid) || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	if _, err := civic.ParseRequestKey(string(civic.NewRequestKey())); err != nil {
		t.Error(err)
	}
}

// TestPrivateLinkOfRequest checks that the link follows from key and salt
// together, and has the form of a random one.
func TestPrivateLinkOfRequest(t *testing.T) {
	d := district()
	pin, err := d.Accept(civic.Draft{Category: "trees", Title: "A tree", Point: orb.Point{19.95, 50.05}}, 20000)
	if err != nil {
		t.Fatal(err)
	}
	key := civic.NewRequestKey()
	one, two := civic.NewRequest(key, pin), civic.NewRequest(key, pin)
	if one.PrivateLink() == two.PrivateLink() || len(one.PrivateLink()) != len(civic.NewPrivateLink()) {
		t.Errorf("%s and %s", one.PrivateLink(), two.PrivateLink())
	}
	two.Salt = one.Salt
	if one.PrivateLink() != two.PrivateLink() {
		t.Error("the same key and salt have two links")
	}
	two.Key = civic.NewRequestKey()
	if one.PrivateLink() == two.PrivateLink() {
		t.Error("two keys have the same link")
	}
}
