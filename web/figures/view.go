package figures

import (
	"fmt"
	"maps"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// View is what the template figures shows: frozen figures, a table of them, and how
// they were computed.
type View struct {
	Heading string
	Areas   []Name
	Rows    []Row
	Totals  []int // by area
	Total   int
	Hotspot string   // what the statistic says, in a sentence; "" without a hexagon
	Notes   []string // of pins that are only counted, and whether the data have changed since
	Made    []string // how the figures were computed
	Map     string   // path of the map with the same filter
	Compare string   // path of the API
	Again   string   // path of the button that computes them again; "" for those who may not
	Version int32
}

// Name is a name in the language of the reader, or in another one.
type Name struct{ Text, Lang string }

// Row is a row of the table.
type Row struct {
	Name
	Kind   string
	ByArea []int
	Total  int
}

// View returns the figures of a thing for a reader, or nil if it has none.
func (f *Service) View(reader *page.Reader, v *index.Version, actor civic.Actor, t civic.Described) (*View, error) {
	d := &v.District
	was, err := Of(t)
	if was == nil || err != nil {
		return nil, err
	}
	day, _, err := civic.ParsePeriod(was.ComputedOn)
	if err != nil {
		return nil, err
	}
	out := &View{
		Heading: reader.Text("figures.heading", "date", reader.Date(day)), Total: was.Total, Version: t.Version,
		Compare: "/api/v1/districts/" + d.Slug + "/things/" + strconv.FormatInt(t.ID, 10) + "/figures",
		Made:    []string{was.Provenance.Sentence(reader.Messages)},
	}
	same := false
	if q, err := parseQuestion(was.Question, d); err == nil {
		out.Map = serve.WithQuery("/d/"+d.Slug, q.Values())
		same = was.Fingerprint == fingerprint(v, q) && maps.Equal(was.Provenance.BoundaryVersions, provenance.Of(v, q.Filter, 0, method).BoundaryVersions)
	}
	if civic.Can(actor, civic.Edit, t.Thing, f.Now()) == nil {
		out.Again = "/d/" + d.Slug + "/things/" + strconv.FormatInt(t.ID, 10) + "/figures"
	}
	for _, a := range was.Areas {
		name := Name{Text: reader.Text("figures.outside")}
		if a.Slug != nil {
			name = Name{reader.In(a.Name), reader.OtherLanguage(a.Name)}
		}
		out.Areas, out.Totals = append(out.Areas, name), append(out.Totals, a.Total)
	}
	for _, c := range was.Categories {
		out.Rows = append(out.Rows, Row{Name{reader.In(c.Name), reader.OtherLanguage(c.Name)}, reader.Text("kind." + c.Kind.String()), c.ByArea, c.Total})
	}
	out.Notes = append(notes(reader, was), reader.Text(fmt.Sprintf("figures.same_data.%t", same)))
	if h := was.Hotspot; h != nil {
		out.Hotspot = verdict(reader, h)
		out.Made = append(out.Made, h.Provenance.Sentence(reader.Messages))
	}
	return out, nil
}

// notes returns what is said of pins that are only counted.
func notes(reader *page.Reader, f *Figures) (notes []string) {
	switch n := f.HexOnly; {
	case n.Total > 0 && f.Provenance.Period != (provenance.Period{}):
		notes = append(notes, reader.Text("provenance.hex_only", "n", n.Total), reader.Text("figures.months", "n", n.AtLeast, "together", reader.Number(n.TogetherWith)))
	case n.Total > 0:
		notes = append(notes, reader.Text("provenance.hex_only", "n", n.Total))
	case n.SetAside:
		notes = append(notes, reader.Text("list.hex_only_aside"))
	}
	return notes
}

// verdict returns what the statistic says of the hexagon, in a sentence.
func verdict(reader *page.Reader, h *Hotspot) string {
	if h.Expected == nil || h.Class == "undefined" {
		return reader.Text("figures.hotspot.undefined", "n", h.Sum)
	}
	return reader.Text("figures.hotspot."+h.Class, "n", h.Sum, "expected", reader.Decimal(*h.Expected, 1))
}
