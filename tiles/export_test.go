package tiles

// SetOverviewRows sets from how many rows on a tile has an overview, before any
// index is built: tests have few rows.
func SetOverviewRows(n int) { overviewRows = n }
