package hotspots

// The false discovery rates that decide the class.
const (
	Significant     = 0.05
	VerySignificant = 0.01
)

// Class is what a test found of a cell.
type Class uint8

// The classes. Undefined is that of a cell for which no test could be made.
const (
	Undefined      Class = iota
	NotSignificant       // q > Significant
	Hot                  // q ≤ Significant, more than expected
	VeryHot              // q ≤ VerySignificant, more than expected
	Cold                 // q ≤ Significant, less than expected
)

// String returns the name of c in the API.
func (c Class) String() string {
	return [...]string{"undefined", "not-significant", "hot", "very-hot", "cold"}[c]
}

// classOf returns the class of a cell with the standard deviate z and the
// corrected p-value q.
func classOf(z, q float64) Class {
	switch {
	case q <= Significant && z < 0:
		return Cold
	case q <= VerySignificant:
		return VeryHot
	case q <= Significant:
		return Hot
	case q > Significant:
		return NotSignificant
	}
	return Undefined // NaN
}

// direction returns 1 of a hot class, -1 of a cold one, and 0 of the others.
func (c Class) direction() int {
	switch c {
	case Hot, VeryHot:
		return 1
	case Cold:
		return -1
	}
	return 0
}
