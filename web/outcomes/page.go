package outcomes

import (
	"errors"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// outcomesView is the data of the template outcomes.html.
type outcomesView struct {
	Path      string
	Back      string
	Words     string
	From, To  string
	Kinds     []page.Option
	Areas     []page.Option
	Filtered  bool // whether anything but words is chosen
	Hits      []things.Hit
	Most      bool // whether there may be more
	TooLong   bool // whether the search took too long
	Registers []register
}

// register is the way to the register of a kind.
type register struct {
	Label, URL string
	Count      int
}

func (h handlers) page(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d, asked := &v.District, r.URL.Query()
	q, err := parseQuery(d, asked)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	view := outcomesView{
		Path: "/d/" + d.Slug + "/outcomes", Back: "/d/" + d.Slug, Words: q.Words, From: asked.Get("from"), To: asked.Get("to"),
		Areas: reader.AreaOptions(asked.Get("area")), Filtered: asked.Has("kind") || q.AreaID != 0 || q.From != 0 || q.To != 0,
	}
	for _, kind := range civic.SearchableKinds() {
		view.Kinds = append(view.Kinds, page.Option{Value: kind.String(), Label: reader.Text(headingKey(kind)), Chosen: asked.Has("kind") && slices.Contains(q.Kinds, kind)})
	}
	hits, err := h.Store.SearchThings(r.Context(), d, q)
	switch {
	case errors.Is(err, civic.ErrTooMany):
		view.TooLong = true
	case err != nil:
		return err
	}
	view.Most = len(hits) == q.Limit
	for _, hit := range hits {
		view.Hits = append(view.Hits, things.NewHit(d, reader, hit))
	}
	counts, err := h.Store.CountKinds(r.Context(), d)
	if err != nil {
		return err
	}
	for _, kind := range civic.SearchableKinds() {
		if kind != civic.PinThing {
			view.Registers = append(view.Registers, register{reader.Text(headingKey(kind)), things.Path(d, kind, 0), counts[kind]})
		}
	}
	p := h.Pages.Page(r, d, view)
	p.Title = reader.Text("outcomes.title", "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "outcomes", p)
}

// headingKey returns the key of the name of a kind, in the plural.
func headingKey(kind civic.ThingKind) string {
	if kind == civic.PinThing {
		return "outcomes.pins"
	}
	return kind.Plural() + ".heading"
}
