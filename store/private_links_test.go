package store_test

import (
	"errors"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestPrivateLink checks that a pin without a public record is found through its
// private link alone, whatever its publication, and that only the hash of the
// link is stored.
func TestPrivateLink(t *testing.T) {
	s, d, conn := open(t)
	for _, publication := range []civic.Publication{civic.Pending, civic.Published} {
		pin := accept(t, d, civic.Draft{Category: "fear", Title: "Dark", Body: "At night", Point: orb.Point{19.9512, 50.0523}})
		pin.Link = civic.NewPrivateLink()
		id, err := s.AddPin(t.Context(), d, civic.Actor{}, pin, publication)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.PinByLink(t.Context(), d, pin.Link)
		if err != nil || got.ID != id || got.Publication != publication || got.Body != "At night" || got.Location.Point == pin.Exact.Point {
			t.Errorf("got %+v (%v)", got, err)
		}
		var leaks int
		err = conn.QueryRow(t.Context(), `select count(*) from private_links where strpos(encode(token_hash, 'escape'), $1) > 0`, string(pin.Link)).Scan(&leaks)
		if err != nil || leaks > 0 {
			t.Errorf("the token is stored %d times (%v)", leaks, err)
		}
	}
	for _, link := range []civic.PrivateLink{"", "x", civic.NewPrivateLink()} {
		if _, err := s.PinByLink(t.Context(), d, link); !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("link %q: %v", link, err)
		}
	}
}
