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
		"": "the body is not JSON: EOF", "{": "the body is not JSON: EOF", `{"a":1}}`: "the body continues after its JSON value", "1 2": "the body continues after its JSON value",
		`{"a":1,"a":1}`: "a: must not be repeated", `{"b":[{"a":1,"a":1}]}`: "a: must not be repeated", `{"a":1,"\u0061":2}`: "a: must not be repeated", "[1,]": "the body is not JSON: invalid character ']' looking for beginning of value",
		"{1:2}": "the body is not JSON: invalid character '1'",
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		err := checkJSON(r)
		var p *serve.Problem
		got := ""
		if errors.As(err, &p) {
			got = p.Detail
		}
		if (err != nil) != (want != "") || !strings.HasPrefix(got, want) {
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
