package demo_test

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// TestCouncil checks that there is a councillor in each ward, that what is said of
// the council is in every language of the district, and that it is said to be made
// up.
func TestCouncil(t *testing.T) {
	const today = civic.Day(20700)
	d := numbered(t)
	var err error
	if d.Wards, err = demo.Wards(d); err != nil {
		t.Fatal(err)
	}
	table, err := demo.Councillors(d)
	if err != nil {
		t.Fatal(err)
	}
	offices, err := demo.Offices()
	if err != nil || len(offices) != 4 {
		t.Fatalf("%d duty hours (%v), want 4", len(offices), err)
	}
	resolutions, err := demo.Resolutions(today)
	if err != nil || len(resolutions) != 6 {
		t.Fatalf("%d resolutions (%v), want 6", len(resolutions), err)
	}
	drafts := offices
	for _, r := range resolutions {
		drafts = append(drafts, r.RecordDraft)
	}
	wards := map[string]bool{}
	for _, row := range table.Rows {
		drafts = append(drafts, table.Over(civic.RecordDraft{}, row))
		wards[row.Words["ward"]] = true
		if email := row.Words["email"]; !strings.HasSuffix(email, "@example.org") {
			t.Errorf("%s could be the address of somebody", email)
		}
	}
	if len(wards) != len(d.Wards) || wards[""] {
		t.Errorf("councillors of %v, want one of each of %d wards", wards, len(d.Wards))
	}
	invented := map[string]string{"pl": "zmyślon", "en": "made up", "uk": "вигадан"}
	for _, draft := range drafts {
		if _, err := d.AcceptRecord(draft); err != nil {
			t.Errorf("%+v: %v", draft.Values, err)
		}
		for tag, word := range invented {
			said := false
			for field, text := range draft.Texts {
				said = said || strings.Contains(text[tag], word)
				if text[tag] == "" {
					t.Errorf("%s of a %s is not in %s", field, draft.Kind, tag)
				}
			}
			if !said {
				t.Errorf("a %s does not say in %s that it is made up: %+v", draft.Kind, tag, draft.Texts)
			}
		}
	}
}
