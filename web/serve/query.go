package serve

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Parameters are the names of the parameters that the query of a route may
// have. The zero value has none.
type Parameters struct {
	Single   []string // may be given once
	Repeated []string // may be given several times
}

// Check returns a problem that names the first parameter of a query that is
// malformed or empty, that the route does not have, or that is given again
// though it may be given once. Afterwards url.ParseQuery loses nothing of the
// query. Check allocates nothing for a query without escapes.
func (p Parameters) Check(query string) error {
	var given uint64 // bit i for Single[i]
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		name, value, err := parsePair(pair)
		if err != nil {
			return err
		}
		i := slices.Index(p.Single, name)
		switch {
		case i < 0 && !slices.Contains(p.Repeated, name):
			return BadParameter(name, "there is no such parameter")
		case value == "":
			return BadParameter(name, "must not be empty")
		case i >= 0 && given>>i&1 > 0:
			return BadParameter(name, "must not be repeated")
		case i >= 0:
			given |= 1 << i
		}
	}
	return nil
}

// parsePair parses a name and its value. The problem that it returns names the
// parameter.
func parsePair(pair string) (name, value string, err error) {
	rawName, rawValue, _ := strings.Cut(pair, "=")
	name, err = url.QueryUnescape(rawName)
	if err == nil {
		value, err = url.QueryUnescape(rawValue)
	}
	switch {
	case err != nil:
		return "", "", BadParameter(strings.ToValidUTF8(rawName, "�"), "is malformed: "+err.Error())
	case strings.Contains(pair, ";"):
		return "", "", BadParameter(strings.ToValidUTF8(rawName, "�"), `is malformed: parameters are separated by "&", and ";" in a value is written %3B`)
	case !utf8.ValidString(name+value) || strings.Contains(value, "\x00"):
		return "", "", BadParameter(strings.ToValidUTF8(name, "�"), "must be text in UTF-8")
	}
	return name, value, nil
}

// canonical returns the query of a page without what browsers and other sites
// add to it: the empty fields of a form, and parameters that track where a
// visitor comes from.
func (p Parameters) canonical(query string) string {
	kept := slices.DeleteFunc(strings.Split(query, "&"), func(pair string) bool {
		name, value, err := parsePair(pair)
		known := slices.Contains(p.Single, name) || slices.Contains(p.Repeated, name)
		return err == nil && (value == "" && known || isTracking(name) && !known)
	})
	return strings.Join(kept, "&")
}

// isTracking reports whether sites add a parameter to the links of others.
func isTracking(name string) bool {
	return strings.HasPrefix(name, "utm_") || slices.Contains([]string{"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid"}, name)
}

// redirect redirects a request for a page whose query is not canonical, and
// reports whether it did. The address is relative, so that it cannot lead to
// another site.
func (p Parameters) redirect(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.RawQuery == "" || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	query := p.canonical(r.URL.RawQuery)
	if query == r.URL.RawQuery {
		return false
	}
	location := r.URL.EscapedPath()
	location = "./" + location[strings.LastIndexByte(location, '/')+1:]
	if query != "" {
		location += "?" + query
	}
	w.Header().Set("Location", location)
	w.WriteHeader(http.StatusSeeOther)
	return true
}
