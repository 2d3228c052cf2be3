package record

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
)

// ErrRepeatedName reports a JSON object that has two members of the same name.
// What it means depends on who reads it (RFC 8259, section 4), so it is rejected.
var ErrRepeatedName = errors.New("a JSON object has two members with the same name")

// RepeatedName is ErrRepeatedName with the name.
type RepeatedName struct{ Name string }

// Error quotes at most the first 60 characters of the name.
func (e RepeatedName) Error() string {
	return fmt.Sprintf("%v, %q", ErrRepeatedName, Shorten(e.Name))
}

// Is reports whether target is ErrRepeatedName.
func (e RepeatedName) Is(target error) bool { return target == ErrRepeatedName }

// CheckJSON returns an error unless b is one JSON value, in which no object has
// two members of the same name, at any depth: RepeatedName then.
func CheckJSON(b []byte) error {
	options := jsontext.AllowInvalidUTF8(true) // which Text.Check reports
	if jsontext.Value(b).IsValid(options) {
		return nil
	}
	_, err := jsontext.NewDecoder(bytes.NewReader(b), options).ReadValue()
	var at *jsontext.SyntacticError
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &at):
		return RepeatedName{at.JSONPointer.LastToken()}
	case err != nil:
		return fmt.Errorf("not valid JSON: %w", err)
	}
	return errors.New("not valid JSON: there is text after the value")
}
