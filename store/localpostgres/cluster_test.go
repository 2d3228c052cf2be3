package localpostgres

import (
	"context"
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

func TestConcurrentOpen(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "data")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			c, err := Open(t.Context(), Config{Dir: dir})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := query[int](c.URL(), "select 1"); err != nil {
				t.Error(err)
			}
			time.Sleep(300 * time.Millisecond)
			closeCluster(t, c)
		})
	}
	wg.Wait()
}

func TestOpenWithCancelledContext(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, Config{Dir: dir}); err == nil {
		t.Fatal("Open ignored its context")
	}
	c := open(t, dir)
	checkValue(t, c.URL(), "select 1", 1)
}
