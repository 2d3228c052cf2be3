package district

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
)

// councillorsOf reads a table about a district with two wards.
func councillorsOf(t *testing.T, in string) (civic.CouncillorTable, error) {
	t.Helper()
	file, err := ingest.Open("councillors.csv", strings.NewReader(in), ingest.Options{Format: ingest.CSV})
	if err != nil {
		t.Fatal(err)
	}
	d := &civic.District{Slug: "test", Languages: []string{"pl", "uk"}, Wards: []civic.Ward{
		{Slug: "okreg-1", Version: 1, Number: "1", Name: civic.Text{"pl": "Okręg pierwszy"}, Until: 100},
		{Slug: "okreg-1", Version: 2, Number: "1", Name: civic.Text{"pl": "Okręg pierwszy"}},
		{Slug: "okreg-2", Version: 1, Number: "2", Name: civic.Text{"pl": "Okręg drugi", "uk": "Округ 2"}},
	}}
	return ReadCouncillors(file, d)
}

func TestReadCouncillors(t *testing.T) {
	table, err := councillorsOf(t, "name;ward;role;role:uk;until\n Anna  Nowak ;1;Radna;;2029-05-06\nJan Kowal;Округ 2;;Голова;\nEwa;okreg-1;;;\nEwa;;;;\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range table.Rows {
		got = append(got, strings.Join([]string{r.Words["name"], r.Words["ward"], r.Texts["role"]["pl"], r.Texts["role"]["uk"], r.Words["until"]}, "|"))
	}
	want := []string{"Anna Nowak|okreg-1|Radna||2029-05-06", "Jan Kowal|okreg-2||Голова|", "Ewa|okreg-1|||", "Ewa||||"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if table.Rows[1].Row != 3 {
		t.Errorf("the second row has the number %d", table.Rows[1].Row)
	}
}

// TestReadCouncillorsNamesTheRows checks that all rows with faults are named.
func TestReadCouncillorsNamesTheRows(t *testing.T) {
	for name, test := range map[string]struct {
		in   string
		want []string
	}{
		"unknown column":    {"name,rola\nAnna,x\n", []string{`the column "rola" is unknown; the columns are name, ward, role, role:uk, `}},
		"language":          {"name,role:de\nAnna,x\n", []string{`the column "role:de" is unknown`}},
		"language of words": {"name,ward:uk\nAnna,x\n", []string{`the column "ward:uk" is unknown`}},
		"column twice":      {"name,role,role:pl\nAnna,x,y\n", []string{`the column "role:pl" is there twice`}},
		"no names":          {"ward\n1\n", []string{`a column "name" is needed`}},
		"nobody":            {"name\n", []string{"there is no councillor in it"}},
		"rows": {
			"name,ward,email,until\nAnna,1,,\n,1,,\nJan,3,jan,31.12.2026\nAnna,okreg-1,,\nEwa\n",
			[]string{"row 3: name:", "row 4: ward:", "email:", "until:", "row 5: Anna is in row 2 too", "row 6:"},
		},
	} {
		_, err := councillorsOf(t, test.in)
		for _, want := range test.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, without %q", name, err, want)
			}
		}
	}
}
