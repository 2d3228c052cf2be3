package ingest

import (
	"context"
	"errors"
	"slices"
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
		rejected rejections
	)
	counts, err := Run(context.Background(), Config{
		Reader: openText(t, "x.csv", table), Mapping: mapping(), District: podgorze(), Today: civic.MaxDay, Sink: &sink,
		Rejected: rejected.add,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := rejections{
		{5, "category: the district has no category with this slug or label; translate the value"},
		{6, "place: there are no coordinates"},
		{7, "status: there is no such status; translate the value; date: the day or the month of the date could come first; state its layout; place: a coordinate is not a number in degrees; title: this must not be empty"},
		{8, "place: the place is outside the district, but inside with latitude and longitude exchanged"},
		{9, "place: the place is outside the district"},
		{10, "date: there is no date; place: there is no longitude"},
		{11, "status: a potential cannot have the status met"},
		{12, "the number of fields is 2, that of the header is 8"},
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
		rejected rejections
	)
	counts, err := Run(context.Background(), Config{
		Reader: openText(t, "x.json", in), Mapping: m, District: podgorze(), Today: civic.MaxDay, Sink: &sink,
		Rejected: rejected.add,
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Counts{Read: 3, Added: 1, Rejected: 2}, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(rejections{
		{2, "place: there are no coordinates"},
		{3, "geometry is a LineString; only single points can be imported"},
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

// Case import-null-words-as-ids.
func TestWordsForNothing(t *testing.T) {
	const in = "id,title,lat,lon,date,kind,body\n" +
		"NULL,a,50.02,19.97,2024-05-06,NULL,-\n" +
		"\\N,None,50.02,19.97,#N/D!,none,\n" +
		"#N/A,c,NaN,brak,null,Zieleń,\n" +
		"n/a,d,-,-,2024-05-06,green,\n"
	d := podgorze()
	d.Categories[1].Label["en"] = "None"
	m := Mapping{
		Column:  map[Target]string{ID: "id", Title: "title", Lat: "lat", Lon: "lon", Date: "date", Category: "kind", Body: "body"},
		Default: map[Target]string{Category: "waste", Date: "2024-01-02"},
	}
	var sink pinSink
	var got rejections
	if _, err := Run(context.Background(), Config{Reader: openText(t, "x.csv", in), Mapping: m, District: d, Today: civic.MaxDay, Sink: &sink, Rejected: got.add}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rejections{{4, "place: there are no coordinates"}, {5, "place: there are no coordinates"}}, got); diff != "" {
		t.Errorf("rejected (-want +got):\n%s", diff)
	}
	var pins []string
	for _, pin := range sink.pins {
		pins = append(pins, strings.Join([]string{pin.ExternalID, pin.Title, pin.Body, pin.Draft.Category, pin.ReportedOn.String()}, "|"))
	}
	if diff := cmp.Diff([]string{"|a|-|waste|2024-05-06", "|None||green|2024-01-02"}, pins); diff != "" {
		t.Errorf("pins (-want +got):\n%s", diff)
	}
}

func TestInvisibleCharacters(t *testing.T) {
	const in = "\u200bid\u00a0,title,po\u00adint,date,kind\n\ufeff7\u200b,Pl\u00adac,50.02\u00a0\u200e19.97,\u202a2024-05-06\u202c,\u200bgreen\n"
	m := Mapping{Column: map[Target]string{ID: "id", Title: "title", Point: "point", Date: "date", Category: "kind"}}
	var sink pinSink
	var got rejections
	if _, err := Run(context.Background(), Config{Reader: openText(t, "x.csv", in), Mapping: m, District: podgorze(), Today: civic.MaxDay, Sink: &sink, Rejected: got.add}); err != nil {
		t.Fatal(err)
	}
	if len(sink.pins) != 1 || sink.pins[0].ExternalID != "7" || sink.pins[0].Point != (orb.Point{19.97, 50.02}) {
		t.Errorf("pins %+v, rejected %v", sink.pins, got)
	}
}

func TestSwapAxes(t *testing.T) {
	const geo = `{"type":"Feature","properties":{"title":"x"},"geometry":{"type":"Point","coordinates":[50.02,19.97]}}`
	const table = "title,lat,lon,point\nx,19.97,50.02,19.97 50.02\n"
	for _, test := range []struct {
		name, in string
		columns  map[Target]string
	}{
		{"x.geojson", geo, map[Target]string{Title: "title"}},
		{"x.csv", table, map[Target]string{Title: "title", Lat: "lat", Lon: "lon"}},
		{"x.csv", table, map[Target]string{Title: "title", Point: "point"}},
	} {
		m := Mapping{Column: test.columns, Default: map[Target]string{Category: "green", Date: "2024-05-06"}}
		for _, swap := range []bool{false, true} {
			m.SwapAxes = swap
			var sink pinSink
			var codes []string
			_, err := Run(context.Background(), Config{Reader: openText(t, test.name, test.in), Mapping: m, District: podgorze(), Today: civic.MaxDay, Sink: &sink, Rejected: func(r Rejection) error {
				var faults civic.Faults
				errors.As(r.Err, &faults)
				for _, f := range faults {
					codes = append(codes, f.Field+"."+f.Code)
				}
				return nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			if swap && (len(sink.pins) != 1 || sink.pins[0].Point != (orb.Point{19.97, 50.02})) || !swap && !slices.Equal(codes, []string{"place." + CodeSwapped}) {
				t.Errorf("%s %v, swap %t: pins %+v, faults %v", test.name, test.columns, swap, sink.pins, codes)
			}
		}
	}
}

// Case http-one-bad-date-makes-2154-months.
func TestDatesAfterTodayAreRejected(t *testing.T) {
	const in = "title,date\nyesterday,2024-05-05\ntoday,2024-05-06\ntomorrow,2024-05-07\nmistyped,2149-06-06\nzero,1970-01-01\n"
	m := Mapping{Column: map[Target]string{Title: "title", Date: "date"}, Default: map[Target]string{Category: "green", Point: "50.02 19.97"}}
	var got rejections
	today := civic.DayOf(time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC))
	counts, err := Run(context.Background(), Config{Reader: openText(t, "x.csv", in), Mapping: m, District: podgorze(), Today: today, Sink: &pinSink{}, Rejected: got.add})
	if err != nil {
		t.Fatal(err)
	}
	want := rejections{{4, "date: the date is after today"}, {5, "date: the date is after today"}, {6, "date: " + errZeroDate.Error()}}
	if diff := cmp.Diff(want, got); diff != "" || counts.Added != 2 {
		t.Errorf("added %d, rejected (-want +got):\n%s", counts.Added, diff)
	}
}
