package contract

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/web/serve"
)

// Case import-duplicate-json-keys.
func TestCheckJSON(t *testing.T) {
	for body, want := range map[string]string{
		`{"a":1,"b":{"a":[{"c":1},{"c":2}]}}`: "", " [1, null] ": "", `"x"`: "", "1e3": "",
		"{\"a\":\"\xff\"}": "not valid Unicode", `{"a":"\ud800"}`: "not valid Unicode", `{"a":"\ud83d\ude00"}`: "", "\ufeff{}": "not valid JSON", "{}\x00": "not valid JSON",
		"": "not valid JSON", "{": "not valid JSON", `{"a":1}}`: "not valid JSON", "1 2": "not valid JSON", "[1,]": "not valid JSON", "{1:2}": "not valid JSON",
		`{"a":1,"a":1}`: "a JSON object has two members", `{"b":[{"a":1,"a":1}]}`: "a JSON object has two members", `{"a":1,"\u0061":2}`: "a JSON object has two members",
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		err := checkJSON(r)
		var p *serve.Problem
		got := ""
		if errors.As(err, &p) {
			got = p.Detail
		}
		if (err != nil) != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
		if rest, err := io.ReadAll(r.Body); err != nil || string(rest) != body {
			t.Errorf("%s: %q remains of the body: %v", body, rest, err)
		}
	}
}

func FuzzCheckJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,{"b":null}]}`, `{"a":1,"a":2}`, "[[[", `"\ud800"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var p *serve.Problem
		if err := checkJSON(httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))); err != nil && (!errors.As(err, &p) || p.Status != 400) {
			t.Errorf("%q: %v", body, err)
		}
	})
}
