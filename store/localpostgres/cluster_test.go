package localpostgres

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func TestReopenKeepsData(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "new", "data")
	c := open(t, dir)
	createTable(t, c.URL())
	checkValue(t, c.URL(), insertPin, 1)
	closeCluster(t, c)
	closeCluster(t, c)
	if _, err := query[int](c.URL(), "select 1"); err == nil {
		t.Error("the server accepts connections after Close")
	}
	c = open(t, dir)
	checkValue(t, c.URL(), "select count(*) from pin", 1)
}

func TestVolatile(t *testing.T) {
	t.Parallel()
	c, err := Open(t.Context(), Config{Dir: tempDir(t), Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	defer closeCluster(t, c)
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		checkValue(t, c.URL(), "select current_setting('"+name+"')", "off")
	}
}

// TestConcurrentOpen closes the clusters at once when all have been used, since
// another owner interrupts queries.
func TestConcurrentOpen(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "data")
	const processes = 4
	var used, closed sync.WaitGroup
	used.Add(processes)
	for range processes {
		closed.Go(func() {
			c, err := Open(t.Context(), Config{Dir: dir})
			if err != nil {
				t.Error(err)
				used.Done()
				return
			}
			if _, err := query[int](c.URL(), "select 1"); err != nil {
				t.Error(err)
			}
			used.Done()
			used.Wait()
			closeCluster(t, c)
		})
	}
	closed.Wait()
}

// TestOpenWithCancelledContext cancels the context while initdb is creating the
// cluster.
func TestOpenWithCancelledContext(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer cancel()
		for ctx.Err() == nil {
			if _, err := os.Stat(filepath.Join(dir, "postgres.new", "PG_VERSION")); err == nil {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if _, err := Open(ctx, Config{Dir: dir}); !errors.Is(err, context.Canceled) {
		t.Fatalf("Open: %v, want that its context is cancelled", err)
	}
	c := open(t, dir)
	checkValue(t, c.URL(), "select 1", 1)
}
