package ingest

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pinezka/pinezka/ingest/record"
)

// missingColumns are the mapped columns that no record has had so far. They are
// for files that do not state their columns before the first record.
type missingColumns struct {
	names   map[string]bool
	present []string        // for the error, at most as many as it lists
	latest  *record.Columns // of the latest record
}

func (m *missingColumns) remove(c *record.Columns) {
	if len(m.names) == 0 || c == nil || c == m.latest {
		return
	}
	m.latest = c
	for _, name := range c.Names() {
		delete(m.names, name)
		if len(m.present) <= maxListed && !slices.Contains(m.present, name) {
			m.present = append(m.present, name)
		}
	}
}

// err returns an error if columns are missing, unless no record had columns.
func (m *missingColumns) err() error {
	if m.latest == nil || len(m.names) == 0 {
		return nil
	}
	missing := slices.Sorted(maps.Keys(m.names))
	return fmt.Errorf("mapping: %w", notFound(ErrNoColumn, missing[0], m.present))
}
