package charts

import "math"

// Bars is a chart of horizontal bars, each below its label. Its template is
// "bars".
type Bars struct {
	Head

	Heading  string   // of the labels, in the table
	Unit     string   // of the values, such as "pins"
	Decimals int      // of the values
	Series   []string // names of the values of a group; none for one value a group
	Mark     string   // what the marks are, such as "half-year before"; "" for none
	Groups   []Group
}

// Group is a label with one bar for each series.
type Group struct {
	Label string
	Lang  string // of the label, if it is not that of the page
	URL   string // of what the values count, linked from the table; "" for none
	Kind  string // whose colour the bars have, such as "need"; "" for that of the series
	Bars  []Bar
}

// Bar is one bar.
type Bar struct {
	Value     float64  // not a number if it is unknown
	Low, High float64  // its interval of 95 %; both 0, or not a number, for none
	Mark      *float64 // a value to compare it with, shown as a line across the bar; nil for none
	Note      string   // shown after the value, or instead of an unknown one, such as "too little data"
}

// Known reports whether the bar has a value.
func (b Bar) Known() bool { return !math.IsNaN(b.Value) && !math.IsInf(b.Value, 0) }

// HasInterval reports whether the bar has an interval.
func (b Bar) HasInterval() bool { return !math.IsNaN(b.Low) && (b.Low != 0 || b.High != 0) }

// Heights in pixels.
const (
	headingHeight = 24 // of the label of a group with several series
	barHeight     = 44 // of a bar with the line above it
)

// BarRow is a bar with its place. Those across are percentages of the width,
// those downward are pixels.
type BarRow struct {
	Bar
	Label    string // of the group, or the series if there are several
	Lang     string
	Heading  bool // whether this is the label of a group without a bar
	Kind     string
	Series   int
	TextY    int
	BarY     int
	MiddleY  int
	Width    float64
	From, To float64 // of the interval
	MarkX    float64
}

// Rows returns the bars with their places.
func (b Bars) Rows() (rows []BarRow) {
	scale, y := b.scale(), 0
	share := func(v float64) float64 { return percent(max(0, v) / scale) }
	for _, g := range b.Groups {
		if len(b.Series) > 1 {
			rows = append(rows, BarRow{Label: g.Label, Lang: g.Lang, Heading: true, TextY: y + 17})
			y += headingHeight
		}
		for i, bar := range g.Bars {
			row := BarRow{Bar: bar, Label: g.Label, Lang: g.Lang, Kind: g.Kind, Series: i, TextY: y + 15, BarY: y + 22, MiddleY: y + 28}
			if len(b.Series) > 1 {
				row.Label, row.Lang = b.Series[i], ""
			}
			if bar.Known() {
				row.Width = share(bar.Value)
			}
			if bar.HasInterval() {
				row.From, row.To = share(bar.Low), share(bar.High)
			}
			if bar.Mark != nil {
				row.MarkX = share(*bar.Mark)
			}
			rows = append(rows, row)
			y += barHeight
		}
	}
	return rows
}

// Height returns the height of the chart in pixels.
func (b Bars) Height() (height int) {
	for _, g := range b.Groups {
		if len(b.Series) > 1 {
			height += headingHeight
		}
		height += barHeight * len(g.Bars)
	}
	return height
}

// HasIntervals reports whether any bar has an interval.
func (b Bars) HasIntervals() bool {
	for _, g := range b.Groups {
		for _, bar := range g.Bars {
			if bar.HasInterval() {
				return true
			}
		}
	}
	return false
}

// scale returns the value at the right end of the chart.
func (b Bars) scale() float64 {
	highest := 0.0
	for _, g := range b.Groups {
		for _, bar := range g.Bars {
			if bar.Known() {
				highest = max(highest, bar.Value)
			}
			if bar.HasInterval() && !math.IsInf(bar.High, 0) && !math.IsNaN(bar.High) {
				highest = max(highest, bar.High)
			}
			if bar.Mark != nil {
				highest = max(highest, *bar.Mark)
			}
		}
	}
	if highest == 0 {
		return 1
	}
	return highest
}
