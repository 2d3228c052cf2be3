package ingest

import (
	"context"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

func TestAmbiguousLabel(t *testing.T) {
	d := podgorze()
	d.Categories[1].Label["en"] = "Waste"
	m := Mapping{Column: map[Target]string{Title: "a", Category: "a"}, Default: map[Target]string{Date: "2024-03-05", Point: "50.02 19.97"}}
	got := reasons{}
	counts, err := Run(context.Background(), Config{Reader: openText(t, "x.csv", "a\nwaste\nGreen\nZieleń\n"), Mapping: m, District: d, Today: civic.MaxDay, Sink: &pinSink{}, Rejected: got.add})
	if err != nil || counts.Added != 3 {
		t.Errorf("added %d, %v, %v: a slug must take precedence over a label", counts.Added, err, got)
	}
	d.Categories[0].Slug = "rubbish"
	counts, err = Run(context.Background(), Config{Reader: openText(t, "x.csv", "a\nWASTE\n"), Mapping: m, District: d, Today: civic.MaxDay, Sink: &pinSink{}, Rejected: got.add})
	if err != nil || counts.Rejected != 1 || got["category: more than one category has this label; use the slug"] != 1 {
		t.Errorf("rejected %d, %v, %v", counts.Rejected, err, got)
	}
}
