package civic_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestPublicHistory checks what the public is shown of what was done to a thing.
func TestPublicHistory(t *testing.T) {
	entry := func(a civic.Action, states ...string) civic.HistoryEntry {
		e := civic.HistoryEntry{Action: a}
		if len(states) == 2 {
			e.Before, e.After = states[0], states[1]
		}
		return e
	}
	for name, test := range map[string]struct {
		all  []civic.HistoryEntry
		want []civic.Action
	}{
		"waits": {[]civic.HistoryEntry{entry(civic.Submit, "", "pending"), entry(civic.Edit), entry(civic.Note), entry(civic.Ask), entry(civic.Answer)}, nil},
		"moderated": {
			[]civic.HistoryEntry{entry(civic.Submit, "", "pending"), entry(civic.Edit), entry(civic.Publish, "pending", "published"), entry(civic.Edit), entry(civic.Note), entry(civic.Report)},
			[]civic.Action{civic.Publish, civic.Edit},
		},
		"at once":   {[]civic.HistoryEntry{entry(civic.Submit, "", "published"), entry(civic.BeginDiagnosis, "reported", "under_diagnosis"), entry(civic.PostUpdate)}, []civic.Action{civic.Publish, civic.BeginDiagnosis, civic.PostUpdate}},
		"confirmed": {[]civic.HistoryEntry{entry(civic.Submit, "", "unconfirmed"), entry(civic.Confirm, "unconfirmed", "published")}, []civic.Action{civic.Publish}},
		"imported":  {[]civic.HistoryEntry{entry(civic.KeepOriginal), entry(civic.Edit), entry(civic.Merge)}, []civic.Action{civic.Edit, civic.Merge}},
		"taken back": {
			[]civic.HistoryEntry{entry(civic.Submit, "", "pending"), entry(civic.Publish, "pending", "published"), entry(civic.Undo, "published", "pending"), entry(civic.Publish, "pending", "published")},
			[]civic.Action{civic.Publish},
		},
		"hidden and restored": {
			[]civic.HistoryEntry{entry(civic.Submit, "", "published"), entry(civic.Hide, "published", "hidden"), entry(civic.Object), entry(civic.Restore, "hidden", "published"), entry(civic.Merge, "published", "merged"), entry(civic.Restore, "merged", "published")},
			[]civic.Action{civic.Publish},
		},
		"taken back without an action": {[]civic.HistoryEntry{entry(civic.Undo)}, nil},
	} {
		var got []civic.Action
		for _, e := range civic.PublicHistory(test.all) {
			got = append(got, e.Action)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
