package things

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
)

// act takes an action that the page of a thing offers.
func (h handlers) act(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read the form: %w", err)
	}
	action, err := civic.ParseAction(r.PostForm.Get("action"))
	if err != nil || !isButton(action) {
		return badForm("there is no such button")
	}
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 32)
	if err != nil {
		return badForm("the version is missing")
	}
	_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{
		Action: action, Things: []int64{t.ID}, Version: int32(version), Reason: r.PostForm.Get("reason"),
	})
	reader := h.Pages.Reader(r, in.d)
	switch {
	case errors.Is(err, civic.ErrChanged):
		return h.showThing(w, r, in, t, http.StatusPreconditionFailed, reader.Text("thing.changed"))
	case errors.Is(err, civic.ErrInvalid):
		return h.showThing(w, r, in, t, http.StatusUnprocessableEntity, reader.Text("thing.reason_missing"))
	case err != nil:
		return err
	}
	next := h.Path(in.d, t.ID)
	if action == civic.Withdraw || action == civic.Hide {
		next = h.Path(in.d, 0)
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}
