package things

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
)

// findForm is the form of a register that looks for words, and keeps the place near
// which somebody looks.
type findForm struct{ Words, At string }

// newFind returns the form of the kind with what a query has, or nil.
func newFind(k Kind, q url.Values) *findForm {
	if k.Find == nil {
		return nil
	}
	return &findForm{q.Get("q"), q.Get("at")}
}

// find narrows a query to what the parameters of a request look for, if they do, and
// returns the ids in their order, or nil where nothing is looked for.
func (h handlers) find(r *http.Request, in request, query *civic.ThingQuery) ([]int64, error) {
	given := func(name string) bool { return r.URL.Query().Get(name) != "" }
	if h.Find == nil || !slices.ContainsFunc(h.Finds, given) {
		return nil, nil
	}
	ids, err := h.Find(r, in.version)
	if len(ids) == 0 {
		ids = []int64{0} // which no thing has
	}
	query.IDs = ids
	return ids, err
}

// inOrder sorts things as their ids are, if there are any.
func inOrder(all []civic.Described, ids []int64) {
	if ids != nil {
		slices.SortStableFunc(all, func(a, b civic.Described) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	}
}
