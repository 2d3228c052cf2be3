package serve

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestClient checks which client a request is attributed to. Only the last hop of
// X-Forwarded-For comes from the proxy; clients can write those before it.
func TestClient(t *testing.T) {
	for name, test := range map[string]struct {
		remote    string
		forwarded []string
		proxy     bool
		want      string
	}{
		"a connection":          {remote: "192.0.2.7:4711", want: "192.0.2.7/32"},
		"no proxy":              {remote: "192.0.2.7:4711", forwarded: []string{"198.51.100.1"}, want: "192.0.2.7/32"},
		"a proxy":               {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"198.51.100.1"}, want: "198.51.100.1/32"},
		"a forged first hop":    {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"203.0.113.9, 198.51.100.1"}, want: "198.51.100.1/32"},
		"another forged one":    {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"203.0.113.10,198.51.100.1"}, want: "198.51.100.1/32"},
		"a forged line":         {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"203.0.113.9", "198.51.100.1"}, want: "198.51.100.1/32"},
		"a proxy without it":    {proxy: true, remote: "10.0.0.1:80", want: "10.0.0.1/32"},
		"a port":                {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"198.51.100.1:4711"}, want: "198.51.100.1/32"},
		"not an address":        {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"198.51.100.1, unknown"}, want: "invalid Prefix"},
		"an empty hop":          {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"198.51.100.1,"}, want: "invalid Prefix"},
		"IPv6":                  {remote: "[2001:db8:1:2:3:4:5:6]:4711", want: "2001:db8:1:2::/64"},
		"IPv6 of a proxy":       {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"2001:db8:1:2:3:4:5:6"}, want: "2001:db8:1:2::/64"},
		"IPv6 in brackets":      {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"[2001:db8:1:2:3:4:5:6]"}, want: "2001:db8:1:2::/64"},
		"IPv6 and a port":       {proxy: true, remote: "10.0.0.1:80", forwarded: []string{"[2001:db8:1:2:3:4:5:6]:1"}, want: "2001:db8:1:2::/64"},
		"the other of a /63":    {remote: "[2001:db8:1:3::1]:4711", want: "2001:db8:1:3::/64"},
		"IPv6 of one link":      {remote: "[fe80::1%eth0]:4711", want: "fe80::/64"},
		"IPv4 in IPv6":          {remote: "[::ffff:192.0.2.7]:4711", want: "192.0.2.7/32"},
		"a socket without them": {remote: "@", want: "invalid Prefix"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.remote
		for _, line := range test.forwarded {
			r.Header.Add("X-Forwarded-For", line)
		}
		router := Router{BehindProxy: test.proxy, IPv6Prefix: 64}
		if got := router.client(r).String(); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
