package ingest

import "testing"

func TestFormulaGuard(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "@x": "'@x", "＝1": "'＝1", "+48 123": "'+48 123", "-": "'-", "-5": "-5", "-5,25": "-5,25", "+1e3": "+1e3", "a=1": "a=1", "": "",
	} {
		got := EscapeFormula(in)
		if got != want {
			t.Errorf("EscapeFormula(%q) is %q, want %q", in, got, want)
		}
		if back := unescapeFormula(got); back != in {
			t.Errorf("unescapeFormula(%q) is %q, want %q", got, back, in)
		}
	}
	if got := unescapeFormula("'s-Hertogenbosch"); got != "'s-Hertogenbosch" {
		t.Errorf("got %q", got)
	}
}
