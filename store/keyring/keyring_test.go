package keyring_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/store/keyring"
)

const address = "Anna.Nowak+pins@example.org"

func TestSealIsUndoneByUnseal(t *testing.T) {
	r := create(t)
	for _, plain := range []string{"", address, "zażółć@example.org"} {
		a, b := r.Seal(plain), r.Seal(plain)
		if bytes.Equal(a, b) {
			t.Errorf("Seal(%q) returned the same twice", plain)
		}
		if plain != "" && bytes.Contains(a, []byte(plain)) {
			t.Errorf("Seal(%q) contains it", plain)
		}
		if got, err := r.Unseal(a); err != nil || got != plain {
			t.Errorf("Unseal(Seal(%q)) = %q, %v", plain, got, err)
		}
	}
}

func TestUnsealRefusesWhatWasChanged(t *testing.T) {
	r := create(t)
	sealed := r.Seal(address)
	for i := range sealed {
		changed := slices.Clone(sealed)
		changed[i] ^= 1
		if got, err := r.Unseal(changed); err == nil {
			t.Errorf("byte %d changed: Unseal returned %q", i, got)
		}
	}
	for n := range sealed {
		if got, err := r.Unseal(sealed[:n]); err == nil {
			t.Errorf("cut to %d bytes: Unseal returned %q", n, got)
		}
	}
	if _, err := create(t).Unseal(sealed); !errors.Is(err, keyring.ErrUnknownKey) {
		t.Errorf("Unseal with another ring returned %v, want ErrUnknownKey", err)
	}
}

func TestHashDependsOnLabelAndKey(t *testing.T) {
	r, other := create(t), create(t)
	h := r.Hash("a", "x")
	if len(h) != 32 {
		t.Errorf("a hash has %d bytes, want 32", len(h))
	}
	if !bytes.Equal(h, r.Hash("a", "x")) {
		t.Error("two hashes of the same differ")
	}
	for name, another := range map[string][]byte{
		"label": r.Hash("b", "x"), "text": r.Hash("a", "y"), "key": other.Hash("a", "x"),
		"border of label and text": r.Hash("ax", ""),
	} {
		if bytes.Equal(h, another) {
			t.Errorf("the hash does not depend on the %s", name)
		}
	}
}

func TestEmailsDifferByMoreThanCase(t *testing.T) {
	r := create(t)
	same := r.SealEmail("anna.nowak+pins@EXAMPLE.org")
	sealed := r.SealEmail(address)
	if !bytes.Equal(sealed.Hash, same.Hash) {
		t.Error("addresses that differ in case have different hashes")
	}
	for _, other := range []string{"annanowak+pins@example.org", "anna.nowak@example.org"} {
		if bytes.Equal(sealed.Hash, r.SealEmail(other).Hash) {
			t.Errorf("%s has the hash of %s", other, address)
		}
	}
	if got, err := r.Unseal(sealed.Sealed); err != nil || got != address {
		t.Errorf("the address became %q, %v", got, err)
	}
	if diff := cmp.Diff([][]byte{sealed.Hash}, r.EmailHashes(address)); diff != "" {
		t.Errorf("EmailHashes (-want +got):\n%s", diff)
	}
}

func TestAddedKeyIsUsedWhenChosen(t *testing.T) {
	r := create(t)
	old := r.KeyID()
	before, token := r.SealEmail(address), r.Sign("test", 5)
	added, err := r.Add()
	if err != nil {
		t.Fatal(err)
	}
	if r.KeyID() != old {
		t.Error("the added key is in use before it was chosen")
	}
	if err := r.Use(added); err != nil {
		t.Fatal(err)
	}
	after := r.SealEmail(address)
	if after.KeyID != added || bytes.Equal(before.Hash, after.Hash) {
		t.Error("the chosen key is not in use")
	}
	if diff := cmp.Diff([][]byte{after.Hash, before.Hash}, r.EmailHashes(address)); diff != "" {
		t.Errorf("EmailHashes (-want +got):\n%s", diff)
	}
	if got, err := r.Unseal(before.Sealed); err != nil || got != address {
		t.Errorf("what the old key sealed became %q, %v", got, err)
	}
	if _, ok := r.Verify("test", token); !ok {
		t.Error("a token of the old key is not valid")
	}
	reopened, err := keyring.Open(r.Path())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{added, old}, reopened.KeyIDs()); diff != "" {
		t.Errorf("keys of the file (-want +got):\n%s", diff)
	}
}

func TestRingReadsKeysThatAnotherProcessAdded(t *testing.T) {
	r := create(t)
	another, err := keyring.Open(r.Path())
	if err != nil {
		t.Fatal(err)
	}
	added, err := another.Add()
	if err != nil {
		t.Fatal(err)
	}
	if err := another.Use(added); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Unseal(another.Seal(address)); err != nil || got != address {
		t.Errorf("what the new key sealed became %q, %v", got, err)
	}
	if r.KeyID() == added {
		t.Error("reading the file again changed the key in use")
	}
	if err := r.Use("00000000"); !errors.Is(err, keyring.ErrUnknownKey) {
		t.Errorf("Use of a key that is not there returned %v, want ErrUnknownKey", err)
	}
	third, err := keyring.Open(r.Path())
	if err != nil {
		t.Fatal(err)
	}
	if added, err = another.Add(); err != nil {
		t.Fatal(err)
	}
	if err := another.Use(added); err != nil {
		t.Fatal(err)
	}
	if _, ok := third.Verify("test", another.Sign("test")); !ok {
		t.Error("a token of the new key is not valid")
	}
}

func TestMarkTellsKeysApart(t *testing.T) {
	r := create(t)
	old := r.KeyID()
	added, err := r.Add()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(r.Mark(old), r.Mark(added)) || r.Mark("00000000") != nil {
		t.Error("marks do not tell keys apart")
	}
}

func create(t testing.TB) *keyring.Ring {
	t.Helper()
	r, err := keyring.Create(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func BenchmarkSealEmail(b *testing.B) {
	r := create(b)
	for b.Loop() {
		r.SealEmail(address)
	}
}

func write(t *testing.T, contents string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, []byte(contents), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}
