package civic_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func TestAccept(t *testing.T) {
	d := district()
	good := civic.Draft{Category: "trees", Title: "A tree", Point: orb.Point{19.95, 50.05}}
	tests := []struct {
		name   string
		change func(*civic.Draft)
		want   []string // field.code
	}{
		{"good", func(*civic.Draft) {}, nil},
		{"empty", func(p *civic.Draft) { *p = civic.Draft{Point: orb.Point{999, 0}} }, []string{"place.malformed", "category.missing", "title.missing"}},
		{"unknown category", func(p *civic.Draft) { p.Category = "cats" }, []string{"category.unknown"}},
		{"blank title", func(p *civic.Draft) { p.Title = " \u00a0\t\n\ufeff" }, []string{"title.missing"}},
		{"long", func(p *civic.Draft) { p.Title, p.Body = strings.Repeat("ż", 121), strings.Repeat("x", 4001) }, []string{"title.too_long", "body.too_long"}},
		{"bytes", func(p *civic.Draft) { p.Body = "a\xffb" }, []string{"body.malformed"}},
		{"null byte", func(p *civic.Draft) { p.Title = "a\x00b" }, []string{"title.control"}},
		{"outside", func(p *civic.Draft) { p.Point = orb.Point{19.95, 51} }, []string{"place.outside"}},
		{"everything", func(p *civic.Draft) {
			*p = civic.Draft{Point: orb.Point{19.95, 51}, Category: "cats", Body: "\u202e", Email: "x"}
		}, []string{"place.outside", "category.unknown", "title.missing", "body.bidi", "email.malformed"}},
		{"status of another kind", func(p *civic.Draft) { p.Status = civic.Active }, []string{"status.unknown"}},
		{"address", func(p *civic.Draft) { p.Email = "nobody@" }, []string{"email.malformed"}},
		{"invisible address", func(p *civic.Draft) { p.Email = "a\u200b@example.org" }, []string{"email.malformed"}},
		{"day", func(p *civic.Draft) { p.ReportedOn = -1 }, []string{"date.outside"}},
		{"today", func(p *civic.Draft) { p.ReportedOn = 20000 }, nil},
		{"tomorrow", func(p *civic.Draft) { p.ReportedOn = 20001 }, []string{"date.future"}}, // Case http-one-bad-date-makes-2154-months.
		{"after the last day", func(p *civic.Draft) { p.ReportedOn = civic.MaxDay + 1 }, []string{"date.outside"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			draft := good
			test.change(&draft)
			_, err := d.Accept(draft, 20000)
			var got []string
			var faults civic.Faults
			if errors.As(err, &faults) {
				for _, f := range faults {
					got = append(got, f.Field+"."+f.Code)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if (err != nil) != errors.Is(err, civic.ErrInvalid) {
				t.Errorf("%v is not ErrInvalid", err)
			}
		})
	}
}
