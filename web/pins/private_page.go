package pins

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
)

// privateView is the data of the template private_page.html.
type privateView struct {
	Pin         Item
	Back        string // URL of the map
	Publication string // as civic.Publication names it
	Counted     bool   // whether a published count has it
	Added       bool   // whether the user has just added the pin
}

// privatePage shows a pin without a public page to whoever has its private
// link. No cache, search engine or other site receives the link.
func (h handlers) privatePage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	pin, err := h.Store.PinByLink(r.Context(), d, civic.PrivateLink(r.PathValue("link")))
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	p := h.Pages.Page(r, d, privateView{
		Pin: NewItem(d, reader, pin), Back: "/d/" + d.Slug, Publication: pin.Publication.String(),
		Counted: pin.Counted, Added: r.URL.Query().Has("added"),
	})
	p.Title, p.Private = reader.Text("title.private"), true
	return h.Pages.Render(w, r, http.StatusOK, "private_page", p)
}
