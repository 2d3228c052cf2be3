package main

import (
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
	importDatabase = "tilebench_import"
)

// importing measures an import of a million pins into an empty database of the
// same cluster, and of the same file again, and compares both with ogr2ogr,
// which copies the same file into a bare table, without any index.
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
	file := filepath.Join(dir, "pins.csv")
	database, err := url.Parse(b.cluster.URL())
	if err != nil {
		return fmt.Errorf("parse the URL of the database: %w", err)
	}
	database.Path = "/" + importDatabase
	d, err := demo.District()
	if err != nil {
		return err
	}
	if err := b.createImportDatabase(ctx, database.String(), &d); err != nil {
		return err
	}
	size, err := writePins(file, &d)
	if err != nil {
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
	own := []string{"import", file, "--district", d.Slug, "--source", source, "--rejects", filepath.Join(dir, "rejects.csv")}
	for _, column := range pinColumns() {
		own = append(own, "--map", column+"="+column)
	}
	var copied, created, unchanged series
	for range b.runs {
		if err := b.createImportDatabase(ctx, database.String(), &d); err != nil {
			return err
		}
		for _, step := range []struct {
			program string
			args    []string
			taken   *series
		}{{ogr2ogr, reference, &copied}, {b.program, own, &created}, {b.program, own, &unchanged}} {
			took, err := runProgram(ctx, database.String(), step.program, step.args...)
			if err != nil {
				return err
			}
			*step.taken = append(*step.taken, times{took})
		}
	}
	b.out.subtitle("Import of %d pins (%d MB of CSV), %d runs", importedRows, size>>20, b.runs)
	rows := [][]string{{"import", "time: median (of runs)", "pins a second", "relative to ogr2ogr"}}
	for _, row := range []struct {
		name  string
		taken series
	}{
		{"`ogr2ogr` into a bare table, by COPY, without an index", copied}, {"`pinezka import` into an empty database", created}, {"the same file again, unchanged", unchanged},
	} {
		median := row.taken.all().median()
		rows = append(rows, []string{row.name, row.taken.median(), fmt.Sprintf("%.0f", importedRows/median.Seconds()), number(over(median, copied.all().median())) + "×"})
	}
	b.out.table(rows)
	b.out.note("An import checks every row, derives cells, shown locations and areas, stages the rows in a second table, and creates six indexes, the text search among them.")
	return nil
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

// writePins writes a CSV file of made-up pins, and returns its size in bytes.
func writePins(name string, d *civic.District) (size int64, err error) {
	const withTexts = 100_000 // pins for each seed: more would have titles only
	f, err := os.Create(name)
	if err != nil {
		return 0, fmt.Errorf("create a file to import: %w", err)
	}
	w := csv.NewWriter(f)
	err = w.Write(pinColumns())
	today, id := d.DayOf(time.Now()), 0
	for seed := uint64(1); id < importedRows && err == nil; seed++ {
		for pin, failed := range demo.Pins(d, withTexts, seed, today) {
			if failed != nil {
				return 0, errors.Join(failed, f.Close())
			}
			id++
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

// runProgram returns how long a program ran.
func runProgram(ctx context.Context, database, program string, args ...string) (time.Duration, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "PINEZKA_DATABASE_URL="+database)
	begun := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("run %s: %w: %s", program, err, out)
	}
	return time.Since(begun), nil
}
