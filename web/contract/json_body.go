package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/pinezka/pinezka/web/serve"
)

// checkJSON reads the body of a request and replaces it with what it has read.
// It returns a problem for a body that is not exactly one JSON value, and for an
// object that has two members with one name, of which readers take either.
func checkJSON(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return fmt.Errorf("read the body: %w", err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	d := json.NewDecoder(bytes.NewReader(body))
	if err := checkValue(d); err != nil {
		var p *serve.Problem
		if errors.As(err, &p) {
			return p
		}
		return &serve.Problem{Status: http.StatusBadRequest, Title: "Bad body", Detail: "the body is not JSON: " + err.Error(), Cause: err}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return &serve.Problem{Status: http.StatusBadRequest, Title: "Bad body", Detail: "the body continues after its JSON value"}
	}
	return nil
}

// checkValue reads one value. It returns a problem for a name that an object
// repeats.
func checkValue(d *json.Decoder) error {
	token, err := d.Token()
	if err != nil || token != json.Delim('{') && token != json.Delim('[') {
		return err //nolint:wrapcheck // checkJSON says what was read
	}
	names := map[any]bool{}
	for d.More() {
		if token == json.Delim('{') {
			name, err := d.Token()
			if err != nil {
				return err //nolint:wrapcheck // checkJSON says what was read
			}
			if names[name] {
				field := fmt.Sprint(name)
				return &serve.Problem{
					Status: http.StatusBadRequest, Title: "Bad body", Detail: field + ": must not be repeated",
					Errors: []serve.Fault{{Field: field, Detail: "must not be repeated"}},
				}
			}
			names[name] = true
		}
		if err := checkValue(d); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err //nolint:wrapcheck // checkJSON says what was read
}
