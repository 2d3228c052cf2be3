package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"
)

// Router makes one handler of many routes.
type Router struct {
	Logger      *slog.Logger // required
	Writes      int          // requests of Write routes that a client may make a minute; required
	BehindProxy bool         // whether the address of a client is in X-Forwarded-For
	Policy      string       // Content-Security-Policy of every response

	// Check returns a function that checks requests to a route against the
	// contract of the API. Required.
	Check func(method, pattern string) func(*http.Request) error

	// ErrorPage renders a problem as an HTML page. Required.
	ErrorPage func(http.ResponseWriter, *http.Request, *Problem)
}

// Handler returns the handler of the routes within the outer middleware. HEAD
// is served wherever GET is.
func (rt *Router) Handler(routes []Route, outer ...func(http.Handler) http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection()
	sameSite.SetDenyHandler(rt.unrouted(&Problem{Status: http.StatusForbidden, Title: "Forbidden", Detail: "the request comes from another site"}))
	mux := chi.NewRouter()
	mux.Use(outer...)
	mux.Use(rt.secure, sameSite.Handler)
	writes := httprate.LimitBy(rt.Writes, time.Minute, rt.clientKey, httprate.WithLimitHandler(rt.unrouted(&Problem{
		Status: http.StatusTooManyRequests, Title: "Too many requests", RetryAfter: time.Minute,
		Detail: fmt.Sprintf("more than %d pins a minute from your address; try again in a minute", rt.Writes),
	})))
	for _, route := range routes { // first for all methods, which the methods of the table then replace
		mux.Handle(route.Pattern, rt.methodNotAllowed(route))
	}
	for _, route := range routes {
		h := rt.handler(route)
		if route.Limit == Write {
			h = writes(h)
		}
		mux.Method(route.Method, route.Pattern, h)
		if route.Method == http.MethodGet {
			mux.Method(http.MethodHead, route.Pattern, h)
		}
	}
	mux.NotFound(rt.unrouted(&Problem{Status: http.StatusNotFound, Title: "Not found", Detail: "there is nothing at this address"}))
	return mux
}

// handler returns the handler of one route: it checks access, then the
// contract, then calls the route.
func (rt *Router) handler(route Route) http.Handler {
	check := rt.Check(route.Method, route.Pattern)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer rt.recover(w, r, route.Errors)
		allowOrigin(w, route.Origin)
		if route.Access != Public {
			rt.fail(w, r, route.Errors, &Problem{Status: http.StatusForbidden, Title: "Forbidden", Detail: "nobody may call this route"})
			return
		}
		if route.Limit != Stream {
			ctx, cancel := context.WithTimeout(r.Context(), readTimeout)
			defer cancel()
			r = r.WithContext(ctx)
		}
		if route.Limit == Write {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		err := check(r)
		if err == nil {
			err = route.Handle(w, r)
		}
		if err != nil {
			rt.fail(w, r, route.Errors, err)
		}
	})
}

// recover reports a panic of a handler like any other error.
// http.ErrAbortHandler is passed on.
func (rt *Router) recover(w http.ResponseWriter, r *http.Request, f Format) {
	switch v := recover(); v {
	case nil:
	case http.ErrAbortHandler:
		panic(v)
	default:
		rt.fail(w, r, f, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
	}
}

// fail reports an error to the client, and logs it if the server has caused it.
func (rt *Router) fail(w http.ResponseWriter, r *http.Request, f Format, err error) {
	p := ProblemOf(err)
	p.log(rt.Logger, r)
	if f == HTML {
		rt.ErrorPage(w, r, p)
		return
	}
	p.write(w)
}

// unrouted returns a handler that reports the problem for requests that reach
// no route: as an HTML page if the client accepts HTML, and otherwise as JSON
// that any origin may read.
func (rt *Router) unrouted(p *Problem) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			rt.fail(w, r, HTML, p)
			return
		}
		allowOrigin(w, AnyOrigin)
		if !preflight(w, r) {
			rt.fail(w, r, JSON, p)
		}
	}
}

// methodNotAllowed returns the handler of the methods that the pattern of a
// route does not have, which include OPTIONS, the method of preflight requests.
func (rt *Router) methodNotAllowed(route Route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		allowOrigin(w, route.Origin)
		if route.Origin == AnyOrigin && preflight(w, r) {
			return
		}
		rt.fail(w, r, route.Errors, &Problem{Status: http.StatusMethodNotAllowed, Title: "Method not allowed", Detail: r.Method + " is not supported here"})
	}
}

// log logs a problem that the server has caused, not the client.
func (p *Problem) log(logger *slog.Logger, r *http.Request) {
	switch {
	case errors.Is(r.Context().Err(), context.Canceled):
	case p.Status == http.StatusServiceUnavailable && p.Cause != nil:
		logger.WarnContext(r.Context(), "service unavailable", "method", r.Method, "path", r.URL.Path, "err", p.Cause)
	case p.Status == http.StatusInternalServerError:
		logger.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "err", p.Cause)
	}
}
