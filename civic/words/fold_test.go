package words

import "testing"

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Ławka":                    "lawka",
		"L\u0301awka Świe\u0328ta": "lawka swieta",
		"ŚWIĘTOKRZYSKA 12/4":       "swietokrzyska 12/4",
		"Кальварійська":            "kalwarijska",
		"и\u0306 й":                "j j",
		"Straße, Øresund, İzmir":   "strasse, oresund, izmir",
		"ＦＵＬＬ ½":                   "full 1⁄2",
		"日本語":                      "日本語",
		"":                         "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzFold checks that the short way gives what the long one gives.
func FuzzFold(f *testing.F) {
	for _, text := range []string{"Ławka", "и\u0306й", "a\u0328\u0301", "ͺ α\u0345", "\xff", "İstanbul ǅ ŉ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := Fold(text), fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	})
}
