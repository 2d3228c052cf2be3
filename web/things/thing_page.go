package things

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/page"
)

// thingView is the data of the template of a thing.
type thingView struct {
	Item
	Plural     string
	Back       string
	Report     string  // path of the form that reports the thing; "" while it is not public
	Feed       string  // URL; "" for what is not public
	Follow     string  // path of the form that follows the thing; "" for what cannot be followed
	Contact    bool    // whether the reader needs no form for that
	Config     string  // of the map element
	Edit       string  // path of the form; "" for those who may not edit it
	Actions    string  // path
	Steps      []offer // that lead the thing on, the first of which is the main one
	Offered    []offer // other actions that the reader may take
	OwnButtons []offer // the same, with a place of their own in the template
	Begin      []Begin // what can be begun from here
	Forms      []Begin // of actions that have one of their own
	Also       []Begin // pages of other subjects about the thing
	Links      []linkGroup
	Thread     ThreadView
	Done       bool   // whether an action has just been taken
	Undo       *offer // that takes it back; nil for what cannot be
	Fault      string
	Extra      any // of the kind
}

// offer is an action that the reader may take.
type offer struct {
	Path        string // to which its form is sent
	Version     int32
	Action      string
	Label       string
	NeedsReason bool
	NeedsText   bool
	Places      []string // that have to be confirmed
}

// Begin is a thing of another kind that can be begun from a thing, linked to it.
type Begin struct{ URL, Label string }

func (h handlers) thingPage(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if errors.Is(err, civic.ErrNotFound) && t.Publication == civic.Merged && t.Kind == h.Kind.Kind {
		return h.pageOfMerged(w, r, in, t)
	}
	if err != nil {
		return err
	}
	if h.Home != nil && !t.Kind.Rules().Private && civic.Can(in.actor, civic.Edit, t.Thing, h.Now()) != nil {
		path, anchor, err := h.Home(r, in.d, t.Thing)
		if err != nil {
			return err
		}
		http.Redirect(w, r, path+"#"+anchor, http.StatusSeeOther)
		return nil
	}
	return h.showThing(w, r, in, t, refusal{})
}

// pageOfMerged leads from the page of a thing that was merged, to which a mail or a
// bookmark can still lead, to that of the thing that stays.
func (h handlers) pageOfMerged(w http.ResponseWriter, r *http.Request, in request, t civic.Described) error {
	stays, err := h.Store.MergedInto(r.Context(), in.d, t.ID)
	if err != nil {
		return err
	}
	http.Redirect(w, r, h.Path(in.d, stays), http.StatusSeeOther)
	return nil
}

// showThing shows a thing, and why an action on it was refused.
func (h handlers) showThing(w http.ResponseWriter, r *http.Request, in request, t civic.Described, refused refusal) error {
	reader := h.Pages.Reader(r, in.d)
	thread, err := h.Store.Thread(r.Context(), in.d, t.ID)
	if err != nil {
		return err
	}
	done, unknown := civic.ParseAction(r.URL.Query().Get("done"))
	undo := h.undo(in, reader, t, &thread, done)
	thread = thread.Visible(func(other civic.ThreadThing) bool {
		return other.ID == t.ID || !other.Kind.Rules().Private && h.canKnow(in.actor, other.Thing, other.HexOnly)
	})
	view := thingView{
		Item: h.Item(in.d, reader, t), Plural: h.Plural(), Back: h.Path(in.d, 0), Config: h.Maps.Element(in.version, reader, nil),
		Actions: h.Path(in.d, t.ID) + "/actions", Done: r.URL.Query().Get("done") == "yes" || unknown == nil, Undo: undo, Fault: refused.message,
		Thread: NewThreadView(in.d, reader, &thread, t.ID, in.d.DayOf(h.Now())),
	}
	if t.Kind.Rules().Occurs != nil { // what is due are the minutes, of which whoever writes them hears elsewhere
		view.Due = 0
	}
	view.Overdue = view.Due != 0 && view.Due < in.d.DayOf(h.Now())
	view.offer(h, in, reader, t, refused)
	if view.Links, err = h.linkGroups(r, in, reader, t); err != nil {
		return err
	}
	template := cmp.Or(h.Template, "thing_page")
	shown := Shown{in.version, in.actor, t, thread}
	for _, also := range h.Also {
		view.Also = append(view.Also, also(reader, shown)...)
	}
	if h.Extra != nil {
		if view.Extra, err = h.Extra(r, reader, shown); err != nil {
			return err
		}
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title = view.Title.Text + " – " + p.Name
	if t.Publication == civic.Published && t.Kind.CanBeFollowed() {
		voice, err := follows.VoiceOf(h.Service, r, in.d)
		if err != nil {
			return err
		}
		view.Follow, view.Contact = follows.ThingPath(in.d, t.ID), voice.ContactID != 0
	}
	if t.Publication == civic.Published {
		view.Feed = h.feed(in.d, t.ID, reader)
		p.Feeds = []page.Feed{{Title: view.Title.Text, URL: view.Feed}}
	}
	p.View = view
	return h.Pages.Render(w, r, cmp.Or(refused.status, http.StatusOK), template, p)
}

// offer adds what the reader may do with a thing.
func (v *thingView) offer(h handlers, in request, reader *page.Reader, t civic.Described, refused refusal) {
	for _, action := range civic.Offered(in.actor, t.Thing, h.Now()) {
		o := offer{v.Actions, t.Version, action.String(), reader.Text("action." + action.String()), action.NeedsReason(), action.NeedsText(), nil}
		if action == refused.action {
			o.Places = refused.places
		}
		switch {
		case action == civic.Report:
			v.Report = h.Path(in.d, t.ID) + "/report"
		case action == civic.Edit:
			v.Edit = h.Path(in.d, t.ID) + "/edit"
			v.offerTicks(t.Version)
		case action == civic.AddLink, action == civic.RemoveLink, action == civic.Undo:
		case h.Forms[action] != "":
			form := Begin{h.Path(in.d, t.ID) + "/" + h.Forms[action], reader.Text(h.Plural() + "." + h.Forms[action])}
			if !slices.Contains(v.Forms, form) {
				v.Forms = append(v.Forms, form)
			}
		case slices.Contains(h.OwnButtons, action):
			v.OwnButtons = append(v.OwnButtons, o)
		case action == civic.Publish, t.Kind.HasStep(action):
			v.Steps = append(v.Steps, o)
		case isButton(action):
			v.Offered = append(v.Offered, o)
		}
	}
	if t.Publication == civic.Published {
		v.Begin = Beginnings(in.d, reader, in.actor, t.Thing, 0, h.Now())
	}
}

// undo returns what takes back the action that has just been taken, as the address says,
// while it is the last one and recent enough; nil for nothing. Whether it was the reader
// who took it, the store knows when it is to be taken back.
func (h handlers) undo(in request, reader *page.Reader, t civic.Described, thread *civic.Thread, done civic.Action) *offer {
	if !done.CanBeUndone(t.Kind) || civic.Can(in.actor, civic.Undo, t.Thing, h.Now()) != nil {
		return nil
	}
	var last civic.ThreadEntry
	for _, e := range thread.Entries {
		if e.ThingID == t.ID {
			last = e
		}
	}
	if last.Action != done || h.Now().Sub(last.At) >= civic.UndoWindow {
		return nil
	}
	return &offer{Path: h.Path(in.d, t.ID) + "/actions", Version: t.Version, Action: civic.Undo.String(), Label: reader.Text("action.undo")}
}

// offerTicks adds the buttons that say whether rows are done.
func (v *thingView) offerTicks(version int32) {
	for _, text := range v.Texts {
		for i := range text.Ticks {
			text.Ticks[i].Path, text.Ticks[i].Version = v.Actions, version
		}
	}
}

// Beginnings returns what an actor can begin from a thing: things of the kinds whose
// forms have a field of links for it. pin is the kind of a pin.
func Beginnings(d *civic.District, reader *page.Reader, actor civic.Actor, t civic.Thing, pin civic.Kind, now time.Time) (out []Begin) {
	for _, kind := range civic.ThingKinds() {
		for _, rule := range kind.Rules().Links {
			if !rule.Begins || !slices.Contains(rule.Kinds, t.Kind) || rule.PinKind != 0 && rule.PinKind != pin || pin != 0 && pin != civic.Need && rule.PinKind == 0 {
				continue
			}
			if civic.CanSomewhere(actor, civic.Submit, kind, d.ID, now) == nil {
				out = append(out, Begin{Path(d, kind, 0) + "/new?" + rule.Field + "=" + formatID(t.ID), reader.Text(kind.Plural() + ".begin")})
			}
		}
	}
	return out
}

// linkGroup is the things to which a thing is linked in the same way.
type linkGroup struct {
	Label  string
	Things []linkedThing
}

// linkedThing is a thing at the other end of a link.
type linkedThing struct{ URL, Kind, Title, State string }

// linkGroups returns what a thing is linked to as far as the reader may know it, by
// the fields of its kind, and then by those of other kinds that name it.
func (h handlers) linkGroups(r *http.Request, in request, reader *page.Reader, t civic.Described) ([]linkGroup, error) {
	linked, err := h.Store.Links(r.Context(), in.d, []int64{t.ID})
	if err != nil {
		return nil, err
	}
	var groups []linkGroup
	add := func(label string, end civic.LinkEnd) {
		if h.Shows != nil && h.Shows(t, end) {
			return
		}
		i := slices.IndexFunc(groups, func(g linkGroup) bool { return g.Label == label })
		if i < 0 {
			i, groups = len(groups), append(groups, linkGroup{Label: label})
		}
		thing := linkedThing{URL: Path(in.d, end.Kind, end.ID), Kind: reader.Text(kindKey(end.Kind, end.PinKind)), Title: end.Title}
		if end.State != "" && end.State.String() != civic.Active.String() {
			thing.State = reader.Text(StateKey(end.Kind, end.State))
		}
		groups[i].Things = append(groups[i].Things, thing)
	}
	for _, rule := range t.Kind.Rules().Links {
		for _, l := range linked.Links {
			if end := linked.Other(l, t.ID); rule.Makes(l, t.ID, end.Thing) && h.canKnow(in.actor, end.Thing, end.HexOnly) {
				add(reader.Text(h.Plural()+".field."+rule.Field), end)
			}
		}
	}
	for _, l := range linked.Links {
		end := linked.Other(l, t.ID)
		if h.Comments && l.Relation == civic.CommentOn || end.Kind.Rules().Private || !h.canKnow(in.actor, end.Thing, end.HexOnly) {
			continue
		}
		for _, rule := range end.Kind.Rules().Links {
			if rule.Makes(l, end.ID, t.Thing) {
				add(reader.Text(end.Kind.Plural()+".back."+rule.Field), end)
			}
		}
	}
	return groups, nil
}
