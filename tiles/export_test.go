package tiles

import (
	"weak"

	"github.com/pinezka/pinezka/civic"
)

// SetOverviews sets from how many rows on a tile may have an overview, and how
// many pins its spots must stand for, before any index is built: tests have few
// rows. It answers how to set them back.
func SetOverviews(rows, perSpot int) (back func()) {
	wasRows, wasPerSpot := overviewRows, rowsPerSpot
	overviewRows, rowsPerSpot = rows, perSpot
	return func() { overviewRows, rowsPerSpot = wasRows, wasPerSpot }
}

// Overviews is the number of tiles that have one.
func Overviews(v *Version) (n int) {
	for _, spots := range v.overviews {
		if len(spots) > 0 {
			n++
		}
	}
	return n
}

// Apply changes to a version.
func Apply(v *Version, changes []civic.MapPin) *Version { return v.apply(changes) }

// SetPartRows sets how many rows a part has at first, before any index is built.
// It answers how to set it back.
func SetPartRows(rows int) (back func()) {
	was := partRows
	partRows = rows
	return func() { partRows = was }
}

// SetRuns sets how many rows are taken one by one, and how many a lot must have
// on average to be taken as a whole, before any index is built. It answers how
// to set them back.
func SetRuns(short, lot uint32) (back func()) {
	wasShort, wasLot := shortRun, worthLots
	shortRun, worthLots = short, lot
	return func() { shortRun, worthLots = wasShort, wasLot }
}

// Describe a version with another record of the district.
func Describe(v *Version, d civic.District) *Version { return v.describe(d) }

// Merge the part that has changed most, in what adopt is given later.
func Merge(v *Version) (adopt func(now *Version, since []civic.MapPin) *Version) {
	m := v.merge(v.mostChanged())
	return func(now *Version, since []civic.MapPin) *Version {
		next, _ := now.adopt(m, since)
		return next
	}
}

// Changed is the number of rows that wait for a merge.
func Changed(v *Version) int { return v.changed() }

// Parts are weak pointers to the rows of a version.
func Parts(v *Version) (out []weak.Pointer[base]) {
	for _, p := range v.parts {
		out = append(out, weak.Make(p.base))
	}
	return out
}
