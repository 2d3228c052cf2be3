package desk

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/textdiff"
)

// act takes an action on one thing, and opens the next one of the queue, or shows
// why nothing was done, with what was entered.
func (h handlers) act(w http.ResponseWriter, r *http.Request) error {
	a, item, err := h.thingForm(r)
	if err != nil {
		return err
	}
	in := parseForm(r)
	c, err := h.command(r, a, item, in)
	if err == nil {
		_, err = h.Store.Do(r.Context(), a.d, a.actor, c)
	}
	var faults civic.Faults
	view := thingView{Form: in}
	switch {
	case err == nil:
		return redirect(w, h.afterwards(r, a, item, c.Action))
	case errors.Is(err, civic.ErrChanged), errors.Is(err, civic.ErrConflict):
		view.Conflict = c.Action != civic.Undo
		if !view.Conflict {
			view.Fault = a.reader.Text("desk.fault.undo")
		}
		if item, err = h.item(r, a); err != nil { // as the other left it
			return err
		}
		if in.Do == civic.Edit.String() {
			view.Theirs = textdiff.Words(in.Title+"\n"+in.Body, item.Title+"\n"+item.Body)
		}
		return h.showThing(w, r, a, item, http.StatusConflict, view)
	case errors.As(err, &faults):
		view.Fault = faultText(a, faults)
		return h.showThing(w, r, a, item, http.StatusUnprocessableEntity, view)
	case errors.Is(err, civic.ErrNotFound) && c.Action == civic.Merge:
		view.Fault = a.reader.Text("desk.fault.into")
		return h.showThing(w, r, a, item, http.StatusUnprocessableEntity, view)
	}
	return err
}

// faultText returns the text of the first fault of a form.
func faultText(a at, faults civic.Faults) string {
	for _, f := range faults {
		for _, key := range []string{"desk.fault." + f.Field + "." + f.Code, "desk.fault." + f.Field, "fault." + f.Field + "." + f.Code} {
			if text := a.reader.Text(key); text != key {
				return text
			}
		}
	}
	return a.reader.Text("desk.fault.other")
}

// command returns the command of a form.
func (h handlers) command(r *http.Request, a at, item civic.QueueItem, in form) (civic.Command, error) {
	chosen, err := civic.ParseAction(in.Do)
	if err != nil {
		return civic.Command{}, serve.BadForm("there is no such button", err)
	}
	c := civic.Command{Action: chosen, Things: []int64{item.ID}}
	templates, err := h.templates(r.Context(), a, item, chosen)
	if err != nil {
		return c, err
	}
	if chosen != civic.Undo && !chosen.NeedsText() && chosen != civic.CloseReport {
		version, err := serve.FormVersion(r)
		if err != nil {
			return c, err
		}
		c.Version = version
	}
	if chosen.NeedsText() {
		c.Text, c.Chosen = choose(templates, in.Template, in.Text)
	} else {
		c.Reason, c.Chosen = choose(templates, in.Template, in.Reason)
	}
	switch chosen {
	case civic.Merge:
		c.Into = parseID(in.Into)
	case civic.CloseReport:
		c.Closing = civic.ClosedReport{ID: parseID(r.PostForm.Get("report")), Upheld: r.PostForm.Get("upheld") == "yes"}
	case civic.Edit, civic.Redact, civic.Move, civic.Recategorise:
		c.Content, err = h.content(a, item, chosen, in, r.PostForm["span"])
	}
	return c, err
}

// content returns the content of a pin as an action changes it.
func (h handlers) content(a at, item civic.QueueItem, chosen civic.Action, in form, spans []string) (civic.Content, error) {
	category, ok := a.d.CategoryByID(item.CategoryID)
	if !ok || item.Kind != civic.PinThing {
		return nil, fmt.Errorf("%s a %s at the desk: %w", chosen, item.Kind, civic.ErrNotFound)
	}
	draft := civic.Draft{Category: category.Slug, Status: item.Status(), Title: item.Title, Body: item.Body, Point: item.Point, ReportedOn: item.ReportedOn}
	switch chosen {
	case civic.Edit:
		draft.Title, draft.Body = in.Title, in.Body
	case civic.Redact:
		draft.Title, draft.Body = redacted(item, spans, in.Phrase)
		if draft.Title == item.Title && draft.Body == item.Body {
			return nil, civic.Faults{{Field: "phrase", Code: "missing", Detail: "nothing to redact is chosen"}}
		}
	case civic.Move:
		lon, lonErr := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(in.Lon), ",", "."), 64)
		lat, latErr := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(in.Lat), ",", "."), 64)
		if lonErr != nil || latErr != nil {
			return nil, civic.Faults{{Field: "place", Code: "malformed", Detail: "the place is not two numbers"}}
		}
		draft.Point = orb.Point{lon, lat}
	case civic.Recategorise:
		draft = draft.Recategorised(a.d, in.Category)
	}
	return a.d.Accept(draft, civic.MaxDay)
}

// redacted returns the texts of a thing without the chosen flags, and without
// whatever is the same as a phrase. A chosen flag is that of a field and bytes of
// it, in the version that the form has.
func redacted(item civic.QueueItem, chosen []string, phrase string) (title, body string) {
	texts := map[string]string{"title": item.Title, "body": item.Body}
	for field, text := range texts {
		var spans []flags.Span
		end := 0
		for _, value := range chosen { // in the order of the page
			name, bounds, _ := strings.Cut(value, ":")
			from, to, _ := strings.Cut(bounds, "-")
			start, startErr := strconv.Atoi(from)
			stop, stopErr := strconv.Atoi(to)
			if name != field || startErr != nil || stopErr != nil || start < end || stop <= start || stop > len(text) {
				continue
			}
			spans = append(spans, flags.Span{Start: start, End: stop})
			end = stop
		}
		text = flags.Redact(text, spans)
		if phrase = strings.TrimSpace(phrase); phrase != "" {
			text = strings.ReplaceAll(text, phrase, flags.Redacted)
		}
		texts[field] = text
	}
	return texts["title"], texts["body"]
}

// afterwards returns the path of the page that is shown after an action.
func (h handlers) afterwards(r *http.Request, a at, item civic.QueueItem, taken civic.Action) string {
	path := "/d/" + a.d.Slug + "/desk"
	said := []string{"done", taken.String(), "last", strconv.FormatInt(item.ID, 10)}
	if !leads(taken) {
		return a.filters.with(fmt.Sprintf("%s/%d", path, item.ID), said...)
	}
	q := a.query(h.Now())
	q.Limit = 2
	q.After, _ = parseCursor(r.PostForm.Get("place")) // nil is the beginning
	for range 2 {
		items, err := h.Store.DeskQueue(r.Context(), a.d, a.actor, q)
		for _, i := range items {
			if err == nil && i.ID != item.ID {
				return a.filters.with(fmt.Sprintf("%s/%d", path, i.ID), said...)
			}
		}
		q.After = nil
	}
	return a.filters.with(path, said...)
}

// actOnMany takes an action on the chosen things of the queue.
func (h handlers) actOnMany(w http.ResponseWriter, r *http.Request) error {
	a, err := h.at(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	in := parseForm(r)
	chosen, err := civic.ParseAction(in.Do)
	if err != nil {
		return serve.BadForm("there is no such button", err)
	}
	c := civic.Command{Action: chosen}
	c.Reason, c.Chosen = choose(h.reasons(a, chosen), in.Template, in.Reason)
	view := queueView{Reason: in.Reason}
	for _, value := range r.PostForm["thing"] {
		id := parseID(value)
		c.Things = append(c.Things, id)
		view.Items = append(view.Items, queueItem{ID: id})
	}
	out, err := h.Store.Do(r.Context(), a.d, a.actor, c)
	var faults civic.Faults
	switch {
	case err == nil:
		said := []string{"done", chosen.String(), "n", strconv.Itoa(max(1, len(out.Changed)))}
		if len(c.Things) == 1 {
			said = append(said, "last", strconv.FormatInt(c.Things[0], 10))
		}
		return redirect(w, a.filters.with("/d/"+a.d.Slug+"/desk", said...))
	case errors.As(err, &faults):
		view.Fault = faultText(a, faults)
		return h.showQueue(w, r, a, http.StatusUnprocessableEntity, view)
	case errors.Is(err, civic.ErrConflict), errors.Is(err, civic.ErrChanged):
		view.Fault = a.reader.Text("desk.fault.many")
		return h.showQueue(w, r, a, http.StatusConflict, view)
	}
	return err
}
