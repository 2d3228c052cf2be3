package index_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// total is a way in which the counts of a filter leave the index: their sum, by
// kind.
type total func(testing.TB, *index.Version, civic.Filter) civic.Counts

// totals returns every function of the index from which counts are published.
// Those of points leave out the pins that are published only in counts.
func totals() (all, points map[string]total) {
	all = map[string]total{
		"Stats": func(_ testing.TB, v *index.Version, f civic.Filter) civic.Counts { return v.Stats(f).Counts },
		"Hexes": func(t testing.TB, v *index.Version, f civic.Filter) (n civic.Counts) {
			hexes, err := v.Hexes(8, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range hexes {
				n = n.Plus(h.Counts)
			}
			return n
		},
		"HexesWithPins": func(_ testing.TB, v *index.Version, f civic.Filter) (n civic.Counts) {
			for _, h := range v.HexesWithPins(9, f) {
				n = n.Plus(h.Counts)
			}
			return n
		},
		"VisitCells": func(_ testing.TB, v *index.Version, f civic.Filter) (n civic.Counts) {
			v.VisitCells(new(index.Scratch), 10, v.Filter(f), nil, visit(func(h index.Hex) { n = n.Plus(h.Counts) }))
			return n
		},
		"Select": func(_ testing.TB, v *index.Version, f civic.Filter) civic.Counts {
			selected := v.Select(f)
			n := selected.Stats(civic.Filter{}).Counts
			if selected.Len() != n.Total() {
				n = civic.Counts{Need: -1}
			}
			return n
		},
	}
	points = map[string]total{
		"PointsIn": func(_ testing.TB, v *index.Version, f civic.Filter) (n civic.Counts) {
			v.VisitCells(new(index.Scratch), 7, v.Filter(civic.Filter{}), nil, visit(func(h index.Hex) {
				for _, k := range civic.Kinds() {
					if of := f; len(f.Kinds) == 0 || slices.Contains(f.Kinds, k) {
						of.Kinds = []civic.Kind{k}
						n.Add(k, v.PointsIn(h.Cell, of))
					}
				}
			}))
			return n
		},
		"Among": func(_ testing.TB, v *index.Version, f civic.Filter) civic.Counts {
			var ids []int64
			for id := range int64(3001) { // of all pins
				ids = append(ids, id)
			}
			return v.Among(ids).Stats(f).Counts
		},
		"Clusters": func(_ testing.TB, v *index.Version, f civic.Filter) (n civic.Counts) {
			m := v.Filter(f)
			for _, c := range v.Clusters(new(index.Scratch), maptile.Tile{}, m) {
				if c.N > 0 && m.SelectsKind(c.Kind) {
					n.Add(c.Kind, int(c.N))
				}
			}
			return n
		},
	}
	return all, points
}

// TestEveryCountIsOfSelectedRows checks that every function of the index counts
// the rows that the filter selects, each once, so that all that is published
// adds up, whatever the rows are: those that package tiles lets into the index.
func TestEveryCountIsOfSelectedRows(t *testing.T) {
	s := newSimulation(t, 11, smallTuning(), centralPoint)
	all, points := totals()
	for range 30 {
		s.change(100)
		f := tilestest.RandomFilter(s.r)
		var selected, shown civic.Counts
		for _, p := range s.pins {
			if c, _ := s.District.CategoryByID(int32(p.CategoryID)); selects(&s.District, f, p) {
				selected.Add(c.Kind, 1)
				if c.Visibility != civic.HexOnly {
					shown.Add(c.Kind, 1)
				}
			}
		}
		for want, functions := range map[civic.Counts]map[string]total{selected: all, shown: points} {
			for name, count := range functions {
				if got := count(t, s.Version, f); got != want {
					t.Errorf("%s counts %+v of %+v, want %+v", name, got, f, want)
				}
			}
		}
		if s.Len() != len(s.pins) {
			t.Errorf("Len is %d, want %d", s.Len(), len(s.pins))
		}
		s.mergeLate()
	}
}

// TestEveryCountIsTested finds functions of the index that
// TestEveryCountIsOfSelectedRows does not know.
func TestEveryCountIsTested(t *testing.T) {
	all, points := totals()
	known := []string{
		"Len", // tested beside them
		// These return no count of pins.
		"New", "Apply", "WithDistrict", "Merge", "Install", "Filter", "Pool", "CategorySlugs", "HasCells", "Outline",
		"ClustersUnchangedSince", "CellsUnchangedSince", "ChangedCells", "Fingerprint",
		// These are of things other than pins.
		"WithThings", "ChangedThings", "ThingsUnchangedSince", "ThingClusters", "ThingCount",
		// These count rows whether they are deleted or not, for the operator.
		"SegmentRows", "DeltaRows", "ChangedRows",
	}
	for name := range all {
		known = append(known, name)
	}
	for name := range points {
		known = append(known, name)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			function, ok := declared.(*ast.FuncDecl)
			if !ok || !function.Name.IsExported() || !usesVersion(function) {
				continue
			}
			if found++; !slices.Contains(known, function.Name.Name) {
				t.Errorf("%s is not tested: if it returns counts, add it to totals", function.Name)
			}
		}
	}
	if found != len(known) {
		t.Errorf("%d functions are found, %d are known", found, len(known))
	}
}

// usesVersion reports whether the receiver, a parameter or a result of a
// function is a version.
func usesVersion(f *ast.FuncDecl) (found bool) {
	ast.Inspect(&ast.FuncDecl{Recv: f.Recv, Name: f.Name, Type: f.Type}, func(n ast.Node) bool {
		name, ok := n.(*ast.Ident)
		found = found || ok && name.Name == "Version"
		return true
	})
	return found
}
