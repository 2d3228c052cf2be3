package serve

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Problem is an error as RFC 9457 describes it.
type Problem struct {
	Type   string  `json:"type"` // set by ProblemOf
	Title  string  `json:"title"`
	Status int     `json:"status"` // status code of HTTP
	Detail string  `json:"detail,omitempty"`
	Errors []Fault `json:"errors,omitempty"`

	RetryAfter time.Duration `json:"-"` // 0 for no Retry-After
	Page       string        `json:"-"` // key of the messages of its error page; default by the status
	Cause      error         `json:"-"`
}

// Fault is one thing that is wrong with a request: with a parameter of its path
// or query, or with a field of its body.
type Fault struct {
	Parameter string `json:"parameter,omitempty"`
	Field     string `json:"field,omitempty"`
	Code      string `json:"code,omitempty"`
	Detail    string `json:"detail"`
}

// Error returns the title and the detail.
func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// BadParameter returns a problem with status 400 that names a parameter.
func BadParameter(name, detail string) *Problem {
	return &Problem{
		Status: http.StatusBadRequest, Title: "Bad parameter", Detail: name + ": " + detail,
		Errors: []Fault{{Parameter: name, Detail: detail}},
	}
}

// KeyHeader is the header with the key of a request.
const KeyHeader = "Idempotency-Key"

// ProblemOf returns err as a problem. It is the one place where errors are
// mapped to status codes of HTTP.
func ProblemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		copied := *p
		p = &copied
	} else {
		p = classify(err)
		p.Cause = err
	}
	p.Type = "about:blank"
	return p
}

func classify(err error) *Problem {
	var faults civic.Faults
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &faults):
		p := &Problem{Status: http.StatusUnprocessableEntity, Title: "Not valid", Detail: faults.Error()}
		for _, f := range faults {
			p.Errors = append(p.Errors, Fault{Field: f.Field, Code: f.Code, Detail: f.Detail})
		}
		return p
	case errors.As(err, &tooLarge):
		return &Problem{Status: http.StatusRequestEntityTooLarge, Title: "Too large", Detail: "the body is too large"}
	case errors.Is(err, geo.ErrTooManyCells):
		return BadParameter("res", err.Error())
	case errors.Is(err, civic.ErrInvalid):
		return &Problem{Status: http.StatusBadRequest, Title: "Not valid", Detail: err.Error()}
	case errors.Is(err, civic.ErrUnauthenticated):
		return &Problem{Status: http.StatusUnauthorized, Title: "Not signed in", Detail: err.Error()}
	case errors.Is(err, civic.ErrOwnWork):
		return &Problem{Status: http.StatusForbidden, Title: "Forbidden", Detail: err.Error(), Page: "own_work"}
	case errors.Is(err, civic.ErrForbidden):
		return &Problem{Status: http.StatusForbidden, Title: "Forbidden", Detail: err.Error()}
	case errors.Is(err, civic.ErrNotFound):
		return &Problem{Status: http.StatusNotFound, Title: "Not found", Detail: "there is nothing at this address"}
	case errors.Is(err, civic.ErrKeyReused):
		const detail = "was used for a request with another body; a new request needs a new key"
		return &Problem{
			Status: http.StatusUnprocessableEntity, Title: "Key already used", Detail: KeyHeader + ": " + detail,
			Errors: []Fault{{Parameter: KeyHeader, Detail: detail}},
		}
	case errors.Is(err, civic.ErrChanged):
		return &Problem{Status: http.StatusPreconditionFailed, Title: "Changed meanwhile", Detail: err.Error()}
	case errors.Is(err, civic.ErrConflict):
		return &Problem{Status: http.StatusConflict, Title: "Conflict", Detail: err.Error()}
	case errors.Is(err, civic.ErrUnavailable):
		return &Problem{
			Status: http.StatusServiceUnavailable, Title: "Database unavailable", RetryAfter: 5 * time.Second, Page: "unavailable",
			Detail: "the database cannot be reached; the map shows its last known state; try again in a moment",
		}
	case errors.Is(err, context.DeadlineExceeded):
		return &Problem{Status: http.StatusServiceUnavailable, Title: "Timeout", Detail: "this took too long; try again", RetryAfter: 5 * time.Second}
	}
	return &Problem{Status: http.StatusInternalServerError, Title: "Internal server error", Detail: "an unexpected error occurred; it has been logged"}
}

// PageKey returns the key of the messages of the error page: error.<key>.title
// and error.<key>.text.
func (p *Problem) PageKey() string {
	switch {
	case p.Page != "":
		return p.Page
	case p.Status == http.StatusNotFound:
		return "not_found"
	case p.Status == http.StatusUnauthorized:
		return "unauthenticated"
	case p.Status == http.StatusForbidden:
		return "forbidden"
	case p.Status == http.StatusConflict, p.Status == http.StatusPreconditionFailed:
		return "conflict"
	case p.Status == http.StatusTooManyRequests:
		return "too_many"
	case p.Status == http.StatusServiceUnavailable:
		return "busy"
	case p.Status >= http.StatusInternalServerError:
		return "internal"
	}
	return "bad_request"
}

// SetRetryAfter sets the header Retry-After, in seconds.
func (p *Problem) SetRetryAfter(h http.Header) {
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(p.RetryAfter.Seconds())))
	}
}

// write writes the problem as JSON.
func (p *Problem) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", NoStore)
	p.SetRetryAfter(h)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // fails only if the client has disconnected
}
