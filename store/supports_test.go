package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
		if given, err := p.Supported(t.Context(), p.d, id, v); !given || err != nil {
			t.Errorf("%v has supported %d: %v, %v", v, id, given, err)
		}
	}
	withdraw := func(id int64, v civic.Voice) {
		t.Helper()
		if err := p.WithdrawSupport(t.Context(), p.d, id, v); err != nil {
			t.Fatal(err)
		}
		if given, err := p.Supported(t.Context(), p.d, id, v); given || err != nil {
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
