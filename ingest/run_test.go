package ingest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/recordtest"
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
		sink     pinSink
		rejected []Rejection
	)
	counts, err := Run(context.Background(), Config{
		Reader: openText(t, "x.csv", table), Mapping: mapping(), District: podgorze(), Today: civic.MaxDay, Sink: &sink,
		Rejected: func(r Rejection) error { rejected = append(rejected, r); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Rejection{
		{5, "4", "category: the district has no category with this slug or label; translate the value"},
		{6, "5", "place: there are no coordinates"},
		{7, "=6", "status: there is no such status; translate the value; date: the date has none of the known layouts; state its layout; place: a coordinate is not a number in degrees; title: this must not be empty"},
		{8, "7", "place: the place is outside the district (are latitude and longitude swapped?)"},
		{9, "", "place: the place is outside the district"},
		{10, "9", "date: there is no date; place: there is no longitude"},
		{11, "10", "status: a potential cannot have the status met"},
		{12, "", "the number of fields is 2, that of the header is 8"},
	}
	if diff := cmp.Diff(want, rejected); diff != "" {
		t.Errorf("rejected (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Counts{Read: 11, Added: 3, Rejected: 8}, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
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
		{"context", cancelled, table, &pinSink{}, nil, "context canceled"},
		{"sink", context.Background(), table, failing{errSink}, nil, "add row 2: full"},
		{"rejected", context.Background(), table, &pinSink{}, func(Rejection) error { return errSink }, "report the rejection of row 5: full"},
		{"file", context.Background(), table + "\"", &pinSink{}, nil, "read: row 13: a quote is opened and never closed"},
		{"column", context.Background(), strings.Replace(table, "Data", "data", 1), &pinSink{}, nil,
			`mapping: date: there is no column "Data"; did you mean "data"?; there are "id", "Ulica", "Rodzaj", "Stan", "data", "lat", "lon", "opis"`},
	}
	for _, test := range tests {
		_, err := Run(test.ctx, Config{Reader: openText(t, "x.csv", test.in), Mapping: mapping(), District: podgorze(), Today: civic.MaxDay, Sink: test.sink, Rejected: test.rej})
		if diff := cmp.Diff(test.want, recordtest.ErrorText(err)); diff != "" {
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
		sink     pinSink
		rejected []Rejection
	)
	counts, err := Run(context.Background(), Config{
		Reader: openText(t, "x.json", in), Mapping: m, District: podgorze(), Today: civic.MaxDay, Sink: &sink,
		Rejected: func(r Rejection) error { rejected = append(rejected, r); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Counts{Read: 3, Added: 1, Rejected: 2}, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Rejection{
		{2, "13", "place: there are no coordinates"},
		{3, "14", "geometry is a LineString; only single points can be imported"},
	}, rejected); diff != "" {
		t.Errorf("rejected (-want +got):\n%s", diff)
	}
	if got := sink.pins[0].ExternalID; got != "12" {
		t.Errorf("id is %q", got)
	}

	m.Column[Body] = "names"
	_, err = Run(context.Background(), Config{Reader: openText(t, "x.json", in), Mapping: m, District: podgorze(), Today: civic.MaxDay, Sink: &sink})
	const want = `mapping: there is no column "names"; did you mean "name"?; there are "name"`
	if diff := cmp.Diff(want, recordtest.ErrorText(err)); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}

func TestRunGeometries(t *testing.T) {
	at := orb.Point{19.97, 50.02}
	m := Mapping{Default: map[Target]string{Title: "x", Category: "green", Date: "2024-03-05"}}
	got := reasons{}
	counts, err := Run(context.Background(), Config{Reader: &sequence{
		{Row: 1, Geometry: at},
		{Row: 2, Geometry: orb.MultiPoint{at}},
		{Row: 3, Geometry: orb.MultiPoint{at, at}},
		{Row: 4, Geometry: orb.Polygon{}},
		{Row: 5},
	}, Mapping: m, District: podgorze(), Today: civic.MaxDay, Sink: &pinSink{}, Rejected: got.add})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reasons{
		"place: geometry is a MultiPoint of 2; only single points can be imported": 1,
		"place: geometry is a Polygon; only single points can be imported":         1,
		"place: there are no coordinates":                                          1,
	}, got); diff != "" || counts.Added != 2 {
		t.Errorf("added %d, rejected (-want +got):\n%s", counts.Added, diff)
	}
}
