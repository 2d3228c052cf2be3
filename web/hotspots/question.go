package hotspots

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

const (
	// finest is the finest resolution of the statistic: no category that is
	// shown on the map has a finer one.
	finest = civic.BlurResolution
	// pagePermutations is the number of draws behind the numbers of the page.
	pagePermutations = 9999
	// maxPermuted is the number of cells that may be permuted: with 9,999 draws
	// for each, some seconds of work.
	maxPermuted = 10_000
	defaultSeed = 1
)

// question is what is asked of the pins of a district.
type question struct {
	serve.Found
	whole   *index.Version // with all pins of the district
	filter  civic.Filter
	words   string         // of the search; "" for none
	res     geo.Resolution // 0 for the finest up to the default that has not too many cells
	options analysis.Options
}

// question returns the question of a request.
func (h *Hotspots) question(r *http.Request) (question, error) {
	var q question
	var err error
	if q.whole, err = h.District(r); err != nil {
		return q, err
	}
	if q.Found, err = h.Matching(r); err != nil {
		return q, err
	}
	query := r.URL.Query()
	q.words = query.Get("q")
	if q.filter, err = serve.ParseFilter(query, &q.District); err != nil {
		return q, err
	}
	if q.res, err = serve.ParseResolution(query, 0); err != nil {
		return q, err
	}
	if q.res > finest {
		return q, serve.BadParameter("res", fmt.Sprintf("must be a whole number from %d to %d", index.MinResolution, finest))
	}
	return q, nil
}

// parseOptions sets the permutations and their seed.
func (q *question) parseOptions(query url.Values) error {
	var err error
	if q.options.Permutations, err = strconv.Atoi(cmp.Or(query.Get("permutations"), "0")); err != nil || !slices.Contains([]int{0, 999, pagePermutations}, q.options.Permutations) {
		return serve.BadParameter("permutations", "must be 0, 999 or 9999")
	}
	if q.options.Seed, err = strconv.ParseUint(cmp.Or(query.Get("seed"), strconv.Itoa(defaultSeed)), 10, 53); err != nil {
		return serve.BadParameter("seed", "must be a whole number from 0 to 9007199254740991")
	}
	return nil
}

// check returns a problem for a resolution that is finer than the hexes in which
// a chosen category is counted, or else all of them.
func (q *question) check() error {
	if c, ok := q.tooFine(); ok {
		return serve.BadParameter("res", fmt.Sprintf("pins of the category %q are counted in hexes of resolution %d, not finer", c.Slug, c.ShownResolution()))
	}
	return nil
}

// tooFine returns a chosen category whose pins are shown in hexes coarser than
// those of the question, if there is one.
func (q *question) tooFine() (civic.Category, bool) {
	c, ok := q.District.Limiting(q.filter)
	return c, ok && q.res > c.ShownResolution()
}

// defaultResolution returns the resolution of the question if none is asked for and
// there are not too many cells.
func (q *question) defaultResolution() geo.Resolution { return q.District.DefaultResolution(q.filter) }
