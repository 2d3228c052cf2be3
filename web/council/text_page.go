package council

import (
	"html/template"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/markdown"
)

// textView is the data of the template council_page.html.
type textView struct {
	Back      string
	Title     text
	HTML      template.HTML
	Lang      string // of the text, if it is not that of the page
	ChangedOn civic.Day
	Edit      string // path of the form; "" for those who may not edit it
	Others    []link
}

// textPage shows a page about the council, with links to the others.
func (h handlers) textPage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	found, err := h.Store.CouncilPage(r.Context(), d, r.PathValue("page"))
	if err != nil {
		return err
	}
	all, err := h.Store.CouncilPages(r.Context(), d)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	body := textIn(reader, found.Body)
	view := textView{
		Back: "/d/" + d.Slug + "/council", Title: textIn(reader, found.Title), HTML: markdown.HTML(body.Text, 2), Lang: body.Lang, ChangedOn: d.DayOf(found.ChangedAt),
	}
	for i, l := range pageLinks(d, reader, all) {
		if all[i].Slug != found.Slug {
			view.Others = append(view.Others, l)
		}
	}
	if h.may(r, d, civic.EditPages, 0) {
		view.Edit = pagePath(d, found.Slug) + "/edit"
	}
	p := h.Pages.Page(r, d, view)
	p.Title = reader.Text("council.page_title", "title", view.Title.Text, "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "council_page", p)
}
