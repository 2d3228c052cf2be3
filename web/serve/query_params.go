package serve

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// FilterQuery returns the parameters of a filter and further ones that may be
// given once.
func FilterQuery(single ...string) Parameters {
	return Parameters{Single: append([]string{"from", "to"}, single...), Repeated: []string{"kind", "category", "status", "area"}}
}

// FilterParameters returns the names of the parameters of a filter.
func FilterParameters() []string {
	return append(FilterQuery().Repeated, FilterQuery().Single...)
}

// ParseFilter parses a filter of the district from the query. The problem that
// it returns names the invalid parameter.
func ParseFilter(q url.Values, d *civic.District) (civic.Filter, error) {
	f, err := d.ParseFilter(q)
	var faults civic.Faults
	if errors.As(err, &faults) {
		return f, BadParameter(faults[0].Field, faults[0].Detail)
	}
	return f, err
}

// ParseResolution parses the parameter res. It returns fallback when the
// parameter is missing.
func ParseResolution(q url.Values, fallback geo.Resolution) (geo.Resolution, error) {
	if !q.Has("res") {
		return fallback, nil
	}
	n, err := strconv.ParseUint(q.Get("res"), 10, 8)
	if err != nil || index.CheckResolution(geo.Resolution(n)) != nil {
		return 0, BadParameter("res", fmt.Sprintf("must be a whole number from %d to %d", index.MinResolution, index.MaxResolution))
	}
	return geo.Resolution(n), nil
}

// ParseCell parses the parameter cell.
func ParseCell(text string) (geo.Cell, error) {
	cell, err := geo.ParseCell(text)
	if err != nil || index.CheckResolution(cell.Resolution()) != nil {
		return 0, BadParameter("cell", fmt.Sprintf("must be the H3 index of a cell of a resolution from %d to %d", index.MinResolution, index.MaxResolution))
	}
	return cell, nil
}

// ParseLimit parses the parameter limit, which must be 1 to most. It returns
// fallback when the parameter is missing.
func ParseLimit(q url.Values, fallback, most int) (int, error) {
	if !q.Has("limit") {
		return fallback, nil
	}
	n, err := strconv.Atoi(q.Get("limit"))
	if err != nil || n < 1 || n > most {
		return 0, BadParameter("limit", fmt.Sprintf("must be a whole number from 1 to %d", most))
	}
	return n, nil
}

// maxWords is the number of characters that words to search for may have.
const maxWords = 200

// ParseWords parses the words in the parameter q. It returns "" when the
// parameter is missing.
func ParseWords(q url.Values) (string, error) {
	words := q.Get("q")
	if q.Has("q") && !strings.ContainsFunc(words, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return "", BadParameter("q", "has no words")
	}
	if utf8.RuneCountInString(words) > maxWords {
		return "", BadParameter("q", fmt.Sprintf("must have at most %d characters", maxWords))
	}
	return words, nil
}

// Pick returns the parameters of q that have one of the names.
func Pick(q url.Values, names ...string) url.Values {
	out := url.Values{}
	for _, name := range names {
		if values := q[name]; len(values) > 0 {
			out[name] = values
		}
	}
	return out
}

// Without returns q without a value of the parameter, or without the parameter
// when value is "".
func Without(q url.Values, name, value string) url.Values {
	out := url.Values{}
	for key, values := range q {
		for _, x := range values {
			if key != name || value != "" && x != value {
				out.Add(key, x)
			}
		}
	}
	return out
}

// WithQuery returns path with the parameters of q that are not empty, without
// the language, in a stable order.
func WithQuery(path string, q url.Values) string {
	out := url.Values{}
	for name, values := range q {
		for _, v := range values {
			if v != "" && name != "lang" {
				out.Add(name, v)
			}
		}
	}
	if len(out) == 0 {
		return path
	}
	return path + "?" + out.Encode()
}
