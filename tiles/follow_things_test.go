package tiles_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// thingTile returns what the tile of zoom 14 around a point has of things, such as
// "initiative running 1".
func thingTile(t testing.TB, v *index.Version, p orb.Point) (all []string) {
	t.Helper()
	for _, layer := range tilestest.Decode(t, draw.Things(nil, v, maptile.At(p, 14))) {
		for _, f := range layer.Features {
			all = append(all, fmt.Sprint(f.Properties["kind"], " ", f.Properties["state"], " ", f.Properties["n"]))
		}
	}
	return all
}

// TestThingsAreFollowed checks that what happens to a thing reaches its tile: a step, a
// move, that it is hidden and shown again, and the erasure of whoever submitted it; that
// an index that starts anew has the same; and that each leaves the other tiles as they
// were.
func TestThingsAreFollowed(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	db := newDatabase(t, url, 10)
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: storetest.Keys(t), Erasures: storetest.Erasures(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	live := tiles.New(tiles.Config{Source: s, Poll: 20 * time.Millisecond})
	run(t, live)
	waitFor(t, live, func(*index.Version) bool { return true })
	operator := civic.Actor{Kind: civic.Operator, Name: "root"}
	var version int32
	do := func(actor civic.Actor, c civic.Command) int64 {
		t.Helper()
		if c.Action != civic.Submit {
			c.Version = version
		}
		out, err := s.Do(t.Context(), &db.district, actor, c)
		if err != nil {
			t.Fatalf("%s: %v", c.Action, err)
		}
		version = out.Changed[0].Version
		return out.Changed[0].ID
	}
	here, there := orb.Point{19.91, 50.01}, orb.Point{19.98, 50.05}
	content := func(p *orb.Point) civic.Record {
		t.Helper()
		record, err := db.district.AcceptRecord(civic.RecordDraft{Kind: civic.InitiativeThing, Point: p, Values: civic.Values{
			Texts: map[string]civic.Text{"name": {"en": "A square"}, "summary": {"en": "We clean it."}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return record
	}
	number := uint64(0)
	check := func(what string, atHere, atThere []string) {
		t.Helper()
		catchUp(t, live)
		fresh, err := tiles.Load(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		for name, from := range map[string]*tiles.Live{"follows": live, "starts": fresh} {
			v, _ := from.District("test")
			if diff := cmp.Diff([][]string{atHere, atThere}, [][]string{thingTile(t, v, here), thingTile(t, v, there)}); diff != "" {
				t.Errorf("%s, an index that %s (-want +got):\n%s", what, name, diff)
			}
		}
		v, _ := live.District("test")
		if elsewhere := maptile.At(orb.Point{19.95, 50.03}, 14); number > 0 && (!v.ThingsUnchangedSince(number, elsewhere) || v.ThingsUnchangedSince(number, maptile.Tile{})) {
			t.Errorf("%s: the wrong tiles have changed", what)
		}
		number = v.Number
	}
	id := do(operator, civic.Command{Action: civic.Submit, Kind: civic.InitiativeThing, Content: content(&here)})
	idea := []string{"initiative idea 1"}
	check("a new one", idea, nil)
	do(operator, civic.Command{Action: civic.Start, Things: []int64{id}})
	running := []string{"initiative running 1"}
	check("a step", running, nil)
	do(operator, civic.Command{Action: civic.Edit, Things: []int64{id}, Content: content(&there)})
	check("a move", nil, running)
	do(operator, civic.Command{Action: civic.Hide, Things: []int64{id}, Reason: "it is not true"})
	check("hidden", nil, nil)
	do(operator, civic.Command{Action: civic.Undo, Things: []int64{id}})
	check("shown again", nil, running)
	do(operator, civic.Command{Action: civic.Edit, Things: []int64{id}, Content: content(nil)})
	check("without a place", nil, nil)
	do(operator, civic.Command{Action: civic.Edit, Things: []int64{id}, Content: content(&here)})
	check("with a place again", running, nil)

	pin, err := db.district.Accept(civic.Draft{Category: "trees", Title: "Trees", Point: here, Email: "jan@example.org"}, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	reported, err := s.AddPin(t.Context(), &db.district, civic.Actor{}, pin, civic.Published)
	if err != nil {
		t.Fatal(err)
	}
	var contact int64
	if err := db.pool.QueryRow(t.Context(), `
		update things
		set reporter_id = (select reporter_id from things where thing_id = $1)
		where thing_id = $2
		returning reporter_id`, reported, id).Scan(&contact); err != nil {
		t.Fatal(err)
	}
	if err := s.EraseContact(t.Context(), &db.district, civic.Actor{Kind: civic.Contact, ID: contact}, contact, true); err != nil {
		t.Fatal(err)
	}
	check("erased", nil, nil)
}
