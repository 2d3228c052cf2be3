package figures

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// question is what figures answer: how many pins a filter selects, and whether there
// are more in a hexagon than chance would explain.
type question struct {
	civic.Filter
	Cell geo.Cell // 0 for none
}

// parseQuestion reads a question from the parameters of a filter, as in the address
// of the map or of the page of hotspots, which may be given as a whole. What these
// have beside it, such as the layers that the map hides, is left out. It returns
// civic.Faults for the field named question.
func parseQuestion(text string, d *civic.District) (question, error) {
	fault := func(code, detail string) (question, error) {
		return question{}, civic.Faults{{Field: questionField, Code: code, Detail: detail}}
	}
	if _, query, ok := strings.Cut(text, "?"); ok {
		text = query
	}
	text, _, _ = strings.Cut(text, "#")
	given, err := url.ParseQuery(text)
	if err != nil {
		return fault("malformed", "is no query: "+err.Error())
	}
	if given.Has("q") {
		return fault("malformed", "words of a search have no figures, since texts change; leave out q")
	}
	var out question
	if out.Filter, err = d.ParseFilter(given); err != nil {
		var faults civic.Faults
		if errors.As(err, &faults) {
			return fault(faults[0].Code, faults[0].Field+": "+faults[0].Detail)
		}
		return out, err
	}
	if given.Get("cell") == "" {
		return out, nil
	}
	if out.Cell, err = serve.ParseCell(given.Get("cell")); err != nil {
		return fault("malformed", "cell: is no cell of hotspots")
	}
	if res, err := strconv.ParseUint(given.Get("res"), 10, 8); err == nil && geo.Resolution(res) < out.Cell.Resolution() && geo.Resolution(res) >= index.MinResolution {
		out.Cell = out.Cell.Parent(geo.Resolution(res))
	}
	return out, nil
}

// String returns the canonical query of the question.
func (q question) String() string {
	values := q.Values()
	if q.Cell != 0 {
		values.Set("cell", q.Cell.String())
	}
	return values.Encode()
}
