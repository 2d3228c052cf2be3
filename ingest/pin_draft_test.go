package ingest

import (
	"strings"
	"testing"
)

func TestShortenTitle(t *testing.T) {
	long := strings.Repeat("słowo ", 30) + "koniec"
	tests := []struct{ title, body, wantTitle, wantBody string }{
		{"short", "body", "short", "body"},
		{strings.Repeat("ł", 120), "", strings.Repeat("ł", 120), ""},
		{strings.Repeat("ł", 121), "", strings.Repeat("ł", 119) + "…", strings.Repeat("ł", 121)},
		{long, "body", strings.Repeat("słowo ", 18) + "słowo…", long + "\n\nbody"},
	}
	for _, test := range tests {
		title, body := shortenTitle(test.title, test.body)
		if title != test.wantTitle || body != test.wantBody {
			t.Errorf("%q, %q becomes %q, %q", test.title, test.body, title, body)
		}
	}
}
