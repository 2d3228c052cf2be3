package record

import (
	"encoding/json"
	"errors"
	"testing"
)

// Case import-duplicate-json-keys.
func TestCheckJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}`: "",
		"\"a\xff\"":              "",
		`{"a":"\ud800"}`:         "",
		`{"a":1,"a":1}`:          `a JSON object has two members with the same name, "a"`,
		`{"a":1,"\u0061":1}`:     `a JSON object has two members with the same name, "a"`,
		`[{"x":{"é":1,"é":[]}}]`: `a JSON object has two members with the same name, "é"`,
		`{} {}`:                  "not valid JSON: there is text after the value",
	} {
		err := CheckJSON([]byte(in))
		if got := errorText(err); got != want {
			t.Errorf("%s: error is %q, want %q", in, got, want)
		}
	}
	if err := CheckJSON([]byte(`{"a":`)); err == nil || errors.Is(err, ErrRepeatedName) {
		t.Errorf("unfinished object: error is %v", err)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// FuzzCheckJSON checks that CheckJSON rejects what encoding/json rejects, and
// nothing else but repeated names.
func FuzzCheckJSON(f *testing.F) {
	for _, seed := range []string{`{"a":1,"a":2}`, `[1.5e3,"\ud83d\ude00",null]`, `{"a":{"b":[]}}x`, " \n{} "} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		err := CheckJSON(in)
		if errors.Is(err, ErrRepeatedName) {
			return
		}
		if valid := json.Valid(in); valid != (err == nil) {
			t.Fatalf("%q: error is %v, and encoding/json reports %t", in, err, valid)
		}
	})
}
