package storetest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestDatabasesAreSeparate(t *testing.T) {
	t.Parallel()
	for range 3 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			conn := connect(t, storetest.URL(t))
			if _, err := conn.Exec(t.Context(), "create table separate (id int)"); err != nil {
				t.Error(err)
			}
			var version string
			if err := conn.QueryRow(t.Context(), "select postgis_version()").Scan(&version); err != nil {
				t.Error("the schema is missing:", err)
			}
		})
	}
}

func TestDroppedWhileConnected(t *testing.T) {
	t.Parallel()
	var url string
	t.Run("", func(t *testing.T) {
		url = storetest.URL(t)
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
	if _, err := pgx.Connect(t.Context(), url); err == nil {
		t.Error("the database exists after the test")
	}
}

func BenchmarkURL(b *testing.B) {
	storetest.URL(b)
	for b.Loop() {
		storetest.URL(b)
	}
}

// connect returns a connection to the database at url.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(t.Context()) })
	return conn
}
