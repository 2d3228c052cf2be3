package council

import (
	"errors"
	"html/template"
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/web/markdown"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// formView is the data of the template council_form.html.
type formView struct {
	Action  string
	Back    string
	Page    civic.CouncilPage
	Faults  page.Faults
	Now     []nowText // the page as somebody else has changed it meanwhile
	Removed bool      // whether somebody has removed it meanwhile
}

// Has reports whether the page has a text in the language.
func (v formView) Has(lang string) bool { return v.Page.Title[lang] != "" || v.Page.Body[lang] != "" }

// nowText is a page in one language.
type nowText struct {
	Lang, Language, Title string
	HTML                  template.HTML
}

func (h handlers) newForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	return h.showForm(w, r, &v.District, http.StatusOK, formView{}, nil)
}

func (h handlers) editForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	found, err := h.Store.CouncilPage(r.Context(), &v.District, r.PathValue("page"))
	if err != nil {
		return err
	}
	return h.showForm(w, r, &v.District, http.StatusOK, formView{Page: found}, nil)
}

// submitNew adds a page, whose slug follows from its title.
func (h handlers) submitNew(w http.ResponseWriter, r *http.Request) error {
	d, actor, sent, err := h.readForm(r)
	if err != nil {
		return err
	}
	sent.Slug = ingest.Slugify(sent.Title[d.Languages[0]])
	err = h.Store.SaveCouncilPage(r.Context(), d, actor, sent)
	if errors.Is(err, civic.ErrConflict) || sent.Slug == "new" {
		err = civic.Faults{{Field: "title", Code: "taken", Detail: "there is a page with such a title"}}
	}
	return h.saved(w, r, d, formView{Page: sent}, err)
}

// submitEdit changes a page or removes it.
func (h handlers) submitEdit(w http.ResponseWriter, r *http.Request) error {
	d, actor, sent, err := h.readForm(r)
	if err != nil {
		return err
	}
	sent.Slug = r.PathValue("page")
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 32)
	if err != nil || version < 0 {
		return serve.BadForm("the version is missing", nil)
	}
	sent.Version = int32(version)
	if r.PostForm.Get("do") == "remove" {
		err = h.Store.RemoveCouncilPage(r.Context(), d, actor, sent.Slug, sent.Version)
	} else {
		err = h.Store.SaveCouncilPage(r.Context(), d, actor, sent)
	}
	if err == nil && r.PostForm.Get("do") == "remove" {
		http.Redirect(w, r, "/d/"+d.Slug+"/council", http.StatusSeeOther)
		return nil
	}
	if errors.Is(err, civic.ErrChanged) {
		return h.showChanged(w, r, d, sent)
	}
	return h.saved(w, r, d, formView{Page: sent}, err)
}

// readForm returns what a form has, whose fields are named "title.pl".
func (h handlers) readForm(r *http.Request) (*civic.District, civic.Actor, civic.CouncilPage, error) {
	v, err := h.District(r)
	if err != nil {
		return nil, civic.Actor{}, civic.CouncilPage{}, err
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return nil, actor, civic.CouncilPage{}, err
	}
	if err := serve.ReadForm(r); err != nil {
		return nil, actor, civic.CouncilPage{}, err
	}
	sent := civic.CouncilPage{Title: civic.Text{}, Body: civic.Text{}}
	for _, lang := range v.District.Languages {
		sent.Title[lang], sent.Body[lang] = r.PostForm.Get("title."+lang), r.PostForm.Get("body."+lang)
	}
	return &v.District, actor, sent, nil
}

// saved leads to the page that was saved, or shows the form with the faults of err.
func (h handlers) saved(w http.ResponseWriter, r *http.Request, d *civic.District, view formView, err error) error {
	if err != nil {
		return h.showForm(w, r, d, http.StatusUnprocessableEntity, view, err)
	}
	http.Redirect(w, r, pagePath(d, view.Page.Slug), http.StatusSeeOther) //nolint:gosec // the slug is checked, so the path is of this site
	return nil
}

// showChanged shows the form with what was sent, and the page as it is now, which
// saving again replaces.
func (h handlers) showChanged(w http.ResponseWriter, r *http.Request, d *civic.District, sent civic.CouncilPage) error {
	now, err := h.Store.CouncilPage(r.Context(), d, sent.Slug)
	if err != nil && !errors.Is(err, civic.ErrNotFound) {
		return err
	}
	sent.Version = now.Version
	view := formView{Page: sent, Removed: err != nil}
	for _, lang := range d.Languages {
		if now.Title[lang] != "" || now.Body[lang] != "" {
			view.Now = append(view.Now, nowText{lang, h.Pages.LanguageName(lang), now.Title[lang], markdown.HTML(now.Body[lang], 3)})
		}
	}
	return h.showForm(w, r, d, http.StatusPreconditionFailed, view, nil)
}

// showForm shows the form with everything that was entered, and the faults of err,
// or returns err if it has none.
func (h handlers) showForm(w http.ResponseWriter, r *http.Request, d *civic.District, status int, view formView, err error) error {
	var faults civic.Faults
	if err != nil && !errors.As(err, &faults) {
		return err
	}
	reader := h.Pages.Reader(r, d)
	for _, f := range faults {
		field := f.Field
		if field == "slug" { // of a title without letters
			field, f.Code = "title", "missing"
		}
		if f.Code == "taken" {
			view.Faults = append(view.Faults, page.Fault{Field: field, Text: reader.Text("council.fault.taken")})
		} else if view.Faults.Of(field) == "" {
			view.Faults = append(view.Faults, page.Fault{Field: field, Text: reader.Text("thing.fault."+f.Code, "field", reader.Text("council.field."+field))})
		}
	}
	view.Action, view.Back = r.URL.Path, "/d/"+d.Slug+"/council"
	p := h.Pages.Page(r, d, view)
	p.Title, p.Form = reader.Text("council.form_title", "district", p.Name), true
	return h.Pages.Render(w, r, status, "council_form", p)
}
