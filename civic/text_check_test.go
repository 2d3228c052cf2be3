package civic

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestCheckText(t *testing.T) {
	const family = "👨\u200d👩\u200d👧"
	tests := []struct{ name, in, clean, code string }{
		{"plain", "Drzewo", "Drzewo", ""},
		{"composed", "zo\u0301łw", "zółw", ""},
		{"line ends", "a\r\nb\rc\vd\u2028e\u0085f\r\n", "a\nb\nc\nd\ne\nf", ""},
		{"byte order mark", "\ufeff a \u00a0", "a", ""},
		{"emoji with joiners", family, family, ""},
		{"symbol with variation selector", "❤\ufe0f", "❤\ufe0f", ""},
		{"soft hyphen in a word", "za\u00adkład", "za\u00adkład", ""},
		{"tab", "a\tb", "a\tb", ""},
		{"isolate", "\u2068שלום\u2069!", "\u2068שלום\u2069!", ""},
		{"embedding in an isolate", "a\u2067\u202bb\u202c\u2069", "a\u2067\u202bb\u202c\u2069", ""},
		{"empty", " \n", "", "missing"},
		{"zero-width space", "\u200b", "\u200b", "invisible"},
		{"word joiner and soft hyphen", "\u2060\u00ad \u200d", "\u2060\u00ad \u200d", "invisible"},
		{"Hangul filler", "\u3164", "\u3164", "invisible"},
		{"half-width Hangul filler", "\uffa0\u115f", "\uffa0\u115f", "invisible"},
		{"variation selectors", "\ufe0f\U000e0100", "\ufe0f\U000e0100", "invisible"},
		{"Braille blank", "\u2800", "\u2800", "invisible"},
		{"tags", "\U000e0041", "\U000e0041", "invisible"},
		{"combining mark alone", "\u0301", "\u0301", "invisible"},
		{"null", "a\x00", "a\x00", "control"},
		{"escape", "a\x1b[0m", "a\x1b[0m", "control"},
		{"C1 control", "a\u009b", "a\u009b", "control"},
		{"override", "a\u202eb\u202c", "a\u202eb\u202c", "bidi"},
		{"open embedding", "a\u202bb", "a\u202bb", "bidi"},
		{"open isolate in a line", "a\u2066b\nc\u2069", "a\u2066b\nc\u2069", "bidi"},
		{"ends without beginning", "a\u202c", "a\u202c", "bidi"},
		{"crossed", "\u2066\u202a\u2069\u202c", "\u2066\u202a\u2069\u202c", "bidi"},
		{"bytes", "a\xff", "a\xff", "malformed"},
		{"as long as allowed", strings.Repeat("😀", 19) + "o\u0301", strings.Repeat("😀", 19) + "ó", ""},
		{"too long", strings.Repeat("😀", 21), strings.Repeat("😀", 21), "too_long"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			clean, code := cleanText(test.in), ""
			if faults := checkText("title", clean, 1, 20); faults != nil {
				code = faults[0].Code
			}
			if clean != test.clean || code != test.code {
				t.Errorf("%q, %q; want %q, %q", clean, code, test.clean, test.code)
			}
		})
	}
}

// FuzzCleanText checks that cleaning is idempotent, and that an accepted text is
// composed, shows something and has no control characters but line ends and
// tabs.
func FuzzCleanText(f *testing.F) {
	for _, seed := range []string{"a\r\n\r", "\ufeff\u0085 e\u0301", "\u2066\u202b\u202c\u2069", "\u3164\xff", "  Ławka  ą ", "\u00c0\u017f", "\u0180", "~\x7f"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		s := cleanText(in)
		if again := cleanText(s); again != s {
			t.Errorf("%q becomes %q, then %q", in, s, again)
		}
		// Such texts take a short way, which must not change what the long one would leave.
		if isPlain(in) && (s != strings.TrimSpace(norm.NFC.String(lineEnds.Replace(in))) || cleanLine(in) != strings.Join(strings.Fields(s), " ") ||
			strings.ContainsFunc(s, isControl) || !isBidiBalanced(s)) {
			t.Errorf("%q is not plain", in)
		}
		if checkText("title", s, 1, 1<<20) != nil {
			return
		}
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || !strings.ContainsFunc(s, isVisible) || strings.ContainsAny(s, "\x00\r\u202e\u2028") {
			t.Errorf("%q is accepted", s)
		}
	})
}
