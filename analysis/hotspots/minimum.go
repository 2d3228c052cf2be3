package hotspots

// The least data for which a statistic is computed.
const (
	MinCells         = 30 // cells of the grid
	MinPins          = 50 // sum of the values
	MinCellsWithPins = 10 // cells whose value is not 0
)

// Minimum says whether there is enough data, or else which minimum it is below.
type Minimum uint8

// The minima, of which the first that is not reached is reported.
const (
	Enough           Minimum = iota
	FewCells                 // fewer than MinCells
	FewPins                  // less than MinPins
	FewCellsWithPins         // fewer than MinCellsWithPins
)

// String returns the name of m in the API.
func (m Minimum) String() string {
	return [...]string{"enough", "few-cells", "few-pins", "few-cells-with-pins"}[m]
}

// minimumOf returns the first minimum that the distribution is below.
func minimumOf(d distribution) Minimum {
	switch {
	case d.n < MinCells:
		return FewCells
	case d.total < MinPins:
		return FewPins
	case d.positive < MinCellsWithPins:
		return FewCellsWithPins
	}
	return Enough
}
