package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// ReadForm reads the form in the body of a request, which is then in its PostForm.
func ReadForm(r *http.Request) error {
	err := r.ParseForm()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return fmt.Errorf("read the form: %w", err)
	case err != nil:
		return BadForm("the form cannot be read: "+err.Error(), err)
	}
	return nil
}

// FormVersion returns the version in a form that has been read: that of the thing as
// whoever sends the form saw it.
func FormVersion(r *http.Request) (int32, error) {
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 32)
	if err != nil || version < 1 {
		return 0, BadForm("the version is missing", err)
	}
	return int32(version), nil
}

// BadForm returns a problem with status 400 of a form that no page of ours sends.
// The cause may be nil.
func BadForm(detail string, cause error) *Problem {
	return &Problem{Status: http.StatusBadRequest, Title: "Bad form", Detail: detail, Cause: cause}
}

// ReadJSON reads the body of a request, which the contract has checked, as JSON to
// the value at v.
func ReadJSON(r *http.Request, v any) error {
	if err := json.NewDecoder(r.Body).Decode(v); err != nil {
		return BadBody(err)
	}
	return nil
}

// BadBody returns a problem with status 400 of a body that cannot be read.
func BadBody(cause error) *Problem {
	return &Problem{Status: http.StatusBadRequest, Title: "Bad body", Detail: "the body cannot be read: " + cause.Error(), Cause: cause}
}
