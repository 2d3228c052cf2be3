// Package serve provides what the HTTP handlers of all subjects share: routes
// with their access and limits, errors as RFC 9457 problems, representations
// with entity tags and compression, and limits on concurrent work.
//
// A subject declares its routes in a table. A Router makes one handler of the
// tables of all subjects. The line of a route in the table alone decides who
// may call the route, how it reports errors, and which origins may read it.
package serve

import (
	"net/http"
	"slices"
	"time"
)

// Format is the format in which a route reports errors.
type Format uint8

// The formats of errors.
const (
	JSON Format = iota // as application/problem+json
	HTML               // as an error page
)

// Origin states which origins may read the responses of a route (CORS).
type Origin uint8

// The origins.
const (
	SameOrigin Origin = iota
	AnyOrigin         // for what is public and served without credentials
)

// Limit bounds one request of a route.
type Limit uint8

// The limits.
const (
	Read   Limit = iota // readTimeout
	Write               // readTimeout, maxBody, and Router.Writes
	Body                // readTimeout, maxBody; for a POST that only reads, or calls Router.Writes before it writes
	Stream              // as long as the client stays connected
)

const (
	readTimeout = 20 * time.Second
	maxBody     = 64 << 10 // bytes
)

// Handler responds to a request, or returns an error to be reported in the
// format of its route.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one line in the table of a subject. Use API or Page to create one.
type Route struct {
	Method, Pattern string
	Access          Access
	Errors          Format
	Origin          Origin
	Limit           Limit
	Query           Parameters // of a path of the contract: those that it states
	Handle          Handler
	AnySite         bool // whether pages and programs of other sites may send its forms
	Unattended      bool // whether a script calls it without anybody's doing, so that it does not extend a session
}

// API returns a route that reports errors as problems in JSON, and whose
// responses pages of any origin may read.
func API(method, pattern string, access Access, limit Limit, h Handler) Route {
	return Route{method, pattern, access, JSON, AnyOrigin, limit, Parameters{}, h, false, false}
}

// Page returns a route that reports errors as pages, and whose responses only
// pages of this origin may read. Every page has the parameter lang.
func Page(method, pattern string, access Access, limit Limit, h Handler) Route {
	return Route{method, pattern, access, HTML, SameOrigin, limit, Parameters{Single: []string{"lang"}}, h, false, false}
}

// FromAnySite returns the route for forms that pages and programs of other sites may
// send too. It is for what a secret in the path allows, without a cookie.
func (r Route) FromAnySite() Route {
	r.AnySite = true
	return r
}

// WithQuery returns the route with further parameters.
func (r Route) WithQuery(p Parameters) Route {
	r.Query = Parameters{slices.Concat(r.Query.Single, p.Single), slices.Concat(r.Query.Repeated, p.Repeated)}
	return r
}
