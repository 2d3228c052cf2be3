package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/record"
)

// rejectsFile is the file of the rejected records of an import. A regular file
// is written aside, readable by its owner alone, and appears at the end, so that
// two imports never write into the same one and a failed one leaves nothing.
type rejectsFile struct {
	ingest.RejectionWriter
	path   string // keep may change it
	file   *os.File
	aside  bool        // whether the file has another name until keep
	before os.FileInfo // of the file that had the name; nil for none
}

// checkRejects returns an error if a file of rejected records must not be
// written to the path: over the file to import, or over a file of anybody else.
func checkRejects(path string, input os.FileInfo) error {
	existing, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("%w; name another file with --rejects", err)
	case os.SameFile(existing, input):
		return fmt.Errorf("%s is the file to import; name another with --rejects", path)
	case !existing.Mode().IsRegular() || existing.Size() == 0:
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%w; name another file with --rejects", err)
	}
	defer file.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w; name another file with --rejects", err)
	}
	if !ingest.IsRejections(head[:n]) {
		return fmt.Errorf("%s exists and does not contain rejected rows of an import; name another file with --rejects", path)
	}
	return nil
}

// createRejects creates the file of the rejected records of a reader that was
// opened with these options. The caller must call keep or remove.
func createRejects(path string, r record.Reader, options ingest.Options) (*rejectsFile, error) {
	existing, err := os.Stat(path)
	aside := err != nil || existing.Mode().IsRegular()
	var file *os.File
	if aside {
		file, err = os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	} else {
		file, err = os.OpenFile(path, os.O_WRONLY, 0)
	}
	var at *os.PathError
	if errors.As(err, &at) {
		at.Path = path // not that of the file aside
	}
	if err != nil {
		return nil, fmt.Errorf("%w; name another file with --rejects", err)
	}
	var above string // so that the file can be imported with the same options
	if options.Encoding != "" {
		above = "\ufeff"
	}
	if r.Columns() != nil {
		above += strings.Repeat("\n", options.SkipRows)
	}
	_, _ = file.WriteString(above) // writing the rest returns the error again
	return &rejectsFile{ingest.NewRejectionWriter(file, r), path, file, aside, existing}, nil
}

// keep closes the file and gives it its name, or that name with a number when
// another file has received the name meanwhile, such as that of another import.
func (f *rejectsFile) keep() error {
	err := errors.Join(f.Close(), f.file.Close())
	if err == nil && f.aside {
		err = f.rename()
	}
	if err != nil {
		return fmt.Errorf("keep the rejected rows in %s: %w", f.path, err)
	}
	return nil
}

func (f *rejectsFile) rename() error {
	now, err := os.Stat(f.path)
	if err == nil && f.before != nil && os.SameFile(now, f.before) && now.ModTime().Equal(f.before.ModTime()) {
		return os.Rename(f.file.Name(), f.path) //nolint:wrapcheck // keep says what failed
	}
	extension := filepath.Ext(f.path)
	base := strings.TrimSuffix(f.path, extension)
	for n := 2; ; n++ {
		err := os.Link(f.file.Name(), f.path)
		if err == nil {
			return os.Remove(f.file.Name()) //nolint:wrapcheck // keep says what failed
		}
		if !errors.Is(err, os.ErrExist) {
			return err //nolint:wrapcheck // keep says what failed
		}
		f.path = fmt.Sprintf("%s-%d%s", base, n, extension)
	}
}

// remove closes the file and removes it, unless it is a device such as
// /dev/null.
func (f *rejectsFile) remove() {
	_ = f.file.Close()
	if f.aside {
		_ = os.Remove(f.file.Name())
	}
}
