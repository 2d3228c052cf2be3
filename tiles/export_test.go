package tiles

// SetOverviews sets from how many rows on a tile may have an overview, and how
// many pins its spots must stand for, before any index is built: tests have few
// rows.
func SetOverviews(rows, perSpot int) { overviewRows, rowsPerSpot = rows, perSpot }
