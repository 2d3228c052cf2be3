package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/store"
)

const (
	importedRows   = 1_000_000
	fewRows        = importedRows / 10 // whose import shows whether memory grows with the rows
	importDatabase = "tilebench_import"
)

// importing measures an import of a million pins into an empty database of the
// same cluster, of the same file again, of one in which half of the titles have
// changed, and the undoing of that, and compares them with ogr2ogr, which copies
// the same file into a bare table, without any index. An import of a tenth of
// the pins is for its memory.
func (b *bench) importing(ctx context.Context) error {
	ogr2ogr, err := exec.LookPath("ogr2ogr")
	if err != nil {
		b.out.subtitle("Import of %d pins", importedRows)
		b.out.note("It was not measured, since ogr2ogr (package gdal-bin) is not installed.")
		return nil
	}
	dir, err := os.MkdirTemp("", "tilebench")
	if err != nil {
		return fmt.Errorf("create a directory for the file to import: %w", err)
	}
	defer os.RemoveAll(dir)
	file, fewFile, changedFile := filepath.Join(dir, "pins.csv"), filepath.Join(dir, "few.csv"), filepath.Join(dir, "changed.csv")
	database, err := url.Parse(b.cluster.URL())
	if err != nil {
		return fmt.Errorf("parse the URL of the database: %w", err)
	}
	database.Path = "/" + importDatabase
	d, err := demo.District()
	if err != nil {
		return err
	}
	size, err := writePins(file, &d, importedRows, 0)
	if err != nil {
		return err
	}
	if _, err := writePins(fewFile, &d, fewRows, 0); err != nil {
		return err
	}
	if _, err := writePins(changedFile, &d, importedRows, 2); err != nil {
		return err
	}
	config, err := pgx.ParseConfig(database.String())
	if err != nil {
		return fmt.Errorf("parse the URL of the database: %w", err)
	}
	target := fmt.Sprintf("PG:host='%s' port=%d user='%s' dbname='%s'", config.Host, config.Port, config.User, config.Database)
	reference := []string{
		"-f", "PostgreSQL", target, file, "-nln", "bare", "-overwrite", "--config", "PG_USE_COPY", "YES", "-lco", "SPATIAL_INDEX=NONE",
		"-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-a_srs", "EPSG:4326",
	}
	own := func(file string) []string {
		args := []string{"import", file, "--district", d.Slug, "--source", source, "--rejects", filepath.Join(dir, "rejects.csv")}
		for _, column := range pinColumns() {
			args = append(args, "--map", column+"="+column)
		}
		return args
	}
	steps := []*importStep{
		{name: fmt.Sprintf("`pinezka import` of %d pins into an empty database", fewRows), rows: fewRows, program: b.program, args: own(fewFile), empty: true},
		{name: "`ogr2ogr` into a bare table, by COPY, without an index", rows: importedRows, program: ogr2ogr, args: reference, empty: true},
		{name: "`pinezka import` into an empty database", rows: importedRows, program: b.program, args: own(file)},
		{name: "the same file again, unchanged", rows: importedRows, program: b.program, args: own(file)},
		{name: "a file with half of the titles changed", rows: importedRows, program: b.program, args: own(changedFile)},
		{name: "`pinezka undo` of that", rows: importedRows, program: b.program, args: []string{"undo", "3", "--district", d.Slug}},
	}
	for range b.runs {
		for _, step := range steps {
			if step.empty {
				if err := b.createImportDatabase(ctx, database.String(), &d); err != nil {
					return err
				}
			}
			if err := step.run(ctx, database.String()); err != nil {
				return err
			}
		}
	}
	b.out.subtitle("Import of %d pins (%d MB of CSV), %d runs", importedRows, size>>20, b.runs)
	rows := [][]string{{"import", "time: median (of runs)", "pins a second", "relative to ogr2ogr", "memory at most"}}
	copied := steps[1].taken.all().median()
	for _, step := range steps {
		median, ratio := step.taken.all().median(), "–"
		if step.rows == importedRows {
			ratio = number(over(median, copied)) + "×"
		}
		rows = append(rows, []string{step.name, step.taken.median(), fmt.Sprintf("%.0f", float64(step.rows)/median.Seconds()), ratio, megabytes(step.memory)})
	}
	b.out.table(rows)
	b.out.note("An import checks every row, derives cells, shown locations and areas, and creates the indexes, the text search among them. The memory is that of the program, without PostgreSQL.")
	return nil
}

// importStep is a program that is measured.
type importStep struct {
	name    string
	rows    int // in its file
	program string
	args    []string
	empty   bool // whether the database is created anew before

	taken  series
	memory int // the most in all runs, in bytes
}

// run runs the program until it ends, and looks at its memory meanwhile.
func (s *importStep) run(ctx context.Context, database string) error {
	cmd := exec.CommandContext(ctx, s.program, s.args...)
	cmd.Env = append(os.Environ(), "PINEZKA_DATABASE_URL="+database)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", s.program, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				return fmt.Errorf("run %s: %w: %s", s.program, err, out.Bytes())
			}
			s.taken = append(s.taken, times{time.Since(begun)})
			return nil
		case <-time.After(20 * time.Millisecond):
			if _, peak, err := memory(cmd); err == nil { // it may have ended
				s.memory = max(s.memory, peak)
			}
		}
	}
}

// createImportDatabase creates an empty database with a district.
func (b *bench) createImportDatabase(ctx context.Context, database string, d *civic.District) error {
	if err := b.execute(ctx, `drop database if exists `+importDatabase+` with (force)`, `create database `+importDatabase); err != nil {
		return err
	}
	if err := store.Migrate(ctx, database); err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{URL: database})
	if err != nil {
		return err
	}
	defer s.Close()
	return s.AddDistrict(ctx, d)
}

func pinColumns() []string {
	return []string{"id", "title", "body", "category", "status", "lon", "lat", "date"}
}

// writePins writes a CSV file of n made-up pins, and returns its size in bytes.
// Unless every is 0, the title of every such pin is another than without it.
func writePins(name string, d *civic.District, n, every int) (size int64, err error) {
	const withTexts = 100_000 // pins for each seed: more would have titles only
	f, err := os.Create(name)
	if err != nil {
		return 0, fmt.Errorf("create a file to import: %w", err)
	}
	w := csv.NewWriter(f)
	err = w.Write(pinColumns())
	today, id := d.DayOf(time.Now()), 0
	for seed := uint64(1); id < n && err == nil; seed++ {
		for pin, failed := range demo.Pins(d, withTexts, seed, today) {
			if failed != nil {
				return 0, errors.Join(failed, f.Close())
			}
			id++
			if every > 0 && id%every == 0 {
				pin.Title += " *"
			}
			err = errors.Join(err, w.Write([]string{
				strconv.Itoa(id), pin.Title, pin.Body, pin.Category.Slug, pin.Status.String(), fmt.Sprint(pin.Exact.Point.Lon()), fmt.Sprint(pin.Exact.Point.Lat()), pin.ReportedOn.String(),
			}))
		}
	}
	w.Flush()
	info, statErr := f.Stat()
	if err = errors.Join(err, w.Error(), statErr, f.Close()); err != nil {
		return 0, fmt.Errorf("write a file to import: %w", err)
	}
	return info.Size(), nil
}
