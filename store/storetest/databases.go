package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
)

// urlVariable is the environment variable with the URL of a cluster to use
// instead of a volatile one.
const urlVariable = "PINEZKA_TEST_DATABASE_URL"

// databases creates the databases of one test process. The zero value is ready.
type databases struct {
	closedByMain bool // Main was called

	once     sync.Once
	err      error                  // of start
	cluster  *localpostgres.Cluster // nil when urlVariable is set
	dir      string                 // of cluster
	server   *url.URL               // of the database from which others are created
	template string                 // name
	strategy string                 // clause of create database

	created atomic.Int64
}

// create creates a database and returns its URL and a function that drops it.
func (d *databases) create(ctx context.Context) (string, func(context.Context) error, error) {
	if !d.closedByMain {
		return "", nil, errors.New("TestMain of this package does not call storetest.Main")
	}
	d.once.Do(func() { d.err = d.start(context.WithoutCancel(ctx)) })
	if d.err != nil {
		return "", nil, d.err
	}
	name := fmt.Sprintf("%s_%d", strings.TrimSuffix(d.template, "_template"), d.created.Add(1))
	if err := d.exec(ctx, "create database "+quote(name)+" template "+quote(d.template)+d.strategy); err != nil {
		return "", nil, fmt.Errorf("create database: %w", err)
	}
	drop := func(ctx context.Context) error {
		if err := d.exec(ctx, "drop database "+quote(name)+" with (force)"); err != nil {
			return fmt.Errorf("drop database: %w", err)
		}
		return nil
	}
	return d.url(name), drop, nil
}

// start starts the cluster unless urlVariable is set, and creates the template.
func (d *databases) start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	server := os.Getenv(urlVariable)
	if server == "" {
		if err := d.startCluster(ctx); err != nil {
			return fmt.Errorf("start cluster: %w\nInstead, %s can be the URL of another cluster", err, urlVariable)
		}
		server = d.cluster.URL()
	}
	var err error
	if d.server, err = url.Parse(server); err != nil {
		return fmt.Errorf("%s is not a URL", urlVariable) // err may contain a password
	}
	// The random name allows several processes to use the same cluster.
	template := "pinezka_test_" + strings.ToLower(rand.Text()[:12]) + "_template"
	if err := d.exec(ctx, "create database "+quote(template)+" template template0"); err != nil {
		return fmt.Errorf("create template: %w", err)
	}
	d.template = template
	if err := store.Migrate(ctx, d.url(template)); err != nil {
		return fmt.Errorf("create template: %w", err)
	}
	return nil
}

// startCluster starts a volatile cluster.
func (d *databases) startCluster(ctx context.Context) (err error) {
	removeStaleDirs()
	if d.dir, err = os.MkdirTemp("", dirPrefix); err != nil {
		return err
	}
	if err := os.Chmod(d.dir, 0o711); err != nil { // PostgreSQL may run as another user
		return err
	}
	if d.cluster, err = localpostgres.Open(ctx, localpostgres.Config{Dir: d.dir, Volatile: true}); err != nil {
		for _, f := range localpostgres.Diagnose(ctx, localpostgres.Config{Dir: d.dir}) {
			if !f.OK {
				err = fmt.Errorf("%w\n%s %s", err, f.What, f.Remedy)
			}
		}
		return err
	}
	return d.setStrategy(ctx)
}

// setStrategy selects the strategy file_copy, which takes half the time of the
// default where fsync is off. PostgreSQL before version 15 has no other one and
// does not accept the clause.
func (d *databases) setStrategy(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, d.cluster.URL())
	if err != nil {
		return err
	}
	var supported bool
	err = conn.QueryRow(ctx, `
		select current_setting('server_version_num')::int >= 150000`).Scan(&supported)
	if supported {
		d.strategy = " strategy file_copy"
	}
	return errors.Join(err, conn.Close(ctx))
}

// close stops the cluster. In a cluster that it has not started, it drops the
// template.
func (d *databases) close(ctx context.Context) error {
	var errs []error
	if d.cluster != nil {
		errs = append(errs, d.cluster.Close())
	} else if d.template != "" {
		errs = append(errs, d.exec(ctx, "drop database "+quote(d.template)+" with (force)"))
	}
	if d.dir != "" {
		errs = append(errs, os.RemoveAll(d.dir))
	}
	return errors.Join(errs...)
}

// exec executes a statement that creates or drops a database.
func (d *databases) exec(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, d.server.String())
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

// url returns the connection string of a database of the cluster.
func (d *databases) url(database string) string {
	u := *d.server
	u.Path = "/" + database
	return u.String()
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }

// dirPrefix is the prefix of the names of the directories of clusters.
const dirPrefix = "pinezka-storetest-"

// removeStaleDirs removes the directories of test processes that were killed
// more than 12 hours ago. Those of other users cannot be removed and stay.
func removeStaleDirs() {
	dirs, _ := filepath.Glob(filepath.Join(os.TempDir(), dirPrefix+"*"))
	for _, dir := range dirs {
		info, err := os.Lstat(dir)
		if err == nil && info.IsDir() && time.Since(info.ModTime()) > 12*time.Hour {
			os.RemoveAll(dir)
		}
	}
}
