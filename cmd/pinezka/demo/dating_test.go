package demo

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestDate checks what days and times are, in what an event says and in the rows of its
// series. 20514 is Monday, 2 March 2026.
func TestDate(t *testing.T) {
	const today = civic.Day(20514)
	event := func(words map[string]string, days ...string) civic.RecordDraft {
		says := civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{Words: words, Rows: map[string][]civic.Values{}}}
		for _, day := range days {
			row := civic.Values{Words: map[string]string{"day": day, "starts": "2 17:00"}}
			says.Rows["occurrences"] = append(says.Rows["occurrences"], row)
		}
		return says
	}
	first := event(map[string]string{"starts": "thu -17 16:00", "ends": "thu -17 18:00", "every": "week", "until": "14"}, "#-1", "#-9")
	if err := date(&first, civic.RecordDraft{}, today); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"starts": "2026-02-19T16:00", "ends": "2026-02-19T18:00", "every": "week", "until": "2026-03-16"}
	if diff := cmp.Diff(want, first.Words); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	rows := func(says civic.RecordDraft) (all []map[string]string) {
		for _, row := range says.Rows["occurrences"] {
			all = append(all, row.Words)
		}
		return all
	}
	past := []map[string]string{{"day": "2026-02-26", "starts": "2026-02-28T17:00"}}
	if diff := cmp.Diff(past, rows(first)); diff != "" {
		t.Errorf("the rows that there are (-want +got):\n%s", diff)
	}
	edit := event(map[string]string{}, "#-2", "#1", "#2", "#3")
	if err := date(&edit, first, today); err != nil {
		t.Fatal(err)
	}
	all := []map[string]string{
		{"day": "2026-02-19", "starts": "2026-02-21T17:00"}, {"day": "2026-03-05", "starts": "2026-03-07T17:00"}, {"day": "2026-03-12", "starts": "2026-03-14T17:00"},
	}
	if diff := cmp.Diff(all, rows(edit)); diff != "" {
		t.Errorf("rows of a series that was there (-want +got):\n%s", diff)
	}
	for _, wrong := range []string{"someday -3 18:00", "thu 18:00", "thu - 3 18:00", "soon"} {
		says := event(map[string]string{"starts": wrong})
		if err := date(&says, civic.RecordDraft{}, today); err == nil {
			t.Errorf("%q is %q", wrong, says.Words["starts"])
		}
	}
}
