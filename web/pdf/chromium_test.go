package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/web/pdf"
)

const page = `<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>Zaświadczenie</title></head><body><h1>Zaświadczenie</h1><p>Anna Kot</p></body></html>`

// browser returns the browser of the machine, or skips the test.
func browser(t *testing.T) *pdf.Chromium {
	t.Helper()
	c := pdf.Find("chromium")
	if c == nil {
		t.Skip("chromium is not installed")
	}
	return c
}

// TestPDFIsTagged checks that a PDF has the structure of its page, for screen readers.
func TestPDFIsTagged(t *testing.T) {
	content, err := browser(t).PDF(t.Context(), []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(content, []byte("%PDF-")) || !bytes.Contains(content, []byte("/StructTreeRoot")) {
		t.Fatalf("%d bytes are no tagged PDF", len(content))
	}
	if _, err := exec.LookPath("pdfinfo"); err != nil {
		t.Skip("pdfinfo is not installed: the structure is not read")
	}
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), "pdfinfo", "-struct-text", file).CombinedOutput()
	if err != nil || !strings.Contains(string(said), "H1") || !strings.Contains(string(said), "Anna Kot") {
		t.Errorf("%v\n%s", err, said)
	}
}

// TestErrors checks what is returned of a program that fails, and of a request that
// has ended.
func TestErrors(t *testing.T) {
	if _, err := pdf.New("/bin/false").PDF(t.Context(), []byte(page)); err == nil {
		t.Error("a program that fails makes a PDF")
	}
	if _, err := pdf.New("/bin/true").PDF(t.Context(), []byte(page)); err == nil {
		t.Error("a program that writes nothing makes a PDF")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pdf.New("/bin/true").PDF(ended, []byte(page)); err == nil {
		t.Error("it is made of a request that has ended")
	}
}

func ExampleFind() {
	fmt.Println(pdf.Find("no such browser") == nil, pdf.Find("") == nil)
	// Output: true true
}
