package serve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/go-chi/chi/v5"

	"github.com/pinezka/pinezka/civic"
)

// Router makes one handler of many routes.
type Router struct {
	Logger      *slog.Logger  // required
	Writes      *WriteLimiter // of requests to Write routes; required
	BehindProxy bool          // whether the address of a client is in X-Forwarded-For
	IPv6Prefix  int           // bits of an IPv6 address that identify a client; required
	Policy      string        // Content-Security-Policy of every response
	Sessions    Sessions      // default none, so that nobody has signed in
	Service     *Service      // required with Sessions

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
	mux := chi.NewRouter()
	mux.Use(outer...)
	mux.Use(rt.prepare)
	others := rt.otherMethods(routes)
	for pattern, h := range others { // first: the methods of the table replace it
		mux.Handle(pattern, h)
	}
	for _, route := range routes {
		h := rt.handler(route, sameSite)
		mux.Method(route.Method, route.Pattern, h)
		if route.Method == http.MethodGet {
			mux.Method(http.MethodHead, route.Pattern, h)
		}
	}
	mux.NotFound(rt.notFound)
	mux.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) { // of a method that chi does not know
		path := cmp.Or(chi.RouteContext(r.Context()).RoutePath, r.URL.Path)
		if h := others[mux.Find(chi.NewRouteContext(), http.MethodGet, path)]; h != nil {
			h(w, r)
			return
		}
		rt.notFound(w, r)
	})
	return mux
}

// handler returns the handler of one route: it checks who calls and how often,
// then the query and the contract, then calls the route.
func (rt *Router) handler(route Route, sameSite *http.CrossOriginProtection) http.Handler {
	check := rt.Check(route.Method, route.Pattern)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer rt.recover(w, r, route.Errors)
		allowOrigin(w, route.Origin)
		state := rt.state(r)
		state.peeks = route.Unattended
		ctx := context.WithValue(r.Context(), stateKey{}, state)
		if route.Limit != Stream {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, readTimeout)
			defer cancel()
		}
		r = r.WithContext(ctx)
		out := newPacedWriter(w, state)
		if err := rt.admit(out, r, route, sameSite); err != nil {
			rt.fail(out, r, route.Errors, err)
			return
		}
		if route.Limit == Write || route.Limit == Body {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		if route.Errors == HTML && route.Query.redirect(w, r) {
			return
		}
		err := route.Query.Check(r.URL.RawQuery)
		if err == nil {
			err = check(r)
		}
		if err == nil {
			err = route.Handle(out, r)
		}
		if err != nil {
			rt.fail(out, r, route.Errors, err)
			return
		}
		state.protect(w.Header()) // of a response without a body
	})
}

// state returns the state of a request.
func (rt *Router) state(r *http.Request) *requestState {
	state := &requestState{client: rt.client(r), sessions: rt.Sessions, cookies: r.Header["Cookie"]}
	if rt.Service != nil {
		state.secure = rt.Service.Secure(r)
	}
	return state
}

// admit returns a problem for a request that its client may not make, or not so
// often.
func (rt *Router) admit(w http.ResponseWriter, r *http.Request, route Route, sameSite *http.CrossOriginProtection) error {
	if route.Access == Nobody {
		return &Problem{Status: http.StatusForbidden, Title: "Forbidden", Detail: "nobody may call this route"}
	}
	if !route.AnySite && sameSite.Check(r) != nil {
		return &Problem{Status: http.StatusForbidden, Title: "Forbidden", Detail: "the request comes from another site"}
	}
	if route.Access != Public {
		if err := rt.authorize(w, r, route.Access); err != nil {
			return err
		}
		if session, err := SessionOf(r.Context()); err != nil || session.Kind == civic.Account {
			return err // staff clear a queue of hundreds
		}
	}
	if route.Limit == Write {
		return rt.Writes.Admit(ClientOf(r.Context()))
	}
	return nil
}

// authorize returns an error unless somebody has signed in who may call a route
// with the access. It sends a new token to somebody whose rights have changed.
func (rt *Router) authorize(w http.ResponseWriter, r *http.Request, access Access) error {
	var district int32
	if access.Action() != 0 {
		v, err := rt.Service.District(r)
		if err != nil {
			return err
		}
		district = v.District.ID
	}
	session, err := SessionOf(r.Context())
	if err != nil {
		return err
	}
	if !session.SignedIn() {
		return civic.ErrUnauthenticated
	}
	if session.Replace {
		token, err := rt.Sessions.ReplaceSessionToken(r.Context(), session)
		if err != nil {
			return fmt.Errorf("replace the token of a session: %w", err)
		}
		if token != "" {
			rt.Service.SetSession(w, r, session.Kind, token)
		}
	}
	if access.Action() == 0 {
		return nil
	}
	return civic.CanSomewhere(session.Actor(), access.Action(), access.kind(), district, rt.Service.Now())
}

// recover logs a panic of a handler and reports it like any other error. Once
// the response has a Content-Type, which handlers set when they begin to write,
// the connection is cut instead. http.ErrAbortHandler is passed on.
func (rt *Router) recover(w http.ResponseWriter, r *http.Request, f Format) {
	switch v := recover(); v {
	case nil:
	case http.ErrAbortHandler:
		panic(v)
	default:
		p := ProblemOf(fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
		rt.logFailure(r, p)
		if w.Header().Get("Content-Type") != "" {
			panic(http.ErrAbortHandler)
		}
		rt.report(w, r, f, p)
	}
}

// fail reports an error to the client, and logs it if the server is at fault and
// the client has not left.
func (rt *Router) fail(w http.ResponseWriter, r *http.Request, f Format, err error) {
	p := ProblemOf(err)
	if !errors.Is(r.Context().Err(), context.Canceled) {
		rt.logFailure(r, p)
	}
	rt.report(w, r, f, p)
}

func (rt *Router) report(w http.ResponseWriter, r *http.Request, f Format, p *Problem) {
	if f == HTML && p.Status == http.StatusUnauthorized && askToSignIn(w, r) {
		return
	}
	if f == HTML {
		rt.ErrorPage(w, r, p)
		return
	}
	p.write(w)
}

// notFound reports that there is nothing at an address: as an HTML page if the
// client prefers HTML, and otherwise as JSON that any origin may read.
func (rt *Router) notFound(w http.ResponseWriter, r *http.Request) {
	p := &Problem{Status: http.StatusNotFound, Title: "Not found", Detail: "there is nothing at this address"}
	if prefersHTML(r) {
		state := rt.state(r)
		rt.fail(newPacedWriter(w, state), r.WithContext(context.WithValue(r.Context(), stateKey{}, state)), HTML, p)
		return
	}
	allowOrigin(w, AnyOrigin)
	if isPreflight(r) {
		preflight(w, "GET, HEAD")
		return
	}
	rt.fail(w, r, JSON, p)
}

// otherMethods returns, by pattern, the handlers of the methods that no route
// with the pattern has. All state in Allow which methods there are; that of
// OPTIONS responds to preflight requests.
func (rt *Router) otherMethods(routes []Route) map[string]http.HandlerFunc {
	allowed := map[string]string{}
	for _, route := range routes {
		method := route.Method
		if method == http.MethodGet {
			method += ", " + http.MethodHead
		}
		allowed[route.Pattern] = method + ", " + cmp.Or(allowed[route.Pattern], http.MethodOptions)
	}
	handlers := map[string]http.HandlerFunc{}
	for _, route := range routes {
		allow := allowed[route.Pattern]
		handlers[route.Pattern] = func(w http.ResponseWriter, r *http.Request) {
			allowOrigin(w, route.Origin)
			w.Header().Set("Allow", allow)
			switch {
			case r.Method != http.MethodOptions:
				rt.fail(w, r, route.Errors, &Problem{Status: http.StatusMethodNotAllowed, Title: "Method not allowed", Detail: r.Method + " is not supported here"})
			case route.Origin == AnyOrigin && isPreflight(r):
				preflight(w, allow)
			default:
				w.WriteHeader(http.StatusNoContent)
			}
		}
	}
	return handlers
}

// logFailure logs a problem that is the fault of the server. It logs the pattern
// of the route, since the path can contain a private link.
func (rt *Router) logFailure(r *http.Request, p *Problem) {
	switch {
	case p.Status == http.StatusServiceUnavailable && p.Cause != nil:
		rt.Logger.WarnContext(r.Context(), "service unavailable", "method", r.Method, "route", routePattern(r), "err", p.Cause)
	case p.Status == http.StatusInternalServerError:
		rt.Logger.ErrorContext(r.Context(), "request failed", "method", r.Method, "route", routePattern(r), "err", p.Cause)
	}
}

// routePattern returns the pattern of the route of a request, or "" for none.
func routePattern(r *http.Request) string {
	if route := chi.RouteContext(r.Context()); route != nil {
		return route.RoutePattern()
	}
	return ""
}
