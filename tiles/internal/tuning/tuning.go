// Package tuning defines sizes on which the speed and the memory of the live
// index depend, but not its results. Tests, which have few pins, use smaller
// sizes.
package tuning

// Tuning contains the sizes of an index.
type Tuning struct {
	// SegmentRows is the number of rows of a new segment. A segment of more
	// than twice as many is split when it is merged.
	SegmentRows int
	// ScanRows is the number of rows of a cell up to which a point tile scans
	// them row by row instead of its child cells.
	ScanRows uint32
	// BinRows is the number of rows that the bins of a cell must have on
	// average to be listed.
	BinRows uint32
	// OverviewRows is the number of rows that a tile must have to get an
	// overview: fewer are scanned quickly.
	OverviewRows int
	// ClusterRows is the number of pins that the clusters of an overview must
	// have on average. At 24 bytes a cluster, the overviews of a zoom take at
	// most 24/ClusterRows bytes a pin; those of lower zooms take much less,
	// since a tile has at most 3072 clusters.
	ClusterRows int
}

// Default returns sizes for districts of up to many millions of pins.
func Default() Tuning {
	return Tuning{SegmentRows: 1 << 16, ScanRows: 64, BinRows: 24, OverviewRows: 8192, ClusterRows: 10}
}
