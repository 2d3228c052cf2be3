package recommendations

import (
	"cmp"
	"html/template"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
	"github.com/pinezka/pinezka/web/things"
)

// numbers are the numbers of recommendations that are public.
type numbers struct {
	all, sent, replied         int
	accepted, inPart, rejected int
	lapsed, overdue            int
	days                       []int // from sending to the reply, of those that were replied to
	lower, median, upper       float64
	hasDays                    bool // whether there is any
}

// count returns the numbers of recommendations on a day.
func count(all []civic.Recommended, today civic.Day) (n numbers) {
	for _, r := range all {
		n.all++
		n.sent += one(r.SentOn != 0)
		n.accepted += one(r.Outcome == "accepted")
		n.inPart += one(r.Outcome == "in_part")
		n.rejected += one(r.Outcome == "rejected")
		n.lapsed += one(r.State == "lapsed")
		n.overdue += one(r.State == "sent" && r.Deadline != 0 && r.Deadline < today)
		if r.RepliedOn != 0 {
			n.replied++
			n.days = append(n.days, int(r.RepliedOn-r.SentOn))
		}
	}
	slices.Sort(n.days)
	if n.hasDays = len(n.days) > 0; n.hasDays {
		n.lower, n.median, n.upper = quantile(n.days, 0.25), quantile(n.days, 0.5), quantile(n.days, 0.75)
	}
	return n
}

func one(counts bool) int {
	if counts {
		return 1
	}
	return 0
}

// quantile returns the quantile p of at least one sorted value, between two of them
// by linear interpolation (Hyndman and Fan, type 7).
func quantile(sorted []int, p float64) float64 {
	h := p * float64(len(sorted)-1)
	low := int(math.Floor(h))
	high := min(low+1, len(sorted)-1)
	return float64(sorted[low]) + (h-float64(low))*float64(sorted[high]-sorted[low])
}

// group is the recommendations that have something in common, with the parameter of
// the register that selects them; "" for all.
type group struct {
	label            things.Text
	parameter, value string
	numbers
}

// table is recommendations by what they have in common.
type table struct {
	by     string // key of what that is
	groups []group
}

// tables returns the numbers of recommendations, of all, by area, by category and by
// addressee, as far as there are any.
func tables(d *civic.District, reader *page.Reader, all []civic.Recommended, today civic.Day) []table {
	of := func(label things.Text, parameter, value string, selects func(civic.Recommended) bool) group {
		return group{label, parameter, value, count(slices.DeleteFunc(slices.Clone(all), func(r civic.Recommended) bool { return !selects(r) }), today)}
	}
	out := []table{
		{"all", []group{of(things.Text{Text: reader.Text("recommendation.numbers.all")}, "", "", func(civic.Recommended) bool { return true })}},
		{by: "area"}, {by: "category"}, {by: "addressee"},
	}
	add := func(t *table, g group) {
		if g.all > 0 {
			t.groups = append(t.groups, g)
		}
	}
	for _, a := range d.Areas {
		label := things.Text{Text: reader.In(a.Name), Lang: reader.OtherLanguage(a.Name)}
		add(&out[1], of(label, "area", a.Slug, func(r civic.Recommended) bool { return r.AreaID == a.ID }))
	}
	for _, c := range d.Categories {
		label := things.Text{Text: reader.In(c.Label), Lang: reader.OtherLanguage(c.Label)}
		add(&out[2], of(label, "category", c.Slug, func(r civic.Recommended) bool { return slices.Contains(r.Categories, c.ID) }))
	}
	var addressees []string
	for _, r := range all {
		addressees = append(addressees, r.Addressee)
	}
	slices.SortFunc(addressees, func(a, b string) int {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	})
	lang := ""
	if d.Languages[0] != reader.Lang {
		lang = d.Languages[0]
	}
	for _, name := range slices.Compact(addressees) {
		add(&out[3], of(things.Text{Text: name, Lang: lang}, "addressee", name, func(r civic.Recommended) bool { return r.Addressee == name }))
	}
	return out
}

// column is a number of a group, with the parameters of the register that select
// what it counts; nil for what is not counted.
type column struct {
	key   string
	value func(numbers) any
	query url.Values
}

// columns returns the columns of the tables.
func columns() []column {
	number := func(of func(numbers) int) func(numbers) any { return func(n numbers) any { return of(n) } }
	days := func(of func(numbers) float64) func(numbers) any {
		return func(n numbers) any {
			if !n.hasDays {
				return nil
			}
			return sheets.Fixed{Value: of(n), Decimals: 1}
		}
	}
	return []column{
		{"count", number(func(n numbers) int { return n.all }), url.Values{}},
		{"sent", number(func(n numbers) int { return n.sent }), url.Values{"sent_on": {"yes"}}},
		{"replied", number(func(n numbers) int { return n.replied }), url.Values{"replied_on": {"yes"}}},
		{"accepted", number(func(n numbers) int { return n.accepted }), url.Values{"outcome": {"accepted"}}},
		{"in_part", number(func(n numbers) int { return n.inPart }), url.Values{"outcome": {"in_part"}}},
		{"rejected", number(func(n numbers) int { return n.rejected }), url.Values{"outcome": {"rejected"}}},
		{"lapsed", number(func(n numbers) int { return n.lapsed }), url.Values{"state": {"lapsed"}}},
		{"overdue", number(func(n numbers) int { return n.overdue }), url.Values{"state": {"sent"}, "overdue": {"yes"}}},
		{"lower", days(func(n numbers) float64 { return n.lower }), nil},
		{"median", days(func(n numbers) float64 { return n.median }), nil},
		{"upper", days(func(n numbers) float64 { return n.upper }), nil},
	}
}

// summary returns the numbers above the register.
func (h handlers) summary(r *http.Request, reader *page.Reader, v *index.Version) (*things.Summary, error) {
	d := &v.District
	all, err := h.Store.Recommended(r.Context(), d)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	found := tables(d, reader, all, h.Today(d))
	s := &things.Summary{
		Title: reader.Text("recommendation.numbers.title"), Sentences: sentences(reader, found[0].groups[0].numbers),
		More: reader.Text("recommendation.numbers.more"), Note: reader.Text("recommendation.numbers.note"),
	}
	register := things.Path(d, civic.RecommendationThing, 0)
	for _, t := range found {
		if len(t.groups) > 0 {
			s.Tables = append(s.Tables, t.view(reader, register))
		}
	}
	for _, f := range sheets.Formats() {
		s.Files = append(s.Files, page.Option{Label: strings.ToUpper(string(f)), Value: register + "/numbers." + string(f)})
	}
	return s, nil
}

// sentences returns what the numbers say.
func sentences(reader *page.Reader, n numbers) []string {
	say := func(key string, pairs ...any) string { return reader.Text("recommendation.numbers."+key, pairs...) }
	out := []string{say("sent", "n", n.sent) + " " + say("replied", "n", n.replied)}
	switch {
	case n.hasDays && n.days[0] == n.days[len(n.days)-1]:
		out[0] += " " + say("same_days", "n", n.days[0])
	case n.hasDays:
		out[0] += " " + say("days", "median", decimal(reader, n.median), "lower", decimal(reader, n.lower), "upper", decimal(reader, n.upper))
	}
	if n.overdue > 0 {
		out = append(out, say("overdue", "n", n.overdue))
	}
	return out
}

// decimal returns a number of days, with a decimal where it has one.
func decimal(reader *page.Reader, days float64) string {
	if days == math.Trunc(days) {
		return reader.Decimal(days, 0)
	}
	return reader.Decimal(days, 1)
}

// view returns a table of which each number leads to the list of what it counts.
func (t table) view(reader *page.Reader, register string) things.SummaryTable {
	out := things.SummaryTable{Caption: reader.Text("recommendation.numbers.by_" + t.by), Head: []string{reader.Text("recommendation.numbers.of_" + t.by)}}
	for _, c := range columns() {
		out.Head = append(out.Head, reader.Text("recommendation.numbers.column."+c.key))
	}
	for _, g := range t.groups {
		row := things.SummaryRow{Label: g.label}
		for _, c := range columns() {
			cell := things.Text{Text: "–"}
			switch value := c.value(g.numbers).(type) {
			case int:
				cell.Text = reader.Number(value)
				if value > 0 {
					cell.URL = template.URL(serve.WithQuery(register, g.selects(c))) //nolint:gosec // a path of this site
				}
			case sheets.Fixed:
				cell.Text = decimal(reader, value.Value)
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// selects returns the parameters of the register that select what a column counts of
// a group.
func (g group) selects(c column) url.Values {
	q := url.Values{}
	for name, values := range c.query {
		q[name] = values
	}
	if g.parameter != "" {
		q.Set(g.parameter, g.value)
	}
	return q
}

// file returns a handler that sends the numbers in a format.
func (h handlers) file(format sheets.Format) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := h.District(r)
		if err != nil {
			return err
		}
		d := &v.District
		all, err := h.Store.Recommended(r.Context(), d)
		if err != nil {
			return err
		}
		reader := h.Pages.Reader(r, d)
		today := h.Today(d)
		base, _ := h.BaseURL(r)
		f := sheets.File{
			Name: d.Slug + "-recommendations-numbers-" + today.String(), Table: sheet(reader, tables(d, reader, all, today)),
			Note: reader.Text("recommendation.numbers.note") + " " + reader.Text("thing.file.note", "url", base+things.Path(d, civic.RecommendationThing, 0)),
		}
		return f.Send(h.Service, w, r, reader.Messages, format)
	}
}

// sheet returns the tables as one.
func sheet(reader *page.Reader, all []table) sheets.Table {
	text := func(key string) string { return reader.Text("recommendation.numbers." + key) }
	t := sheets.Table{Title: text("title"), Columns: []sheets.Column{
		{Name: text("column.by"), Description: text("column.by")}, {Name: text("column.of"), Description: text("column.of")},
	}}
	for _, c := range columns() {
		t.Columns = append(t.Columns, sheets.Column{Name: text("column." + c.key), Description: text("column." + c.key)})
	}
	for _, of := range all {
		for _, g := range of.groups {
			row := []any{text("of_" + of.by), g.label.Text}
			for _, c := range columns() {
				row = append(row, c.value(g.numbers))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
