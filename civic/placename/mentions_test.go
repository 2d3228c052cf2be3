package placename

import (
	"slices"
	"testing"
)

func TestMentions(t *testing.T) {
	all := Mentions("Ciemno przy ul. Limanowskiego i na Rynku Podgórskim, **bardzo**.")
	for _, name := range []string{"Limanowskiego", "ulica Limanowskiego", "Rynek Podgórski"} {
		if !slices.ContainsFunc(all, func(m Mention) bool { return m.Key == LooseKey(name) }) {
			t.Errorf("%q is not found in %+v", name, all)
		}
	}
	for _, m := range all {
		if want := m.Text == "Ciemno" || m.Text == "Rynku" || m.Text == "Podgórskim" || m.Text == "ul Limanowskiego"; m.Alone != want {
			t.Errorf("%q: alone is %v", m.Text, m.Alone)
		}
	}
	if got := Mentions("a 1 – ?, do 12"); len(got) != 0 {
		t.Errorf("of nothing: %+v", got)
	}
}
