package serve

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/pinezka/pinezka/civic"
)

// Sessions finds the session of a browser.
type Sessions interface {
	// Session returns the zero Session for a token that is not valid.
	Session(ctx context.Context, token civic.SessionToken) (civic.Session, error)
	// PeekSession is Session, but does not record that the session is used.
	PeekSession(ctx context.Context, token civic.SessionToken) (civic.Session, error)
	// ReplaceSessionToken returns "" when another request has replaced the token.
	ReplaceSessionToken(ctx context.Context, session civic.Session) (civic.SessionToken, error)
}

// requestState is what the context of a request has.
type requestState struct {
	client   netip.Prefix
	sessions Sessions
	cookies  []string // lines of the header Cookie
	secure   bool     // whether the public uses HTTPS
	peeks    bool     // whether the request does not extend a session

	asked   atomic.Bool // whether the response depends on who has signed in
	find    sync.Once
	session civic.Session
	err     error
}

// stateKey is the key of the state of a request in its context.
type stateKey struct{}

func stateOf(ctx context.Context) *requestState {
	state, _ := ctx.Value(stateKey{}).(*requestState)
	return state
}

// SessionOf returns the session of the request with the context, which it looks up
// when it is called for the first time: a route that never calls it, as those of
// tiles, costs no query. It returns the zero Session when nobody has signed in.
// Nobody may keep a response that depends on a session; the router sees to that.
func SessionOf(ctx context.Context) (civic.Session, error) {
	state := stateOf(ctx)
	if state == nil {
		return civic.Session{}, nil
	}
	state.asked.Store(true)
	state.find.Do(func() {
		token := civic.SessionToken(cookieValue(state.cookies, sessionCookie(state.secure)))
		if token == "" || state.sessions == nil {
			return
		}
		read := state.sessions.Session
		if state.peeks {
			read = state.sessions.PeekSession
		}
		if state.session, state.err = read(ctx, token); state.err != nil {
			state.err = fmt.Errorf("find who has signed in: %w", state.err)
		}
	})
	return state.session, state.err
}

// ActorOf returns who makes the request with the context, with the rights that
// are in force now.
func ActorOf(ctx context.Context) (civic.Actor, error) {
	session, err := SessionOf(ctx)
	return session.Actor(), err
}

// protect sets the headers of a response that depends on who has signed in, so
// that nobody keeps it and no cache sends it to others.
func (s *requestState) protect(h http.Header) {
	if s == nil || !s.asked.Load() {
		return
	}
	if !strings.Contains(strings.Join(h["Vary"], ","), "Cookie") {
		h.Add("Vary", "Cookie")
	}
	if s.session.SignedIn() || s.err != nil {
		h.Set("Cache-Control", PrivateNoStore)
		h.Del("Etag")
	}
}

// sessionCookie returns the name of the cookie with the token of a session. With
// the prefix, browsers accept it over HTTPS alone, for the whole site and from no
// other. A service that is tried out without HTTPS cannot use that.
func sessionCookie(secure bool) string { return hostCookie("session", secure) }

func hostCookie(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// cookieValue returns the value of the first cookie with the name, or "".
func cookieValue(lines []string, name string) string {
	for _, line := range lines {
		for pair := range strings.SplitSeq(line, ";") {
			if key, value, _ := strings.Cut(strings.TrimSpace(pair), "="); key == name {
				return value
			}
		}
	}
	return ""
}

// SetSession sends the token of a session to the browser.
func (s *Service) SetSession(w http.ResponseWriter, r *http.Request, kind civic.ActorKind, token civic.SessionToken) {
	lifetime := civic.AccountSession
	if kind == civic.Contact {
		lifetime = civic.ContactSession
	}
	s.SetSecret(w, r, "session", string(token), int(lifetime.Seconds()))
}

// ForgetSession makes the browser forget its session.
func (s *Service) ForgetSession(w http.ResponseWriter, r *http.Request) {
	s.SetSecret(w, r, "session", "", -1)
}

// SetSecret sets a cookie that no script can read and no other site can set or
// send, for so many seconds; a negative number deletes it.
func (s *Service) SetSecret(w http.ResponseWriter, r *http.Request, name, value string, seconds int) {
	secure := s.Secure(r)
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the public uses HTTPS
		Name: hostCookie(name, secure), Value: value, Path: "/", MaxAge: seconds,
		Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// Secret returns the value of a cookie that SetSecret has set, or "".
func (s *Service) Secret(r *http.Request, name string) string {
	return cookieValue(r.Header["Cookie"], hostCookie(name, s.Secure(r)))
}

// Secure reports whether the public uses HTTPS.
func (s *Service) Secure(r *http.Request) bool {
	if s.PublicURL != "" {
		return strings.HasPrefix(s.PublicURL, "https:")
	}
	return r.TLS != nil
}
