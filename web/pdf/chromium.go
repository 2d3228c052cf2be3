// Package pdf makes PDFs of pages with Chromium.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Chromium makes PDFs with a program of Chromium, one at a time: each takes the memory
// of a browser. Use New to create one.
type Chromium struct {
	program string
	slot    chan struct{}
}

const (
	deadline = 30 * time.Second
	maxSize  = 10 << 20 // bytes of a PDF
)

// New returns a Chromium of the program at a path.
func New(program string) *Chromium { return &Chromium{program, make(chan struct{}, 1)} }

// Find returns a Chromium of the program with a name or a path, or nil where there is
// none.
func Find(name string) *Chromium {
	if name == "" {
		return nil
	}
	program, err := exec.LookPath(name)
	if err != nil {
		return nil
	}
	return New(program)
}

// PDF returns a tagged PDF of a page of HTML that needs no other file: the browser has no
// names to look up. Whether scripts run, the policy of the page says.
func (c *Chromium) PDF(ctx context.Context, html []byte) (_ []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	select {
	case c.slot <- struct{}{}:
		defer func() { <-c.slot }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for the browser: %w", ctx.Err())
	}
	dir, err := os.MkdirTemp("", "pinezka-pdf-")
	if err != nil {
		return nil, fmt.Errorf("make a directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	page, out := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(page, html, 0o600); err != nil {
		return nil, fmt.Errorf("write the page: %w", err)
	}
	cmd := exec.CommandContext(ctx, c.program, append(arguments(dir), "--print-to-pdf="+out, "file://"+page)...) //nolint:gosec // the operator has chosen the program
	cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH")}
	cmd.WaitDelay = time.Second
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("run %s: %w: %s", c.program, err, tail(said.Bytes()))
	}
	return read(out)
}

// arguments returns the arguments of the browser, whose profile is in a directory.
func arguments(dir string) []string {
	all := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--export-tagged-pdf", "--user-data-dir=" + filepath.Join(dir, "profile"),
	}
	if os.Geteuid() == 0 {
		all = append(all, "--no-sandbox") // which the browser of root does not have
	}
	return all
}

// read returns the PDF in a file.
func read(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("find the PDF: %w", err)
	}
	if info.Size() > maxSize {
		return nil, fmt.Errorf("the PDF has %d bytes, more than %d", info.Size(), maxSize)
	}
	content, err := os.ReadFile(name) //nolint:gosec // PDF has made the name
	if err != nil {
		return nil, fmt.Errorf("read the PDF: %w", err)
	}
	return content, nil
}

// tail returns the end of what a program has said.
func tail(said []byte) []byte {
	const most = 300
	return said[max(0, len(said)-most):]
}
