package desk

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/web/serve"
)

// How long somebody is taken to look at a thing: with a browser that has opened the
// page, and with one whose script says every ten seconds that it is still visible
// (web/ui/src/elements/desk.ts).
const (
	looksFor         = 5 * time.Minute
	looksForByScript = 30 * time.Second
)

// presenceView is the response to a script that says that somebody looks at a thing.
type presenceView struct {
	Others  []string `json:"others"`  // sentences: who else does
	Changed string   `json:"changed"` // that the thing has changed meanwhile, and by whom; "" if it has not
}

// presence records that somebody looks at a thing, or no longer, and responds who
// else does, and whether the version of the page is still that of the thing. It
// does not extend the session.
func (h handlers) presence(w http.ResponseWriter, r *http.Request) error {
	a, item, err := h.thingForm(r)
	if err != nil {
		return err
	}
	if r.PostForm.Get("leave") != "" {
		if err := h.Store.LookAway(r.Context(), a.d, a.actor, item.ID); err != nil {
			return err
		}
		return h.SendJSON(w, r, serve.TypeJSON, serve.PrivateNoStore, presenceView{Others: []string{}})
	}
	names, err := h.Store.LookAt(r.Context(), a.d, a.actor, item.ID, looksForByScript)
	if err != nil {
		return err
	}
	view := presenceView{Others: othersLooking(a, names)}
	if version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 32); err == nil && int32(version) != item.Version {
		if view.Changed, err = h.changedBy(r, a, item.ID); err != nil {
			return err
		}
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.PrivateNoStore, view)
}

// othersLooking returns a sentence for each of the names of those who look at the
// same thing.
func othersLooking(a at, names []string) []string {
	sentences := []string{}
	for _, name := range names {
		sentences = append(sentences, a.reader.Text("desk.looking", "name", name))
	}
	return sentences
}

// changedBy returns the sentence that a thing has changed, and by whom.
func (h handlers) changedBy(r *http.Request, a at, thing int64) (string, error) {
	history, err := h.Store.StaffHistory(r.Context(), a.d, thing, 1)
	if err != nil {
		return "", err
	}
	return a.reader.Text("desk.changed_by", "name", lastOf(a, history)), nil
}
