package store_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestVoices checks that a contact or a device has one voice for a thing and all
// that is merged into it, which can be taken back, and that a merged duplicate keeps
// its voices.
func TestVoices(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna, dawid := p.contact(t, "anna@example.org"), p.contact(t, "dawid@example.org")
	bench, same, third := p.report(t, "anna", "Bench", "trees", civic.Published), p.report(t, "bruno", "Seat", "trees", civic.Published), p.report(t, "anna", "Sofa", "trees", civic.Published)
	check := func(what string, want map[int64]int) {
		t.Helper()
		got, err := p.Voices(t.Context(), p.d, []int64{bench, same, third})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	support := func(id int64, v civic.Voice) {
		t.Helper()
		if err := p.Support(t.Context(), p.d, id, v); err != nil {
			t.Fatal(err)
		}
		if given, err := p.Supported(t.Context(), p.d, []int64{id}, v); len(given) != 1 || err != nil {
			t.Errorf("%v has supported %d: %v, %v", v, id, given, err)
		}
	}
	withdraw := func(id int64, v civic.Voice) {
		t.Helper()
		if err := p.WithdrawSupport(t.Context(), p.d, id, v); err != nil {
			t.Fatal(err)
		}
		if given, err := p.Supported(t.Context(), p.d, []int64{id}, v); len(given) != 0 || err != nil {
			t.Errorf("%v still supports %d: %v, %v", v, id, given, err)
		}
	}
	check("nobody", map[int64]int{})
	support(bench, civic.Voice{Device: "phone"})
	support(bench, civic.Voice{Device: "phone"})
	check("a device, twice", map[int64]int{bench: 1})
	support(bench, civic.Voice{ContactID: dawid, Device: "phone"})
	check("its owner signs in", map[int64]int{bench: 1})
	support(bench, civic.Voice{ContactID: dawid, Device: "computer"})
	check("on another device", map[int64]int{bench: 1})
	support(bench, civic.Voice{ContactID: anna, Device: "phone"})
	check("its reporter, on the same device", map[int64]int{bench: 1})
	support(same, civic.Voice{Device: "phone"})
	support(same, civic.Voice{Device: "library"})
	support(third, civic.Voice{ContactID: dawid})
	check("other things", map[int64]int{bench: 1, same: 2, third: 1})

	withdraw(bench, civic.Voice{Device: "phone"})
	withdraw(same, civic.Voice{Device: "library"})
	withdraw(third, civic.Voice{Device: "library"})
	check("taken back", map[int64]int{same: 1, third: 1})
}

// TestMergedVoices checks chains of duplicates.
func TestMergedVoices(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	dawid := p.contact(t, "dawid@example.org")
	var ids []int64
	for i, name := range []string{"anna", "bruno", "anna", ""} {
		if name == "" {
			ids = append(ids, p.thing(t, "Unknown", civic.Published))
			continue
		}
		ids = append(ids, p.report(t, name, string(rune('A'+i)), "trees", civic.Published))
	}
	for _, id := range ids {
		for _, v := range []civic.Voice{{ContactID: dawid}, {Device: "library"}} {
			if err := p.Support(t.Context(), p.d, id, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	p.act(t, civic.Command{Action: civic.Merge, Into: ids[2]}, ids[3])
	p.act(t, civic.Command{Action: civic.Merge, Into: ids[1]}, ids[2])
	p.act(t, civic.Command{Action: civic.Merge, Into: ids[0]}, ids[1])
	voices := func() int {
		t.Helper()
		got, err := p.Voices(t.Context(), p.d, ids[:1])
		if err != nil {
			t.Fatal(err)
		}
		return got[ids[0]]
	}
	// Dawid, the device in the library, Bruno, and whoever reported the last; Anna
	// has reported the first herself.
	if got := voices(); got != 4 {
		t.Errorf("%d voices", got)
	}
	for _, id := range ids {
		if err := p.WithdrawSupport(t.Context(), p.d, id, civic.Voice{ContactID: dawid}); err != nil {
			t.Fatal(err)
		}
	}
	if got := voices(); got != 3 {
		t.Errorf("%d voices after one was taken back", got)
	}
	p.act(t, civic.Command{Action: civic.Restore}, ids[1])
	if got := voices(); got != 1 {
		t.Errorf("%d voices after the duplicate is none", got)
	}
	follows, err := p.Follows(t.Context(), p.d, dawid)
	if err != nil || len(follows) != 0 {
		t.Errorf("%v, %v: the follows that began with the support go on", follows, err)
	}
}

// TestVoicesByMonth compares, for random supports and merges, the voices of months
// with a plain statement, and checks that an erasure changes no count and leaves
// nothing of the person.
func TestVoicesByMonth(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	random := rand.New(rand.NewPCG(1, 13))
	names := []string{"anna", "bruno", "celina", "dawid"}
	contacts := map[string]int64{}
	for _, name := range names {
		contacts[name] = p.contact(t, name+"@example.org")
	}
	var all []int64
	for i := range 30 {
		draft := civic.Draft{
			Category: []string{"trees", "help"}[i%2], Title: fmt.Sprint("Pin ", i), Point: orb.Point{19.95 + 0.0025*float64(i), 50.05}, ReportedOn: civic.Day(20000 + 7*i),
			Email: names[i%len(names)] + "@example.org",
		}
		all = append(all, add(t, p.Store, p.d, draft, civic.Published))
	}
	for range 120 {
		v := civic.Voice{Device: fmt.Sprint("device ", random.IntN(9))}
		if k := random.IntN(2 * len(names)); k < len(names) { // devices 100 and up are those of one contact each
			v = civic.Voice{ContactID: contacts[names[k]], Device: fmt.Sprint("device ", 100+k)}
			if random.IntN(2) == 0 {
				v.Device = ""
			}
		}
		err := p.Support(t.Context(), p.d, all[random.IntN(len(all))], v)
		if err != nil && !errors.Is(err, civic.ErrNotFound) {
			t.Fatal(err)
		}
	}
	execute(t, p.conn, `update supports set created_at = timestamptz '2025-01-31 22:30Z' + support_id * interval '11 hours'`)
	public := slices.Clone(all)
	filters := []civic.Filter{{}, {Categories: []string{"trees"}}, {Areas: []string{"west"}, Kinds: []civic.Kind{civic.Need}}, {Areas: []string{"east"}}}
	counts := func() (of map[int64]int, months [][]civic.MonthVoices) {
		t.Helper()
		of, err := p.Voices(t.Context(), p.d, public)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range filters {
			found, err := p.VoicesByMonth(t.Context(), p.d, f)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(p.plainVoices(t, f), found, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%+v (-want +got):\n%s", f, diff)
			}
			months = append(months, found)
		}
		return of, months
	}
	erase := func(name string) {
		t.Helper()
		if err := p.EraseContact(t.Context(), p.d, civic.Actor{Kind: civic.Contact, ID: contacts[name]}, contacts[name], false); err != nil {
			t.Fatal(err)
		}
		var left int
		err := p.conn.QueryRow(t.Context(), `select count(*) from supports where contact_id = $1 or device_hash = $2`,
			contacts[name], p.keys.Hash("device of "+p.d.Slug, fmt.Sprint("device ", 100+slices.Index(names, name)))).Scan(&left)
		if err != nil || left != 0 {
			t.Errorf("%d voices lead to %s: %v", left, name, err)
		}
	}
	of, months := counts()
	if len(of) < 10 || len(months[0]) < 2 || len(months[1]) == 0 {
		t.Fatalf("the test has too few voices: %v, %v", of, months)
	}
	erase("anna")
	after, monthsAfter := counts()
	if diff := cmp.Diff(of, after); diff != "" {
		t.Errorf("an erasure changes voices (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(months, monthsAfter); diff != "" {
		t.Errorf("an erasure changes months (-want +got):\n%s", diff)
	}
	p.act(t, civic.Command{Action: civic.Hide, Reason: "a test"}, all[9])
	for _, first := range []int{0, 10, 20} { // of reports of four people
		p.act(t, civic.Command{Action: civic.Merge, Into: all[first+2]}, all[first+3])
		p.act(t, civic.Command{Action: civic.Merge, Into: all[first]}, all[first+2])
		p.act(t, civic.Command{Action: civic.Merge, Into: all[first]}, all[first+1])
	}
	public = slices.DeleteFunc(public, func(id int64) bool { return id != all[0] && id != all[10] && id != all[20] })
	of, _ = counts()
	erase("bruno") // of whom each of these has a duplicate
	if after, _ := counts(); !cmp.Equal(of, after) {
		t.Errorf("an erasure changes voices of what was merged (-want +got):\n%s", cmp.Diff(of, after))
	}
}

// plainVoices returns what VoicesByMonth has to, from all rows.
func (p post) plainVoices(t *testing.T, f civic.Filter) (months []civic.MonthVoices) {
	t.Helper()
	type support struct {
		Thing   int64
		Contact *int64
		Device  []byte
		At      time.Time
	}
	rows, _ := p.conn.Query(t.Context(), `select thing_id, contact_id, device_hash, created_at from supports`)
	supports, err := pgx.CollectRows(rows, pgx.RowToStructByPos[support])
	if err != nil {
		t.Fatal(err)
	}
	type pin struct {
		ID                                int64
		Category, Kind, Area, Publication string
		ReportedOn                        time.Time
		Reporter, DuplicateOf             *int64
	}
	rows, _ = p.conn.Query(t.Context(), `
		select pin_id, categories.slug, pins.kind, coalesce(areas.slug, ''), pins.publication, reported_on, reporter_id, (select to_id from links where from_id = pin_id)
		from pins
		join things on thing_id = pin_id
		join categories on categories.category_id = pins.category_id
		left join areas on areas.area_id = shown_area_id`)
	pins, err := pgx.CollectRows(rows, pgx.RowToStructByPos[pin])
	if err != nil {
		t.Fatal(err)
	}
	byID := map[int64]pin{}
	for _, p := range pins {
		byID[p.ID] = p
	}
	root := func(id int64) pin {
		for byID[id].DuplicateOf != nil {
			id = *byID[id].DuplicateOf
		}
		return byID[id]
	}
	type onDevice struct {
		root   int64
		device string
	}
	known := map[onDevice]int64{}
	for _, s := range supports {
		if s.Contact != nil && s.Device != nil {
			known[onDevice{root(s.Thing).ID, string(s.Device)}] = *s.Contact
		}
	}
	first := map[int64]map[string]civic.Day{} // by thing and voice
	speak := func(of pin, voice string, reporter bool, day civic.Day) {
		if reporter {
			return
		}
		if first[of.ID] == nil {
			first[of.ID] = map[string]civic.Day{}
		}
		if at, spoken := first[of.ID][voice]; !spoken || day < at {
			first[of.ID][voice] = day
		}
	}
	isReporter := func(of pin, contact int64) bool { return of.Reporter != nil && *of.Reporter == contact }
	zone, err := time.LoadLocation(p.d.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range supports {
		of := root(s.Thing)
		contact := known[onDevice{of.ID, string(s.Device)}]
		if s.Contact != nil {
			contact = *s.Contact
		}
		voice := fmt.Sprint("contact ", contact)
		if contact == 0 {
			voice = "device " + string(s.Device)
		}
		speak(of, voice, isReporter(of, contact), civic.DayOf(s.At.In(zone)))
	}
	for _, p := range pins {
		if p.DuplicateOf == nil {
			continue
		}
		of, voice, reporter := root(p.ID), fmt.Sprint("thing ", p.ID), false
		if p.Reporter != nil {
			voice, reporter = fmt.Sprint("contact ", *p.Reporter), isReporter(of, *p.Reporter)
		}
		speak(of, voice, reporter, civic.DayOf(p.ReportedOn))
	}
	voices := map[civic.Month]map[string]bool{}
	for id, days := range first {
		of := byID[id]
		switch {
		case of.Publication != "published",
			len(f.Categories) > 0 && !slices.Contains(f.Categories, of.Category),
			len(f.Areas) > 0 && !slices.Contains(f.Areas, of.Area),
			len(f.Kinds) > 0 && f.Kinds[0].String() != of.Kind:
			continue
		}
		for voice, day := range days {
			if voices[day.Month()] == nil {
				voices[day.Month()] = map[string]bool{}
			}
			voices[day.Month()][voice] = true
		}
	}
	for _, m := range slices.Sorted(maps.Keys(voices)) {
		months = append(months, civic.MonthVoices{Month: m, Voices: len(voices[m])})
	}
	return months
}
