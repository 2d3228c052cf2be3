package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// problem is an RFC 9457 problem and, for pages, what the error page says. It is
// the one place where errors become HTTP statuses.
type problem struct {
	Type       string         `json:"type"`
	Title      string         `json:"title"`
	Status     int            `json:"status"`
	Detail     string         `json:"detail,omitempty"`
	Errors     []problemFault `json:"errors,omitempty"`
	retryAfter string
	page       string // key of the error page's messages, where the status does not tell
	cause      error
}

// problemFault is one thing wrong: with a query or path parameter, or with a
// field of the body.
type problemFault struct {
	Parameter string `json:"parameter,omitempty"`
	Field     string `json:"field,omitempty"`
	Code      string `json:"code,omitempty"`
	Detail    string `json:"detail"`
}

func (p *problem) Error() string { return p.Title + ": " + p.Detail }
func (p *problem) Unwrap() error { return p.cause }

// badParameter is a 400 that names the parameter.
func badParameter(name, detail string) *problem {
	return &problem{
		Status: http.StatusBadRequest, Title: "Bad parameter", Detail: name + ": " + detail,
		Errors: []problemFault{{Parameter: name, Detail: detail}},
	}
}

// problemOf any error.
func problemOf(err error) *problem {
	var p *problem
	var faults civic.Faults
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &p):
	case errors.As(err, &faults):
		p = &problem{Status: http.StatusUnprocessableEntity, Title: "Not valid", Detail: faults.Error()}
		for _, f := range faults {
			p.Errors = append(p.Errors, problemFault{Field: f.Field, Code: f.Code, Detail: f.Detail})
		}
	case errors.As(err, &tooLarge):
		p = &problem{Status: http.StatusRequestEntityTooLarge, Title: "Too large", Detail: "the body is too large"}
	case errors.Is(err, civic.ErrNotFound):
		p = &problem{Status: http.StatusNotFound, Title: "Not found", Detail: "there is nothing here"}
	case errors.Is(err, geo.ErrTooManyCells):
		p = badParameter("res", err.Error())
	case errors.Is(err, civic.ErrInvalid):
		p = &problem{Status: http.StatusBadRequest, Title: "Not valid", Detail: err.Error()}
	case errors.Is(err, civic.ErrConflict):
		p = &problem{Status: http.StatusConflict, Title: "Conflict", Detail: err.Error()}
	case errors.Is(err, civic.ErrUnavailable):
		p = &problem{Status: http.StatusServiceUnavailable, Title: "Record away", Detail: "the record cannot be reached just now; the map shows what was there last; try again in a moment", retryAfter: "5", page: "away"}
	case errors.Is(err, context.DeadlineExceeded):
		p = &problem{Status: http.StatusServiceUnavailable, Title: "Busy", Detail: "this took too long; try again", retryAfter: "5"}
	default:
		p = &problem{Status: http.StatusInternalServerError, Title: "Our fault", Detail: "something went wrong here; it has been noted"}
	}
	if p.cause == nil && p != err {
		p.cause = err
	}
	if p.Type == "" {
		p.Type = "about:blank"
	}
	return p
}

// key of the error page's messages.
func (p *problem) key() string {
	switch {
	case p.Status == http.StatusNotFound:
		return "not_found"
	case p.Status == http.StatusTooManyRequests:
		return "too_many"
	case p.page != "":
		return p.page
	case p.Status == http.StatusServiceUnavailable:
		return "busy"
	case p.Status >= 500:
		return "internal"
	}
	return "bad_request"
}

// log what is our own fault; what the caller did wrong is theirs.
func (p *problem) log(ctx context.Context, logger *slog.Logger, r *http.Request) {
	switch {
	case errors.Is(r.Context().Err(), context.Canceled):
	case errors.Is(p.cause, civic.ErrUnavailable):
		logger.WarnContext(ctx, "the record is away", "method", r.Method, "path", r.URL.Path, "err", p.cause)
	case p.Status == http.StatusInternalServerError:
		logger.ErrorContext(ctx, "request failed", "method", r.Method, "path", r.URL.Path, "status", p.Status, "err", p.cause)
	}
}

// write the problem as JSON.
func (p *problem) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.retryAfter != "" {
		h.Set("Retry-After", p.retryAfter)
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the client has gone if this fails
}
