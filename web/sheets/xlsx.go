package sheets

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
)

// WriteXLSX writes the tables as XLSX, with a last sheet that says what each
// column is, and from what the tables were computed. Text is never a formula.
func (f File) WriteXLSX(out io.Writer, m *i18n.Messages) error {
	return f.StreamXLSX(out, m, f.Table.each)
}

// StreamXLSX is WriteXLSX for a table whose rows need not be in memory.
func (f File) StreamXLSX(out io.Writer, m *i18n.Messages, rows Rows) (err error) {
	book := workbook{File: excelize.NewFile(), decimals: map[int]int{}}
	defer func() { err = errors.Join(err, book.close()) }()
	if err := book.addStyles(); err != nil {
		return err
	}
	if err := book.SetSheetName("Sheet1", m.Text("sheet.data")); err != nil {
		return fmt.Errorf("name a sheet: %w", err)
	}
	names := f.sheetNames(m)
	if err := book.addTable(names[0], f.Table, rows); err != nil {
		return err
	}
	for i, t := range f.More {
		if err := book.addMore(names[i+1], t); err != nil {
			return err
		}
	}
	if err := book.addDescription(m, f, names); err != nil {
		return err
	}
	var made bytes.Buffer
	if err := book.Write(&made); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return copySorted(out, made.Bytes())
}

// sheetNames returns the names of the sheets of the tables, which are distinct and
// valid: without some characters, and of at most 31.
func (f File) sheetNames(m *i18n.Messages) []string {
	const longest = 31
	taken := func(name string, names []string) bool {
		return slices.ContainsFunc(append(names, m.Text("sheet.about")), func(other string) bool { return strings.EqualFold(name, other) })
	}
	names := []string{m.Text("sheet.data")}
	for _, t := range f.More {
		name := []rune(strings.Trim(strings.NewReplacer(":", "", "\\", " ", "/", " ", "?", "", "*", "", "[", "(", "]", ")").Replace(cmp.Or(t.Name, t.Title)), "' "))
		name = name[:min(len(name), longest)]
		for i := 2; taken(string(name), names) || len(name) == 0; i++ {
			suffix := []rune(fmt.Sprintf(" (%d)", i))
			name = append(name[:min(len(name), longest-len(suffix))], suffix...)
		}
		names = append(names, string(name))
	}
	return names
}

// copySorted copies a ZIP file with its entries in the order of their names:
// excelize writes sheets in random order, and the same table is the same file.
func copySorted(out io.Writer, file []byte) error {
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return fmt.Errorf("read XLSX: %w", err)
	}
	to := zip.NewWriter(out)
	for _, entry := range slices.SortedFunc(slices.Values(in.File), func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) }) {
		if err := to.Copy(entry); err != nil {
			return fmt.Errorf("write XLSX: %w", err)
		}
	}
	if err := to.Close(); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return nil
}

// workbook is an XLSX file that is being made.
type workbook struct {
	*excelize.File

	bold, day, wrapped int         // styles
	decimals           map[int]int // styles by number of decimals
}

func (b *workbook) close() error {
	if err := b.Close(); err != nil {
		return fmt.Errorf("close XLSX: %w", err)
	}
	return nil
}

// addStyles adds the styles that do not depend on a table.
func (b *workbook) addStyles() (err error) {
	const day = "yyyy-mm-dd"
	if b.bold, err = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}); err != nil {
		return err
	}
	if b.wrapped, err = b.style(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top", Horizontal: "left"}}); err != nil {
		return err
	}
	format := day
	b.day, err = b.style(&excelize.Style{CustomNumFmt: &format})
	return err
}

func (b *workbook) style(s *excelize.Style) (int, error) {
	id, err := b.NewStyle(s)
	if err != nil {
		return 0, fmt.Errorf("add a style: %w", err)
	}
	return id, nil
}

// decimalStyle returns the style of numbers with a number of decimals.
func (b *workbook) decimalStyle(decimals int) (int, error) {
	if id, ok := b.decimals[decimals]; ok {
		return id, nil
	}
	format := "0"
	for i := range decimals {
		if i == 0 {
			format += "."
		}
		format += "0"
	}
	id, err := b.style(&excelize.Style{CustomNumFmt: &format})
	b.decimals[decimals] = id
	return id, err
}

// cell returns the cell of a value.
func (b *workbook) cell(value any) (excelize.Cell, error) {
	if isUnknown(value) {
		return excelize.Cell{}, nil
	}
	switch v := value.(type) {
	case string, int, int64, float64:
		return excelize.Cell{Value: v}, nil
	case civic.Day:
		return excelize.Cell{Value: v.Time(), StyleID: b.day}, nil
	case Fixed:
		id, err := b.decimalStyle(v.Decimals)
		return excelize.Cell{Value: v.Value, StyleID: id}, err
	}
	return excelize.Cell{}, errType(value)
}

// sheet writes the rows of one sheet, one after another.
type sheet struct {
	*workbook

	stream *excelize.StreamWriter
	row    int // that was written last
}

// newSheet returns a sheet of a name whose columns have the widths, in
// characters.
func (b *workbook) newSheet(name string, widths []float64) (*sheet, error) {
	stream, err := b.NewStreamWriter(name)
	if err != nil {
		return nil, fmt.Errorf("write a sheet: %w", err)
	}
	for i, width := range widths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return nil, fmt.Errorf("set the width of a column: %w", err)
		}
	}
	return &sheet{b, stream, 0}, nil
}

// add writes a row. Its style, unless that is 0, takes the place of those of its
// values.
func (s *sheet) add(style int, row ...any) error {
	cells := make([]any, len(row))
	for i, value := range row {
		c, err := s.cell(value)
		if err != nil {
			return err
		}
		if style != 0 && c.StyleID != s.day {
			c.StyleID = style
		}
		cells[i] = c
	}
	s.row++
	name, err := excelize.CoordinatesToCellName(1, s.row)
	if err == nil {
		err = s.stream.SetRow(name, cells)
	}
	if err != nil {
		return fmt.Errorf("write row %d: %w", s.row, err)
	}
	return nil
}

func (s *sheet) end() error {
	if err := s.stream.Flush(); err != nil {
		return fmt.Errorf("write a sheet: %w", err)
	}
	return nil
}

// addMore adds a sheet for a table.
func (b *workbook) addMore(name string, t Table) error {
	if _, err := b.NewSheet(name); err != nil {
		return fmt.Errorf("add a sheet: %w", err)
	}
	return b.addTable(name, t, t.each)
}

// addTable writes the sheet of a table, whose header stays in view.
func (b *workbook) addTable(name string, t Table, rows Rows) error {
	s, err := b.newSheet(name, widths(t))
	if err != nil {
		return err
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze the header: %w", err)
	}
	header := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		header[i] = c.header()
	}
	if err := s.add(b.bold, header...); err != nil {
		return err
	}
	if err := rows(func(row ...any) error { return s.add(0, row...) }); err != nil {
		return err
	}
	return s.end()
}

// widths returns the widths of the columns of a table, in characters.
func widths(t Table) []float64 {
	const least, most = 10, 48
	all := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		longest := min(utf8.RuneCountInString(c.header()), least+10) // the header wraps
		for _, row := range t.Rows {
			if text, ok := row[i].(string); ok { // a row has a value for each column
				longest = max(longest, utf8.RuneCountInString(text))
			}
		}
		all[i] = float64(min(max(longest+2, least), most))
	}
	return all
}

// addDescription writes the sheet that describes a file.
func (b *workbook) addDescription(m *i18n.Messages, f File, names []string) error {
	name := m.Text("sheet.about")
	if _, err := b.NewSheet(name); err != nil {
		return fmt.Errorf("add a sheet: %w", err)
	}
	s, err := b.newSheet(name, []float64{34, 26, 80})
	if err != nil {
		return err
	}
	type line struct {
		style int
		cells []any
	}
	lines := []line{
		{b.bold, []any{f.Table.Title}}, {},
	}
	for i, t := range append([]Table{f.Table}, f.More...) {
		if len(f.More) > 0 {
			lines = append(lines, line{b.bold, []any{m.Text("sheet.of", "name", names[i]), nil, t.Title}})
		}
		lines = append(lines, line{b.bold, []any{m.Text("sheet.column"), m.Text("sheet.unit"), m.Text("sheet.description")}})
		for _, c := range t.Columns {
			lines = append(lines, line{b.wrapped, []any{c.Name, c.Unit, c.Description}})
		}
		if i < len(f.More) {
			lines = append(lines, line{})
		}
	}
	if f.Note != "" {
		lines = append(lines, line{}, line{b.wrapped, []any{f.Note}})
	} else {
		lines = append(lines, line{}, line{b.bold, []any{m.Text("provenance.heading")}})
		for _, fact := range f.Provenance.Facts(m) {
			lines = append(lines, line{b.wrapped, []any{fact.Label, fact.Value}})
		}
	}
	for _, l := range lines {
		if err := s.add(l.style, l.cells...); err != nil {
			return err
		}
	}
	return s.end()
}
