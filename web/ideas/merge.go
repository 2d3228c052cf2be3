package ideas

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// mergeView is the data of the template idea_merge.html.
type mergeView struct {
	Back, Action, Text string
	Version            int32
	Others             []page.Option // into which the idea can be merged
	Fault              string
}

// mergeForm shows the ideas into which one can be merged: those for the same event, or
// the newest ones.
func (h handlers) mergeForm(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r, civic.IdeaThing, civic.Merge, civic.IdeaThing)
	if err != nil {
		return err
	}
	return h.showMerge(w, r, in, http.StatusOK, "")
}

func (h handlers) showMerge(w http.ResponseWriter, r *http.Request, in request, status int, message string) error {
	others, err := h.others(r, in)
	if err != nil {
		return err
	}
	view := mergeView{Back: in.path(), Action: in.path() + "/merge", Text: textOf(in.thing), Version: in.thing.Version, Fault: message}
	for _, t := range others {
		view.Others = append(view.Others, page.Option{Value: strconv.FormatInt(t.ID, 10), Label: textOf(t), Chosen: strconv.FormatInt(t.ID, 10) == r.PostForm.Get("into")})
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Form, p.Private = in.reader.Text("idea.merge.title"), true, true
	return h.Pages.Render(w, r, status, "idea_merge", p)
}

// others returns the ideas into which an idea can be merged.
func (h handlers) others(r *http.Request, in request) (out []civic.Described, err error) {
	linked, err := h.Store.Links(r.Context(), in.d, []int64{in.thing.ID})
	if err != nil {
		return nil, err
	}
	var all []civic.Described
	for _, l := range linked.Links {
		if event := linked.Other(l, in.thing.ID); event.Kind == civic.EventThing && l.Relation == civic.PartOf {
			ofEvent, err := h.Store.Links(r.Context(), in.d, []int64{event.ID})
			if err != nil {
				return nil, err
			}
			around := in
			around.thing = civic.Described{Thing: event.Thing}
			if all, err = h.partsOf(r, around, civic.IdeaThing, ofEvent); err != nil {
				return nil, err
			}
		}
	}
	if all == nil {
		const newest = 100
		open := []civic.Publication{civic.Pending, civic.Published}
		if all, err = h.Store.Things(r.Context(), in.d, civic.ThingQuery{Kind: civic.IdeaThing, Publications: open, Limit: newest}); err != nil {
			return nil, err
		}
	}
	for _, t := range all {
		if t.ID != in.thing.ID && civic.Can(in.actor, civic.Merge, t.Thing, h.Now()) == nil {
			out = append(out, t)
		}
	}
	return out, nil
}

// textOf returns the text of an idea.
func textOf(t civic.Described) string {
	says, _ := t.Content.(civic.Record)
	return says.Words["text"]
}

// submitMerge merges an idea into the one that is chosen.
func (h handlers) submitMerge(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r, civic.IdeaThing, civic.Merge, civic.IdeaThing)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	version, err := serve.FormVersion(r)
	if err != nil {
		return err
	}
	into, err := strconv.ParseInt(r.PostForm.Get("into"), 10, 64)
	if err != nil {
		return h.showMerge(w, r, in, http.StatusUnprocessableEntity, in.reader.Text("idea.merge.missing"))
	}
	_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{Action: civic.Merge, Things: []int64{in.thing.ID}, Into: into, Version: version})
	switch {
	case errors.Is(err, civic.ErrChanged):
		return h.showMerge(w, r, in, http.StatusPreconditionFailed, in.reader.Text("thing.changed"))
	case errors.Is(err, civic.ErrConflict), errors.Is(err, civic.ErrInvalid):
		return h.showMerge(w, r, in, http.StatusConflict, in.reader.Text("thing.impossible"))
	case err != nil:
		return err
	}
	http.Redirect(w, r, things.Path(in.d, civic.IdeaThing, in.thing.ID)+"?done="+civic.Merge.String(), http.StatusSeeOther)
	return nil
}
