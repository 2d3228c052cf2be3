package keyring_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/store/keyring"
)

const oneKey = "0badcafe AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"

func TestCreateWritesAFileOfItsOwner(t *testing.T) {
	r := create(t)
	info, err := os.Stat(r.Path())
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("the mode of the file is %04o, want 0600", got)
	}
	if _, err := keyring.Create(r.Path()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second Create returned %v, want fs.ErrExist", err)
	}
	if again, err := keyring.Open(r.Path()); err != nil || again.KeyID() != r.KeyID() {
		t.Errorf("Open after Create returned %v", err)
	}
}

func TestAddKeepsTheModeAndTheComments(t *testing.T) {
	path := write(t, "# ours\n\n"+oneKey+"# the end", 0o640)
	r, err := keyring.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Add(); err != nil {
		t.Fatal(err)
	}
	contents, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(contents); !strings.HasPrefix(got, "# ours\n\n") || !strings.HasSuffix(got, "\n"+oneKey+"# the end") {
		t.Errorf("the file became\n%s", got)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o640 {
		t.Errorf("the mode of the file became %04o, want 0640", got)
	}
}

func TestOpenRefusesFilesThatAreOpenToOthers(t *testing.T) {
	for mode, refused := range map[os.FileMode]bool{
		0o600: false, 0o400: false, 0o440: false, 0o640: false,
		0o644: true, 0o660: true, 0o604: true, 0o602: true,
	} {
		path := write(t, oneKey, mode)
		_, err := keyring.Open(path)
		if (err != nil) != refused {
			t.Errorf("mode %04o: %v", mode, err)
		}
		if err != nil && !strings.Contains(err.Error(), "chmod 600 "+path) {
			t.Errorf("mode %04o: the error does not say what to do: %v", mode, err)
		}
	}
}

func TestOpenNamesTheFileAndTheLine(t *testing.T) {
	secret := strings.Fields(oneKey)[1]
	for name, contents := range map[string]string{
		"it has no key":               "# nothing\n",
		"line 2: the id of a key":     "\nxyz " + secret,
		"line 1: the id of a key":     "0BADCAFE " + secret,
		"line 1: a key must be 32":    "0badcafe AAAA",
		"line 2: another key has the": oneKey + oneKey,
	} {
		path := write(t, contents, 0o600)
		_, err := keyring.Open(path)
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: %v, want it to say %q and the file", contents, err, name)
		}
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%q: the error shows a key: %v", contents, err)
		}
	}
	missing := filepath.Join(t.TempDir(), "none")
	if _, err := keyring.Open(missing); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), missing) {
		t.Errorf("no file: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("# comment\n" + oneKey)
	f.Add("0badcafe  \t")
	path := filepath.Join(f.TempDir(), "keys")
	f.Fuzz(func(t *testing.T, contents string) {
		if err := os.WriteFile(path, []byte(contents), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := keyring.Open(path)
		if err != nil {
			return
		}
		old := r.KeyID()
		if _, err := r.Add(); err != nil {
			t.Fatalf("a file that Open reads, and Add does not: %v", err)
		}
		if r.KeyID() != old || len(r.KeyIDs()) < 2 {
			t.Fatal("Add lost a key")
		}
	})
}
