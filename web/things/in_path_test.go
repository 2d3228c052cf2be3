package things_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/things"
)

// found has things by id.
type found map[int64]civic.Thing

func (f found) Thing(_ context.Context, _ *civic.District, id int64) (civic.Described, error) {
	t, ok := f[id]
	if !ok {
		return civic.Described{}, civic.ErrNotFound
	}
	return civic.Described{Thing: t, Content: civic.Record{RecordDraft: civic.RecordDraft{Kind: t.Kind}}}, nil
}

// TestInPath checks that anybody finds what is public, of the kind that a path is for, and
// that who may know of it finds the rest too.
func TestInPath(t *testing.T) {
	d := &civic.District{ID: 1}
	all := found{
		1: {ID: 1, DistrictID: 1, Kind: civic.EventThing, Publication: civic.Published},
		2: {ID: 2, DistrictID: 1, Kind: civic.EventThing, Publication: civic.Pending},
		3: {ID: 3, DistrictID: 1, Kind: civic.IdeaThing, Publication: civic.Published},
	}
	operator := civic.Actor{Kind: civic.Operator}
	for id, want := range map[string][3]bool{ // whether it is found as public, by anybody who may know of it, and by the operator
		"1": {true, true, true}, "2": {false, false, true}, "3": {}, "4": {}, "x": {},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.SetPathValue("id", id)
		public, says, publicErr := things.PublicInPath(r, all, d, civic.EventThing)
		known, _, knownErr := things.KnownInPath(r, all, d, civic.EventThing, civic.Actor{}, time.Now())
		_, _, operatorErr := things.KnownInPath(r, all, d, civic.EventThing, operator, time.Now())
		if got := [3]bool{publicErr == nil, knownErr == nil, operatorErr == nil}; got != want {
			t.Errorf("%s: found %v, want %v", id, got, want)
		}
		for _, err := range []error{publicErr, knownErr, operatorErr} {
			if err != nil && !errors.Is(err, civic.ErrNotFound) {
				t.Errorf("%s: %v", id, err)
			}
		}
		if want[0] && (public.ID != 1 || says.Kind != civic.EventThing) {
			t.Errorf("%s: found %+v, which says %+v", id, public, says)
		}
		if id == "2" && known.ID != 2 {
			t.Error("what may not be known is not returned with the error")
		}
	}
}
