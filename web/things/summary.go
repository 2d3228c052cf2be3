package things

import "github.com/pinezka/pinezka/web/page"

// Summary is what numbers say about the things of a kind, above their register.
type Summary struct {
	Title     string
	Sentences []string
	More      string // what the tables show, as a label
	Tables    []SummaryTable
	Files     []page.Option // of the tables, with their URLs
	Note      string        // how the numbers were computed
}

// SummaryTable is a table of numbers.
type SummaryTable struct {
	Caption string
	Head    []string // of which the first is that of the labels
	Rows    []SummaryRow
}

// SummaryRow is a row of numbers of some of the things.
type SummaryRow struct {
	Label Text
	Cells []Text // with the URL of the list behind each; "" for none
}
