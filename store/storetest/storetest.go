// Package storetest creates a PostGIS database for each test.
//
// TestMain of a package that uses it must call Main:
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
//
// Each database is a copy of a template with the newest schema, which is
// created once for each test process. The databases are in the cluster at the
// URL in the environment variable PINEZKA_TEST_DATABASE_URL, whose user must be
// allowed to create databases and extensions. Without the variable they are in
// a volatile cluster that runs until the tests end. Any number of packages and
// tests may use databases at the same time.
//
// Only AddThings opens a connection and inserts data. The package does not replace
// PostGIS: tests fail where PostgreSQL is not installed.
package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pinezka/pinezka/store/erasures"
	"github.com/pinezka/pinezka/store/keyring"
)

// shared contains what the tests of this process share. It is a global
// variable, since package testing cannot pass values from TestMain to tests.
var shared databases

// Main runs the tests of a package, deletes all databases and exits.
func Main(m *testing.M) {
	shared.closedByMain = true
	code := m.Run()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := shared.close(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// URL returns the connection string of a new database with the newest schema
// and no data, which is dropped when the test ends. The test fails when
// PostgreSQL or PostGIS is not installed, or when TestMain does not call Main.
func URL(t testing.TB) string {
	t.Helper()
	url, drop, err := shared.create(t.Context())
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := drop(ctx); err != nil {
			t.Errorf("storetest: %v", err)
		}
	})
	return url
}

// Keys returns new keys in a file that is deleted when the test ends.
func Keys(t testing.TB) *keyring.Ring {
	t.Helper()
	keys, err := keyring.Create(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	return keys
}

// Erasures returns an empty list of erasures in a file that is deleted when the
// test ends.
func Erasures(t testing.TB) *erasures.List {
	t.Helper()
	list, err := erasures.Create(filepath.Join(t.TempDir(), "erasures"))
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	t.Cleanup(func() { list.Close() })
	return list
}
