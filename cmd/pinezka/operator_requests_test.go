package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestOperatorRequests sends what pages of other sites can make a browser send.
func TestOperatorRequests(t *testing.T) {
	t.Parallel()
	o := &operator{address: "metrics.example.org:9090", pages: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
	h := protectOperator(o.address, o.pages)
	for _, test := range []struct {
		method, host string
		header       [2]string
		want         int
	}{
		{"GET", "127.0.0.1:9090", [2]string{}, 200},
		{"GET", "[::1]:9090", [2]string{}, 200},
		{"GET", "::1", [2]string{}, 200},
		{"GET", "localhost:9090", [2]string{}, 200},
		{"GET", "pinezka", [2]string{}, 200},
		{"GET", "metrics.example.org:9090", [2]string{}, 200},
		{"GET", "METRICS.example.org", [2]string{}, 200},
		{"GET", "rebound.example.com:9090", [2]string{}, 421},
		{"GET", "127.0.0.1.example.com", [2]string{}, 421},
		{"GET", "localhost.example.com", [2]string{}, 421},
		{"POST", "127.0.0.1:9090", [2]string{}, 200}, // not a browser
		{"POST", "127.0.0.1:9090", [2]string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"POST", "127.0.0.1:9090", [2]string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"POST", "127.0.0.1:9090", [2]string{"Sec-Fetch-Site", "same-site"}, 403},
		{"POST", "127.0.0.1:9090", [2]string{"Origin", "https://example.com"}, 403},
		{"POST", "rebound.example.com", [2]string{"Sec-Fetch-Site", "same-origin"}, 421},
	} {
		r := httptest.NewRequest(test.method, "/outbox", nil)
		r.Host = test.host
		if test.header[0] != "" {
			r.Header.Set(test.header[0], test.header[1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != test.want {
			t.Errorf("%s with host %s, %v: %d, want %d", test.method, test.host, test.header, w.Code, test.want)
		}
	}
}
