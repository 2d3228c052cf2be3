package ingest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

const table = `id;Ulica;Rodzaj;Stan;Data;lat;lon;opis
1;Lipska;waste;Completed;2024-03-05;50,0413;19,9492;a
2;Wielicka;  ŚMIECI i  czystość ;;05.03.2024;50.02;19.97;
3;Limanowskiego;ZIELEŃ;;2024-03-05;50.02;19.97;
4;Zamoyskiego;graffiti;Completed;2024-03-05;50.02;19.97;
5;Kalwaryjska;;;2024-03-05;;;
=6;;waste;secret@example.org;03/05/2024;x;19.97;
7;Płaszowska;waste;;2024-03-05;19.97;50.02;
me@example.org;Saska;waste;;2024-03-05;1;1;
9;Saska;waste;;;50.02;;
10;Saska;green;Completed;2024-03-05;50.02;19.97;
11;short
`

func mapping() Mapping {
	return Mapping{
		Column:  map[Target]string{ID: "id", Title: "ul. {Ulica}", Body: "opis", Category: "Rodzaj", Status: "Stan", Date: "Data", Lat: "lat", Lon: "lon"},
		Default: map[Target]string{Category: "waste"},
		Values:  map[Target]map[string]string{Status: {"completed": "met"}},
	}
}

func TestRun(t *testing.T) {
	var (
		sink     kept
		rejected []Rejection
		progress []int
	)
	counts, err := Run(context.Background(), openText(t, "x.csv", table), mapping(), podgorze(), &sink,
		func(r Rejection) error { rejected = append(rejected, r); return nil },
		func(n int) { progress = append(progress, n) })
	if err != nil {
		t.Fatal(err)
	}
	want := []Rejection{
		{5, "4", "category: the district has no category of this slug or label; translate it with a value"},
		{6, "5", "place: there are no coordinates"},
		{7, "=6", "status: this is no known status; translate it with a value; date: the date is in none of the known forms; say its form with the date layout; place: a coordinate is not a number in degrees; title: this must not be empty"},
		{8, "7", "place: the place is outside the district (are latitude and longitude exchanged?)"},
		{9, "", "place: the place is outside the district"},
		{10, "9", "date: there is no date; place: there is no longitude"},
		{11, "10", "status: a potential cannot have the status met"},
		{12, "", "the row has 2 fields, the header has 8"},
	}
	if diff := cmp.Diff(want, rejected); diff != "" {
		t.Errorf("rejected (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Counts{Read: 11, Added: 3, Rejected: 8}, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{11}, progress); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	var drafts []civic.Draft
	for _, pin := range sink.pins {
		drafts = append(drafts, pin.Draft)
	}
	day := civic.DayOf(time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC))
	if diff := cmp.Diff([]civic.Draft{
		{Category: "waste", Status: civic.Met, Title: "ul. Lipska", Body: "a", Point: orb.Point{19.9492, 50.0413}, ReportedOn: day, ExternalID: "1"},
		{Category: "waste", Status: civic.Reported, Title: "ul. Wielicka", Point: orb.Point{19.97, 50.02}, ReportedOn: day, ExternalID: "2"},
		{Category: "green", Status: civic.Active, Title: "ul. Limanowskiego", Point: orb.Point{19.97, 50.02}, ReportedOn: day, ExternalID: "3"},
	}, drafts); diff != "" {
		t.Errorf("drafts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{2, 3, 4}, sink.rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestRunStops(t *testing.T) {
	errSink := errors.New("full")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		name string
		ctx  context.Context
		in   string
		sink Sink
		rej  func(Rejection) error
		want string
	}{
		{"context", cancelled, table, &kept{}, nil, "context canceled"},
		{"sink", context.Background(), table, failing{errSink}, nil, "add row 2: full"},
		{"rejected", context.Background(), table, &kept{}, func(Rejection) error { return errSink }, "report the rejection of row 5: full"},
		{"file", context.Background(), table + "\"", &kept{}, nil, "read: row 13: a quote is opened and never closed"},
		{"column", context.Background(), strings.Replace(table, "Data", "data", 1), &kept{}, nil,
			`mapping: date: column "Data" is not there; did you mean "data"?; there are "id", "Ulica", "Rodzaj", "Stan", "data", "lat", "lon", "opis"`},
	}
	for _, test := range tests {
		_, err := Run(test.ctx, openText(t, "x.csv", test.in), mapping(), podgorze(), test.sink, test.rej, nil)
		if diff := cmp.Diff(test.want, errText(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

type failing struct{ err error }

func (f failing) Add(context.Context, int, civic.NewPin) error { return f.err }

func TestRunGeoJSON(t *testing.T) {
	const in = `{"type":"FeatureCollection","features":[
		{"type":"Feature","id":12,"properties":{"name":"Bagry"},"geometry":{"type":"Point","coordinates":[19.98,50.03]}},
		{"type":"Feature","id":13,"properties":{"name":"Krzemionki"},"geometry":null},
		{"type":"Feature","id":14,"properties":{"name":"Park"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}]}`
	m := Mapping{Column: map[Target]string{Title: "name"}, Default: map[Target]string{Category: "green", Date: "2024-03-05"}}
	var (
		sink     kept
		rejected []Rejection
	)
	counts, err := Run(context.Background(), openText(t, "x.json", in), m, podgorze(), &sink,
		func(r Rejection) error { rejected = append(rejected, r); return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Counts{Read: 3, Added: 1, Rejected: 2}, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Rejection{
		{2, "13", "place: there are no coordinates"},
		{3, "14", "geometry is a LineString; only points can be imported"},
	}, rejected); diff != "" {
		t.Errorf("rejected (-want +got):\n%s", diff)
	}
	if got := sink.pins[0].ExternalID; got != "12" {
		t.Errorf("id is %q", got)
	}

	m.Column[Body] = "names"
	_, err = Run(context.Background(), openText(t, "x.json", in), m, podgorze(), &sink, nil, nil)
	const want = `mapping: no record has it: column "names" is not there; did you mean "name"?; there are "name"`
	if diff := cmp.Diff(want, errText(err)); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}

// sequence is a reader of made records, as other formats will be.
type sequence []Record

func (s *sequence) Fields() []string { return nil }

func (s *sequence) Read() (Record, error) {
	if len(*s) == 0 {
		return Record{}, io.EOF
	}
	r := (*s)[0]
	*s = (*s)[1:]
	return r, nil
}

func TestRunGeometries(t *testing.T) {
	at := orb.Point{19.97, 50.02}
	m := Mapping{Default: map[Target]string{Title: "x", Category: "green", Date: "2024-03-05"}}
	got := reasons{}
	counts, err := Run(context.Background(), &sequence{
		{Row: 1, Geometry: at},
		{Row: 2, Geometry: orb.MultiPoint{at}},
		{Row: 3, Geometry: orb.MultiPoint{at, at}},
		{Row: 4, Geometry: orb.Polygon{}},
		{Row: 5},
	}, m, podgorze(), &kept{}, got.add, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reasons{
		"place: geometry is a MultiPoint of 2; only single points can be imported": 1,
		"place: geometry is a Polygon; only points can be imported":                1,
		"place: there are no coordinates":                                          1,
	}, got); diff != "" || counts.Added != 2 {
		t.Errorf("added %d, rejected (-want +got):\n%s", counts.Added, diff)
	}
}

func TestAmbiguousLabel(t *testing.T) {
	d := podgorze()
	d.Categories[1].Label["en"] = "Waste"
	m := Mapping{Column: map[Target]string{Title: "a", Category: "a"}, Default: map[Target]string{Date: "2024-03-05", Point: "50.02 19.97"}}
	got := reasons{}
	counts, err := Run(context.Background(), openText(t, "x.csv", "a\nwaste\nGreen\nZieleń\n"), m, d, &kept{}, got.add, nil)
	if err != nil || counts.Added != 3 {
		t.Errorf("added %d, %v, %v: a slug must outrank a label", counts.Added, err, got)
	}
	d.Categories[0].Slug = "rubbish"
	counts, err = Run(context.Background(), openText(t, "x.csv", "a\nWASTE\n"), m, d, &kept{}, got.add, nil)
	if err != nil || counts.Rejected != 1 || got["category: more than one category has this label; use the slug"] != 1 {
		t.Errorf("rejected %d, %v, %v", counts.Rejected, err, got)
	}
}

func TestWriteRejections(t *testing.T) {
	var b bytes.Buffer
	w := WriteRejections(&b)
	for _, r := range []Rejection{
		{2, "a,b", "place: there are no coordinates"},
		{3, "=1+1", "x"}, {4, "-5", "x"}, {5, "@x", "x"}, {6, "", "x"}, {7, "＝1", "x"},
	} {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	const want = "row,external_id,reason\n2,\"a,b\",place: there are no coordinates\n3,'=1+1,x\n4,'-5,x\n5,'@x,x\n6,,x\n7,'＝1,x\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSafeID(t *testing.T) {
	for in, want := range map[string]string{
		"a\tb\r\n\u202ec": "a b c", "x@y.pl": "", repeat("x", 200): repeat("x", maxID) + "…", "": "",
	} {
		if got := safeID(in); got != want {
			t.Errorf("safeID(%q) is %q, want %q", in, got, want)
		}
	}
}
