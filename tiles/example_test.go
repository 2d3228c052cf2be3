package tiles_test

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
)

// onePin is a Source of one district with one pin. A server uses the database
// as its Source.
type onePin struct{}

func (onePin) Timeline(context.Context) (string, error) { return "1", nil }

func (onePin) Changes(_ context.Context, since civic.Position, pin func(civic.MapPin)) (civic.Changes, error) {
	if since.Next > 0 {
		return civic.Changes{Next: since}, nil
	}
	shown, err := civic.LocationAt(orb.Point{19.95, 50.04})
	if err != nil {
		return civic.Changes{}, err
	}
	pin(civic.MapPin{DistrictID: 1, ID: 1, Shown: shown, CategoryID: 1, Status: civic.Reported, Day: 20000})
	return civic.Changes{Next: civic.Position{Next: 1}, Districts: []civic.District{{
		ID: 1, Slug: "podgorze", Categories: []civic.Category{{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact}},
	}}}, nil
}

func Example() {
	live := tiles.New(tiles.Config{Source: onePin{}})
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	published := live.Watch()
	go func() {
		defer close(done)
		live.Run(ctx)
	}()
	<-published
	v, ok := live.District("podgorze")
	fmt.Println(ok, v.Stats(civic.Filter{}).ByStatus)
	stop()
	<-done
	// Output:
	// true map[reported:1]
}
