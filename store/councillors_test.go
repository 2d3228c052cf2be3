package store_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// councillor returns a councillor with values by names of fields.
func councillor(values ...string) civic.RecordDraft {
	draft := civic.RecordDraft{Kind: civic.CouncillorThing, Values: civic.Values{Words: map[string]string{}}}
	for i := 0; i < len(values); i += 2 {
		draft.Words[values[i]] = values[i+1]
	}
	return draft
}

// record adds what the program says.
func (h threaded) record(draft civic.RecordDraft, links ...civic.FieldLinks) int64 {
	h.t.Helper()
	content, err := h.d.AcceptRecord(draft)
	if err != nil {
		h.t.Fatal(err)
	}
	out, err := h.Do(h.t.Context(), h.d, system, civic.Command{Action: civic.Submit, Kind: draft.Kind, Content: content, Links: links})
	if err != nil {
		h.t.Fatal(err)
	}
	return out.Changed[0].ID
}

// resolution adds a resolution about areas that answers things.
func (h threaded) resolution(name, adopted string, areas []string, answers ...int64) int64 {
	h.t.Helper()
	return h.record(civic.RecordDraft{Kind: civic.ResolutionThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": name}}, Words: map[string]string{"number": "1", "adopted_on": adopted},
		Lists: map[string][]string{"areas": areas},
	}}, civic.FieldLinks{Field: "answers", Things: answers})
}

// titles returns the titles of things.
func titles(things []civic.Described) (all []string) {
	for _, t := range things {
		all = append(all, t.Title)
	}
	return all
}

// TestCouncillors reads who is in office on days, in wards, and of the whole
// district.
func TestCouncillors(t *testing.T) {
	t.Parallel()
	h := openThreaded(t)
	if _, err := h.ReplaceWards(t.Context(), h.d, system, []civic.Ward{ward("1", box(19.9, 50, 20, 50.1)), ward("2", box(20, 50, 20.05, 50.1))}, 100); err != nil {
		t.Fatal(err)
	}
	var former, hidden int64
	for _, draft := range []civic.RecordDraft{
		councillor("name", "Ewa", "ward", "1"),
		councillor("name", "Adam", "ward", "1", "from", "2026-05-01", "until", "2026-05-31"),
		councillor("name", "Jan", "ward", "2"),
		councillor("name", "Chair"),
		councillor("name", "Former", "ward", "1"),
		councillor("name", "Hidden", "ward", "1"),
	} {
		id := h.record(draft)
		switch draft.Words["name"] {
		case "Former":
			former = id
		case "Hidden":
			hidden = id
		}
	}
	h.act(civic.EndTerm, former, civic.NewLink{})
	h.act(civic.Hide, hidden, civic.NewLink{})
	for _, test := range []struct {
		name string
		q    civic.CouncillorQuery
		want []string
	}{
		{"before a term", civic.CouncillorQuery{Day: day(2026, 4, 30), Ward: "1"}, []string{"Ewa", "Chair"}},
		{"its first day", civic.CouncillorQuery{Day: day(2026, 5, 1), Ward: "1"}, []string{"Adam", "Ewa", "Chair"}},
		{"its last day", civic.CouncillorQuery{Day: day(2026, 5, 31), Ward: "1"}, []string{"Adam", "Ewa", "Chair"}},
		{"after it", civic.CouncillorQuery{Day: day(2026, 6, 1), Ward: "1"}, []string{"Ewa", "Chair"}},
		{"another ward", civic.CouncillorQuery{Day: day(2026, 6, 1), Ward: "2"}, []string{"Jan", "Chair"}},
		{"no ward", civic.CouncillorQuery{Day: day(2026, 6, 1)}, []string{"Chair"}},
		{"all", civic.CouncillorQuery{Day: day(2026, 6, 1), All: true}, []string{"Ewa", "Jan", "Chair"}},
	} {
		got, err := h.Councillors(t.Context(), h.d, test.q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, titles(got)); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

// TestLocalResolutions asks which resolutions are about places, by their areas and
// by needs near them, however these came to be concerned.
func TestLocalResolutions(t *testing.T) {
	t.Parallel()
	h := openThreaded(t)
	lamp := add(t, h.Store, h.d, civic.Draft{Category: "trees", Title: "Lamp", Point: orb.Point{19.95, 50.05}}, civic.Published)
	path := add(t, h.Store, h.d, civic.Draft{Category: "trees", Title: "Path", Point: orb.Point{19.951, 50.05}}, civic.Published) // 72 m away
	far := add(t, h.Store, h.d, civic.Draft{Category: "trees", Title: "Far", Point: orb.Point{19.96, 50.05}}, civic.Published)
	counted := add(t, h.Store, h.d, fear, civic.Published)
	diagnosis := h.submit(civic.DiagnosisThing, "Dark", civic.FieldLinks{Field: "evidence", Things: []int64{path}})
	h.resolution("area", "2026-01-01", []string{"west"})
	h.resolution("need", "2026-02-01", nil, lamp, path)
	h.resolution("diagnosis", "2026-03-01", nil, diagnosis)
	h.resolution("far", "2026-04-01", nil, far)
	h.resolution("counted", "2026-04-02", nil, counted)
	h.resolution("other area", "2026-04-03", []string{"east"})
	hidden := h.resolution("hidden", "2026-04-04", []string{"west"}, lamp)
	h.act(civic.Hide, hidden, civic.NewLink{})
	h.resolution("both", "2026-05-01", []string{"west"}, path)
	recommended := h.resolution("recommended", "2026-06-01", nil)
	h.submit(civic.RecommendationThing, "Light it", civic.FieldLinks{Field: "answers", Things: []int64{diagnosis}}, civic.FieldLinks{Field: "led_to", Things: []int64{recommended}})

	west, _ := h.d.Area("west")
	for _, test := range []struct {
		name string
		q    civic.LocalQuery
		want []string // titles, with the nearest need
	}{
		{"a place with needs", civic.LocalQuery{At: orb.Point{19.95, 50.05}, AreaID: west.ID, Metres: 300, Limit: 5}, []string{"recommended, Path 72", "both, Path 72", "diagnosis, Path 72", "need, Lamp 0", "area"}},
		{"fewer", civic.LocalQuery{At: orb.Point{19.95, 50.05}, AreaID: west.ID, Metres: 50, Limit: 2}, []string{"both", "need, Lamp 0"}},
		{"a place of no area", civic.LocalQuery{At: orb.Point{19.96, 50.05}, Metres: 10, Limit: 5}, []string{"far, Far 0"}},
	} {
		found, err := h.LocalResolutions(t.Context(), h.d, test.q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range found {
			line := r.Title
			if r.NeedID != 0 {
				line += ", " + r.Need + " " + strconv.Itoa(r.Metres)
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
	for area, want := range map[string][]string{"west": {"both", "area"}, "east": {"other area"}} {
		a, _ := h.d.Area(area)
		q := civic.ThingQuery{Kind: civic.ResolutionThing, Publications: []civic.Publication{civic.Published}, AreaID: a.ID, Limit: 10}
		listed, err := h.Things(t.Context(), h.d, q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, titles(listed)); diff != "" {
			t.Errorf("the list of %s:\n%s", area, diff)
		}
		q.Limit, q.Before = 1, 1
		if n, err := h.CountThings(t.Context(), h.d, q); err != nil || n != len(want) {
			t.Errorf("%d (%v) are counted in %s, want %d", n, err, area, len(want))
		}
	}
}
