package store_test

import (
	"errors"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestPlacesOfWhatRestsOnHexOnlyPins checks that whatever rests on pins that the
// public only counts has no place, through every action by which it could get one.
func TestPlacesOfWhatRestsOnHexOnlyPins(t *testing.T) {
	h := openThreaded(t)
	shown, hidden := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, fear, civic.Published)
	refused := func(what string, c civic.Command) {
		t.Helper()
		_, err := h.Do(t.Context(), h.d, h.moderator, c)
		var faults civic.Faults
		if !errors.As(err, &faults) || faults[0].Field != "place" || faults[0].Code != "hex_only" {
			t.Errorf("%s: %v", what, err)
		}
	}
	evidence := func(pins ...int64) civic.FieldLinks { return civic.FieldLinks{Field: "evidence", Things: pins} }
	answers := func(things ...int64) civic.FieldLinks { return civic.FieldLinks{Field: "answers", Things: things} }
	placed := func(c civic.Command) civic.Command {
		r := c.Content.(civic.Record)
		r.Point = &orb.Point{19.95, 50.05}
		content, err := h.d.AcceptRecord(r.RecordDraft)
		if err != nil {
			t.Fatal(err)
		}
		c.Content = content
		return c
	}
	resting, open := h.submit(civic.DiagnosisThing, "Resting", evidence(shown, hidden)), h.submit(civic.DiagnosisThing, "Open", evidence(shown))

	refused("an initiative for a pin", placed(h.submission(civic.InitiativeThing, "Direct", answers(hidden))))
	refused("an initiative for a diagnosis", placed(h.submission(civic.InitiativeThing, "Indirect", answers(resting))))
	without := h.submit(civic.InitiativeThing, "Without a place", answers(resting))
	edit := placed(h.submission(civic.InitiativeThing, "Without a place"))
	refused("an edit", civic.Command{Action: civic.Edit, Things: []int64{without}, Version: 1, Content: edit.Content})
	ask := placed(h.submission(civic.AskThing, "Room", civic.FieldLinks{Field: "for", Things: []int64{without}}))
	refused("an ask for the initiative", ask)

	out, err := h.Do(t.Context(), h.d, h.moderator, placed(h.submission(civic.InitiativeThing, "With a place", answers(open))))
	if err != nil {
		t.Fatal(err)
	}
	initiative := out.Changed[0].ID
	refused("a link of the initiative", civic.Command{Action: civic.AddLink, Things: []int64{initiative}, Link: civic.NewLink{Field: "answers", Thing: resting}})
	refused("a link of its diagnosis", civic.Command{Action: civic.AddLink, Things: []int64{open}, Link: civic.NewLink{Field: "evidence", Thing: hidden}})
	pin, err := h.d.Accept(civic.Draft{Category: "fear", Title: "Tree", Point: tree.Point}, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	refused("another category of its evidence", civic.Command{Action: civic.Recategorise, Things: []int64{shown}, Version: thing(t, h.Store, h.d, shown).Version, Content: pin})
	if got := thing(t, h.Store, h.d, initiative); got.Version != 1 {
		t.Errorf("it has changed: %+v", got)
	}
}

// TestNamesInWhatRestsOnHexOnlyPins checks that such a thing becomes public only when
// somebody has confirmed each place that it names, and that later changes need a
// confirmation of what is new alone.
func TestNamesInWhatRestsOnHexOnlyPins(t *testing.T) {
	h := openThreaded(t)
	if _, err := h.ReplacePlaces(t.Context(), h.d, "osm", []civic.Place{
		{Name: "Bolesława Limanowskiego", Kind: civic.PlaceStreet, Point: orb.Point{19.95, 50.05}},
		{Name: "Rynek Podgórski", Kind: civic.PlaceStreet, Point: orb.Point{19.95, 50.05}},
	}); err != nil {
		t.Fatal(err)
	}
	shown, hidden := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, fear, civic.Published)
	evidence := func(pins ...int64) civic.FieldLinks { return civic.FieldLinks{Field: "evidence", Things: pins} }
	named := func(what string, err error, want ...string) {
		t.Helper()
		var faults civic.Faults
		if len(want) == 0 {
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
			return
		}
		if !errors.As(err, &faults) || len(faults) != len(want) {
			t.Fatalf("%s: %v, want %q", what, err, want)
		}
		for i, f := range faults {
			if f.Field != "places" || f.Code != "unconfirmed" || f.Detail != want[i] {
				t.Errorf("%s: %+v, want %q", what, f, want[i])
			}
		}
	}
	do := func(c civic.Command) error {
		_, err := h.Do(t.Context(), h.d, h.moderator, c)
		return err
	}
	id := h.submit(civic.DiagnosisThing, "Strach przy Limanowskiego", evidence(shown, hidden))
	if got := thing(t, h.Store, h.d, id); got.Publication != civic.Pending {
		t.Fatalf("it is %s at once", got.Publication)
	}
	publish := civic.Command{Action: civic.Publish, Things: []int64{id}}
	named("publish", do(publish), "Limanowskiego")
	publish.Confirmed = []string{"Rynek"}
	named("publish with another name", do(publish), "Limanowskiego")
	publish.Confirmed = []string{"limanowskiego"}
	named("publish what is confirmed", do(publish))

	edit := civic.Command{Action: civic.Edit, Things: []int64{id}, Version: 2, Content: h.submission(civic.DiagnosisThing, "Strach przy Limanowskiego i na Rynku Podgórskim").Content}
	named("edit", do(edit), "Rynku Podgórskim")
	edit.Confirmed = []string{"Rynku Podgórskim"}
	named("edit with what is confirmed", do(edit))

	open := h.submit(civic.DiagnosisThing, "Drzewa na Rynku Podgórskim", evidence(shown))
	h.submit(civic.InitiativeThing, "Sadzimy przy Limanowskiego", civic.FieldLinks{Field: "answers", Things: []int64{open}})
	link := civic.Command{Action: civic.AddLink, Things: []int64{open}, Link: civic.NewLink{Field: "evidence", Thing: hidden}}
	named("link of what is public", do(link), "Rynku Podgórskim", "Limanowskiego")
	link.Confirmed = []string{"Rynek Podgórski", "Limanowskiego"}
	named("link with what is confirmed", do(link))
	named("an area", do(h.submission(civic.DiagnosisThing, "Strach "+h.d.Areas[0].Name["en"], evidence(hidden))))

	hide := civic.Command{Action: civic.Hide, Things: []int64{id}, Reason: "x"}
	named("hide", do(hide))
	publish.Confirmed = nil
	named("publish again", do(publish), "Limanowskiego", "Rynku Podgórskim")
}
