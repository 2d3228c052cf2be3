package things

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// CommonRoutes returns the routes of things of every kind: of pins, and of kinds.
func CommonRoutes(cfg Config, kinds []Kind) []serve.Route {
	h := common{handlers{Config: cfg}, kinds}
	const thing = "/api/v1/districts/{district}/things/{id}"
	return []serve.Route{
		serve.API("GET", thing, serve.SignedIn, serve.Read, h.getState),
		serve.API("POST", thing+"/actions", serve.SignedIn, serve.Write, h.takeAction),
	}
}

// common has the handlers of things of every kind.
type common struct {
	handlers
	kinds []Kind
}

// state is what all kinds of things have in common, to somebody who may act.
type state struct {
	ID          int64        `json:"id"`
	Kind        string       `json:"kind"`
	Title       string       `json:"title"`
	Version     int32        `json:"version"`
	Publication string       `json:"publication"`
	State       string       `json:"state,omitempty"` // in the lifecycle of the kind
	Actions     []string     `json:"actions"`         // that the caller may take now
	Links       []serve.Link `json:"links"`
}

// getState sends the state of a thing and which actions the caller may take.
func (h common) getState(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.anyThing(r)
	if err != nil {
		return err
	}
	return h.sendState(w, in, t)
}

// takeAction takes an action on a thing, whose version must be that of If-Match.
func (h common) takeAction(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.anyThing(r)
	if err != nil {
		return err
	}
	version, err := IfMatch(r)
	if err != nil {
		return err
	}
	var body actionBody
	if err := serve.ReadJSON(r, &body); err != nil {
		return err
	}
	c, err := body.command(in.d, t)
	if err == nil && body.Content != nil {
		c.Content, err = h.given(r, in, t, c.Action, body.Content)
	}
	if err != nil {
		return err
	}
	c.Version = version
	if _, err := h.Store.Do(r.Context(), in.d, in.actor, c); err != nil {
		return err
	}
	if t, err = h.Store.Thing(r.Context(), in.d, t.ID); err != nil {
		return err
	}
	return h.sendState(w, in, t)
}

// anyThing returns the thing in the path of the request, or what civic.Can returns
// for one on which the caller may take no other actions than anybody.
func (h common) anyThing(r *http.Request) (request, civic.Described, error) {
	in, err := h.request(r)
	if err != nil {
		return in, civic.Described{}, err
	}
	id, err := serve.PathID(r, "thing")
	if err != nil {
		return in, civic.Described{}, err
	}
	t, err := h.Store.Thing(r.Context(), in.d, id)
	if err == nil && t.Kind.Rules().Private && !h.canKnow(in.actor, t.Thing, false) {
		err = fmt.Errorf("thing %d: %w", id, civic.ErrNotFound)
	}
	if err == nil && len(h.offered(in, t)) == 0 {
		err = civic.Can(in.actor, civic.Edit, t.Thing, h.Now())
	}
	return in, t, err
}

// offered returns the names of the actions that the caller may take on a thing and
// not everybody may.
func (h common) offered(in request, t civic.Described) []string {
	names := []string{}
	for _, action := range civic.Offered(in.actor, t.Thing, h.Now()) {
		if slices.Contains(takenElsewhere(), action) || civic.Can(civic.Actor{}, action, t.Thing, h.Now()) == nil {
			continue
		}
		names = append(names, action.String())
	}
	return names
}

// takenElsewhere returns the actions on a thing that need more than an actionBody
// has, and have routes of their own, or that only follow from others.
func takenElsewhere() []civic.Action {
	return []civic.Action{civic.Confirm, civic.Report, civic.CloseReport, civic.Object, civic.Erase, civic.HearReply, civic.Assign, civic.HandOver}
}

func (h common) sendState(w http.ResponseWriter, in request, t civic.Described) error {
	s := state{
		ID: t.ID, Kind: t.Kind.String(), Title: t.Title, Version: t.Version, Publication: t.Publication.String(), Actions: h.offered(in, t),
		Links: []serve.Link{{Rel: "self", Href: fmt.Sprintf("/api/v1/districts/%s/things/%d", in.d.Slug, t.ID), Type: "application/json"}},
	}
	s.State = t.State.String()
	return send(w, http.StatusOK, "application/json", s)
}

// actionBody is the body of a request that takes an action.
type actionBody struct {
	Action   string   `json:"action"`
	Reason   string   `json:"reason"`
	Text     string   `json:"text"`
	Into     int64    `json:"into"`
	Field    string   `json:"field"`
	Other    int64    `json:"other"`
	Title    *string  `json:"title"`
	Body     *string  `json:"body"`
	Category string   `json:"category"`
	Lon      *float64 `json:"lon"`
	Lat      *float64 `json:"lat"`

	Confirmed []string                   `json:"confirmed"`
	Content   map[string]json.RawMessage `json:"content"` // fields of a thing other than a pin
}

// command returns the command for a thing, without the version.
func (b actionBody) command(d *civic.District, t civic.Described) (civic.Command, error) {
	action, err := civic.ParseAction(b.Action)
	if err != nil {
		return civic.Command{}, fmt.Errorf("the action: %w", err)
	}
	c := civic.Command{Action: action, Things: []int64{t.ID}, Reason: b.Reason, Text: b.Text, Into: b.Into, Confirmed: b.Confirmed}
	if action == civic.AddLink || action == civic.RemoveLink {
		c.Link = civic.NewLink{Field: b.Field, Thing: b.Other}
	}
	if slices.Contains(takenElsewhere(), action) {
		return c, civic.Faults{{Field: "action", Code: "unknown", Detail: action.String() + " has a request of its own"}}
	}
	if action.ChangesContent() && b.Content == nil {
		c.Content, err = b.content(d, t, action)
	}
	return c, err
}

// content returns what a pin says after an action.
func (b actionBody) content(d *civic.District, t civic.Described, action civic.Action) (civic.Content, error) {
	pin, ok := t.Content.(civic.NewPin)
	if !ok {
		return nil, civic.Faults{{Field: "action", Code: "unknown", Detail: "a " + t.Kind.String() + " is changed by content"}}
	}
	draft := pin.Draft
	var faults civic.Faults
	given := func(field string, ok bool) {
		if !ok {
			faults = append(faults, civic.Fault{Field: field, Code: "missing", Detail: action.String() + " needs it"})
		}
	}
	switch action {
	case civic.Edit, civic.Redact:
		given("title", b.Title != nil || b.Body != nil)
		if b.Title != nil {
			draft.Title = *b.Title
		}
		if b.Body != nil {
			draft.Body = *b.Body
		}
	case civic.Move:
		given("place", b.Lon != nil && b.Lat != nil)
		if b.Lon != nil && b.Lat != nil {
			draft.Point = orb.Point{*b.Lon, *b.Lat}
		}
	case civic.Recategorise:
		given("category", b.Category != "")
		draft = draft.Recategorised(d, b.Category)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	accepted, err := d.Accept(draft, civic.MaxDay)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", action, err)
	}
	return accepted, nil
}

// given returns what a thing says after an action with the fields that are given, in
// place of those that it has.
func (h common) given(r *http.Request, in request, t civic.Described, action civic.Action, fields map[string]json.RawMessage) (civic.Content, error) {
	i := slices.IndexFunc(h.kinds, func(k Kind) bool { return k.Kind == t.Kind })
	if i < 0 || !action.ChangesContent() && !action.IsStep() {
		return nil, civic.Faults{{Field: "content", Code: "unknown", Detail: action.String() + " of a " + t.Kind.String() + " has none"}}
	}
	values, err := decodeValues(fields, t.Kind.Rules().Fields)
	if err != nil {
		return nil, serve.BadBody(err)
	}
	draft := NewDraft(t, civic.Linked{})
	draft.Kind = t.Kind
	known := 0
	for _, f := range t.Kind.Rules().Fields {
		if _, ok := fields[f.Name]; ok && !f.IsComputed() {
			draft.Take(f, values)
			known++
		}
	}
	if known < len(fields) {
		return nil, civic.Faults{{Field: "content", Code: "unknown", Detail: "there are fields that a " + t.Kind.String() + " does not have"}}
	}
	return handlers{h.Config, h.kinds[i]}.accept(r, in, &draft, t)
}
