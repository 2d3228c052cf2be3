package desk

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// mailView is the data of the templates answer_form.html and objection_form.html, to
// which the links of mails lead.
type mailView struct {
	Home     string // path of the district
	Question civic.Question
	Decision civic.Decision
	On       civic.Day // of the decision
	Text     string
	Fault    string // what is wrong with the text; "" for nothing
}

// question shows what a reporter was asked. It changes nothing: programs that check
// mail open links.
func (h handlers) question(w http.ResponseWriter, r *http.Request) error {
	return h.showQuestion(w, r, http.StatusOK, mailView{})
}

func (h handlers) showQuestion(w http.ResponseWriter, r *http.Request, status int, view mailView) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	if view.Question, err = h.Store.MailQuestion(r.Context(), &v.District, r.PathValue("token")); err != nil {
		return err
	}
	return h.showMailPage(w, r, &v.District, status, "answer", view)
}

// answer stores the answer of a reporter, once.
func (h handlers) answer(w http.ResponseWriter, r *http.Request) error {
	return h.storeText(w, r, "answer", "answer.fault", h.Store.AnswerByMail, h.showQuestion)
}

// decision shows what was decided, and why.
func (h handlers) decision(w http.ResponseWriter, r *http.Request) error {
	return h.showDecision(w, r, http.StatusOK, mailView{})
}

func (h handlers) showDecision(w http.ResponseWriter, r *http.Request, status int, view mailView) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	if view.Decision, err = h.Store.MailDecision(r.Context(), &v.District, r.PathValue("token")); err != nil {
		return err
	}
	view.Decision.Reason = h.Pages.Reader(r, &v.District).Said(view.Decision.Reason, view.Decision.ReasonIn)
	view.On = v.District.DayOf(view.Decision.At)
	return h.showMailPage(w, r, &v.District, status, "objection", view)
}

// object stores an objection to a decision, once.
func (h handlers) object(w http.ResponseWriter, r *http.Request) error {
	return h.storeText(w, r, "object", "objection.fault", h.Store.ObjectByMail, h.showDecision)
}

// storeText stores the text of a form that the token of a mail leads to. It shows
// the page of the token afterwards, and the form again when the text has a fault.
func (h handlers) storeText(
	w http.ResponseWriter, r *http.Request, page, fault string,
	store func(ctx context.Context, d *civic.District, token, text string) error,
	show func(w http.ResponseWriter, r *http.Request, status int, view mailView) error,
) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	text := r.PostForm.Get("text")
	err = store(r.Context(), &v.District, r.PathValue("token"), text)
	var faults civic.Faults
	switch {
	case err == nil:
		return redirect(w, mailPath(r, &v.District, page))
	case !errors.As(err, &faults):
		return err
	}
	return show(w, r, http.StatusUnprocessableEntity, mailView{Text: text, Fault: h.Pages.Reader(r, &v.District).Text(fault)})
}

// mailPath returns the path of the page of the token of a request.
func mailPath(r *http.Request, d *civic.District, page string) string {
	return "/d/" + d.Slug + "/" + page + "/" + url.PathEscape(r.PathValue("token"))
}

// showMailPage shows a page to which a mail leads, of which no search engine should
// learn.
func (h handlers) showMailPage(w http.ResponseWriter, r *http.Request, d *civic.District, status int, name string, view mailView) error {
	view.Home = "/d/" + d.Slug
	p := h.Pages.Page(r, d, view)
	p.Title = h.Pages.Reader(r, d).Text("title." + name)
	p.Private, p.Form = true, true
	return h.Pages.Render(w, r, status, name+"_form", p)
}
