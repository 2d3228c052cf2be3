package pins

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// pinView is the data of the template pin_page.html.
type pinView struct {
	Pin     Item
	Config  string        // of the map element
	Back    string        // URL of the map
	Report  string        // path of the form that reports the pin
	Profile string        // path of that of an organisation; "" for none
	Hotspot *hotspotView  // nil where there is nothing to say of it
	Steps   []page.Option // the progress of a need, of which the current status is chosen; nil for other kinds
	Support follows.Support
	Better  civic.Improvements // what those have answered who were asked; zero for too few
	Contact bool               // whether the user is a contact, who need not enter an address
	Thread  things.ThreadView
	Begin   []things.Begin // what the user can begin from here
	Feed    string         // URL of the timeline as a feed
	Edit    string         // path of the form that edits the pin; "" for those who may not
	Added   bool           // whether the user has just added the pin
	Edited  bool           // whether the user has just edited it
}

func (h handlers) pinPage(w http.ResponseWriter, r *http.Request) error {
	v, pin, err := h.pin(r)
	if errors.Is(err, civic.ErrNotFound) && v != nil {
		return h.leadToMerged(w, r, v, "/d/%s/pins/%d", err)
	}
	if err != nil {
		return err
	}
	d := &v.District
	reader := h.Pages.Reader(r, d)
	thread, err := h.Store.Thread(r.Context(), d, pin.ID)
	if err != nil {
		return err
	}
	view := pinView{
		Pin: NewItem(d, reader, pin), Back: "/d/" + d.Slug, Report: fmt.Sprintf("/d/%s/pins/%d/report", d.Slug, pin.ID),
		Config: h.Maps.Element(v, reader, nil), Added: r.URL.Query().Has("added"), Edited: r.URL.Query().Has("edited"),
	}
	if h.mayEdit(r, d, pin.ID) {
		view.Edit = fmt.Sprintf("/d/%s/pins/%d/edit", d.Slug, pin.ID)
	}
	if pin.Category.Kind == civic.Need {
		for _, status := range progress(pin.Status) {
			view.Steps = append(view.Steps, page.Option{Label: reader.Text("status." + status.String()), Chosen: status == pin.Status})
		}
	}
	if pin.Category.Kind == civic.Need {
		if view.Better, err = h.Store.Improvements(r.Context(), d, pin.ID); err != nil {
			return err
		}
	}
	profiles, err := h.profiles(r.Context(), d, pin)
	if err != nil {
		return err
	}
	if id := profiles[pin.ID]; id != 0 {
		view.Profile = things.Path(d, civic.OrganisationThing, id)
	}
	hotspot, err := h.Hotspots.Around(r.Context(), v, &pin.Category, pin.ShownCell())
	if err != nil {
		return err
	}
	view.Hotspot = newHotspotView(d, reader, pin, hotspot)
	supports, err := follows.Supports(h.Service, h.Store, r, d, pin)
	if err != nil {
		return err
	}
	voice, err := follows.VoiceOf(h.Service, r, d)
	if err != nil {
		return err
	}
	view.Support, view.Contact = supports[0], voice.ContactID != 0
	public := thread.Public()
	view.Thread = things.NewThreadView(d, reader, &public, pin.ID, d.DayOf(h.Now()))
	if t, ok := public.Thing(pin.ID); ok {
		actor, err := serve.ActorOf(r.Context())
		if err != nil {
			return err
		}
		view.Begin = things.Beginnings(d, reader, actor, t.Thing, t.PinKind, h.Now())
	}
	view.Feed = fmt.Sprintf("/d/%s/pins/%d.atom?lang=%s", d.Slug, pin.ID, reader.Lang)
	p := h.Pages.Page(r, d, view)
	p.Feeds = []page.Feed{{Title: pin.Title, URL: view.Feed}}
	p.Title = reader.Text("title.pin", "title", pin.Title)
	return h.Pages.Render(w, r, http.StatusOK, "pin_page", p)
}

// progress returns the statuses that the page of a need shows: those of the
// regular progress, or else the first status and the current one.
func progress(current civic.Status) []civic.Status {
	switch current {
	case civic.PassedOn, civic.NotPossible, civic.Reopened:
		return []civic.Status{civic.Reported, current}
	}
	return []civic.Status{civic.Reported, civic.UnderDiagnosis, civic.Diagnosed, civic.InAction, civic.Met, civic.Verified}
}

// leadToMerged leads from a pin that was merged, to which a mail, a bookmark or another
// program can still lead, to the pin that stays, by the format of paths. It does not do so
// for good: a merger can be undone.
func (h handlers) leadToMerged(w http.ResponseWriter, r *http.Request, v *index.Version, format string, notFound error) error {
	id, err := serve.PathID(r, "pin")
	if err != nil {
		return notFound
	}
	stays, err := h.Store.MergedInto(r.Context(), &v.District, id)
	if err != nil {
		return err
	}
	http.Redirect(w, r, fmt.Sprintf(format, v.District.Slug, stays), http.StatusSeeOther) //nolint:gosec // a path of this site
	return nil
}
