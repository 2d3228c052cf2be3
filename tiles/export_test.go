package tiles

import "github.com/pinezka/pinezka/tiles/internal/tuning"

// Small returns cfg with sizes with which a few hundred pins have several
// segments and overviews.
func Small(cfg Config) Config {
	t := tuning.Default()
	t.SegmentRows, t.OverviewRows, t.ClusterRows = 400, 100, 1
	cfg.tuning = &t
	return cfg
}
