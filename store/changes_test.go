package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func TestRemoveDistrictLeavesTombstones(t *testing.T) {
	s, d, _ := open(t)
	add(t, s, d, civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}, civic.Published)
	before, err := s.Changes(t.Context(), 0, func(civic.MapPin) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveDistrict(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	deleted := 0
	after, err := s.Changes(t.Context(), before.Next, func(p civic.MapPin) {
		if p.Deleted {
			deleted++
		}
	})
	if err != nil || deleted != 1 || !cmp.Equal(after.Removed, []int32{d.ID}) {
		t.Errorf("%d deleted pins, deleted districts %v (%v)", deleted, after.Removed, err)
	}
}

func BenchmarkChanges(b *testing.B) {
	s, d, _ := open(b)
	for range 200 {
		add(b, s, d, civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}, civic.Published)
	}
	for i := range 20 {
		other := district()
		other.Slug = fmt.Sprintf("district-%d", i)
		if err := s.AddDistrict(b.Context(), &other); err != nil {
			b.Fatal(err)
		}
	}
	all, err := s.Changes(b.Context(), 0, func(civic.MapPin) {})
	if err != nil {
		b.Fatal(err)
	}
	for name, since := range map[string]civic.Position{"all": 0, "none": all.Next} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Changes(b.Context(), since, func(civic.MapPin) {}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
