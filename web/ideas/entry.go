package ideas

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// entryView is the data of the template idea_entry.html.
type entryView struct {
	Back, Event, Action string
	Key                 civic.RequestKey
	Text, Author        string
	Sources             []page.Option
	Sheet               string
	Place               string // its name, as somebody has typed it
	Lon, Lat            string
	Config              string // of the map element
	Faults              page.Faults
	Saved               bool
	Entered             []entered
}

// entered is an idea that was typed in.
type entered struct {
	Text, Source, Sheet string
	Path, Edit          string
	Place               bool
	Pending             bool
}

// entryForm shows the form with which the ideas of an event are typed in, one after
// another.
func (h handlers) entryForm(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r, civic.EventThing, civic.Edit, civic.IdeaThing)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	view := entryView{Sheet: q.Get("sheet"), Saved: q.Has("source"), Sources: sources(in.reader, q.Get("source"))}
	return h.showEntry(w, r, in, http.StatusOK, view)
}

// sources returns from where an idea can come, without what is sent in.
func sources(reader *page.Reader, chosen string) (out []page.Option) {
	for _, s := range civic.IdeaSources() {
		out = append(out, page.Option{Value: s, Label: reader.Text("ideas.option.source." + s), Chosen: s == chosen || chosen == "" && len(out) == 0})
	}
	return out
}

// showEntry shows the form, and what has been typed in.
func (h handlers) showEntry(w http.ResponseWriter, r *http.Request, in request, status int, view entryView) error {
	linked, err := h.Store.Links(r.Context(), in.d, []int64{in.thing.ID})
	if err != nil {
		return err
	}
	found, err := h.partsOf(r, in, civic.IdeaThing, linked)
	if err != nil {
		return err
	}
	view.Back, view.Event, view.Action, view.Key = in.path(), in.thing.Title, in.path()+"/ideas/enter", civic.NewRequestKey()
	view.Config = h.Maps.Element(in.version, in.reader, nil)
	for _, t := range found {
		says, _ := t.Content.(civic.Record)
		path := things.Path(in.d, t.Kind, t.ID)
		e := entered{Text: says.Words["text"], Sheet: says.Words["sheet"], Path: path, Place: says.Point != nil, Pending: t.Publication == civic.Pending}
		if source := says.Words["source"]; source != "" {
			e.Source = in.reader.Text("ideas.option.source." + source)
		}
		if civic.Can(in.actor, civic.Edit, t.Thing, h.Now()) == nil {
			e.Edit = path + "/edit"
		}
		view.Entered = append(view.Entered, e)
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Form, p.Private = in.reader.Text("idea.enter.title", "title", in.thing.Title), true, true
	return h.Pages.Render(w, r, status, "idea_entry", p)
}

// enter adds an idea, and shows the form for the next one, whose sheet is the next.
func (h handlers) enter(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r, civic.EventThing, civic.Edit, civic.IdeaThing)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	q := r.PostForm
	key, err := civic.ParseRequestKey(q.Get("key"))
	if err != nil {
		return serve.BadForm(err.Error(), err)
	}
	draft := civic.RecordDraft{Kind: civic.IdeaThing, Values: civic.Values{Words: map[string]string{
		"text": q.Get("text"), "author": q.Get("author"), "source": q.Get("source"), "sheet": q.Get("sheet"),
	}}}
	content, err := h.placed(r, in, draft)
	if err == nil {
		links := []civic.FieldLinks{{Field: "at", Things: []int64{in.thing.ID}}}
		request := civic.NewContentRequest(key, content, links)
		_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{
			Action: civic.Submit, Kind: civic.IdeaThing, Content: content, Links: links, Request: &request,
		})
	}
	var faults civic.Faults
	if err != nil && !errors.As(err, &faults) {
		return err
	}
	if faults != nil {
		view := entryView{
			Text: q.Get("text"), Author: q.Get("author"), Sources: sources(in.reader, q.Get("source")), Sheet: q.Get("sheet"),
			Place: q.Get("place"), Lon: q.Get("lon"), Lat: q.Get("lat"),
		}
		for _, f := range faults {
			label := in.reader.Text("ideas.field." + f.Field)
			view.Faults = append(view.Faults, page.Fault{Field: f.Field, Text: in.reader.Text("thing.fault."+f.Code, "field", label)})
		}
		return h.showEntry(w, r, in, http.StatusUnprocessableEntity, view)
	}
	next := url.Values{"source": {q.Get("source")}}
	if sheet := nextSheet(content.Words["sheet"]); sheet != "" {
		next.Set("sheet", sheet)
	}
	http.Redirect(w, r, serve.WithQuery(in.path()+"/ideas/enter", next)+"#text", http.StatusSeeOther) //nolint:gosec // a path of this site
	return nil
}

// placed returns an idea where the form says: at coordinates, or at the place whose name
// was typed, or nowhere.
func (h handlers) placed(r *http.Request, in request, draft civic.RecordDraft) (civic.Record, error) {
	lon, lat, name := strings.TrimSpace(r.PostForm.Get("lon")), strings.TrimSpace(r.PostForm.Get("lat")), strings.TrimSpace(r.PostForm.Get("place"))
	unknown := civic.Faults{{Field: "place", Code: "unknown", Detail: "there is no such place in the district"}}
	switch {
	case lon != "" || lat != "":
		x, errX := strconv.ParseFloat(strings.ReplaceAll(lon, ",", "."), 64)
		y, errY := strconv.ParseFloat(strings.ReplaceAll(lat, ",", "."), 64)
		if errX != nil || errY != nil {
			return civic.Record{}, civic.Faults{{Field: "place", Code: "malformed", Detail: "these are no coordinates"}}
		}
		draft.Point = &orb.Point{x, y}
	case name != "" && !civic.SearchablePlace(name):
		return civic.Record{}, unknown
	case name != "":
		found, err := h.Store.Places(r.Context(), in.d, civic.PlaceQuery{Text: name, Limit: 1})
		if err != nil {
			return civic.Record{}, err
		}
		if len(found) == 0 || found[0].Outside {
			return civic.Record{}, unknown
		}
		draft.Point = &found[0].Point
	}
	return in.d.AcceptRecord(inAreaOf(in.d, draft, in.thing.Thing))
}

// nextSheet returns the number after that of a sheet, such as "A-08" after "A-07"; ""
// for one that does not end with a number.
func nextSheet(sheet string) string {
	digits := len(sheet)
	for digits > 0 && sheet[digits-1] >= '0' && sheet[digits-1] <= '9' {
		digits--
	}
	number := sheet[digits:]
	n, err := strconv.Atoi(number)
	if err != nil {
		return ""
	}
	next := strconv.Itoa(n + 1)
	return sheet[:digits] + strings.Repeat("0", max(0, len(number)-len(next))) + next
}
