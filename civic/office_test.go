package civic_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func TestAcceptOffice(t *testing.T) {
	d := district()
	lang := d.Languages[0]
	inside := d.Boundary.Bound().Center()
	long := strings.Repeat("x", civic.MaxTitle+1)
	for name, test := range map[string]struct {
		draft civic.OfficeDraft
		want  civic.Faults // nil for none
	}{
		"complete": {civic.OfficeDraft{Name: civic.Text{lang: " Duty  hours\r\n"}, Hours: civic.Text{lang: ""}, Point: inside}, nil},
		"outside":  {civic.OfficeDraft{Name: civic.Text{lang: "x"}, Point: orb.Point{1, 1}}, civic.Faults{{Field: "place", Code: "outside"}}},
		"no place": {civic.OfficeDraft{Name: civic.Text{lang: "x"}, Point: orb.Point{math.NaN(), math.NaN()}}, civic.Faults{{Field: "place", Code: "missing"}}},
		"no earth": {civic.OfficeDraft{Name: civic.Text{lang: "x"}, Point: orb.Point{181, 0}}, civic.Faults{{Field: "place", Code: "malformed"}}},
		"half":     {civic.OfficeDraft{Name: civic.Text{lang: "x"}, Point: orb.Point{19.95, math.Inf(1)}}, civic.Faults{{Field: "place", Code: "malformed"}}},
		"nothing":  {civic.OfficeDraft{Point: orb.Point{math.NaN(), math.NaN()}}, civic.Faults{{Field: "name", Code: "missing"}, {Field: "place", Code: "missing"}}},
		"no name":  {civic.OfficeDraft{Point: inside}, civic.Faults{{Field: "name", Code: "missing"}}},
		"language": {civic.OfficeDraft{Name: civic.Text{lang: "x", "xx": "y"}, Point: inside}, civic.Faults{{Field: "name", Code: "unknown"}}},
		"too long": {civic.OfficeDraft{Name: civic.Text{lang: long}, Point: inside}, civic.Faults{{Field: "name", Code: "too_long"}}},
	} {
		got, err := d.AcceptOffice(test.draft)
		var faults civic.Faults
		errors.As(err, &faults)
		if diff := cmp.Diff(test.want, faults, cmpopts.IgnoreFields(civic.Fault{}, "Detail")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if title, _ := got.Header(); err == nil && (title != "Duty  hours" || len(got.Hours) != 0) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
