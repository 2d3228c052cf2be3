package index

import (
	"slices"
	"sort"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// change records that pins or other things of a cell were added, changed or deleted.
type change struct {
	number uint64   // of the last version with such a change
	at     Box      // of them
	cell   geo.Cell // of MaxResolution
}

// maxChanges is the number of changes that a log keeps.
const maxChanges = 8192

// changeLog lists the changes after the version floor, in order. Versions share
// the memory of the list: a later version only appends to it, beyond the length
// that earlier ones have.
type changeLog struct {
	floor uint64
	list  []change
}

func (l changeLog) add(number uint64, x, y uint32, cell geo.Cell) changeLog {
	if len(l.list) >= maxChanges {
		l = l.compact()
	}
	l.list = append(l.list, change{number, Box{x, y, x, y}, cell})
	return l
}

// compact merges the changes of each cell, and removes the older half if many
// changes remain.
func (l changeLog) compact() changeLog {
	last := make(map[geo.Cell]int, len(l.list)) // index in the new list
	list := make([]change, maxChanges)
	free := maxChanges
	for _, c := range slices.Backward(l.list) {
		if i, ok := last[c.cell]; ok {
			list[i].at = list[i].at.union(c.at)
			continue
		}
		free--
		list[free], last[c.cell] = c, free
	}
	list = list[free:]
	if len(list) > maxChanges/2 {
		list = list[len(list)-maxChanges/2:]
		l.floor = list[0].number
	}
	return changeLog{l.floor, append(make([]change, 0, maxChanges), list...)}
}

// since reports whether there is a change after the version with the number.
func (l changeLog) since(number uint64) bool {
	return len(l.list) > 0 && l.list[len(l.list)-1].number > number
}

// after returns the changes after the version with the number, in a log of the
// version current. It is false when they are not known.
func (l changeLog) after(number, current uint64) ([]change, bool) {
	if number < l.floor || number > current {
		return nil, false
	}
	return l.list[sort.Search(len(l.list), func(i int) bool { return l.list[i].number > number }):], true
}

// unchanged reports whether nothing in a box has changed after the version with the
// number, in a log of the version current.
func (l changeLog) unchanged(number, current uint64, box Box) bool {
	if number == current {
		return true
	}
	changes, ok := l.after(number, current)
	for i := range changes {
		if changes[i].at.Meets(box) {
			return false
		}
	}
	return ok
}

// ClustersUnchangedSince reports whether no pin in or near a tile has changed
// after the version with the number. It may report false although none has.
func (v *Version) ClustersUnchangedSince(number uint64, t maptile.Tile) bool {
	return v.changes.unchanged(number, v.Number, TileBox(t, mvt.Buffer))
}

// CellsUnchangedSince reports whether no cell of resolution r that meets a tile
// has changed after the version with the number. It may report false although
// none has.
func (v *Version) CellsUnchangedSince(number uint64, t maptile.Tile, r geo.Resolution) bool {
	if number == v.Number {
		return true
	}
	changes, ok := v.changes.after(number, v.Number)
	box := TileBox(t, mvt.Buffer)
	near := box.around(r)
	for i := range changes {
		if changes[i].at.Meets(near) && v.Outline(changes[i].cell.Parent(r)).Bound().Meets(box) {
			return false
		}
	}
	return ok
}

// ChangedCells returns the cells of resolution r in which pins have changed
// after the version with the number, in order. It is false when they are not
// known or are more than limit: then any cell may have changed.
func (v *Version) ChangedCells(number uint64, r geo.Resolution, limit int) ([]geo.Cell, bool) {
	changes, ok := v.changes.after(number, v.Number)
	if !ok {
		return nil, false
	}
	var cells []geo.Cell
	for i := range changes {
		c := changes[i].cell.Parent(r)
		at, known := slices.BinarySearch(cells, c)
		if known {
			continue
		}
		if len(cells) == limit {
			return nil, false
		}
		cells = slices.Insert(cells, at, c)
	}
	return cells, true
}
