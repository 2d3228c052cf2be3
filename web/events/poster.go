package events

import (
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/qrcode"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/upcoming"
)

// posterView is the data of the template poster.html.
type posterView struct {
	Back       string // path of the event
	District   things.Text
	Type       string
	Title      things.Text
	Topic      things.Text // the question of a debate
	When       string
	ISO        string
	Series     string // how it is repeated; "" for once and for one day of a series
	CalledOff  bool
	Where      things.Text
	Online     bool
	Access     []string
	AccessNote things.Text
	Organisers []string
	Register   bool        // whether one has to register
	URL        string      // of the page of the event, absolute
	Code       qrcode.Code // of the URL
}

// poster shows an event as a page to be printed and put up: the next occurrence, or that
// of the day in the query.
func (h handlers) poster(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	t, says, err := things.PublicInPath(r, h.Store, d, civic.EventThing)
	if err != nil {
		return err
	}
	day, err := h.dayOf(r, d, says)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	text := func(in civic.Text) things.Text {
		return things.Text{Text: reader.In(in), Lang: reader.OtherLanguage(in)}
	}
	base, configured := h.BaseURL(r)
	view := posterView{
		Back: path(d, t.ID), District: text(d.Name), Type: reader.Text("events.option.type." + says.Words["type"]),
		Title: text(says.Texts["name"]), Topic: text(says.Texts["topic"]), Where: text(says.Texts["address"]), Online: says.Words["online"] != "",
		AccessNote: text(says.Texts["access_note"]), Register: says.Words["registration"] == "needed", CalledOff: t.State == "cancelled",
		URL: base + path(d, t.ID),
	}
	all := says.Occurrences()
	i := slices.IndexFunc(all, func(o civic.Occurrence) bool { return o.Day == day })
	if i < 0 {
		return civic.ErrNotFound
	}
	o := all[i]
	view.When, view.ISO, view.CalledOff = upcoming.When(reader, o.Starts, o.Ends), o.Starts.String(), view.CalledOff || o.Cancelled
	if r.URL.Query().Has("day") {
		view.URL, view.Back = view.URL+"?day="+day.String(), view.Back+"?day="+day.String()
	} else {
		view.Series = series(reader, says)
	}
	for _, option := range says.Lists["accessibility"] {
		view.Access = append(view.Access, reader.Text("events.option.accessibility."+option))
	}
	if a, ok := d.AreaByID(t.AreaID); ok && view.Where.Text == "" && !view.Online {
		view.Where = text(a.Name)
	}
	if view.Organisers, err = h.organisers(r, d, t); err != nil {
		return err
	}
	if view.Code, err = qrcode.New(view.URL, reader.Text("poster.code", "address", view.URL)); err != nil {
		return err
	}
	p := h.Pages.Page(r, d, view)
	p.Title, p.FromHost = reader.Text("poster.title", "event", view.Title.Text), !configured
	return h.Pages.Render(w, r, http.StatusOK, "poster", p)
}

// organisers returns the names of the organisations that hold an event, as far as they are
// public.
func (h handlers) organisers(r *http.Request, d *civic.District, t civic.Described) (names []string, err error) {
	rules := civic.EventThing.Rules().Links
	rule := rules[slices.IndexFunc(rules, func(l civic.LinkRule) bool { return l.Field == "organisers" })]
	linked, err := h.Store.Links(r.Context(), d, []int64{t.ID})
	if err != nil {
		return nil, err
	}
	for _, l := range linked.Links {
		if end := linked.Other(l, t.ID); rule.Makes(l, t.ID, end.Thing) && civic.CanKnow(civic.Actor{}, end.Thing, end.HexOnly, h.Now()) {
			names = append(names, end.Title)
		}
	}
	return names, nil
}
