// Package population reads how many people live in a district from a table: by
// area, by cell of a grid, or both.
//
//	area;people;date;source                 h3,people
//	plaszow;13600;2023-12-31;Register       891e2040887ffff,412
//	Zabłocie;6900;;                         891e204088fffff,0
package population

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/record"
)

// The columns of the table. A row has an area or a cell. The date and the source
// are those of the whole table, and blank cells of their columns are ignored.
const (
	areaColumn   = "area" // slug, or name in any language
	cellColumn   = "h3"
	peopleColumn = "people"
	dateColumn   = "date" // YYYY-MM-DD, or YYYY-MM for its first day
	sourceColumn = "source"
)

// The resolutions that cells can have: from 5 km² to 300 m².
const (
	coarsest geo.Resolution = 7
	finest   geo.Resolution = 12
)

// maxCells is the largest number of cells of the district.
const maxCells = 1_000_000

// Table is what Read returns.
type Table struct {
	civic.Population
	Outside int // cells that do not overlap the district, and are left out
}

// Read reads a table about the district. Date and source are for a table without
// these columns; 0 and "" are none. Where the table has cells alone, the residents
// of an area are those of the cells whose centre is in it.
//
// It returns an error that states the row for one that is not as the columns
// require, that is repeated, or that contradicts another.
func Read(file record.Reader, d *civic.District, date civic.Day, source string) (Table, error) {
	r := reader{district: d, table: Table{Population: civic.Population{ByArea: map[string]int{}, Date: date, Source: source}}}
	if columns := file.Columns(); !slices.Contains(columns, peopleColumn) || !slices.Contains(columns, areaColumn) && !slices.Contains(columns, cellColumn) {
		return r.table, fmt.Errorf("a column %q and one of %q and %q are needed; the file has %q", peopleColumn, areaColumn, cellColumn, columns)
	}
	for {
		row, err := file.Read()
		if errors.Is(err, io.EOF) {
			return r.finish()
		}
		if err != nil {
			return r.table, fmt.Errorf("read the table: %w", err)
		}
		if err := r.read(row); err != nil {
			return r.table, fmt.Errorf("row %d: %w", row.Row, err)
		}
	}
}

// reader reads the rows of a table.
type reader struct {
	district *civic.District
	cover    map[geo.Cell]bool // the cells that overlap the district
	table    Table
}

// read adds what a row says.
func (r *reader) read(row record.Record) error {
	if row.Err != nil {
		return row.Err
	}
	value := func(column string) string {
		v, _ := row.Get(column)
		return strings.TrimSpace(v)
	}
	if err := r.readProvenance(value(dateColumn), value(sourceColumn)); err != nil {
		return err
	}
	area, cell := value(areaColumn), value(cellColumn)
	people, err := strconv.ParseFloat(value(peopleColumn), 64)
	switch {
	case err != nil || !(people >= 0 && people <= math.MaxInt32):
		return fmt.Errorf("people %q: write a number such as 1234 or 12.5, without separators", value(peopleColumn))
	case area == "" && cell == "" || area != "" && cell != "":
		return errors.New("an area or a cell is needed, and not both")
	case area != "":
		return r.addArea(area, people)
	}
	return r.addCell(cell, people)
}

// readProvenance reads the date and the source that a row states.
func (r *reader) readProvenance(date, source string) error {
	if date != "" {
		day, _, err := civic.ParsePeriod(date)
		switch {
		case err != nil:
			return err
		case r.table.Date != 0 && r.table.Date != day:
			return fmt.Errorf("the date %s, but %s before; a table is of one day", day, r.table.Date)
		}
		r.table.Date = day
	}
	if source != "" {
		if r.table.Source != "" && r.table.Source != source {
			return fmt.Errorf("the source %q, but %q before; a table is from one source", source, r.table.Source)
		}
		r.table.Source = source
	}
	return nil
}

func (r *reader) addArea(name string, people float64) error {
	area := slices.IndexFunc(r.district.Areas, func(a civic.Area) bool { return a.Slug == name })
	if area < 0 {
		area = slices.IndexFunc(r.district.Areas, func(a civic.Area) bool {
			for _, text := range a.Name {
				if text == name {
					return true
				}
			}
			return false
		})
	}
	if area < 0 {
		var slugs []string
		for _, a := range r.district.Areas {
			slugs = append(slugs, a.Slug)
		}
		return fmt.Errorf("the district has no area %q; its areas are %s", name, strings.Join(slugs, ", "))
	}
	slug := r.district.Areas[area].Slug
	if _, repeated := r.table.ByArea[slug]; repeated {
		return fmt.Errorf("the area %s is repeated", slug)
	}
	if people != math.Trunc(people) {
		return fmt.Errorf("people %g: write a whole number for an area", people)
	}
	r.table.ByArea[slug] = int(people)
	return nil
}

func (r *reader) addCell(index string, people float64) error {
	c, err := geo.ParseCell(strings.ToLower(index))
	if err != nil {
		return err
	}
	if r.cover == nil {
		if err := r.begin(c.Resolution()); err != nil {
			return err
		}
	}
	if c.Resolution() != r.table.Resolution {
		return fmt.Errorf("the cell %s has resolution %d, but those before have %d", c, c.Resolution(), r.table.Resolution)
	}
	if !r.cover[c] {
		r.table.Outside++
		return nil
	}
	if _, repeated := r.table.ByCell[c]; repeated {
		return fmt.Errorf("the cell %s is repeated", c)
	}
	r.table.ByCell[c] = people
	return nil
}

// begin begins a grid.
func (r *reader) begin(resolution geo.Resolution) error {
	if resolution < coarsest || resolution > finest {
		return fmt.Errorf("cells have resolution %d; it must be %d to %d", resolution, coarsest, finest)
	}
	cells, err := geo.Cover(r.district.Boundary, resolution, maxCells)
	if err != nil {
		return fmt.Errorf("cover the district: %w", err)
	}
	r.cover = make(map[geo.Cell]bool, len(cells))
	for _, c := range cells {
		r.cover[c] = true
	}
	r.table.ByCell, r.table.Resolution = map[geo.Cell]float64{}, resolution
	return nil
}

// finish returns the table, with what follows from its rows.
func (r *reader) finish() (Table, error) {
	t := &r.table
	if len(t.ByArea) == 0 && t.ByCell != nil {
		t.ByArea = t.AreasOfGrid(r.district)
	}
	t.Sum()
	switch {
	case t.Total == 0:
		return *t, errors.New("there are no people in it")
	case t.Date == 0:
		return *t, errors.New("of which day is it? Add a column \"date\", or state --date")
	case t.Source == "":
		return *t, errors.New("from whom is it? Add a column \"source\", or state --source")
	}
	return *t, nil
}
