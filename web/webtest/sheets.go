package webtest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

// CheckSheets checks that each table of a page in English is in a sheet of an XLSX
// file: the first in that of the first name, and so on. Some row of the sheet must
// have all whole numbers of each row. The file must have no other sheets but the
// first and the last, which must describe every column.
func (s *Site) CheckSheets(t *testing.T, page, file string, sheets []string, header ...string) {
	t.Helper()
	header = append([]string{"Accept-Language", "en"}, header...)
	load := func(path string) string {
		resp, body := s.Do(t, "GET", path, "", header...)
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d", path, resp.StatusCode)
		}
		return body
	}
	book, err := excelize.OpenReader(strings.NewReader(load(file)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows := func(name string) [][]string {
		all, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	names := book.GetSheetList()
	about := rows(names[len(names)-1])
	for _, name := range names[:len(names)-1] {
		if name != "Data" && !slices.Contains(sheets, name) {
			t.Errorf("%s: the page has no table %q", file, name)
		}
		for _, column := range rows(name)[0] {
			if !slices.ContainsFunc(about, func(row []string) bool {
				return len(row) == 3 && strings.HasPrefix(column, row[0]) && strings.Contains(row[2], " ")
			}) {
				t.Errorf("%s: the column %q of %q is not described", file, column, name)
			}
		}
	}
	tables := tableNumbers(t, load(page))
	if len(tables) != len(sheets) {
		t.Fatalf("%s: %d tables, of which %d are in the file", page, len(tables), len(sheets))
	}
	for i, table := range tables {
		of := rows(sheets[i])
		if len(table) == 0 {
			t.Errorf("%s: table %d has no row", page, i)
		}
		for _, numbers := range table {
			if !slices.ContainsFunc(of, func(row []string) bool { return containsAll(row, numbers) }) {
				t.Errorf("%s: no row of %q has the numbers %q of table %d", file, sheets[i], numbers, i)
			}
		}
	}
}

// containsAll reports whether a row has each of some numbers, as often.
func containsAll(row, numbers []string) bool {
	rest := slices.Clone(row)
	for _, n := range numbers {
		i := slices.Index(rest, n)
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

var wholeNumber = regexp.MustCompile(`^[0-9]+$`)

// tableNumbers returns the whole numbers of the rows of the tables of a page, below
// their headers.
func tableNumbers(t *testing.T, page string) (tables [][][]string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		switch {
		case n.Data == "table":
			tables = append(tables, nil)
		case n.Data == "tr" && n.Parent.Data != "thead":
			var numbers []string
			for cell := range n.ChildNodes() {
				if text := strings.ReplaceAll(textOf(cell), ",", ""); cell.Data == "td" && wholeNumber.MatchString(text) {
					numbers = append(numbers, text)
				}
			}
			last := len(tables) - 1
			tables[last] = append(tables[last], numbers)
		}
	}
	return tables
}

// textOf returns the first text of an element that is not only spaces.
func textOf(n *html.Node) string {
	for child := range n.Descendants() {
		if text := strings.TrimSpace(child.Data); child.Type == html.TextNode && text != "" {
			return text
		}
	}
	return ""
}
