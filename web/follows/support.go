package follows

import (
	"crypto/rand"
	"fmt"
	"net/http"

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

// support gives the voice of whoever asks to a pin, or takes it back. To do so
// again changes nothing.
func (h handlers) support(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	id, err := pinID(r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	voice, err := VoiceOf(h.Service, r, d)
	if err != nil {
		return err
	}
	if r.PostForm.Get("do") == "withdraw" {
		if err := h.Store.WithdrawSupport(r.Context(), d, id, voice); err != nil {
			return err
		}
		return redirect(w, fmt.Sprintf("/d/%s/pins/%d#support", d.Slug, id))
	}
	fresh := voice.Device == ""
	if fresh {
		voice.Device = rand.Text()
	}
	if err := h.Store.Support(r.Context(), d, id, voice); err != nil {
		return err
	}
	if fresh {
		h.SetSecret(w, r, deviceCookie, voice.Device, deviceAge)
	}
	return redirect(w, fmt.Sprintf("/d/%s/pins/%d#support", d.Slug, id))
}
