package pmtiles

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrReplaced reports that the file of an archive has been replaced or changed
// since it was opened. What was read of it before must not be combined with what
// is there now: open it again.
var ErrReplaced = errors.New("the archive has been replaced since it was opened")

// Source is a file that contains an archive. Its methods may be called
// concurrently.
type Source interface {
	// ReadRange fills b with the bytes from offset on. The range is within the
	// size.
	ReadRange(ctx context.Context, b []byte, offset int64) error
	// Size returns the size of the file in bytes.
	Size() int64
}

// ReaderAt returns the first size bytes of r as a source.
func ReaderAt(r io.ReaderAt, size int64) Source { return readerAt{r, size} }

type readerAt struct {
	r    io.ReaderAt
	size int64
}

// ReadRange implements Source.
func (s readerAt) ReadRange(_ context.Context, b []byte, offset int64) error {
	if n, err := s.r.ReadAt(b, offset); n < len(b) {
		return fmt.Errorf("read %d bytes at %d: %w", len(b), offset, err)
	}
	return nil
}

// Size implements Source.
func (s readerAt) Size() int64 { return s.size }

// File is a file as a source. Use OpenFile to open one.
type File struct {
	readerAt
	file *os.File
	info os.FileInfo // when it was opened
}

// OpenFile opens the file with a name. Another file that is renamed to the name
// later does not concern it; when the file itself is written, reading returns
// ErrReplaced.
func OpenFile(name string) (*File, error) {
	f, err := os.Open(name) //nolint:gosec // the operator chooses the file
	if err != nil {
		return nil, err //nolint:wrapcheck // it names the file
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a file", name)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &File{readerAt{f, info.Size()}, f, info}, nil
}

// ReadRange implements Source.
func (f *File) ReadRange(ctx context.Context, b []byte, offset int64) error {
	if info, err := f.file.Stat(); err == nil && !f.isSame(info) {
		return ErrReplaced
	}
	return f.readerAt.ReadRange(ctx, b, offset)
}

// Replaced reports whether the name is now that of another file, or of one that
// has been written since it was opened.
func (f *File) Replaced(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !f.isSame(info)
}

func (f *File) isSame(info os.FileInfo) bool {
	return os.SameFile(info, f.info) && info.Size() == f.size && info.ModTime().Equal(f.info.ModTime())
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() } //nolint:wrapcheck // it names the file
