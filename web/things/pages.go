package things

import (
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// Text is a text of a thing in the language of the reader, or in another one.
type Text struct {
	Name, Text, Lang string // Lang is "" for the language of the page
	Long             bool
}

// Item is a thing in a list, or on its page.
type Item struct {
	ID          int64
	URL         string
	Title       Text
	Texts       []Text // the others that it has
	Publication string // as civic.Publication names it
	Area        Text
	Lon, Lat    string
	Version     int32
}

// Item returns a thing of the kind for the reader.
func (k Kind) Item(d *civic.District, reader *page.Reader, t civic.Described) Item {
	draft := k.Draft(t.Content)
	out := Item{
		ID: t.ID, URL: k.Path(d, t.ID), Publication: t.Publication.String(), Version: t.Version,
		Lon: strconv.FormatFloat(draft.Point.Lon(), 'f', 6, 64), Lat: strconv.FormatFloat(draft.Point.Lat(), 'f', 6, 64),
	}
	for i, f := range k.Fields {
		in := draft.Texts[f.Name]
		shown := Text{f.Name, reader.In(in), reader.OtherLanguage(in), f.Long}
		switch {
		case i == 0:
			out.Title = shown
		case shown.Text != "":
			out.Texts = append(out.Texts, shown)
		}
	}
	if a, ok := d.AreaByID(t.AreaID); ok {
		out.Area = Text{Text: reader.In(a.Name), Lang: reader.OtherLanguage(a.Name)}
	}
	return out
}

// listView is the data of the template things_list.html.
type listView struct {
	Plural string
	Things []Item
	New    string // path of the form; "" for those who may not add one
	Back   string
	Feed   string // URL
}

func (h handlers) listPage(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	found, err := h.things(r, in)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, in.d)
	view := listView{Plural: h.Plural, Back: "/d/" + in.d.Slug, Feed: h.feed(in.d, 0, reader)}
	for _, t := range found {
		view.Things = append(view.Things, h.Item(in.d, reader, t))
	}
	if civic.CanSomewhere(in.actor, civic.Submit, h.Kind.Kind, in.d.ID, h.Now()) == nil {
		view.New = h.Path(in.d, 0) + "/new"
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title = reader.Text(h.Plural+".title", "district", p.Name)
	p.Feeds = []page.Feed{{Title: p.Title, URL: view.Feed}}
	return h.Pages.Render(w, r, http.StatusOK, "things_list", p)
}

// feed returns the URL of the feed of the kind, or of the thing with the id, in the
// language of the reader.
func (k Kind) feed(d *civic.District, id int64, reader *page.Reader) string {
	return k.Path(d, id) + ".atom?lang=" + reader.Lang
}

// thingView is the data of the template thing_page.html.
type thingView struct {
	Item
	Plural  string
	Back    string
	Report  string // path of the form that reports the thing; "" while it is not public
	Feed    string // URL; "" for what is not public
	Config  string // of the map element
	Edit    string // path of the form; "" for those who may not edit it
	Actions string // path
	Offered []offer
	Done    bool // whether an action has just been taken
	Fault   string
}

// offer is an action that the reader may take.
type offer struct {
	Action      string
	NeedsReason bool
}

func (h handlers) thingPage(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	return h.showThing(w, r, in, t, http.StatusOK, "")
}

// showThing shows a thing, with a message about what went wrong unless that is "".
func (h handlers) showThing(w http.ResponseWriter, r *http.Request, in request, t civic.Described, status int, fault string) error {
	reader := h.Pages.Reader(r, in.d)
	view := thingView{
		Item: h.Item(in.d, reader, t), Plural: h.Plural, Back: h.Path(in.d, 0), Config: h.Maps.Element(in.version, reader, nil),
		Actions: h.Path(in.d, t.ID) + "/actions", Done: r.URL.Query().Has("done"), Fault: fault,
	}
	for _, action := range civic.Offered(in.actor, t.Thing, h.Now()) {
		switch {
		case action == civic.Report:
			view.Report = h.Path(in.d, t.ID) + "/report"
		case action == civic.Edit:
			view.Edit = h.Path(in.d, t.ID) + "/edit"
		case isButton(action):
			view.Offered = append(view.Offered, offer{action.String(), action.NeedsReason()})
		}
	}
	if t.Publication == civic.Published {
		view.Feed = h.feed(in.d, t.ID, reader)
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title = view.Title.Text + " – " + p.Name
	if view.Feed != "" {
		p.Feeds = []page.Feed{{Title: view.Title.Text, URL: view.Feed}}
	}
	return h.Pages.Render(w, r, status, "thing_page", p)
}

// isButton reports whether an action is offered on the page of a thing: one that
// changes its publication, without more than a reason.
func isButton(action civic.Action) bool {
	switch action {
	case civic.Publish, civic.Hide, civic.Restore, civic.Withdraw:
		return true
	}
	return false
}
