package follows

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// deviceCookie is the name of the cookie that tells devices apart which have
// supported something. It is random, set only then, and stored as a hash with a key.
const (
	deviceCookie = "device"
	deviceAge    = 2 * 365 * 24 * 60 * 60 // seconds
)

// VoiceOf returns the voice of whoever makes a request, which is that of nobody for
// a browser that has never given one.
func VoiceOf(s *serve.Service, r *http.Request, d *civic.District) (civic.Voice, error) {
	contact, err := contactOf(r, d)
	return civic.Voice{ContactID: contact, Device: s.Secret(r, deviceCookie)}, err
}

// Voices is what the support of pins needs of the database.
type Voices interface {
	Voices(ctx context.Context, d *civic.District, ids []int64) (map[int64]int, error)
	Supported(ctx context.Context, d *civic.District, ids []int64, v civic.Voice) ([]int64, error)
}

// Support is the data of the template "support": how many agree with a pin, and
// whether whoever looks at it does.
type Support struct {
	Action string // of the form, and path of the page with the form alone
	Back   string // path of the page that the form returns to; default that of the pin
	Kind   string // of the pin
	Title  string // of the pin
	Voices int    // of others than its reporter
	Given  bool   // whether one is that of whoever asks
	Brief  bool   // whether the pin is one of several
}

// Supports returns the support of pins with a public page, in their order, for
// whoever makes a request.
func Supports(s *serve.Service, store Voices, r *http.Request, d *civic.District, pins ...civic.Pin) ([]Support, error) {
	var ids []int64
	for _, p := range pins {
		ids = append(ids, p.ID)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	voice, err := VoiceOf(s, r, d)
	if err != nil {
		return nil, err
	}
	voices, err := store.Voices(r.Context(), d, ids)
	if err != nil {
		return nil, err
	}
	given, err := store.Supported(r.Context(), d, ids, voice)
	if err != nil {
		return nil, err
	}
	var all []Support
	for _, p := range pins {
		all = append(all, Support{
			Action: fmt.Sprintf("/d/%s/pins/%d/support", d.Slug, p.ID), Kind: p.Category.Kind.String(), Title: p.Title,
			Voices: voices[p.ID], Given: slices.Contains(given, p.ID),
		})
	}
	return all, nil
}

// supportView is the data of the template support_page.html.
type supportView struct {
	Support Support
	Pin     string // path of the page of the pin
}

// supportPage shows the support of a pin alone, which the map shows beside the pin.
func (h handlers) supportPage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	id, err := serve.PathID(r, "pin")
	if err != nil {
		return err
	}
	pin, err := h.Store.Pin(r.Context(), d, id)
	if err != nil {
		return err
	}
	supports, err := Supports(h.Service, h.Store, r, d, pin)
	if err != nil {
		return err
	}
	view := supportView{supports[0], fmt.Sprintf("/d/%s/pins/%d", d.Slug, id)}
	view.Support.Brief, view.Support.Back = true, view.Support.Action
	p := h.Pages.Page(r, d, view)
	p.Title = h.Pages.Reader(r, d).Text("title.pin", "title", pin.Title)
	return h.Pages.Render(w, r, http.StatusOK, "support_page", p)
}

// support gives the voice of whoever asks to a pin, or takes it back. To do so
// again changes nothing.
func (h handlers) support(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	id, err := serve.PathID(r, "pin")
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	back := fmt.Sprintf("/d/%s/pins/%d#support", d.Slug, id)
	if path := serve.ReturnPath(r.PostForm.Get("back")); path != "" {
		back = fmt.Sprintf("%s#pin-%d", path, id)
	}
	if r.PostForm.Get("do") == "withdraw" {
		voice, err := VoiceOf(h.Service, r, d)
		if err != nil {
			return err
		}
		if err := h.Store.WithdrawSupport(r.Context(), d, id, voice); err != nil {
			return err
		}
		return redirect(w, back)
	}
	err = GiveVoice(h.Service, w, r, d, func(ctx context.Context, v civic.Voice) error { return h.Store.Support(ctx, d, id, v) })
	if err != nil {
		return err
	}
	return redirect(w, back)
}

// GiveVoice has a function do something with the voice of whoever makes a request: with
// that of a new device in a browser that has none, which remembers it if that is done.
func GiveVoice(s *serve.Service, w http.ResponseWriter, r *http.Request, d *civic.District, give func(context.Context, civic.Voice) error) error {
	voice, err := VoiceOf(s, r, d)
	if err != nil {
		return err
	}
	fresh := voice.Device == ""
	if fresh {
		voice.Device = rand.Text()
	}
	if err := give(r.Context(), voice); err != nil {
		return err
	}
	if fresh {
		s.SetSecret(w, r, deviceCookie, voice.Device, deviceAge)
	}
	return nil
}
