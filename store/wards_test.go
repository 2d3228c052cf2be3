package store_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// ward returns a ward with the given slug as its number.
func ward(slug string, boundary orb.MultiPolygon) civic.Ward {
	return civic.Ward{Slug: slug, Number: slug, Name: civic.Text{"en": "Ward " + slug}, Boundary: boundary}
}

// TestReplaceWards lets wards begin, change and end, and compares what there is with
// what was there on every day.
func TestReplaceWards(t *testing.T) {
	t.Parallel()
	s, d, conn := open(t)
	west, middle, east := box(19.9, 50, 20, 50.1), box(20, 50, 20.05, 50.1), box(20, 50, 20.1, 50.1)
	renamed := ward("2", east)
	renamed.Name = civic.Text{"en": "Two"}
	for _, step := range []struct {
		name  string
		from  civic.Day
		wards []civic.Ward
		want  store.WardChanges
		now   []string // slug, version and days of every boundary
	}{
		{"two begin", 100, []civic.Ward{ward("1", west), ward("2", middle)}, store.WardChanges{Added: []string{"1", "2"}, Covered: 0.75}, []string{"1 1 100-0", "2 1 100-0"}},
		{"told twice", 150, []civic.Ward{ward("1", west), ward("2", middle)}, store.WardChanges{Same: []string{"1", "2"}, Covered: 0.75}, []string{"1 1 100-0", "2 1 100-0"}},
		{"one grows", 200, []civic.Ward{ward("1", west), ward("2", east)}, store.WardChanges{Redrawn: []string{"2"}, Same: []string{"1"}, Covered: 1}, []string{"1 1 100-0", "2 1 100-200", "2 2 200-0"}},
		{"it was drawn wrongly that day", 200, []civic.Ward{ward("1", west), ward("2", middle)}, store.WardChanges{Corrected: []string{"2"}, Same: []string{"1"}, Covered: 0.75}, []string{"1 1 100-0", "2 1 100-200", "2 2 200-0"}},
		{"it grows, and has a name", 200, []civic.Ward{ward("1", west), renamed}, store.WardChanges{Corrected: []string{"2"}, Same: []string{"1"}, Covered: 1}, []string{"1 1 100-0", "2 1 100-200", "2 2 200-0"}},
		{"one ends and another begins", 300, []civic.Ward{renamed, ward("3", west)}, store.WardChanges{Added: []string{"3"}, Corrected: []string{"2"}, Ended: []string{"1"}, Covered: 1}, []string{"1 1 100-300", "2 2 200-0", "2 1 100-200", "3 1 300-0"}},
		{"the first is back", 400, []civic.Ward{renamed, ward("1", west)}, store.WardChanges{Added: []string{"1"}, Ended: []string{"3"}, Same: []string{"2"}, Covered: 1}, []string{"1 1 100-300", "2 2 200-0", "1 2 400-0", "2 1 100-200", "3 1 300-400"}},
	} {
		before := changed(t, s, civic.Position{})
		got, err := s.ReplaceWards(t.Context(), d, civic.Actor{Kind: civic.System}, step.wards, step.from)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if diff := cmp.Diff(step.want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("%s:\n%s", step.name, diff)
		}
		read, err := s.District(t.Context(), d.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d.Wards, read.Wards); diff != "" {
			t.Errorf("%s: the wards of the caller and those that are read:\n%s", step.name, diff)
		}
		if diff := cmp.Diff(step.now, lines(read.Wards)); diff != "" {
			t.Errorf("%s:\n%s", step.name, diff)
		}
		after := changed(t, s, before.Next)
		if same := len(got.Same) == len(step.wards); same == (len(after.Districts) == 1) {
			t.Errorf("%s: %d districts are followed", step.name, len(after.Districts))
		}
	}
	if n := count(t, conn, `select count(*) from audit where action = 'change_settings'`); n != 6 {
		t.Errorf("%d changes are recorded, want 6", n)
	}
	if w, _ := d.WardAt(orb.Point{20.07, 50.05}, 199); w.Slug != "" {
		t.Errorf("before it grew, ward %q had what it has now", w.Slug)
	}
	if w, _ := d.WardAt(orb.Point{20.07, 50.05}, 200); d.Text(w.Name, "en") != "Two" {
		t.Errorf("the point is in ward %q", w.Slug)
	}
	if err := s.RemoveDistrict(t.Context(), d.Slug); err != nil {
		t.Fatal(err)
	}
	if n := count(t, conn, `select count(*) from wards`); n != 0 {
		t.Errorf("%d wards are left of a district that was removed", n)
	}
}

func lines(wards []civic.Ward) (all []string) {
	for _, w := range wards {
		all = append(all, w.Slug+" "+strconv.Itoa(int(w.Version))+" "+strconv.Itoa(int(w.From))+"-"+strconv.Itoa(int(w.Until)))
	}
	return all
}

// TestReplaceWardsRefuses checks that faulty wards are named, and that nothing
// changes then.
func TestReplaceWardsRefuses(t *testing.T) {
	t.Parallel()
	s, d, _ := open(t)
	system := civic.Actor{Kind: civic.System}
	good := []civic.Ward{ward("1", box(19.9, 50, 20, 50.1)), ward("2", box(20, 50, 20.1, 50.1))}
	if _, err := s.ReplaceWards(t.Context(), d, system, good, 100); err != nil {
		t.Fatal(err)
	}
	before := lines(d.Wards)
	bowTie := orb.MultiPolygon{{{{19.9, 50}, {20, 50.1}, {20, 50}, {19.9, 50.1}, {19.9, 50}}}}
	nameless := ward("3", box(20, 50, 20.1, 50.1))
	nameless.Name = civic.Text{"de": "Drei"}
	for _, test := range []struct {
		name  string
		actor civic.Actor
		wards []civic.Ward
		from  civic.Day
		want  string
	}{
		{"none", system, nil, 200, "at least one ward is needed"},
		{"a name in another language", system, []civic.Ward{nameless}, 200, "wards[1]"},
		{"a slug that is taken", system, []civic.Ward{ward("1", good[0].Boundary), ward("1", good[1].Boundary)}, 200, "wards[2]"},
		{"crosses itself", system, []civic.Ward{good[1], ward("1", bowTie)}, 200, `ward "Ward 1": Self-intersection`},
		{"open", system, []civic.Ward{ward("1", orb.MultiPolygon{{{{19.9, 50}, {20, 50.1}, {20, 50}}}})}, 200, `ward "Ward 1": a ring`},
		{"elsewhere", system, []civic.Ward{good[0], ward("2", box(10, 50, 10.1, 50.1))}, 200, `ward "Ward 2": it is outside the district`},
		{"overlaps", system, []civic.Ward{good[0], ward("2", box(19.99, 50, 20.1, 50.1))}, 200, `ward "Ward 2": it overlaps ward "Ward 1"`},
		{"earlier than what it ends", system, []civic.Ward{good[0]}, 99, "ward 2: its last boundary is of 1970-04-11"},
		{"by a moderator", moderator, good, 200, civic.ErrForbidden.Error()},
	} {
		_, err := s.ReplaceWards(t.Context(), d, test.actor, test.wards, test.from)
		if err == nil || !strings.Contains(err.Error(), test.want) || test.actor.Kind == civic.System && !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
		read, err := s.District(t.Context(), d.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, lines(read.Wards)); diff != "" {
			t.Errorf("%s: the wards have changed:\n%s", test.name, diff)
		}
	}
}
