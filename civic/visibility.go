package civic

import "github.com/pinezka/pinezka/geo"

// Visibility of a category is how exactly the public may see the locations of
// its pins. The zero value is none.
type Visibility uint8

// The visibilities.
const (
	Exact   Visibility = iota + 1 // "point": at the exact location
	Blurred                       // "blurred": at the centre of the cell of BlurResolution
	HexOnly                       // "hex": never as a point, only counted in cells
)

// The resolutions of the cells at whose centre a pin is shown when its exact
// location must stay private. A cell covers about 0.015 km² (a block of houses)
// and 0.1 km² (a small neighbourhood).
const (
	BlurResolution geo.Resolution = 10
	HexResolution  geo.Resolution = 9
)

var visibilityNames = []string{Exact: "point", Blurred: "blurred", HexOnly: "hex"}

// ParseVisibility returns the visibility named "point", "blurred" or "hex", or
// ErrInvalid.
func ParseVisibility(s string) (Visibility, error) {
	return parseEnum[Visibility](visibilityNames, s, "visibility")
}

// String returns the name that ParseVisibility reads.
func (v Visibility) String() string { return enumName(visibilityNames, v) }

// MarshalText returns the same text as String.
func (v Visibility) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText sets v as ParseVisibility does.
func (v *Visibility) UnmarshalText(b []byte) (err error) {
	*v, err = ParseVisibility(string(b))
	return err
}

// Show returns the location at which the public sees a pin whose exact location
// is l. It is the one rule of visibility: the live index, tiles, lists and
// exports contain shown locations only, so none of them can disclose more. A
// blurred pin is shown at the centre of its cell of BlurResolution. A hex-only
// pin has no public record: it is never drawn or listed, and is counted with
// others of its neighbourhood (Category.CountedIn), from its cell of
// HexResolution.
func (v Visibility) Show(l Location) Location {
	switch v {
	case Exact:
		return l
	case Blurred:
		return centreOf(l.Cell.Parent(BlurResolution))
	default:
		return centreOf(l.Cell.Parent(HexResolution))
	}
}

// CountedIn returns the least number of voices of which a count of a hex-only
// category is published, and the resolution of the smallest cells in which they
// are counted. A sensitive category has more voices and larger cells.
func (c Category) CountedIn() (voices int, cells geo.Resolution) {
	if c.Sensitive {
		return 10, HexResolution - 1
	}
	return 5, HexResolution
}

// ShownResolution returns the resolution of the smallest cells in which the public
// sees where pins of the category are. No statistic of them is finer.
func (c Category) ShownResolution() geo.Resolution {
	switch c.Visibility {
	case Exact:
		return geo.Finest
	case Blurred:
		return BlurResolution
	default:
		_, cells := c.CountedIn()
		return cells
	}
}

// Limiting returns the category that limits how fine a statistic of the pins that f
// selects can be. It is that of the categories that f names which is shown in the
// largest cells. If f names none, it is that which is shown in the smallest, since
// the others are set aside (ShownIn). It returns false if there is none.
func (d *District) Limiting(f Filter) (limiting Category, ok bool) {
	named := len(f.Categories) > 0
	for _, c := range d.Categories {
		differs := c.ShownResolution() != limiting.ShownResolution()
		isCoarser := c.ShownResolution() < limiting.ShownResolution()
		if f.SelectsCategory(c) && (!ok || differs && isCoarser == named) {
			limiting, ok = c, true
		}
	}
	return limiting, ok
}

// DefaultResolution returns the resolution of statistics of the pins that f selects,
// unless another is asked for: HexResolution, or that in which they are shown.
func (d *District) DefaultResolution(f Filter) geo.Resolution {
	if c, ok := d.Limiting(f); ok {
		return min(HexResolution, c.ShownResolution())
	}
	return HexResolution
}

// ShownIn returns f for a statistic in cells of resolution r, which sets categories
// aside that are shown in larger cells only: all their pins would be in the middle one
// of such cells. r must not be finer than the resolution of Limiting.
func (d *District) ShownIn(r geo.Resolution, f Filter) Filter {
	var shown []string
	isAside := false
	for _, c := range d.Categories {
		switch {
		case !f.SelectsCategory(c):
		case c.ShownResolution() < r:
			isAside = true
		default:
			shown = append(shown, c.Slug)
		}
	}
	if isAside {
		f.Categories = shown
	}
	return f
}

func centreOf(c geo.Cell) Location { return Location{c.Centre(), c.CentreChild()} }

// ShownCell returns the cell that is published for the pin: its own for an
// exact pin, and for a blurred one the cell at whose centre it is shown. A
// hex-only pin, which is not published, must not call it.
func (p *Pin) ShownCell() geo.Cell {
	if p.Category.Visibility == Exact {
		return p.Location.Cell
	}
	return p.Location.Cell.Parent(BlurResolution)
}
