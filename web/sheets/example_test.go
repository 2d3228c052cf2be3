package sheets_test

import (
	"fmt"
	"strings"

	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/sheets"
)

// In Polish, decimals follow a comma, and fields are separated by semicolons.
func ExampleTable_WriteCSV() {
	texts, err := i18n.Load(page.Files)
	if err != nil {
		fmt.Println(err)
		return
	}
	table := sheets.Table{
		Columns: []sheets.Column{{Name: "Okolica"}, {Name: "Potrzeby"}, {Name: "Wskaźnik", Unit: "na 1000 mieszkańców"}},
		Rows:    [][]any{{"Płaszów", 48, sheets.Fixed{Value: 2.4, Decimals: 2}}, {"=Bonarka", -3, nil}},
	}
	var out strings.Builder
	if err := table.WriteCSV(&out, texts.Messages("pl")); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.ReplaceAll(strings.TrimPrefix(out.String(), "\uFEFF"), "\r", ""))
	// Output:
	// Okolica;Potrzeby;Wskaźnik (na 1000 mieszkańców)
	// Płaszów;48;2,40
	// '=Bonarka;-3;
}
