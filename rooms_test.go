// Package pinezka_test holds the project to the rooms of docs/architecture.md: who may import whom.
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

// rooms lists which rooms each room may import, beside itself. Imports run downward only.
var rooms = map[string][]string{
	"geo":        {},
	"civic":      {"geo"},
	"analysis":   {"geo", "civic"},
	"ingest":     {"geo", "civic"},
	"tiles":      {"geo", "civic"},
	"migrations": {},
	"store":      {"geo", "civic", "migrations"},
	"web":        {"geo", "civic", "analysis", "ingest", "tiles"},
	"cmd":        {"geo", "civic", "analysis", "ingest", "tiles", "store", "web"},
}

// pure rooms compute: they reach no database and no network, not even in tests.
var pure = []string{"geo", "civic", "analysis"}

// A source is a Go file and what it imports.
type source struct {
	file    string
	room    string
	test    bool
	imports []string
}

func TestRoomsImportDownward(t *testing.T) {
	for _, s := range sources(t) {
		allowed, known := rooms[s.room]
		if !known {
			t.Errorf("%s: %s is not a room: give it a line in rooms", s.file, s.room)
			continue
		}
		for _, imported := range s.imports {
			room, inside := roomOf(imported)
			if !inside || room == s.room || slices.Contains(allowed, room) {
				continue
			}
			if s.test && room != "cmd" && !slices.Contains([]string{"geo", "civic"}, s.room) {
				continue // a test may put rooms together; geo and civic need nobody even then
			}
			t.Errorf("%s imports %s: %s may import %v", s.file, imported, s.room, allowed)
		}
	}
}

func TestStoretestIsForTests(t *testing.T) {
	for _, s := range sources(t) {
		if !s.test && slices.Contains(s.imports, module+"/store/storetest") {
			t.Errorf("%s imports store/storetest, which is for _test files", s.file)
		}
	}
}

func TestPureRoomsComputeOnly(t *testing.T) {
	for _, s := range sources(t) {
		if !slices.Contains(pure, s.room) {
			continue
		}
		for _, imported := range s.imports {
			if imported == "database/sql" || imported == "net/http" || strings.HasPrefix(imported, "github.com/jackc/") {
				t.Errorf("%s imports %s, but %s is pure", s.file, imported, s.room)
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
		case !uses || s.test && s.room == "store":
		case s.room != "store":
			t.Errorf("%s imports go-geom: geometries in memory are orb's", s.file)
		default:
			bridges = append(bridges, s.file)
		}
	}
	if len(bridges) > 1 {
		t.Errorf("go-geom is bridged in more than one file: %v", bridges)
	}
}

// sources reads the imports of every Go file of the module, whatever its build tags.
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
		s := source{file: file, test: strings.HasSuffix(name, "_test.go")}
		s.room, _, _ = strings.Cut(file, "/")
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

// roomOf is the room of an imported package, when it is one of ours.
func roomOf(imported string) (room string, inside bool) {
	rest, inside := strings.CutPrefix(imported, module+"/")
	room, _, _ = strings.Cut(rest, "/")
	return room, inside
}
