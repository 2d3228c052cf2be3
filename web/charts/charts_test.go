package charts

import (
	"encoding/xml"
	"errors"
	"flag"
	"html/template"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
)

var update = flag.Bool("update", false, "write the golden files")

// render returns what the template of a name makes of a chart.
func render(t *testing.T, lang, name string, chart any) string {
	t.Helper()
	texts, err := i18n.Load(page.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	m := texts.Messages(lang)
	all, err := template.New("").Funcs(template.FuncMap{"t": m.Text, "num": m.Number, "decimal": m.Decimal, "date": m.Date, "month": m.Month}).ParseFS(Files, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := all.ExecuteTemplate(&out, name, chart); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func charts() map[string]any {
	before := 0.0
	at, err := geo.CellAt(orb.Point{19.955, 50.033})
	if err != nil {
		panic(err)
	}
	cell := at.Parent(9)
	around, err := cell.Neighbours()
	if err != nil {
		panic(err)
	}
	slices.Sort(around)
	months := Months{Head: Head{"by-month", "Pins by month", "Most were in March."}, Bands: []Band{{"before", 670, 672}, {"now", 673, 675}}}
	for m := civic.Month(664); m < 676; m++ {
		months.Months = append(months.Months, index.MonthCounts{Month: m, Counts: civic.Counts{Need: int(m-664) * 110, Organisation: 3}})
	}
	return map[string]any{
		"bars": Bars{
			Head: Head{"needs", "Needs <b>", "Lighting leads."}, Heading: "Category", Unit: "pins", Decimals: 1, Mark: "before",
			Groups: []Group{
				{Label: "Oświetlenie", Lang: "pl", URL: "/d/x?category=light", Kind: "need", Bars: []Bar{{Value: 1234.56, Low: 1000, High: 1500, Mark: &before}}},
				{Label: "Benches", Bars: []Bar{{Value: math.NaN(), Note: "too little data"}}},
			},
		},
		"series": Bars{
			Head: Head{"rates", "Rates", "Two halves."}, Heading: "Area", Unit: "per 1,000 residents", Decimals: 2, Series: []string{"first half", "second half"},
			Groups: []Group{{Label: "Płaszów", Bars: []Bar{{Value: 2.5, Low: 2, High: 3.1}, {Value: 0, Low: 0, High: 0.4}}}},
		},
		"months": months,
		"outline": Outline{
			Head: Head{"wards", "Wards", "Two wards."}, Point: &orb.Point{19.957, 50.033},
			Areas: []OutlineArea{
				{orb.MultiPolygon{{{{19.95, 50.03}, {19.96, 50.03}, {19.96, 50.04}, {19.95, 50.03}}}}, "1", true},
				{orb.MultiPolygon{{{{19.96, 50.03}, {19.97, 50.03}, {19.96, 50.04}, {19.96, 50.03}}}}, "", false},
			},
		},
		"cells": Cells{
			Head:       Head{"cells", "Pins", "Two cells."},
			Cells:      []Cell{{cell, 0, "12 pins"}, {cell.Parent(8).CentreChild().Parent(9), 1, ""}, {around[0], 2, ""}, {around[1], 3, ""}, {around[2], 3, ""}},
			Classes:    []CellClass{{Style: "count-1", Label: "1–5"}, {Style: "count-0", Hatched: true, Label: "nobody was heard"}, {Style: "hotspot-hot", Mark: "M6 12l4-4 4 4", Label: "more"}, {Style: "hotspot-not-significant", Label: "nothing"}},
			Boundaries: []orb.MultiPolygon{{{{{19.95, 50.03}, {19.96, 50.03}, {19.96, 50.04}, {19.95, 50.03}}}}},
		},
	}
}

// TestCharts compares the charts with golden files, and checks what every chart
// must be: well-formed, without a style or a script, which the policy of pages
// refuses, described, and with its numbers as a table.
func TestCharts(t *testing.T) {
	for name, chart := range charts() {
		kind := map[string]string{"series": "bars"}[name]
		if kind == "" {
			kind = name
		}
		got := render(t, "pl", kind, chart)
		if err := wellFormed(got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if bad := regexp.MustCompile(`(?i)\sstyle=|<style|<script|\son\w+=|NaN|Inf|ZgotmplZ`).FindString(got); bad != "" {
			t.Errorf("%s contains %q", name, bad)
		}
		for _, part := range []string{`role="img" aria-labelledby="`, "<title id=", "<desc id=", "<table>"} {
			if !strings.Contains(got, part) && (name != "cells" && name != "outline" || part != "<table>") {
				t.Errorf("%s lacks %s", name, part)
			}
		}
		file := filepath.Join("testdata", name+".html")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// wellFormed returns an error for markup that is not well-formed XML.
func wellFormed(s string) error {
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestTicks checks that ticks are round numbers from zero to the top, few, and
// that no column is higher than the top.
func TestTicks(t *testing.T) {
	for _, highest := range []int{0, 1, 2, 3, 7, 10, 11, 99, 100, 101, 12345, 1 << 30} {
		c := Months{Months: []index.MonthCounts{{Counts: civic.Counts{Need: highest}}}}
		ticks := c.Ticks()
		last := ticks[len(ticks)-1]
		if ticks[0].Count != 0 || ticks[0].Y != plotHeight || last.Count < highest || last.Y != 0 || len(ticks) > 7 || len(ticks) < 2 {
			t.Errorf("%d: %v", highest, ticks)
		}
		for _, s := range c.Segments() {
			if s.Y < 0 || s.Height < 0 || s.Y+s.Height > plotHeight+1e-9 {
				t.Errorf("%d: %+v", highest, s)
			}
		}
	}
}

// TestBarsFit checks that no bar, interval or mark is beyond the chart, whatever
// the values are.
func TestBarsFit(t *testing.T) {
	inf, mark := math.Inf(1), 12.0
	rows := Bars{Groups: []Group{{Bars: []Bar{{Value: -1}, {Value: 0}, {Value: 3, Low: -2, High: 5, Mark: &mark}, {Value: inf}, {Value: math.NaN()}}}}}.Rows()
	for _, r := range rows {
		for _, x := range []float64{r.Width, r.From, r.To, r.MarkX} {
			if !(x >= 0 && x <= 100) {
				t.Errorf("%+v", r)
			}
		}
	}
	if len(rows) != 5 || rows[2].MarkX != 100 {
		t.Errorf("%+v", rows)
	}
}

// TestEmptyCharts checks that a chart without anything is drawn.
func TestEmptyCharts(t *testing.T) {
	if got := render(t, "en", "bars", Bars{}); !strings.Contains(got, "<svg") {
		t.Error(got)
	}
	if got := (Months{Bands: []Band{{"x", 1, 2}}}); got.BandMarks() != nil || got.Segments() != nil {
		t.Errorf("%+v", got)
	}
}

// TestCellsAcrossTheAntimeridian checks that a map of cells at both of its sides
// is as small as they are.
func TestCellsAcrossTheAntimeridian(t *testing.T) {
	c := Cells{Classes: []CellClass{{}}}
	for _, lon := range []float64{179.99, -179.99} {
		at, err := geo.CellAt(orb.Point{lon, -17})
		if err != nil {
			t.Fatal(err)
		}
		c.Cells = append(c.Cells, Cell{Cell: at.Parent(9)})
	}
	if view := c.view(); view.bound.Max.X()-view.bound.Min.X() > 4000 {
		t.Errorf("the map is %.0f m wide", view.bound.Max.X()-view.bound.Min.X())
	}
	if empty := (Cells{}).Map(); empty.Height != 1 || empty.Cells != nil {
		t.Errorf("%+v", empty)
	}
}
