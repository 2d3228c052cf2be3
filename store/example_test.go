package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
)

// A moderator publishes a pin, and a follower reads the change.
func Example() {
	if err := publishAndFollow(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 1 published
	// A bench at the bus stop
	// 1 changed since position 0
}

func publishAndFollow(ctx context.Context) error {
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("pinezka-store-example-%d", os.Getpid()))
	defer os.RemoveAll(dir)
	c, err := localpostgres.Open(ctx, localpostgres.Config{Dir: dir, Volatile: true})
	if err != nil {
		return err
	}
	defer c.Close()
	if err := store.Migrate(ctx, c.URL()); err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{URL: c.URL()})
	if err != nil {
		return err
	}
	defer s.Close()

	district := civic.District{
		Slug: "podgorze", Name: civic.Text{"en": "Podgórze"}, Languages: []string{"en"}, Moderation: civic.ModerateBefore,
		Boundary: orb.MultiPolygon{orb.Bound{Min: orb.Point{19.9, 50}, Max: orb.Point{20.1, 50.1}}.ToPolygon()},
		Categories: []civic.Category{{
			Slug: "benches", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Benches"},
		}},
	}
	if err := s.AddDistrict(ctx, &district); err != nil {
		return err
	}
	pin, err := district.Accept(civic.Draft{Category: "benches", Title: "A bench at the bus stop", Point: orb.Point{19.95, 50.05}}, civic.DayOf(time.Now()))
	if err != nil {
		return err
	}
	id, err := s.AddPin(ctx, &district, civic.Actor{}, pin, civic.Pending)
	if err != nil {
		return err
	}
	done, err := s.Do(ctx, &district, civic.Actor{Kind: civic.Operator, Name: "anna"}, civic.Command{Action: civic.Publish, Things: []int64{id}})
	if err != nil {
		return err
	}
	fmt.Println(len(done.Changed), "published")

	page, err := s.Pins(ctx, &district, civic.PinQuery{Limit: 10})
	if err != nil {
		return err
	}
	for _, p := range page.Pins {
		fmt.Println(p.Title)
	}
	changed := 0
	if _, err := s.Changes(ctx, civic.Position{}, func(civic.MapPin) { changed++ }); err != nil {
		return err
	}
	fmt.Println(changed, "changed since position 0")
	return nil
}
