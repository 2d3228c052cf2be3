package serve

import (
	"net/http"
	"strconv"
	"strings"
)

// combineLines makes one line of the lines of each field that is a list, which
// means the same (RFC 9110, section 5.3), so that nothing reads the first alone.
func combineLines(h http.Header) {
	for _, name := range [...]string{"Accept", "Accept-Encoding", "Accept-Language", "If-Match", "If-None-Match"} {
		if lines := h[name]; len(lines) > 1 {
			h[name] = []string{strings.Join(lines, ", ")}
		}
	}
}

// weight returns the weight, 0 to 1, that the value of a field such as Accept
// has for the first of the names that it contains, or 0 if it contains none.
// Names are from the most specific to the least.
func weight(value string, names ...string) float64 {
	for _, name := range names {
		for part := range strings.SplitSeq(value, ",") {
			listed, params, _ := strings.Cut(part, ";")
			if !strings.EqualFold(strings.TrimSpace(listed), name) {
				continue
			}
			for param := range strings.SplitSeq(params, ";") {
				key, digits, _ := strings.Cut(param, "=")
				if strings.EqualFold(strings.TrimSpace(key), "q") {
					w, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
					if err != nil || w < 0 || w > 1 {
						return 0
					}
					return w
				}
			}
			return 1
		}
	}
	return 0
}

// prefersHTML reports whether a client names pages and does not prefer JSON.
func prefersHTML(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	json := max(weight(accept, "application/problem+json", "application/*", "*/*"), weight(accept, "application/json", "application/*", "*/*"))
	html := weight(accept, "text/html", "text/*")
	return html > 0 && html >= json
}
