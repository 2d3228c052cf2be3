// Package pinezka_test checks the imports between packages and sub-packages,
// which docs/architecture.md describes, and the comments of exported names.
package pinezka_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "github.com/pinezka/pinezka"
	goGeom = "github.com/twpayne/go-geom"
)

// allowed lists what each package may import of the others. Imports run
// downward only. A sub-package may import what its parent may.
var allowed = map[string][]string{
	"geo":        {},
	"civic":      {"geo"},
	"analysis":   {"geo", "civic"},
	"ingest":     {"geo", "civic"},
	"tiles":      {"geo", "civic"},
	"migrations": {},
	"store":      {"geo", "civic", "analysis", "migrations"},
	"web":        {"geo", "civic", "analysis", "ingest", "tiles"},
	"cmd":        {"geo", "civic", "analysis", "ingest", "tiles", "store", "web"},
}

// layers lists the sub-packages of a package from the lowest to the highest.
// Each may import those of the layers below its own, but none of its own layer,
// so that subjects do not depend on each other by accident.
var layers = map[string][][]string{
	"geo": {
		{"geo"},
		{"geo/walk"},
	},
	"analysis": {
		{"analysis/disclosure", "analysis/hotspots", "analysis/rates", "analysis/trends", "analysis/coverage"},
	},
	"ingest": {
		{"ingest/record"},
		{"ingest/csv", "ingest/geojson", "ingest/osm", "ingest/gazetteer"},
		{"ingest"},
		{"ingest/district", "ingest/population"},
	},
	"store": {
		{"store/localpostgres", "store/keyring", "store/erasures"},
		{"store"},
	},
	"tiles": {
		{"tiles/mvt", "tiles/pmtiles", "tiles/internal/tuning"},
		{"tiles/index", "tiles/basemap"},
		{"tiles/draw"},
		{"tiles"},
	},
	"web": {
		{"web/ui", "web/serve"},
		{"web/contract", "web/i18n", "web/health", "web/assets", "web/markdown", "web/ical", "web/pdf", "web/textdiff"},
		{"web/page", "web/mail", "web/provenance"},
		{"web/charts", "web/qrcode", "web/sheets", "web/maps", "web/follows"},
		{"web/things"},
		{"web/accounts", "web/compare", "web/desk", "web/districts", "web/numbers", "web/people", "web/pins", "web/practices", "web/reports", "web/upcoming"},
		{"web/academy", "web/advice", "web/areas", "web/contacts", "web/council", "web/exchanges", "web/explore", "web/feeds", "web/groups", "web/hotspots", "web/ideas", "web/improvements", "web/initiatives", "web/measures", "web/organisations", "web/outcomes", "web/weighing"},
		{"web/figures"},
		{"web/diagnoses", "web/events", "web/recommendations", "web/today"},
		{"web/kinds"},
		{"web"},
	},
}

// pure lists the packages that use no database and no network, not even in
// tests.
var pure = []string{"geo", "civic", "analysis"}

// forTests lists the packages that only tests import. They may import
// everything.
var forTests = []string{"geo/geotest", "analysis/disclosure/disclosuretest", "store/storetest", "web/webtest", "ingest/recordtest", "tiles/basemap/basemaptest", "tiles/internal/tilestest"}

// source is a Go file and what it imports.
type source struct {
	file    string
	folder  string // its package, such as "store/localpostgres"
	top     string // the first element of folder
	test    bool   // whether it is, or is only for, tests
	imports []string
}

func TestImportsRunDownward(t *testing.T) {
	for _, s := range sources(t) {
		mayImport, known := allowed[s.top]
		if !known {
			t.Errorf("%s: add package %s to allowed", s.file, s.top)
			continue
		}
		for _, imported := range s.imports {
			folder, inside := strings.CutPrefix(imported, module+"/")
			top, _, _ := strings.Cut(folder, "/")
			if !inside || top == s.top || slices.Contains(mayImport, top) {
				continue
			}
			if s.test && top != "cmd" && !slices.Contains(pure, s.top) {
				continue // a test may combine packages
			}
			t.Errorf("%s imports %s: %s may import %v", s.file, imported, s.top, mayImport)
		}
	}
}

func TestSubpackagesImportDownward(t *testing.T) {
	for _, s := range sources(t) {
		own := layerOf(t, s)
		if s.test || own < 0 {
			continue
		}
		for _, imported := range s.imports {
			folder, inside := strings.CutPrefix(imported, module+"/")
			if !inside || folder == s.folder {
				continue
			}
			layer := slices.IndexFunc(layers[s.top], func(l []string) bool { return slices.Contains(l, folder) })
			if layer >= own {
				t.Errorf("%s imports %s, which is not below it in layers", s.file, imported)
			}
		}
	}
}

// layerOf returns the layer of the package of a file, or -1 where sub-packages
// have no layers.
func layerOf(t *testing.T, s source) int {
	if layers[s.top] == nil || s.test {
		return -1
	}
	layer := slices.IndexFunc(layers[s.top], func(l []string) bool { return slices.Contains(l, s.folder) })
	if layer < 0 {
		t.Errorf("%s: add %s to layers", s.file, s.folder)
	}
	return layer
}

func TestTestPackagesAreForTests(t *testing.T) {
	for _, s := range sources(t) {
		for _, folder := range forTests {
			if !s.test && slices.Contains(s.imports, module+"/"+folder) {
				t.Errorf("%s imports %s, which is only for tests", s.file, folder)
			}
		}
	}
}

func TestPurePackages(t *testing.T) {
	for _, s := range sources(t) {
		if !slices.Contains(pure, s.top) {
			continue
		}
		for _, imported := range s.imports {
			if imported == "database/sql" || imported == "net/http" || strings.HasPrefix(imported, "github.com/jackc/") {
				t.Errorf("%s imports %s, but %s is pure", s.file, imported, s.top)
			}
		}
	}
}

func TestGoGeomStaysInOneFileOfStore(t *testing.T) {
	var bridges []string
	for _, s := range sources(t) {
		uses := slices.ContainsFunc(s.imports, func(imported string) bool {
			return imported == goGeom || strings.HasPrefix(imported, goGeom+"/")
		})
		switch {
		case !uses || s.test && s.top == "store":
		case s.top != "store":
			t.Errorf("%s imports go-geom: geometries in memory are orb's", s.file)
		default:
			bridges = append(bridges, s.file)
		}
	}
	if len(bridges) > 1 {
		t.Errorf("more than one file of store imports go-geom: %v", bridges)
	}
}

// sources returns every Go file of the module, whatever its build tags.
func sources(t *testing.T) []source {
	t.Helper()
	var found []source
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if name != "." && strings.ContainsAny(name[:1], "._") || name == "node_modules" || name == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		file = filepath.ToSlash(file)
		if path.Ext(name) != ".go" || path.Dir(file) == "." {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{file: file, folder: path.Dir(file)}
		s.test = strings.HasSuffix(name, "_test.go") || slices.Contains(forTests, s.folder)
		s.top, _, _ = strings.Cut(file, "/")
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, imported)
		}
		found = append(found, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("no Go files found")
	}
	return found
}
