package district

import (
	"testing"

	"github.com/pinezka/pinezka/geo"
)

func TestParseBoxErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":          "write it as west,south,east,north",
		"1,2,3":     "write it as west,south,east,north",
		"1,2,3,4,5": "write it as west,south,east,north",
		"1,2,3,x":   `"x" is not a number`,
		"3,2,1,4":   "west must be less than east, and south less than north",
		"1,4,3,2":   "west must be less than east, and south less than north",
		"nan,0,1,2": geo.ErrCoordinate.Error(),
		"0,0,1,95":  geo.ErrCoordinate.Error(),
	} {
		if _, err := ParseBox(in); err == nil || err.Error() != want {
			t.Errorf("%q: error is %v, want %s", in, err, want)
		}
	}
}

// FuzzParseBox checks that every box that ParseBox returns is one polygon on
// Earth.
func FuzzParseBox(f *testing.F) {
	for _, seed := range []string{"19.97,50.02,20.01,50.04", "-180,-90,180,90", " 0, 0, 1e-9, 1e-9", "0,0,nan,inf"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		boundary, err := ParseBox(in)
		if err != nil {
			return
		}
		if len(boundary) != 1 || !geo.Valid(boundary.Bound().Min) || !geo.Valid(boundary.Bound().Max) {
			t.Fatalf("%q is %v", in, boundary)
		}
	})
}
