// Package storetest gives each test its own PostGIS database.
//
// A package that uses it hands its tests over:
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
//
//	func TestPins(t *testing.T) {
//		pool, err := pgxpool.New(t.Context(), storetest.URL(t))
//		…
//	}
//
// The databases are copies of one template that store.Migrate has brought up to date, made once per test process. They
// live in the cluster that PINEZKA_TEST_DATABASE_URL names, with the right to create databases and extensions, or else in
// a volatile one that runs while the tests do. Many packages and many tests may run at once.
//
// It does not open connections for a test, fill in data, or stand in for PostGIS: where PostgreSQL is missing, tests fail.
package storetest

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"
)

// provider holds what the tests of this process share. It is the one variable of the package, because the testing
// package has no other place for what outlives a test.
var provider provision

// Main runs the tests of a package, removes what URL made, and exits.
func Main(m *testing.M) {
	provider.promised = true
	code := m.Run()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := provider.close(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// URL is the connection string of a fresh database with the current schema, which is dropped when the test ends. It
// fails the test when there is no PostgreSQL with PostGIS, or when TestMain does not call Main.
func URL(t testing.TB) string {
	t.Helper()
	url, drop, err := provider.database(t.Context())
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
