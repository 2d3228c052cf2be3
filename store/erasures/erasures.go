// Package erasures keeps the list of the people whose data was erased, in a file
// outside the database. A backup from before an erasure has the data still: when
// it is restored, the erasures on the list are carried out again. The list has no
// address, only hashes with a key (see package keyring).
package erasures

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Erasure is the erasure of one contact, or that of an account.
type Erasure struct {
	At       time.Time `json:"at"`       // whoever became a contact later is not meant
	District string    `json:"district"` // slug; "" for an account
	Account  bool      `json:"account,omitempty"`
	Hashes   [][]byte  `json:"hashes"` // of the address, with each key
	Texts    bool      `json:"texts"`  // whether what the contact wrote was erased too
}

// header explains the file to whoever opens it.
const header = `# The erasures of people's data. "pinezka restore" carries them out again, since a
# backup has what was erased later. Keep a copy with that of the file of keys, and
# delete no line while a backup is kept from before its time.
`

// maxLine bounds a line, in bytes.
const maxLine = 1 << 16

// List is a file of erasures, one a line, to which several processes may add. It
// is safe for concurrent use.
type List struct {
	path string
	mu   sync.Mutex
	file *os.File
}

// Create writes a list without erasures to a new file. It returns an error
// wrapping fs.ErrExist when there is a file at path.
func Create(path string) (*List, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("create the list of erasures: %w", err)
	}
	l := &List{path: path, file: f}
	if err := errors.Join(l.write([]byte(header)), syncFolder(path)); err != nil {
		return nil, fmt.Errorf("create the list of erasures: %w", errors.Join(err, f.Close(), os.Remove(path)))
	}
	return l, nil
}

// Open opens the list in the file at path, which stays open, so that a process
// that gives up its rights can add to it later. It returns an error wrapping
// fs.ErrNotExist without such a file.
func Open(path string) (*List, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	return &List{path: path, file: f}, nil
}

func openFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("open the list of erasures: %w", err)
	}
	return f, nil
}

// Path returns the path of the file.
func (l *List) Path() string { return l.path }

// Close closes the file.
func (l *List) Close() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("close the list of erasures: %w", err)
	}
	return nil
}

// Add adds an erasure, and returns once it is on the disk. It writes to the file
// that has the path then, even if that has replaced the one that was opened.
func (l *List) Add(e Erasure) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("encode an erasure: %w", err)
	}
	if len(line) >= maxLine {
		return fmt.Errorf("add to the list of erasures: a line of %d bytes", len(line))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.follow(); err != nil {
		return err
	}
	if err := l.write(append(line, '\n')); err != nil {
		return fmt.Errorf("add to the list of erasures: %w", err)
	}
	return nil
}

// follow opens the file that has the path, unless that is open.
func (l *List) follow() error {
	opened, err := l.file.Stat()
	if err != nil {
		return fmt.Errorf("open the list of erasures: %w", err)
	}
	there, err := os.Stat(l.path)
	if err == nil && os.SameFile(opened, there) {
		return nil
	}
	f, err := openFile(l.path)
	if err != nil {
		return err
	}
	_ = l.file.Close()
	l.file = f
	return nil
}

// write appends to the file, after the end of a line that was cut off, and
// returns once that is on the disk.
func (l *List) write(b []byte) error {
	info, err := l.file.Stat()
	if err != nil {
		return err //nolint:wrapcheck // it names the file, and the callers say what for
	}
	if n := info.Size(); n > 0 {
		var last [1]byte
		if _, err := l.file.ReadAt(last[:], n-1); err != nil {
			return err //nolint:wrapcheck // as above
		}
		if last[0] != '\n' {
			b = append([]byte{'\n'}, b...)
		}
	}
	if _, err := l.file.Write(b); err != nil {
		return err //nolint:wrapcheck // as above
	}
	return l.file.Sync() //nolint:wrapcheck // as above
}

// All returns the erasures, in the order in which they were added. It returns an
// error that names the line for one that cannot be read.
func (l *List) All() ([]Erasure, error) {
	f, err := os.Open(l.path)
	if err != nil {
		return nil, fmt.Errorf("read the list of erasures: %w", err)
	}
	defer f.Close()
	all, err := parse(f)
	if err != nil {
		return nil, fmt.Errorf("read the list of erasures %s: %w", l.path, err)
	}
	return all, nil
}

// parse returns the erasures of a file. Empty lines and lines that begin with #
// are ignored.
func parse(r io.Reader) ([]Erasure, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var all []Erasure
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		var e Erasure
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("line %d: %w; delete it only if it was cut off by a crash, when nothing was erased", n, err)
		}
		if (e.District == "") != e.Account || len(e.Hashes) == 0 || e.At.IsZero() {
			return nil, fmt.Errorf("line %d: it has no time, no district or no hash", n)
		}
		all = append(all, e)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read lines: %w", err)
	}
	return all, nil
}

// syncFolder returns once the name of the file at path is on the disk.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err //nolint:wrapcheck // it names the folder, and the callers say what for
	}
	return errors.Join(folder.Sync(), folder.Close())
}
