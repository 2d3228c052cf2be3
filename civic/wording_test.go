package civic_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestWordingInJSON checks how the record has what was written and what was chosen,
// and in which language each is read.
func TestWordingInJSON(t *testing.T) {
	for encoded, want := range map[string]civic.Wording{
		`""`:                                {},
		`"to \u003creklama\u003e"`:          {Text: "to <reklama>"},
		`{"template":"spam","text":"inna"}`: {Text: "inna", Template: "spam"},
		`{"template":"spam","text":"reklama","in":{"pl":"reklama","uk":"реклама"}}`: {Text: "reklama", Template: "spam", In: civic.Text{"pl": "reklama", "uk": "реклама"}},
	} {
		var got civic.Wording
		if err := json.Unmarshal([]byte(encoded), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", encoded, diff)
		}
		if again, err := json.Marshal(got); err != nil || string(again) != encoded {
			t.Errorf("%s, %v, want %s", again, err, encoded)
		}
	}
	w := civic.Wording{Text: "reklama", Template: "spam", In: civic.Text{"uk": "реклама"}}
	if w.For("uk") != "реклама" || w.For("lt") != "reklama" {
		t.Errorf("%q and %q", w.For("uk"), w.For("lt"))
	}
	if err := json.Unmarshal([]byte(`[1]`), &w); err == nil {
		t.Error("a list is a wording")
	}
}
