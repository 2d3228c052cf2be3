package civic_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestVersions checks which versions of a thing were ever public.
func TestVersions(t *testing.T) {
	entry := func(action civic.Action, after string, changes bool) civic.VersionEntry {
		return civic.VersionEntry{HistoryEntry: civic.HistoryEntry{Action: action, After: after}, Changes: changes}
	}
	for name, test := range map[string]struct {
		entries []civic.VersionEntry
		want    []bool
	}{
		"none":            {nil, nil},
		"public at once":  {[]civic.VersionEntry{entry(civic.Submit, "published", true), entry(civic.Edit, "", true)}, []bool{true, true}},
		"never published": {[]civic.VersionEntry{entry(civic.Submit, "pending", true), entry(civic.Edit, "", true)}, []bool{false, false}},
		"published later": {
			[]civic.VersionEntry{entry(civic.Submit, "pending", true), entry(civic.Edit, "", true), entry(civic.Publish, "published", false), entry(civic.Adopt, "adopted", false), entry(civic.Edit, "", true)},
			[]bool{false, true, true},
		},
		"changed while hidden": {
			[]civic.VersionEntry{entry(civic.Submit, "published", true), entry(civic.Hide, "hidden", false), entry(civic.Edit, "", true), entry(civic.Edit, "", true), entry(civic.Restore, "published", false)},
			[]bool{true, false, true},
		},
		"imported": {[]civic.VersionEntry{entry(civic.KeepOriginal, "", true), entry(civic.Edit, "", true)}, []bool{true, true}},
	} {
		var got []bool
		for i, v := range civic.Versions(test.entries) {
			got = append(got, v.Public)
			if v.Number != i+1 {
				t.Errorf("%s: the number %d, want %d", name, v.Number, i+1)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
