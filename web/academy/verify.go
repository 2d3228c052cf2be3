package academy

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// verifyView is the data of the template verify.html.
type verifyView struct {
	Number         string
	Programme, URL string
	Date           civic.Day
	Name           string // as it was entered
	Matches        string // "yes" or "no"; "" before a name was entered
	Fault          string
}

// graduate returns the enrolment with the number of a certificate in the path of a
// request. It returns civic.ErrNotFound where there is none.
func (h handlers) graduate(r *http.Request) (in request, err error) {
	v, err := h.District(r)
	if err != nil {
		return in, err
	}
	in.d = &v.District
	number := strings.ToUpper(r.PathValue("number"))
	found, err := h.Store.Things(r.Context(), in.d, civic.ThingQuery{
		Kind: civic.EnrolmentThing, Publications: []civic.Publication{civic.EnrolmentThing.Standing()}, State: "graduated",
		Says: civic.Values{Words: map[string]string{"number": number}}, Limit: 1,
	})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("certificate %q: %w", number, civic.ErrNotFound)
	}
	if err != nil {
		return in, err
	}
	in.thing = found[0]
	in.says, _ = in.thing.Content.(civic.Record)
	return in, nil
}

// verify says that there is a certificate with a number, of which programme and day.
func (h handlers) verify(w http.ResponseWriter, r *http.Request) error {
	in, err := h.graduate(r)
	if err != nil {
		return err
	}
	return h.showVerification(w, r, in, http.StatusOK, verifyView{})
}

// verifyName says whether a certificate is that of somebody with a name.
func (h handlers) verifyName(w http.ResponseWriter, r *http.Request) error {
	in, err := h.graduate(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	view := verifyView{Name: strings.TrimSpace(r.PostForm.Get("name"))}
	if view.Name == "" {
		view.Fault = h.Pages.Reader(r, in.d).Text("academy.verify_name_missing")
		return h.showVerification(w, r, in, http.StatusUnprocessableEntity, view)
	}
	if err := h.Asking.Admit(serve.ClientOf(r.Context())); err != nil {
		return err
	}
	view.Matches = "no"
	if sameName(view.Name, in.says.Words["name"]) {
		view.Matches = "yes"
	}
	return h.showVerification(w, r, in, http.StatusOK, view)
}

// sameName reports whether two names have the same words, whatever their case. A name
// without words is that of nobody.
func sameName(a, b string) bool {
	said := words.Split(a)
	return len(said) > 0 && slices.Equal(said, words.Split(b))
}

func (h handlers) showVerification(w http.ResponseWriter, r *http.Request, in request, status int, view verifyView) error {
	programme, err := h.programmeOf(r.Context(), in.d, in.thing.ID)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, in.d)
	says, _ := programme.Content.(civic.Record)
	view.Number, view.Date, view.Programme = in.says.Words["number"], in.says.Day("graduated_on"), reader.In(says.Texts["name"])
	if programme.Publication == civic.Published {
		view.URL = things.Path(in.d, programme.Kind, programme.ID)
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Form, p.Private = reader.Text("academy.verify_title", "number", view.Number), true, true
	return h.Pages.Render(w, r, status, "verify", p)
}
