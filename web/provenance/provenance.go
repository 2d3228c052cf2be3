// Package provenance states from what and how a published figure was computed,
// so that whoever quotes it can say so, and whoever doubts it can compute it
// again.
package provenance

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/i18n"
)

// Files contains the texts and the part of the contract.
//
//go:embed locales/*.json openapi.yaml
var Files embed.FS

// Kind states for whom a figure was computed.
type Kind string

// The kinds.
const (
	Public Kind = "public" // that everybody may see, computed from what is published
	Exact  Kind = "exact"  // for the staff, computed from the record
)

// CountMethod is the method of counts with its version.
const CountMethod = "count-1"

// Provenance is what a figure was computed from, and how.
type Provenance struct {
	Kind             Kind             `json:"kind"`
	Pins             int              `json:"pins"`                 // n
	Period           Period           `json:"period"`               // of their days
	Cells            int              `json:"cells,omitempty"`      // on which it was computed, those without pins included; 0 if not by cell
	Resolution       geo.Resolution   `json:"resolution,omitempty"` // of the cells
	Distance         int              `json:"k,omitempty"`          // grid distance up to which cells are neighbours; 0 without neighbours
	Method           string           `json:"method"`               // with its version, such as "gi*-1"
	DatasetVersion   uint64           `json:"dataset_version"`      // index.Version.Number
	BoundaryVersions map[string]int32 `json:"boundary_versions"`    // by slug of the area
}

// Period is the period of a filter, from the day From until the day before
// Until, each of which is 0 for none.
type Period struct{ From, Until civic.Day }

// Last returns the last day of the period, or 0 for none.
func (p Period) Last() civic.Day { return max(0, p.Until-1) }

// MarshalJSON writes the first and the last day, or null for none.
func (p Period) MarshalJSON() ([]byte, error) {
	optional := func(d civic.Day) *civic.Day {
		if d == 0 {
			return nil
		}
		return &d
	}
	b, err := json.Marshal(map[string]*civic.Day{"from": optional(p.From), "to": optional(p.Last())})
	if err != nil {
		return nil, fmt.Errorf("encode a period: %w", err)
	}
	return b, nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Period) UnmarshalJSON(b []byte) error {
	var days struct{ From, To *string }
	if err := json.Unmarshal(b, &days); err != nil {
		return fmt.Errorf("decode a period: %w", err)
	}
	*p = Period{}
	for _, day := range []struct {
		text *string
		set  func(civic.Day)
	}{{days.From, func(d civic.Day) { p.From = d }}, {days.To, func(d civic.Day) { p.Until = d + 1 }}} {
		if day.text == nil {
			continue
		}
		d, _, err := civic.ParsePeriod(*day.text)
		if err != nil {
			return fmt.Errorf("decode a period: %w", err)
		}
		day.set(d)
	}
	return nil
}

// Of returns the provenance of a public figure that a method computed from the
// pins that f selects, n of them. Cells, if there are any, are left to the
// caller.
func Of(v *index.Version, f civic.Filter, n int, method string) Provenance {
	p := Provenance{
		Kind: Public, Pins: n, Period: Period{f.From, f.Until}, Method: method,
		DatasetVersion: v.Number, BoundaryVersions: map[string]int32{},
	}
	for _, a := range v.District.Areas {
		if len(f.Areas) == 0 || slices.Contains(f.Areas, a.Slug) {
			p.BoundaryVersions[a.Slug] = a.Version
		}
	}
	return p
}

// Fact is one fact of a provenance. Its value is an int, a string or a
// civic.Day.
type Fact struct {
	Label string
	Value any
}

// Facts returns the facts, for a table.
func (p Provenance) Facts(m *i18n.Messages) (all []Fact) {
	add := func(key string, value any) { all = append(all, Fact{m.Text("provenance.label." + key), value}) }
	add("kind", m.Text("provenance.kind."+string(p.Kind)))
	add("pins", p.Pins)
	if p.Period.From > 0 {
		add("from", p.Period.From)
	}
	if p.Period.Until > 0 {
		add("to", p.Period.Last())
	}
	if p.Cells > 0 {
		add("cells", p.Cells)
		add("resolution", int(p.Resolution))
	}
	if p.Distance > 0 {
		add("k", p.Distance)
	}
	add("method", p.Method)
	add("dataset", strconv.FormatUint(p.DatasetVersion, 10))
	if len(p.BoundaryVersions) > 0 {
		add("boundary", p.boundaries())
	}
	return all
}

// Sentence returns what the figure was computed from, and how, in words.
func (p Provenance) Sentence(m *i18n.Messages) string {
	parts := []string{m.Text("provenance.from."+string(p.Kind), "n", p.Pins)}
	from, last := m.Date(p.Period.From), m.Date(p.Period.Last())
	switch {
	case p.Period.From > 0 && p.Period.Until > 0:
		parts = append(parts, m.Text("provenance.between", "from", from, "to", last))
	case p.Period.From > 0:
		parts = append(parts, m.Text("provenance.since", "from", from))
	case p.Period.Until > 0:
		parts = append(parts, m.Text("provenance.until", "to", last))
	}
	if p.Cells > 0 {
		parts = append(parts, m.Text("provenance.cells", "n", p.Cells, "resolution", int(p.Resolution)))
	}
	if p.Distance > 0 {
		parts = append(parts, m.Text("provenance.neighbours", "n", p.Distance))
	}
	key := "provenance.versions"
	if len(p.BoundaryVersions) == 0 {
		key = "provenance.versions_without_boundary"
	}
	return strings.Join(append(parts, m.Text(key, "method", p.Method, "dataset", strconv.FormatUint(p.DatasetVersion, 10), "boundary", p.boundaries())), " ")
}

// boundaries returns the versions of the boundaries: "2", or "1–3" if they
// differ.
func (p Provenance) boundaries() string {
	first, last := int32(0), int32(0)
	for _, version := range p.BoundaryVersions {
		if first == 0 || version < first {
			first = version
		}
		last = max(last, version)
	}
	if first == last {
		return strconv.Itoa(int(first))
	}
	return fmt.Sprintf("%d–%d", first, last)
}
