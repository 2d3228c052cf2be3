package civic_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

func TestCheckTemplates(t *testing.T) {
	d := district()
	right := civic.UpdateTemplate{Key: "lamp", Status: "in_action", Category: d.Categories[0].Slug, Text: civic.Text{d.Languages[0]: "x"}}
	if err := d.CheckTemplates([]civic.UpdateTemplate{right, {Key: "any", Text: right.Text}}); err != nil {
		t.Error(err)
	}
	wrong := []civic.UpdateTemplate{
		{Key: "A b", Text: right.Text}, {Key: "lamp", Text: civic.Text{d.Languages[0]: " "}}, {Key: "lamp", Status: "eaten", Category: "none", Text: civic.Text{"xx": "y"}},
	}
	var faults civic.Faults
	if err := d.CheckTemplates(wrong); !errors.As(err, &faults) {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, f.Field+" "+f.Code)
	}
	want := []string{"key malformed", "text missing", "key repeated", "status unknown", "category unknown", "text unknown"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := d.CheckTemplates(make([]civic.UpdateTemplate, civic.MaxUpdateTemplates+1)); !errors.Is(err, civic.ErrInvalid) {
		t.Error(err)
	}
}
