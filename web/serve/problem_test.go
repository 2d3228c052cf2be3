package serve_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/serve"
)

func TestStatusOfErrors(t *testing.T) {
	for err, want := range map[error]int{
		civic.ErrInvalid: 400, civic.ErrUnauthenticated: 401, civic.ErrForbidden: 403, civic.ErrNotFound: 404, civic.ErrConflict: 409,
		civic.ErrUnavailable: 503, context.DeadlineExceeded: 503, geo.ErrTooManyCells: 400, errors.New("other"): 500,
		&http.MaxBytesError{}: 413, serve.BadParameter("x", "y"): 400, serve.Busy(): 503,
	} {
		p := serve.ProblemOf(fmt.Errorf("do something: %w", err))
		var own *serve.Problem
		if p.Status != want || p.Type != "about:blank" || !errors.As(err, &own) && !errors.Is(p, err) {
			t.Errorf("%v: %+v, want status %d", err, p, want)
		}
	}
	p := serve.ProblemOf(civic.Faults{{Field: "title", Code: "missing", Detail: "empty"}})
	if p.Status != 422 || len(p.Errors) != 1 || p.Errors[0].Field != "title" {
		t.Errorf("faults: %+v", p)
	}
}
