package keyring

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// header explains the file to whoever opens it.
const header = `# The keys that Pinezka encrypts the addresses of people with, newest first.
# Keep a copy apart from the backups of the database: without this file the
# addresses in it are lost, and with it everybody can read them.
`

// maxFile bounds how much is read of a file of keys, in bytes.
const maxFile = 1 << 16

// Create writes a file with one new key, which only its owner may read, and
// returns its ring. It returns an error wrapping fs.ErrExist when there is a
// file at path.
func Create(path string) (*Ring, error) {
	if err := writeNew(path, append([]byte(header), newLine()...), 0o600); err != nil {
		return nil, fmt.Errorf("create the file of keys: %w", err)
	}
	return Open(path)
}

// Add adds a new key to the file and returns its id. The key in use stays in
// use.
func (r *Ring) Add() (string, error) {
	r.reload.Lock()
	defer r.reload.Unlock()
	before, info, err := read(r.path)
	if err != nil {
		return "", err
	}
	after := insertKey(before, newLine())
	added, err := parse(after)
	if err != nil {
		return "", fmt.Errorf("add a key to %s: %w", r.path, err)
	}
	next := r.path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("add a key: %w", err)
	}
	if err := writeNew(next, after, info.Mode().Perm()); err != nil {
		return "", fmt.Errorf("add a key: %w", err)
	}
	if err := os.Rename(next, r.path); err != nil {
		return "", fmt.Errorf("add a key: %w", err)
	}
	if err := syncFolder(r.path); err != nil {
		return "", fmt.Errorf("add a key: %w", err)
	}
	now := &keys{all: added} // without file, so that readAgain reads it
	now.use(r.KeyID())
	r.keys.Store(now)
	return added[0].id, nil
}

// newLine returns the line of a new key.
func newLine() []byte {
	id, secret := make([]byte, idSize), make([]byte, keySize)
	_, _ = rand.Read(id) // never fails
	_, _ = rand.Read(secret)
	return fmt.Appendf(nil, "%x %s\n", id, base64.StdEncoding.EncodeToString(secret))
}

// insertKey returns the contents of a file with the line before its first key.
func insertKey(contents, line []byte) []byte {
	at := 0
	for l := range bytes.Lines(contents) {
		if text := bytes.TrimSpace(l); len(text) > 0 && text[0] != '#' {
			break
		}
		at += len(l)
	}
	return slices.Insert(slices.Clone(contents), at, line...)
}

// readFile reads the keys in the file at path.
func readFile(path string) (*keys, error) {
	contents, info, err := read(path)
	if err != nil {
		return nil, err
	}
	all, err := parse(contents)
	if err != nil {
		return nil, fmt.Errorf("read the file of keys %s: %w", path, err)
	}
	return &keys{all: all, file: info}, nil
}

// read returns the contents of the file at path, which must not be open to
// others.
func read(path string) ([]byte, fs.FileInfo, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, nil, fmt.Errorf("read the file of keys: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, fmt.Errorf("read the file of keys: %w", err)
	}
	const forbidden = 0o027 // a group may read it, others nothing
	if mode := info.Mode(); !mode.IsRegular() {
		return nil, nil, fmt.Errorf("read the file of keys %s: not a file", path)
	} else if mode.Perm()&forbidden != 0 {
		return nil, nil, fmt.Errorf("the file of keys %s is open to others (mode %04o): run chmod 600 %[1]s", path, mode.Perm())
	}
	contents, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read the file of keys: %w", err)
	}
	if len(contents) > maxFile {
		return nil, nil, fmt.Errorf("read the file of keys %s: longer than %d bytes", path, maxFile)
	}
	return contents, info, nil
}

// parse returns the keys of a file: one a line, its id of 8 hexadecimal digits,
// a space, and 32 bytes in base64. Empty lines and lines that begin with # are
// ignored.
func parse(contents []byte) ([]key, error) {
	var all []key
	known := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(contents))
	lines.Buffer(nil, maxFile+1)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		id, encoded, _ := strings.Cut(line, " ")
		if raw, err := hex.DecodeString(id); err != nil || len(raw) != idSize || id != strings.ToLower(id) {
			return nil, fmt.Errorf("line %d: the id of a key must be 8 hexadecimal digits", n)
		}
		if known[id] {
			return nil, fmt.Errorf("line %d: another key has the same id", n)
		}
		known[id] = true
		secret, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSpace(encoded))
		if err != nil || len(secret) != keySize {
			return nil, fmt.Errorf("line %d: a key must be %d bytes in base64", n, keySize)
		}
		k, err := newKey(id, secret)
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read lines: %w", err)
	}
	if len(all) == 0 {
		return nil, errors.New("it has no key")
	}
	return all, nil
}

// changed reports whether the file at path is another than the one described.
func changed(path string, before fs.FileInfo) bool {
	after, err := os.Stat(path)
	if err != nil {
		return false
	}
	return before == nil || !os.SameFile(before, after) ||
		!before.ModTime().Equal(after.ModTime()) || before.Size() != after.Size()
}

// writeNew writes a file that must not be there yet, and returns once it is on
// the disk.
func writeNew(path string, contents []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode) //nolint:gosec // the operator names the file
	if err != nil {
		return err //nolint:wrapcheck // it names the file, and the callers say what for
	}
	_, err = f.Write(contents)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return syncFolder(path)
}

// syncFolder returns once the name of the file at path is on the disk.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err //nolint:wrapcheck // it names the folder, and the callers say what for
	}
	return errors.Join(folder.Sync(), folder.Close())
}
