package store

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

//go:embed sql/uncounted_pins.sql
var uncountedPinsSQL string

// PublishCounts decides which counts are published of the pins that are published
// in no other way, for each month that has ended, in order, since the last for
// which it did so (disclosure.Close), and returns the number of pins that were
// counted. What is published stays, whatever becomes of these pins, and a month is
// closed once: what becomes known later counts in the next. It may be called at any
// time and by several processes at once.
func (s *Store) PublishCounts(ctx context.Context, slug string, now time.Time) (pins int, err error) {
	err = pgx.BeginFunc(ctx, s.writePool, func(tx pgx.Tx) error {
		// One process counts at a time. Boundaries cannot change meanwhile, and pins can
		// be added.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('publish counts of ' || @slug, 0))`, pgx.NamedArgs{"slug": slug}); err != nil {
			return fmt.Errorf("wait for others: %w", err)
		}
		var closed *time.Time
		if err := tx.QueryRow(ctx, `
			select month
			from districts
			left join closed_months using (district_id)
			where slug = @slug
			for share of districts`, pgx.NamedArgs{"slug": slug}).Scan(&closed); err != nil {
			return fmt.Errorf("lock the district: %w", err)
		}
		found, err := districts(ctx, tx, &slug, civic.Position{})
		if err != nil {
			return err
		}
		d := &found[0]
		due := dueMonths{end: d.DayOf(now).Month()}
		if closed != nil {
			due.first = civic.DayOf(*closed).Month() + 1
			if due.first >= due.end {
				return nil
			}
		}
		pins, err = publishMonths(ctx, tx, d, due)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("publish the counts of %s: %w", slug, civicError(err))
	}
	return pins, nil
}

// dueMonths are the months that are to be closed: from first, 0 for the first of
// all, to the one before end.
type dueMonths struct{ first, end civic.Month }

// publishMonths closes months of all categories, and returns the number of pins
// that were counted.
func publishMonths(ctx context.Context, tx pgx.Tx, d *civic.District, due dueMonths) (pins int, err error) {
	uncounted, err := uncountedPins(ctx, tx, d, due.end)
	if err != nil {
		return 0, fmt.Errorf("read what was not counted: %w", err)
	}
	var counted []leafPin
	for _, c := range d.Categories {
		more, err := publishCategory(ctx, tx, d, c, uncounted[c.ID], due)
		if err != nil {
			return 0, fmt.Errorf("count %s: %w", c.Slug, err)
		}
		counted = append(counted, more...)
	}
	if err := addLeafPins(ctx, tx, d, counted); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `
		insert into closed_months (district_id, month)
		values (@district, @last)
		on conflict (district_id) do update set month = @last`, pgx.NamedArgs{"district": d.ID, "last": (due.end - 1).First().Time()})
	if err != nil {
		return 0, fmt.Errorf("record the last month: %w", err)
	}
	return len(counted), nil
}

// uncountedPin is a pin of a hex-only category that no published count has.
type uncountedPin struct {
	id       int64
	cell     geo.Cell
	day      civic.Day
	source   int32 // 0 for a resident
	reporter int64 // 0 if unknown
}

// sender tells voices apart. What nobody is known to have sent is of one voice for
// a cell, a source and a day, since one person may have sent it all.
type sender struct {
	reporter int64
	cell     geo.Cell
	source   int32
	day      civic.Day
}

func senderOf(p uncountedPin, unit disclosure.Unit) sender {
	if p.reporter != 0 {
		return sender{reporter: p.reporter}
	}
	return sender{cell: unit.Cell, source: p.source, day: p.day}
}

// uncountedPins returns the pins, by category, that were reported before a month
// and are not counted.
func uncountedPins(ctx context.Context, tx pgx.Tx, d *civic.District, before civic.Month) (map[int32][]uncountedPin, error) {
	rows, _ := tx.Query(ctx, uncountedPinsSQL, pgx.NamedArgs{"district": d.ID, "before": before.First().Time()}) // ForEachRow returns the error
	byCategory := map[int32][]uncountedPin{}
	var p uncountedPin
	var category, day int32
	var cell int64
	_, err := pgx.ForEachRow(rows, []any{&p.id, &category, &cell, &day, &p.source, &p.reporter}, func() error {
		p.cell, p.day = geo.Cell(cell), civic.Day(day)
		byCategory[category] = append(byCategory[category], p)
		return nil
	})
	return byCategory, err //nolint:wrapcheck // the caller says what was read
}

// leafPin is a pin that a leaf counts.
type leafPin struct{ pin, leaf int64 }

// publishCategory adds the leaves of a category for the months that are due, and
// returns the pins that they count.
func publishCategory(ctx context.Context, tx pgx.Tx, d *civic.District, c civic.Category, uncounted []uncountedPin, due dueMonths) (counted []leafPin, err error) {
	if len(uncounted) == 0 {
		return nil, nil
	}
	voices, resolution := c.CountedIn()
	units, err := unitsOf(d, resolution)
	if err != nil {
		return nil, err
	}
	open, err := openMonths(ctx, tx, d, c, due.end)
	if err != nil {
		return nil, err
	}
	first := due.first
	if first == 0 {
		first = open[0] // nothing was counted, so that it is the same in all areas
	}
	reports := reportsOf(uncounted, units, open, first)
	for month := first; month < due.end; month++ {
		leaves := disclosure.Close(disclosure.Rule{K: voices}, units, open, reports, month)
		if len(leaves) == 0 {
			continue
		}
		ids, err := addLeaves(ctx, tx, d, c, units, leaves)
		if err != nil {
			return nil, err
		}
		now := map[int64]bool{}
		for i, leaf := range leaves {
			open[leaf.Area] = leaf.To + 1
			for _, pin := range leaf.Reports {
				now[pin] = true
				counted = append(counted, leafPin{pin, ids[i]})
			}
		}
		reports = slices.DeleteFunc(reports, func(r disclosure.Report) bool { return now[r.Pin] })
	}
	return counted, nil
}

// maxUnits is the largest number of units of a district.
const maxUnits = 1_000_000

// unitsOf returns the cells of a district in order, each with the area in which its
// centre is.
func unitsOf(d *civic.District, r geo.Resolution) ([]disclosure.Unit, error) {
	cells, err := geo.Cover(d.Boundary, r, maxUnits)
	if err != nil {
		return nil, fmt.Errorf("cover the district at resolution %d: %w", r, err)
	}
	acceptor := civic.NewAcceptor(d, 0)
	units := make([]disclosure.Unit, len(cells))
	for i, cell := range cells {
		units[i] = disclosure.Unit{Area: acceptor.AreaAt(cell.Centre()), Cell: cell}
	}
	return units, nil
}

// openMonths returns for each area of a district, 0 for what is outside, the first
// month of a category that is not counted. Before any is, that follows from the
// other categories, so that it tells nothing of this one.
func openMonths(ctx context.Context, tx pgx.Tx, d *civic.District, c civic.Category, before civic.Month) (map[int32]civic.Month, error) {
	args := pgx.NamedArgs{"district": d.ID, "category": c.ID, "last": (before - 1).First().Time()}
	var first int32
	if err := tx.QueryRow(ctx, `
		select coalesce(min(reported_on), @last::date) - date '1970-01-01'
		from pins
		where district_id = @district
		  and visibility <> 'hex'
		  and publication = 'published'`, args).Scan(&first); err != nil {
		return nil, fmt.Errorf("read the first month: %w", err)
	}
	open := map[int32]civic.Month{0: civic.Day(first).Month()}
	for _, a := range d.Areas {
		open[a.ID] = open[0]
	}
	rows, _ := tx.Query(ctx, `
		select area_id, max(to_month) - date '1970-01-01'
		from leaves
		where district_id = @district
		  and category_id = @category
		group by area_id`, args) // ForEachRow returns the error
	var area, day int32
	if _, err := pgx.ForEachRow(rows, []any{&area, &day}, func() error {
		open[area] = civic.Day(day).Month() + 1
		return nil
	}); err != nil {
		return nil, fmt.Errorf("read which months are open: %w", err)
	}
	return open, nil
}

// reportsOf returns the reports of pins. One of a month that was closed already
// counts in the first that is not; one in a cell beside all units, in the unit
// before that, since an H3 parent does not quite cover its children.
func reportsOf(pins []uncountedPin, units []disclosure.Unit, open map[int32]civic.Month, first civic.Month) []disclosure.Report {
	resolution := units[0].Cell.Resolution()
	voices := map[sender]uint64{}
	reports := make([]disclosure.Report, 0, len(pins))
	for _, p := range pins {
		cell := p.cell.Parent(resolution)
		i, found := slices.BinarySearchFunc(units, cell, func(u disclosure.Unit, c geo.Cell) int { return cmp.Compare(u.Cell, c) })
		if !found {
			i = max(0, i-1)
		}
		unit := units[i]
		from := senderOf(p, unit)
		voice, known := voices[from]
		if !known {
			voice = uint64(len(voices))
			voices[from] = voice
		}
		reports = append(reports, disclosure.Report{Pin: p.id, Unit: unit, Month: max(p.day.Month(), open[unit.Area], first), Voice: voice})
	}
	return reports
}

// addLeaves adds leaves of a category and returns their ids.
func addLeaves(ctx context.Context, tx pgx.Tx, d *civic.District, c civic.Category, units []disclosure.Unit, leaves []disclosure.Leaf) ([]int64, error) {
	rows, _ := tx.Query(ctx, `
		select nextval(pg_get_serial_sequence('leaves', 'leaf_id'))
		from generate_series(1, @n)`, pgx.NamedArgs{"n": len(leaves)}) // CollectRows returns the error
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("number leaves: %w", err)
	}
	columns := []string{
		"district_id", "leaf_id", "category_id", "area_id", "first_cell", "last_cell", "from_month", "to_month", "pins", "voices", "rule",
	}
	err = copyRows(ctx, tx, "leaves", columns, len(leaves), func(i int) (string, []any) {
		leaf := &leaves[i]
		return "leaf", []any{
			d.ID, ids[i], c.ID, leaf.Area, int64(leaf.First), int64(leaf.Last), leaf.From.First().Time(), leaf.To.First().Time(), leaf.Pins, leaf.Voices,
			disclosure.Version,
		}
	})
	if err != nil {
		return nil, err
	}
	return ids, addLeafCells(ctx, tx, d, units, leaves, ids)
}

// addLeafPins adds the pins that leaves count, in the order in which the database
// has them: a foreign key locks the row of each.
func addLeafPins(ctx context.Context, tx pgx.Tx, d *civic.District, counted []leafPin) error {
	slices.SortFunc(counted, func(a, b leafPin) int { return cmp.Compare(a.pin, b.pin) })
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"leaf_pins"}, []string{"district_id", "pin_id", "leaf_id"},
		pgx.CopyFromSlice(len(counted), func(i int) ([]any, error) { return []any{d.ID, counted[i].pin, counted[i].leaf}, nil }))
	if err != nil {
		return fmt.Errorf("add the pins of leaves: %w", err)
	}
	return nil
}

// addLeafCells adds the cells over which the pins of leaves are spread.
func addLeafCells(ctx context.Context, tx pgx.Tx, d *civic.District, units []disclosure.Unit, leaves []disclosure.Leaf, ids []int64) error {
	acceptor := civic.NewAcceptor(d, 0)
	var rows [][]any
	for i, leaf := range leaves {
		cells := disclosure.Spread(units, leaf)
		for len(cells) > 0 {
			cell, n := cells[0], 1
			for n < len(cells) && cells[n] == cell {
				n++
			}
			shown := cell.Centre()
			rows = append(rows, []any{d.ID, ids[i], n, shown, int64(cell.CentreChild()), areaID(acceptor.AreaAt(shown))})
			cells = cells[n:]
		}
	}
	return copyRows(ctx, tx, "leaf_cells", []string{"district_id", "leaf_id", "pins", "shown", "shown_cell", "shown_area_id"}, len(rows),
		func(i int) (string, []any) { return "cell of a leaf", rows[i] })
}
