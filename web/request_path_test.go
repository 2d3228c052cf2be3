package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// raw sends the lines of a request on a connection of its own, and returns the
// response, or its beginning if it does not end.
func raw(t *testing.T, s *webtest.Site, lines ...string) string {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(conn, "%s\r\n\r\n", strings.Join(lines, "\r\n")); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(lines[0], "/changes") {
		b, err := io.ReadAll(conn)
		if err != nil {
			t.Fatalf("%q: the connection is not closed: %v", lines, err)
		}
		return string(b)
	}
	var out strings.Builder
	for in := bufio.NewScanner(conn); !strings.Contains(out.String(), "retry: 3000") && in.Scan(); {
		out.WriteString(in.Text() + "\n")
	}
	return out.String()
}

// TestEquivalentPaths checks that escapes in a path are decoded, but for a
// slash, which is part of its segment, and that malformed ones are refused.
// Case http-percent-encoded-path.
func TestEquivalentPaths(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	for path, status := range map[string]int{
		"/api/v1/districts/tri%61l": 200, "/api/v1/districts/trial/pins/%31": 200, "/api/v1/districts/trial/pins/%31%2f": 400,
		"/tiles/tri%61l/pins/%30/0/0.mvt": 200, "/tiles/trial/%70ins.json": 200, "/d/%74rial": 200, "/%64/trial/pins/1": 200, "/api/v1/districts/trial%2Fpins": 400,
		"/api%2Fv1/districts": 404, "/d%2Ftrial": 404, "/d/trial%2Fadd": 404, "/api/v1/districts/trial/pins/%zz": 400, "/d/%4": 400, "/d/%ff": 404, "/d/%00": 404,
		"/api/v1/districts/..%2fdistricts": 400, "/api/v1/districts/trial%20": 400, "/d/trial/": 404,
	} {
		response := raw(t, s, "GET "+path+" HTTP/1.1", "Host: localhost", "Connection: close")
		if !strings.HasPrefix(response, fmt.Sprintf("HTTP/1.1 %d ", status)) {
			t.Errorf("%s: %.200s, want %d", path, response, status)
		}
	}
}
