package main

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
)

// Case import-namesake-overwrites.
func TestConflictNamesTheFlags(t *testing.T) {
	err := fmt.Errorf("finish import: %w: other rows without an id", civic.ErrConflict)
	var f importFlags
	const want = "finish import: conflicts with the current state: other rows without an id; name another source with --source NAME, the column that identifies rows with --map id=COLUMN, or --overwrite-rows if this is the same file with corrections"
	if diff := cmp.Diff(want, f.explain(err, ingest.Mapping{}, nil).Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	withID := ingest.Mapping{Column: map[ingest.Target]string{ingest.ID: "nr"}}
	if diff := cmp.Diff(err.Error(), f.explain(err, withID, nil).Error()); diff != "" {
		t.Errorf("with an id (-want +got):\n%s", diff)
	}
}
