package main

import (
	"net"
	"net/http"
	"strings"
)

// protectOperator refuses requests that a page of another site makes a browser of
// the operator send. The listener of the operator has no sign-in, and its outbox
// has links to sign in: such a page must not be able to read it by a name of its own
// that it makes an address of this machine (DNS rebinding), nor to submit a form.
// Accepted as the host are addresses, names without a dot, which no site can have,
// and the name to listen on.
func protectOperator(listenOn string, next http.Handler) http.Handler {
	name := hostName(listenOn)
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostName(r.Host)
		if net.ParseIP(host) == nil && strings.Contains(host, ".") && !strings.EqualFold(host, name) {
			http.Error(w, "Use the address of this listener, or the name of --operator-listen.", http.StatusMisdirectedRequest)
			return
		}
		w.Header().Set("X-Frame-Options", "SAMEORIGIN")
		next.ServeHTTP(w, r)
	}))
}

// hostName returns an address without its port and the brackets of IPv6.
func hostName(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		address = host
	}
	return strings.TrimSuffix(strings.Trim(address, "[]"), ".")
}
