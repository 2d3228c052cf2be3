// Package improvements serves the page to which a mail leads that asks whether it is
// better since a need was met.
package improvements

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"net/url"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the page needs of the database.
type Store interface {
	MailImprovement(ctx context.Context, d *civic.District, token string) (civic.Improvement, error)
	AnswerImprovement(ctx context.Context, d *civic.District, token string, a civic.ImprovementAnswer) error
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the page.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const path = "/d/{district}/better/{token}"
	return []serve.Route{
		serve.Page("GET", path, serve.Public, serve.Read, h.question),
		serve.Page("POST", path, serve.Public, serve.Write, h.answer),
	}
}

// view is the data of the template better_form.html.
type view struct {
	civic.Improvement
	URL    string // of the need
	Words  string // as they were typed
	Better string // what was chosen: "yes" or "no"; "" for nothing yet
	Fault  string // what is missing; "" for nothing
}

// question shows what is asked. It changes nothing: programs that check mail open
// links.
func (h handlers) question(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, view{})
}

func (h handlers) show(w http.ResponseWriter, r *http.Request, status int, out view) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	if out.Improvement, err = h.Store.MailImprovement(r.Context(), d, r.PathValue("token")); err != nil {
		return err
	}
	out.URL = things.Path(d, civic.PinThing, out.ThingID)
	p := h.Pages.Page(r, d, out)
	p.Title = h.Pages.Reader(r, d).Text("better.heading") + " – " + p.Name
	p.Private, p.Form = true, true
	return h.Pages.Render(w, r, status, "better_form", p)
}

// answer stores an answer, once.
func (h handlers) answer(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	out := view{Words: r.PostForm.Get("words"), Better: r.PostForm.Get("better")}
	if out.Better != "yes" && out.Better != "no" {
		out.Fault = reader.Text("better.missing")
		return h.show(w, r, http.StatusUnprocessableEntity, out)
	}
	in := h.Pages.TextIn(d, "better.reason")
	err = h.Store.AnswerImprovement(r.Context(), d, r.PathValue("token"), civic.ImprovementAnswer{
		Better: out.Better == "yes", Words: out.Words, Why: civic.Wording{Text: in[d.Languages[0]], Template: "not_better", In: in},
	})
	var faults civic.Faults
	switch {
	case errors.As(err, &faults):
		out.Fault = reader.Text("better.words_fault")
		return h.show(w, r, http.StatusUnprocessableEntity, out)
	case err != nil:
		return err
	}
	w.Header().Set("Location", "/d/"+d.Slug+"/better/"+url.PathEscape(r.PathValue("token")))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}
