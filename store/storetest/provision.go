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
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/cluster"
)

// variable names a cluster to use instead of a volatile one.
const variable = "PINEZKA_TEST_DATABASE_URL"

// A provision makes databases for one test process. The zero value is ready.
type provision struct {
	promised bool // Main will close it

	once     sync.Once
	err      error
	cluster  *cluster.Cluster // nil when the environment names one
	dir      string           // of the cluster
	server   *url.URL         // of a database from which others are made
	template string
	strategy string // of copying the template

	mu     sync.Mutex
	number int
}

// database makes a database and says how to drop it.
func (p *provision) database(ctx context.Context) (string, func(context.Context) error, error) {
	if !p.promised {
		return "", nil, errors.New("TestMain of this package does not call storetest.Main")
	}
	p.once.Do(func() { p.err = p.prepare(context.WithoutCancel(ctx)) })
	if p.err != nil {
		return "", nil, p.err
	}
	p.mu.Lock()
	p.number++
	name := fmt.Sprintf("%s_%d", strings.TrimSuffix(p.template, "_template"), p.number)
	p.mu.Unlock()

	if err := p.exec(ctx, "create database "+quote(name)+" template "+quote(p.template)+p.strategy); err != nil {
		return "", nil, fmt.Errorf("make database: %w", err)
	}
	drop := func(ctx context.Context) error {
		if err := p.exec(ctx, "drop database "+quote(name)+" with (force)"); err != nil {
			return fmt.Errorf("drop database: %w", err)
		}
		return nil
	}
	return p.url(name), drop, nil
}

// prepare starts the cluster and makes the template.
func (p *provision) prepare(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	server := os.Getenv(variable)
	if server == "" {
		if err := p.start(ctx); err != nil {
			return err
		}
		server = p.cluster.URL()
	}
	var err error
	if p.server, err = url.Parse(server); err != nil {
		return fmt.Errorf("read %s: it is not a URL", variable)
	}
	// The name is unique, so that processes and machines may share a cluster without regard for each other.
	template := "pinezka_test_" + strings.ToLower(rand.Text()[:12]) + "_template"
	if err := p.exec(ctx, "create database "+quote(template)+" template template0"); err != nil {
		return fmt.Errorf("make template: %w", err)
	}
	p.template = template
	if err := store.Migrate(ctx, p.url(template)); err != nil {
		return fmt.Errorf("make template: %w", err)
	}
	return nil
}

// start starts a volatile cluster.
func (p *provision) start(ctx context.Context) error {
	sweep(os.TempDir())
	dir, err := os.MkdirTemp("", prefix)
	if err != nil {
		return fmt.Errorf("start cluster: %w", err)
	}
	p.dir = dir
	if err := os.Chmod(dir, 0o711); err != nil { // PostgreSQL may run as another user
		return fmt.Errorf("start cluster: %w", err)
	}
	p.cluster, err = cluster.Open(ctx, cluster.Config{Dir: dir, Volatile: true})
	if err != nil {
		for _, f := range cluster.Diagnose(ctx, cluster.Config{Dir: dir}) {
			if !f.OK {
				err = fmt.Errorf("%w\n%s %s", err, f.What, f.Remedy)
			}
		}
		return fmt.Errorf("start cluster: %w\nOr set %s to the URL of another", err, variable)
	}
	return p.chooseStrategy(ctx)
}

// chooseStrategy copies files where nothing is ever synced to disc, which takes half the time of the default. Before
// version 15 PostgreSQL knew no other way and had no word for it.
func (p *provision) chooseStrategy(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, p.cluster.URL())
	if err != nil {
		return fmt.Errorf("ask for the version: %w", err)
	}
	var chooses bool
	err = conn.QueryRow(ctx, `
		select current_setting('server_version_num')::int >= 150000`).Scan(&chooses)
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return fmt.Errorf("ask for the version: %w", err)
	}
	if chooses {
		p.strategy = " strategy file_copy"
	}
	return nil
}

// close undoes prepare.
func (p *provision) close(ctx context.Context) error {
	var errs []error
	if p.cluster != nil {
		errs = append(errs, p.cluster.Close())
	} else if p.template != "" {
		errs = append(errs, p.exec(ctx, "drop database "+quote(p.template)+" with (force)"))
	}
	if p.dir != "" {
		errs = append(errs, os.RemoveAll(p.dir))
	}
	return errors.Join(errs...)
}

// exec runs a statement that makes or drops a database.
func (p *provision) exec(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, p.server.String())
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

// url is the connection string of a database beside the given one.
func (p *provision) url(database string) string {
	u := *p.server
	u.Path = "/" + database
	return u.String()
}

func quote(name string) string {
	return pgx.Identifier{name}.Sanitize()
}

// prefix begins the names of the clusters' directories.
const prefix = "pinezka-storetest-"

// sweep removes what test processes left that were killed. Their servers ended with them.
func sweep(temp string) {
	dirs, err := filepath.Glob(filepath.Join(temp, prefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range dirs {
		info, err := os.Lstat(dir)
		if err == nil && info.IsDir() && time.Since(info.ModTime()) > 12*time.Hour {
			os.RemoveAll(dir) // another user's stays
		}
	}
}
