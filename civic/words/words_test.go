package words_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic/words"
)

func TestSplit(t *testing.T) {
	for text, want := range map[string][]string{
		"Brakuje ławki, przy ul. Świętokrzyskiej 12/4": {"brakuje", "lawki", "przy", "ul", "swietokrzyskiej", "12", "4"},
		"м'яч — council’s":                             {"miacz", "councils"},
		"www.example.org/a?b=c":                        {"www", "example", "org", "a", "b", "c"},
		"हिन्दी, 日本語":                                  {"हिनदी", "日本語"},
		" ,;'’":                                        nil,
		strings.Repeat("ż", 61):                        {strings.Repeat("z", 60)},
		strings.Repeat("日", 21):                        {strings.Repeat("日", 20)},
		"a" + strings.Repeat("日", 20):                  {"a" + strings.Repeat("日", 19)},
	} {
		if diff := cmp.Diff(want, words.Split(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestOf(t *testing.T) {
	want := []string{"2", "lawka", "nowa", "stara"}
	if diff := cmp.Diff(want, words.Of("Stara ławka", "", "nowa ŁAWKA 2, ławka")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzOf checks that words are in order, not repeated, and found again by
// themselves, as a database needs them.
func FuzzOf(f *testing.F) {
	f.Add("Ławka przy 12/4", "м'яч")
	f.Fuzz(func(t *testing.T, title, body string) {
		all := words.Of(title, body)
		for i, w := range all {
			if w == "" || len(w) > 60 || !utf8.ValidString(w) || strings.ContainsAny(w, " '\\\x00") || i > 0 && w <= all[i-1] {
				t.Fatalf("words %q", all)
			}
		}
		if again := words.Of(strings.Join(all, " ")); !slices.Equal(again, all) {
			t.Errorf("words %q of %q", again, all)
		}
	})
}

var found []string

func BenchmarkOf(b *testing.B) {
	const title = "Lampy nie świecą od tygodni na Bulwarze Podolskim"
	const body = "Po burzy zgasł cały rząd. Prosimy o sprawdzenie, zanim ktoś się przewróci na oblodzonym chodniku."
	b.SetBytes(int64(len(title) + len(body)))
	b.ReportAllocs()
	for b.Loop() {
		found = words.Of(title, body)
	}
}
