package accounts

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// askingCookie is the name of the cookie with the secret of the browser that asks
// for a mail.
const askingCookie = "asking"

// signInView is the data of the templates of signing in.
type signInView struct {
	Action string
	Email  string
	Next   string
	Name   string // of whom a link signs in; "" for a contact
	Fault  string // what is wrong with what was entered; "" for nothing
	Sent   bool   // whether this browser has asked for a mail
}

// show shows a page of signing in. No cache, search engine or other site may learn
// of it.
func (h handlers) show(w http.ResponseWriter, r *http.Request, status int, name string, view signInView) error {
	p := h.Pages.Page(r, nil, view)
	p.Title = h.Pages.Reader(r, nil).Text("title." + name)
	p.Private, p.Form = true, true
	return h.Pages.Render(w, r, status, name, p)
}

// form shows the form that asks for a mail.
func (h handlers) form(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, "sign_in", signInView{Action: serve.SignInPath, Next: serve.ReturnPath(r.URL.Query().Get("next"))})
}

// ask stores that somebody asks for a mail. It responds the same, and takes as
// long, whoever has the address.
func (h handlers) ask(w http.ResponseWriter, r *http.Request) error {
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	view := signInView{
		Action: serve.SignInPath, Email: strings.TrimSpace(r.PostForm.Get("email")), Next: serve.ReturnPath(r.PostForm.Get("next")),
	}
	if !civic.IsEmail(view.Email) {
		view.Fault = h.Pages.Reader(r, nil).Text("sign_in.fault.email")
		return h.show(w, r, http.StatusUnprocessableEntity, "sign_in", view)
	}
	if err := h.Asking.Admit(serve.ClientOf(r.Context())); err != nil {
		var p *serve.Problem
		if errors.As(err, &p) {
			p.Page, p.Detail = "too_many_mails", "your address may ask for a few mails at once, and for more in a moment"
		}
		return err
	}
	asking := civic.NewAskingSecret()
	err := h.Store.RequestSignIn(r.Context(), civic.SignInRequest{Email: view.Email, Asking: asking, DistrictID: h.districtOf(view.Next), Next: view.Next})
	if err != nil {
		return err
	}
	h.Request()
	h.SetSecret(w, r, askingCookie, string(asking), int(civic.SignInLifetime.Seconds()))
	return h.redirect(w, serve.SignInPath+"/code")
}

// districtOf returns the id of the district in a path, or 0.
func (h handlers) districtOf(path string) int32 {
	rest, ok := strings.CutPrefix(path, "/d/")
	if !ok {
		return 0
	}
	slug, _, _ := strings.Cut(rest, "/")
	slug, _, _ = strings.Cut(slug, "?")
	if v, ok := h.Live.District(slug); ok {
		return v.District.ID
	}
	return 0
}

// redirect redirects to a path of this site. The response depends on who asks.
func (h handlers) redirect(w http.ResponseWriter, path string) error {
	w.Header().Set("Location", path)
	w.Header().Set("Cache-Control", serve.PrivateNoStore)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// codeForm tells that a mail is on its way, and takes the code in it.
func (h handlers) codeForm(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, "sign_in_code", signInView{Action: serve.SignInPath + "/code", Sent: h.Secret(r, askingCookie) != ""})
}

// typeCode signs in whoever types the code into the browser that asked for it.
func (h handlers) typeCode(w http.ResponseWriter, r *http.Request) error {
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	asking, code := civic.AskingSecret(h.Secret(r, askingCookie)), civic.ParseSignInCode(r.PostForm.Get("code"))
	found, err := h.Store.SignInByCode(r.Context(), asking, code)
	if errors.Is(err, civic.ErrNotFound) {
		view := signInView{Action: serve.SignInPath + "/code", Sent: asking != "", Fault: h.Pages.Reader(r, nil).Text("sign_in.fault.code")}
		return h.show(w, r, http.StatusUnprocessableEntity, "sign_in_code", view)
	}
	if err != nil {
		return err
	}
	return h.begin(w, r, found)
}

// link shows whom a link signs in, and the button that does so. It changes
// nothing: programs that check mail open links, and run the scripts of pages.
func (h handlers) link(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	found, err := h.Store.PeekSignIn(r.Context(), civic.SignInToken(token))
	if err != nil {
		return h.refuse(w, r, err)
	}
	return h.show(w, r, http.StatusOK, "sign_in_link", signInView{Action: serve.SignInPath + "/" + token, Name: found.Name})
}

// follow signs in whoever presses the button.
func (h handlers) follow(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Store.SignInByLink(r.Context(), civic.SignInToken(r.PathValue("token")))
	if err != nil {
		return h.refuse(w, r, err)
	}
	return h.begin(w, r, found)
}

// refuse tells that a link cannot be used.
func (h handlers) refuse(w http.ResponseWriter, r *http.Request, err error) error {
	if !errors.Is(err, civic.ErrNotFound) {
		return err
	}
	return h.show(w, r, http.StatusNotFound, "sign_in_ended", signInView{})
}

// begin begins a session of a person who has proved who they are, instead of the
// one that the browser had.
func (h handlers) begin(w http.ResponseWriter, r *http.Request, found civic.SignIn) error {
	before, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	token, err := h.Store.BeginSession(r.Context(), found.Person, Device(r.UserAgent()))
	if err != nil {
		return err
	}
	if before.SignedIn() {
		if err := h.Store.EndSession(r.Context(), before.Person, before.ID); err != nil {
			return fmt.Errorf("end the session before: %w", err)
		}
	}
	h.SetSession(w, r, found.Kind, token)
	h.SetSecret(w, r, askingCookie, "", -1)
	return h.redirect(w, cmp.Or(serve.ReturnPath(found.Next), h.ownPage(found.Person)))
}

// ownPage returns the path of the page of a person.
func (h handlers) ownPage(p civic.Person) string {
	if p.Kind == civic.Contact {
		for _, v := range h.Live.Districts() {
			if v.District.ID == p.DistrictID {
				return "/d/" + v.District.Slug + "/me"
			}
		}
	}
	return "/account"
}

// signOut ends the session of the browser.
func (h handlers) signOut(w http.ResponseWriter, r *http.Request) error {
	session, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	if session.SignedIn() {
		if err := h.Store.EndSession(r.Context(), session.Person, session.ID); err != nil {
			return err
		}
	}
	h.ForgetSession(w, r)
	return h.redirect(w, "/")
}
