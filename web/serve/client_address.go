package serve

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
)

// ClientAt returns the client at an address: an IPv4 address, or the prefix of
// an IPv6 address, since one household or one machine has a whole prefix. The
// zero Prefix is the client of an address that is not valid.
func ClientAt(address netip.Addr, ipv6Prefix int) netip.Prefix {
	address = address.Unmap().WithZone("")
	bits := address.BitLen()
	if address.Is6() {
		bits = ipv6Prefix
	}
	client, err := address.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return client
}

// client returns the client of a request, by the address that the nearest proxy
// saw, or by that of the connection. Whatever precedes the last hop of
// X-Forwarded-For comes from the client, who can write anything there.
func (rt *Router) client(r *http.Request) netip.Prefix {
	address := r.RemoteAddr
	if seen := r.Header.Values("X-Forwarded-For"); rt.BehindProxy && len(seen) > 0 {
		hops := seen[len(seen)-1]
		address = strings.TrimSpace(hops[strings.LastIndexByte(hops, ',')+1:])
	}
	return ClientAt(parseAddress(address), rt.IPv6Prefix)
}

// parseAddress returns an address with or without a port. It returns the zero
// Addr for one that is not valid.
func parseAddress(s string) netip.Addr {
	if withPort, err := netip.ParseAddrPort(s); err == nil {
		return withPort.Addr()
	}
	address, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return address
}

// ClientOf returns the client of the request with the context. It returns the
// zero Prefix for a context of no request.
func ClientOf(ctx context.Context) netip.Prefix {
	if state := stateOf(ctx); state != nil {
		return state.client
	}
	return netip.Prefix{}
}
