package geo

import (
	"fmt"

	"github.com/uber/h3-go/v4"
)

// Neighbours returns the cells at grid distance 1 from c, in no particular
// order: 6, or 5 of a pentagon. It returns ErrCell when c is not a cell.
func (c Cell) Neighbours() ([]Cell, error) {
	if !h3.Cell(c).IsValid() {
		return nil, fmt.Errorf("neighbours of %s: %w", c, ErrCell)
	}
	disk, err := h3.Cell(c).GridDisk(1)
	if err != nil {
		return nil, fmt.Errorf("neighbours of %s: %w", c, err)
	}
	neighbours := make([]Cell, 0, len(disk)-1)
	for _, n := range disk {
		if Cell(n) != c {
			neighbours = append(neighbours, Cell(n))
		}
	}
	return neighbours, nil
}
