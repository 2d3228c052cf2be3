package civic_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func TestAcceptRecord(t *testing.T) {
	d := district()
	d.Languages = []string{"pl", "en"}
	d.Wards = []civic.Ward{{Slug: "okreg-1", Version: 1, Until: 100}} // which has ended: former councillors keep it
	title := map[string]civic.Text{"name": {"pl": " Sąsiedzki  ogród\r\n"}, "summary": {"pl": "Sadzimy **razem**."}}
	inside := orb.Point{19.95, 50.05}
	for _, test := range []struct {
		name  string
		draft civic.RecordDraft
		want  []string // faults, as "field.code"
	}{
		{"nothing", civic.RecordDraft{Kind: civic.InitiativeThing}, []string{"name.missing", "summary.missing"}},
		{"least", civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{Texts: title}}, nil},
		{"required place", civic.RecordDraft{Kind: civic.OfficeThing, Values: civic.Values{Texts: map[string]civic.Text{"name": {"pl": "Dyżur"}}}}, []string{"place.missing"}},
		{"place of what has none", civic.RecordDraft{Kind: civic.ResolutionThing, Point: &inside, Values: civic.Values{
			Texts: title, Words: map[string]string{"number": "XII/3/2026", "adopted_on": "2026-10-01"},
		}}, []string{"place.unknown"}},
		{"place outside", civic.RecordDraft{Kind: civic.InitiativeThing, Point: &orb.Point{0, 0}, Values: civic.Values{Texts: title}}, []string{"place.outside"}},
		{"no place on earth", civic.RecordDraft{Kind: civic.InitiativeThing, Point: &orb.Point{0, 91}, Values: civic.Values{Texts: title}}, []string{"place.malformed"}},
		{"words that are none", civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{
			Texts: title, Words: map[string]string{"area": "atlantis", "begins": "2026-02-30"}, Lists: map[string][]string{"categories": {"trees", "none", ""}},
		}}, []string{"area.unknown", "categories.unknown", "begins.malformed"}},
		{"address of a page", civic.RecordDraft{Kind: civic.CouncillorThing, Values: civic.Values{
			Words: map[string]string{"name": "Anna Nowak", "website": "javascript:alert(1)"},
		}}, []string{"website.malformed"}},
		{"a ward, and how to reach somebody", civic.RecordDraft{Kind: civic.CouncillorThing, Values: civic.Values{
			Words: map[string]string{"name": "Anna Nowak", "ward": "okreg-1", "email": "rada@example.org", "phone": "+48 (12) 345-67-89"},
		}}, nil},
		{"no ward, and no way to reach somebody", civic.RecordDraft{Kind: civic.CouncillorThing, Values: civic.Values{
			Words: map[string]string{"name": "Anna Nowak", "ward": "okreg-2", "email": "rada", "phone": "112 <a>"},
		}}, []string{"ward.unknown", "email.malformed", "phone.malformed"}},
		{"rows", civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{Texts: title, Rows: map[string][]civic.Values{"tasks": {
			{Words: map[string]string{"done": "no"}}, // empty
			{Texts: map[string]civic.Text{"task": {"pl": "Kupić ziemię"}}, Words: map[string]string{"done": "perhaps"}},
			{Words: map[string]string{"due": "2026-12-01"}},
		}}}}, []string{"tasks.1.done.unknown", "tasks.2.task.missing"}},
		{"too many rows", civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{Texts: title, Rows: map[string][]civic.Values{
			"tasks": rows(civic.MaxRows + 1),
		}}}, []string{"tasks.too_many"}},
		{"too long", civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{Texts: map[string]civic.Text{
			"name": {"pl": strings.Repeat("a", civic.MaxTitle+1)}, "summary": {"pl": strings.Repeat("a", civic.MaxMarkdown+1)},
		}}}, []string{"name.too_long", "summary.too_long"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := d.AcceptRecord(test.draft)
			var got []string
			var faults civic.Faults
			if errors.As(err, &faults) {
				for _, f := range faults {
					got = append(got, f.Field+"."+f.Code)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
	if _, err := d.AcceptRecord(civic.RecordDraft{Kind: civic.PinThing}); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("a pin is a record: %v", err)
	}
}

// rows returns n tasks.
func rows(n int) (all []civic.Values) {
	for range n {
		all = append(all, civic.Values{Texts: map[string]civic.Text{"task": {"pl": "Zadanie"}}})
	}
	return all
}

func TestRecord(t *testing.T) {
	d := district()
	d.Languages = []string{"pl", "en"}
	got, err := d.AcceptRecord(civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": " Sąsiedzki  ogród\r\n", "en": "A garden"}, "summary": {"pl": "Razem"}, "other": {"pl": "x"}},
		Words: map[string]string{"area": d.Areas[0].Slug, "ends": "2027-01-31", "begins": ""},
		Lists: map[string][]string{"categories": {d.Categories[0].Slug, "", d.Categories[0].Slug}},
		Rows: map[string][]civic.Values{"tasks": {
			{Texts: map[string]civic.Text{"task": {"pl": "Dawno"}}, Words: map[string]string{"due": "2026-10-01", "done": "yes"}},
			{Texts: map[string]civic.Text{"task": {"pl": "Ziemia"}}, Words: map[string]string{"due": "2026-12-01", "done": "no"}},
		}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if title, area := got.Header(); title != "Sąsiedzki ogród" || area != d.Areas[0].ID {
		t.Errorf("title %q in area %d", title, area)
	}
	if got.Due("planned").String() != "2026-12-01" {
		t.Errorf("due %s: that of a task that is done does not count", got.Due("planned"))
	}
	if diff := cmp.Diff([]string{d.Categories[0].Slug}, got.Lists["categories"]); diff != "" {
		t.Error(diff)
	}
	if _, kept := got.Texts["other"]; kept {
		t.Error("a field that the kind does not have is kept")
	}
	long := civic.RecordDraft{Kind: civic.CommentThing, Values: civic.Values{Words: map[string]string{"text": strings.Repeat("słowo ", 30)}}}
	if title := long.Title(d); len([]rune(title)) != 80 || !strings.HasSuffix(title, "…") {
		t.Errorf("title %q", title)
	}
}
