package sheets

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/i18n"
)

// Months returns the table of counts by month, with a column for each of the kinds.
func Months(m *i18n.Messages, title string, months []index.MonthCounts, kinds []civic.Kind) Table {
	t := Table{Title: title, Columns: []Column{{Name: m.Text("sheet.month"), Description: m.Text("sheet.month.means")}}}
	for _, k := range kinds {
		t.Columns = append(t.Columns, Column{Name: m.Text("kinds." + k.String()), Description: m.Text("sheet.in_month.means")})
	}
	for _, n := range months {
		row := []any{n.Month.String()}
		for _, k := range kinds {
			row = append(row, n.Of(k))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
