package district

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

func TestReadWards(t *testing.T) {
	in := collection(
		feature(`{"name":"Okręg 1","name:en":"Ward 1","name:de":"Wahlkreis 1","number":1}`, polygon),
		feature(`{"name":"Okręg 2","number":" II ","slug":"second"}`, polygon),
		feature(`{"name":"Zabłocie","slug":"Not a slug"}`, polygon),
	)
	want := []civic.Ward{
		{Slug: "okreg-1", Number: "1", Name: civic.Text{"pl": "Okręg 1", "en": "Ward 1"}, Boundary: boundary},
		{Slug: "second", Number: "II", Name: civic.Text{"pl": "Okręg 2"}, Boundary: boundary},
		{Slug: "zablocie", Name: civic.Text{"pl": "Zabłocie"}, Boundary: boundary},
	}
	r := Reader{Languages: []string{"pl", "en"}, NameProperty: "name"}
	got, err := r.ReadWards(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadWardsNamesTheFeature(t *testing.T) {
	r := Reader{Languages: []string{"pl"}, NameProperty: "name"}
	one := feature(`{"name":"Jeden","number":"1"}`, polygon)
	for name, test := range map[string]struct{ in, want string }{
		"no name":         {collection(one, feature(`{"number":"2"}`, polygon)), `feature 2: there is no name in the property "name"`},
		"not an area":     {collection(one, feature(`{"name":"Dwa"}`, `{"type":"Point","coordinates":[0,0]}`)), "feature 2 (Dwa): "},
		"the same slug":   {collection(one, feature(`{"name":"Jeden","number":"2"}`, polygon)), `feature 2 (Jeden): its slug "jeden" is that of feature 1`},
		"the same number": {collection(one, feature(`{"name":"Dwa","number":1}`, polygon)), `feature 2 (Dwa): its number "1" is that of feature 1`},
	} {
		_, err := r.ReadWards(strings.NewReader(test.in))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
		if name == "no name" && !errors.Is(err, ErrNoName) {
			t.Errorf("%s: it is not ErrNoName", name)
		}
	}
}
