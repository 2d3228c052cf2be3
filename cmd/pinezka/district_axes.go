package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/district"
)

// checkAxes returns an error if the files of a district fit each other only with
// latitude and longitude exchanged in one of them.
func (f *districtFlags) checkAxes(d *civic.District) error {
	var areas, places []orb.Point
	for _, a := range d.Areas {
		areas = append(areas, a.Boundary.Bound().Center())
	}
	for _, p := range d.Places {
		places = append(places, p.Point)
	}
	boundary := "boundary"
	if f.boundary == "" && f.box == "" {
		areas, boundary = nil, "areas"
	}
	for _, points := range []struct {
		file string
		at   []orb.Point
	}{{"areas", areas}, {"places", places}} {
		if !mostlyExchanged(d.Boundary, points.at) {
			continue
		}
		flags := "--swap-axes " + points.file
		if f.box == "" {
			flags += " or --swap-axes " + boundary
		}
		return fmt.Errorf("most of the %s are outside the district, but inside with latitude and longitude exchanged: %s exchanges them", points.file, flags)
	}
	return nil
}

// mostlyExchanged reports whether more than half of the points are outside the
// boundary, but inside with latitude and longitude exchanged.
func mostlyExchanged(boundary orb.MultiPolygon, points []orb.Point) bool {
	n := 0
	for _, p := range points {
		exchanged := orb.Point{p[1], p[0]}
		if !geo.Contains(boundary, p) && geo.Valid(exchanged) && geo.Contains(boundary, exchanged) {
			n++
		}
	}
	return 2*n > len(points)
}

// farFromItsZone returns a note if the latitude of the district would be a much
// better longitude for its time zone than its longitude is, else "".
func farFromItsZone(d *civic.District) string {
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil || zone == time.UTC {
		return ""
	}
	_, offset := time.Date(2025, time.January, 1, 0, 0, 0, 0, zone).Zone()
	meridian := float64(offset) / 3600 * 15
	centre := d.Boundary.Bound().Center()
	if math.Abs(centre.Lat()-meridian)+10 > math.Abs(centre.Lon()-meridian) {
		return ""
	}
	return fmt.Sprintf("Its centre, latitude %.2f and longitude %.2f, is far from the time zone %s. If latitude and longitude are exchanged, remove it and add it with --swap-axes.\n",
		centre.Lat(), centre.Lon(), d.TimeZone)
}

// readShapes returns what read returns for the GeoJSON file of the flag --areas,
// --boundary or --places, and the zero value if the flag is not set.
func readShapes[T any](f *districtFlags, flag, name string, read func(district.Reader, io.Reader) (T, error)) (content T, err error) {
	if name == "" {
		return content, nil
	}
	reader := district.Reader{Languages: f.languages, NameProperty: f.areaName, SwapAxes: slices.Contains(f.swapAxes, flag)}
	content, err = readFile("--"+flag, name, func(in io.Reader) (T, error) { return read(reader, in) })
	if !errors.Is(err, geo.ErrCoordinate) || reader.SwapAxes {
		return content, err
	}
	reader.SwapAxes = true
	if _, exchanged := readFile("--"+flag, name, func(in io.Reader) (T, error) { return read(reader, in) }); exchanged == nil {
		err = fmt.Errorf("%w; with latitude and longitude exchanged it would be inside: --swap-axes %s exchanges them", err, flag)
	}
	return content, err
}
