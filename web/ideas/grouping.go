package ideas

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// groupingView is the data of the template idea_grouping.html.
type groupingView struct {
	Back, Event, Action string
	Ungrouped           []card
	Themes              []column
	Message             string
	Undo                *move // takes the last move back; nil for none
	Fault               string
	Weighed             bool   // whether somebody has weighed the themes and others can, so that none can be added
	Name                string // of a new theme, as it was typed
	Key                 civic.RequestKey
}

// column is a theme with its ideas.
type column struct {
	ID    int64
	Key   int // of the keyboard, 1 to 9; 0 for none
	Name  string
	Lang  string // "" for the language of the page
	Path  string
	Cards []card
}

// card is an idea on the page.
type card struct {
	ID     int64
	Text   string
	Path   string
	From   int64 // the theme in which it is; 0 for none
	Action string
	Choice []page.Option
}

// grouping shows the ideas of an event by their themes.
func (h handlers) grouping(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r, civic.EventThing, civic.Edit, civic.ThemeThing)
	if err != nil {
		return err
	}
	view := groupingView{}
	if m, ok := parseMove(r.URL.Query().Get("moved")); ok {
		view.Undo = &move{m.Idea, m.To, m.From}
	}
	return h.showGrouping(w, r, in, http.StatusOK, view)
}

// showGrouping shows the page.
func (h handlers) showGrouping(w http.ResponseWriter, r *http.Request, in request, status int, view groupingView) error {
	if err := h.fill(r, in, &view); err != nil {
		return err
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Form, p.Private = in.reader.Text("idea.grouping.title", "title", in.thing.Title), true, true
	return h.Pages.Render(w, r, status, "idea_grouping", p)
}

// fill adds the ideas and the themes of the event, the oldest first.
func (h handlers) fill(r *http.Request, in request, view *groupingView) error {
	view.Back, view.Event, view.Action, view.Key = in.path(), in.thing.Title, in.path()+"/grouping", civic.NewRequestKey()
	event, _ := in.thing.Content.(civic.Record)
	if civic.WeighingOf(event.RecordDraft).Phase(in.d.LocalTimeOf(h.Now())) == civic.WeighingOpen {
		ballots, err := h.Store.CountBallots(r.Context(), in.d, in.thing.ID)
		if err != nil {
			return err
		}
		view.Weighed = ballots.Voices > 0
	}
	linked, err := h.Store.Links(r.Context(), in.d, []int64{in.thing.ID})
	if err != nil {
		return err
	}
	themes, err := h.partsOf(r, in, civic.ThemeThing, linked)
	if err != nil {
		return err
	}
	ideas, err := h.partsOf(r, in, civic.IdeaThing, linked)
	if err != nil {
		return err
	}
	of, err := h.grouped(r, in, themes)
	if err != nil {
		return err
	}
	const keys = 9 // of the keyboard
	for _, t := range slices.Backward(themes) {
		says, _ := t.Content.(civic.Record)
		name := says.Texts["name"]
		c := column{ID: t.ID, Name: in.reader.In(name), Lang: in.reader.OtherLanguage(name), Path: things.Path(in.d, t.Kind, t.ID)}
		if n := len(view.Themes) + 1; n <= keys {
			c.Key = n
		}
		view.Themes = append(view.Themes, c)
	}
	for _, t := range slices.Backward(ideas) {
		view.add(in, t, of[t.ID])
	}
	for _, t := range ideas {
		if view.Undo != nil && view.Undo.Idea == t.ID {
			view.Message = in.reader.Text("idea.grouping.moved", "title", t.Title)
		}
	}
	return nil
}

// add adds an idea to the themes in which it is, or to those that are in none.
func (v *groupingView) add(in request, t civic.Described, themes []int64) {
	c := card{ID: t.ID, Text: textOf(t), Action: v.Action, Path: things.Path(in.d, t.Kind, t.ID)}
	choices := func(from int64) (out []page.Option) {
		for _, theme := range v.Themes {
			if theme.ID != from {
				out = append(out, page.Option{Value: strconv.FormatInt(theme.ID, 10), Label: theme.Name, Lang: theme.Lang})
			}
		}
		return out
	}
	if len(themes) == 0 {
		c.Choice = choices(0)
		v.Ungrouped = append(v.Ungrouped, c)
	}
	for i := range v.Themes {
		if slices.Contains(themes, v.Themes[i].ID) {
			c.From, c.Choice = v.Themes[i].ID, choices(v.Themes[i].ID)
			v.Themes[i].Cards = append(v.Themes[i].Cards, c)
		}
	}
}

// grouped returns the themes of ideas.
func (h handlers) grouped(r *http.Request, in request, themes []civic.Described) (map[int64][]int64, error) {
	of := map[int64][]int64{}
	if len(themes) == 0 {
		return of, nil
	}
	var ids []int64
	for _, t := range themes {
		ids = append(ids, t.ID)
	}
	linked, err := h.Store.Links(r.Context(), in.d, ids)
	if err != nil {
		return nil, err
	}
	for _, l := range linked.Links {
		if l.Relation == civic.EvidenceFor && slices.Contains(ids, l.To) {
			of[l.From] = append(of[l.From], l.To)
		}
	}
	return of, nil
}

// move is an idea that goes from one theme to another. A theme of 0 is none.
type move struct{ Idea, From, To int64 }

// String returns the move as parseMove reads it.
func (m move) String() string { return fmt.Sprintf("%d.%d.%d", m.Idea, m.From, m.To) }

// parseMove reads a move, and reports whether it is one.
func parseMove(s string) (m move, ok bool) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return m, false
	}
	var errs [3]error
	m.Idea, errs[0] = strconv.ParseInt(parts[0], 10, 64)
	m.From, errs[1] = strconv.ParseInt(parts[1], 10, 64)
	m.To, errs[2] = strconv.ParseInt(parts[2], 10, 64)
	return m, errors.Join(errs[:]...) == nil && m.Idea > 0 && m.From != m.To
}

// group moves an idea, or adds a theme.
func (h handlers) group(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r, civic.EventThing, civic.Edit, civic.ThemeThing)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	q := r.PostForm
	var m move
	if q.Has("name") {
		err = h.addTheme(r, in, q)
	} else if m, err = readMove(q); err == nil {
		err = h.move(r, in, m)
	}
	var faults civic.Faults
	switch {
	case errors.As(err, &faults):
		view := groupingView{Name: q.Get("name"), Fault: in.reader.Text("thing.impossible")}
		if q.Has("name") {
			view.Fault = in.reader.Text("thing.fault."+faults[0].Code, "field", in.reader.Text("themes.field.name"))
		}
		return h.showGrouping(w, r, in, http.StatusUnprocessableEntity, view)
	case errors.Is(err, civic.ErrConflict):
		return h.showGrouping(w, r, in, http.StatusConflict, groupingView{Fault: in.reader.Text("thing.impossible")})
	case err != nil:
		return err
	}
	next := in.path() + "/grouping"
	if m.Idea != 0 {
		next += "?moved=" + m.String()
	}
	http.Redirect(w, r, next, http.StatusSeeOther) //nolint:gosec // a path of this site
	return nil
}

// readMove returns the move of a form.
func readMove(q url.Values) (move, error) {
	m, ok := parseMove(q.Get("idea") + "." + q.Get("from") + "." + q.Get("to"))
	if !ok {
		return m, serve.BadForm("the move is not complete", nil)
	}
	return m, nil
}

// move moves an idea. It is in the new theme before it leaves the other one, so that
// nobody ever loses it.
func (h handlers) move(r *http.Request, in request, m move) error {
	if m.To != 0 {
		if err := h.link(r, in, civic.AddLink, m.To, m.Idea); err != nil {
			return err
		}
	}
	if m.From != 0 {
		return h.link(r, in, civic.RemoveLink, m.From, m.Idea)
	}
	return nil
}

// link links an idea and a theme, or ends their link.
func (h handlers) link(r *http.Request, in request, action civic.Action, theme, idea int64) error {
	_, err := h.Store.Do(r.Context(), in.d, in.actor, civic.Command{
		Action: action, Things: []int64{theme}, Link: civic.NewLink{Field: "ideas", Thing: idea},
	})
	return err
}

// addTheme adds a theme, with the idea from which it was begun, if any.
func (h handlers) addTheme(r *http.Request, in request, q url.Values) error {
	key, err := civic.ParseRequestKey(q.Get("key"))
	if err != nil {
		return serve.BadForm(err.Error(), err)
	}
	idea, _ := strconv.ParseInt(q.Get("idea"), 10, 64) // 0 for none
	from, _ := strconv.ParseInt(q.Get("from"), 10, 64) // 0 for none
	links := []civic.FieldLinks{{Field: "at", Things: []int64{in.thing.ID}}}
	if idea != 0 {
		links = append(links, civic.FieldLinks{Field: "ideas", Things: []int64{idea}})
	}
	draft := civic.RecordDraft{Kind: civic.ThemeThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {in.d.Languages[0]: q.Get("name")}}, Words: map[string]string{},
	}}
	content, err := in.d.AcceptRecord(inAreaOf(in.d, draft, in.thing.Thing))
	if err != nil {
		return err
	}
	asked := civic.NewContentRequest(key, content, links)
	_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{
		Action: civic.Submit, Kind: civic.ThemeThing, Content: content, Links: links, Request: &asked,
	})
	if err != nil || from == 0 || idea == 0 {
		return err
	}
	return h.link(r, in, civic.RemoveLink, from, idea)
}
