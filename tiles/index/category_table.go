package index

import (
	"slices"

	"github.com/pinezka/pinezka/civic"
)

// categoryTable contains the attributes of categories that rows need, by
// category id.
type categoryTable struct {
	kinds  []civic.Kind // 0 for an id without a category
	slugs  []string
	points []bool // whether pins may be drawn as points
}

// newCategoryTable returns the table of a district. It is at least as large as
// that of the version before, since deleted rows can have a category that no
// longer exists.
func newCategoryTable(d *civic.District, before *categoryTable) *categoryTable {
	size := 0
	if before != nil {
		size = len(before.kinds)
	}
	for _, c := range d.Categories {
		size = max(size, int(c.ID)+1)
	}
	t := &categoryTable{make([]civic.Kind, size), make([]string, size), make([]bool, size)}
	for _, c := range d.Categories {
		t.kinds[c.ID], t.slugs[c.ID], t.points[c.ID] = c.Kind, c.Slug, c.Visibility != civic.HexOnly
	}
	return t
}

// extends reports whether the categories of the table before have the same
// kinds and are drawn in the same way in t.
func (t *categoryTable) extends(before *categoryTable) bool {
	n := len(before.kinds)
	return slices.Equal(t.kinds[:n], before.kinds) && slices.Equal(t.points[:n], before.points)
}
