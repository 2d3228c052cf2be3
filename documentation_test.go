package pinezka_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocumentation checks that every package has a comment and, unless it is a
// command, internal or for tests, an Example, and that every exported
// identifier has a comment that begins with its name.
func TestDocumentation(t *testing.T) {
	folders := map[string]bool{}
	for _, s := range sources(t) {
		folders[s.folder] = true
	}
	for folder := range folders {
		fset := token.NewFileSet()
		files, examples := parseFolder(t, fset, folder)
		if len(files) == 0 {
			continue
		}
		p, err := doc.NewFromFiles(fset, files, path.Join(module, folder))
		if err != nil {
			t.Fatal(err)
		}
		if p.Doc == "" {
			t.Errorf("%s: the package has no comment", folder)
		}
		needsExample := folder != "migrations" && !strings.HasPrefix(folder, "cmd/") && !strings.Contains(folder, "/internal/") && !slices.Contains(forTests, folder)
		if needsExample && examples == 0 {
			t.Errorf("%s: the package has no Example", folder)
		}
		for _, c := range append(p.Consts, p.Vars...) {
			checkValues(t, folder, c)
		}
		checkFuncs(t, folder, p.Funcs)
		for _, typ := range p.Types {
			checkComment(t, folder, typ.Name, typ.Doc)
			checkFuncs(t, folder, append(typ.Funcs, typ.Methods...))
			for _, c := range append(typ.Consts, typ.Vars...) {
				checkValues(t, folder, c)
			}
		}
	}
}

// parseFolder returns the files of a package that are not tests, and the number
// of its examples.
func parseFolder(t *testing.T, fset *token.FileSet, folder string) (files []*ast.File, examples int) {
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			examples += len(doc.Examples(f))
			continue
		}
		files = append(files, f)
	}
	return files, examples
}

// checkValues checks a declaration of constants or variables: the group has a
// comment, or each exported name has.
func checkValues(t *testing.T, folder string, v *doc.Value) {
	for _, spec := range v.Decl.Specs {
		s := spec.(*ast.ValueSpec)
		if s.Names[0].IsExported() && v.Doc == "" && s.Doc.Text() == "" && s.Comment.Text() == "" {
			t.Errorf("%s: %s has no comment", folder, s.Names[0].Name)
		}
	}
}

func checkFuncs(t *testing.T, folder string, funcs []*doc.Func) {
	for _, f := range funcs {
		checkComment(t, folder, f.Name, f.Doc)
	}
}

func checkComment(t *testing.T, folder, name, comment string) {
	first, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(comment, "A "), "An "), " ")
	if ast.IsExported(name) && strings.TrimRight(first, ",.") != name {
		t.Errorf("%s: the comment of %s does not begin with its name: %.40q", folder, name, comment)
	}
}

// TestDocumentsNameExistingFiles checks that the files and folders of the
// project that the documents name exist.
func TestDocumentsNameExistingFiles(t *testing.T) {
	named := regexp.MustCompile("`((?:analysis|civic|cmd|docs|geo|ingest|migrations|scripts|store|tiles|web)/[a-zA-Z0-9_./-]+)`")
	documents, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := filepath.Glob("docs/decisions/*.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, document := range slices.Concat([]string{"README.md", "CONTRIBUTING.md"}, documents, decisions) {
		b, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range named.FindAllSubmatch(b, -1) {
			found++
			if _, err := os.Stat(string(match[1])); err != nil {
				t.Errorf("%s names %s: %v", document, match[1], err)
			}
		}
	}
	if found == 0 {
		t.Error("the documents name no file")
	}
}
