package erasures_test

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/store/erasures"
)

func example(n int) erasures.Erasure {
	return erasures.Erasure{
		At: time.Date(2026, 11, 27, 8, 0, n, 123000, time.UTC), District: "test", Hashes: [][]byte{{1, 2}, {3, byte(n)}}, Texts: n%2 == 0,
	}
}

func TestAllReturnsWhatWasAdded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erasures")
	if _, err := erasures.Open(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open without a file returned %v, want fs.ErrNotExist", err)
	}
	l, err := erasures.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := erasures.Create(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second Create returned %v, want fs.ErrExist", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode of the file is %v (%v), want 0600", info.Mode(), err)
	}
	if all, err := l.All(); err != nil || len(all) != 0 {
		t.Errorf("a new list has %v (%v)", all, err)
	}
	var want []erasures.Erasure
	for n := range 3 {
		if err := l.Add(example(n)); err != nil {
			t.Fatal(err)
		}
		want = append(want, example(n))
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := erasures.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Add(example(3)); err != nil {
		t.Fatal(err)
	}
	got, err := again.All()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(append(want, example(3)), got); diff != "" {
		t.Errorf("erasures (-want +got):\n%s", diff)
	}
}

func TestAddAtOnceAndToAReplacedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erasures")
	l, err := erasures.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	contents, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(path), os.WriteFile(path, contents, 0o600)); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			if err := l.Add(example(n)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, err := l.All(); err != nil || len(got) != 20 {
		t.Errorf("%d erasures (%v), want 20", len(got), err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := l.Add(example(1)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Add without the file returned %v, want fs.ErrNotExist", err)
	}
}

// TestLineThatWasCutOff adds to a file whose last line is incomplete, which All
// refuses rather than leave out an erasure.
func TestLineThatWasCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erasures")
	if err := os.WriteFile(path, []byte("# ours\n"+`{"at":"2026`), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := erasures.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add(example(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := l.All(); err == nil || !strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), path) {
		t.Errorf("All returned %v, want an error that names the file and line 2", err)
	}
	contents, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(string(contents)), "\n"); len(lines) != 3 {
		t.Errorf("the file has %d lines, want 3:\n%s", len(lines), contents)
	}
}

func FuzzAll(f *testing.F) {
	f.Add("# comment\n\n" + `{"at":"2026-11-27T08:00:00Z","district":"test","hashes":["AQI="],"texts":true}` + "\n")
	f.Add(`{"at":0}`)
	path := filepath.Join(f.TempDir(), "erasures")
	f.Fuzz(func(t *testing.T, contents string) {
		if err := os.WriteFile(path, []byte(contents), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := erasures.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		before, err := l.All()
		if err != nil {
			return
		}
		if err := l.Add(example(1)); err != nil {
			t.Fatal(err)
		}
		if after, err := l.All(); err != nil || len(after) != len(before)+1 {
			t.Fatalf("%d erasures, then %d (%v)", len(before), len(after), err)
		}
	})
}

func Example() {
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	list, err := erasures.Create(filepath.Join(folder, "erasures"))
	if err != nil {
		log.Fatal(err)
	}
	if err := list.Add(erasures.Erasure{At: time.Now(), District: "podgorze", Hashes: [][]byte{{1}}}); err != nil {
		log.Fatal(err)
	}
	all, err := list.All()
	fmt.Println(len(all), err)
	// Output: 1 <nil>
}
