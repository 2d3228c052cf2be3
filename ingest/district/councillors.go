package district

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

// ReadCouncillors reads a table of the councillors of a district. Its columns are
// named as the fields of councillors; "role" has texts in the default language, and
// "role:uk" those in another one. A ward is its slug, its number or its name.
//
// It returns an error for a column that is unknown, and one that names the row for
// each fault of what it says.
func ReadCouncillors(file record.Reader, d *civic.District) (civic.CouncillorTable, error) {
	var table civic.CouncillorTable
	columns := map[civic.TableColumn]string{} // names in the file
	for _, name := range file.Columns() {
		if name == "" {
			continue
		}
		c, ok := councillorColumn(name, d)
		if !ok {
			return table, fmt.Errorf("the column %q is unknown; the columns are %s", name, strings.Join(councillorColumns(d), ", "))
		}
		if columns[c] != "" {
			return table, fmt.Errorf("the column %q is there twice", name)
		}
		columns[c] = name
		table.Columns = append(table.Columns, c)
	}
	if !slices.Contains(table.Columns, civic.TableColumn{Field: "name"}) {
		return table, errors.New(`a column "name" is needed`)
	}
	var faults []error
	rows := map[civic.CouncillorKey]int{}
	for {
		in, err := file.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return table, fmt.Errorf("read the table: %w", err)
		}
		if in.Err != nil {
			faults = append(faults, fmt.Errorf("row %d: %w", in.Row, in.Err))
			continue
		}
		row := civic.CouncillorRow{Row: in.Row, Values: civic.Values{Words: map[string]string{}, Texts: map[string]civic.Text{}}}
		for c, name := range columns {
			value, _ := in.Get(name)
			setCell(&row.Values, d, c, value)
		}
		accepted, err := d.AcceptRecord(table.Over(civic.RecordDraft{}, row))
		if err != nil {
			faults = append(faults, fmt.Errorf("row %d: %w", in.Row, err))
			continue
		}
		row.Values = accepted.Values
		key := row.CouncillorKey()
		if first := rows[key]; first != 0 {
			faults = append(faults, fmt.Errorf("row %d: %s is in row %d too", in.Row, key.Name, first))
			continue
		}
		rows[key] = in.Row
		table.Rows = append(table.Rows, row)
	}
	if len(table.Rows) == 0 && faults == nil {
		faults = append(faults, errors.New("there is no councillor in it"))
	}
	return table, errors.Join(faults...)
}

// setCell sets the value of a column.
func setCell(v *civic.Values, d *civic.District, c civic.TableColumn, value string) {
	value = strings.TrimSpace(value)
	switch {
	case c.Lang == "":
		if c.Field == "ward" {
			value = wardSlug(d, value)
		}
		v.Words[c.Field] = value
	case v.Texts[c.Field] == nil:
		v.Texts[c.Field] = civic.Text{c.Lang: value}
	default:
		v.Texts[c.Field][c.Lang] = value
	}
}

// wardSlug returns the slug of the ward that is written so, or what is written.
func wardSlug(d *civic.District, written string) string {
	if _, ok := d.Ward(written); ok || written == "" {
		return written
	}
	for _, w := range d.Wards {
		if w.Until != 0 {
			continue
		}
		for _, name := range w.Name {
			if name == written {
				return w.Slug
			}
		}
		if w.Number == written {
			return w.Slug
		}
	}
	return written
}

// councillorColumn returns the column with a name of a file, and whether there is
// one.
func councillorColumn(name string, d *civic.District) (civic.TableColumn, bool) {
	field, lang, tagged := strings.Cut(name, ":")
	for _, f := range civic.CouncillorThing.Rules().Fields {
		switch {
		case f.Name != field:
		case !f.Type.IsByLanguage():
			return civic.TableColumn{Field: field}, !tagged
		case !tagged:
			return civic.TableColumn{Field: field, Lang: d.Languages[0]}, true
		default:
			return civic.TableColumn{Field: field, Lang: lang}, slices.Contains(d.Languages, lang)
		}
	}
	return civic.TableColumn{}, false
}

// councillorColumns returns the names of all columns.
func councillorColumns(d *civic.District) (names []string) {
	for _, f := range civic.CouncillorThing.Rules().Fields {
		names = append(names, f.Name)
		if f.Type.IsByLanguage() {
			for _, lang := range d.Languages[1:] {
				names = append(names, f.Name+":"+lang)
			}
		}
	}
	return names
}
