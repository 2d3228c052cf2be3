// Package cluster runs a private PostgreSQL cluster for one data directory.
//
// It finds the machine's PostgreSQL programs, makes the cluster on first use, starts the server as a child that lives no
// longer than its parent, restarts it when it dies, and hands it over to another Pinezka process when its owner leaves.
// The server listens on a socket that only its own account and root can reach, never on the network:
//
//	<Dir>/owner.lock     held by the process that runs the server
//	<Dir>/postgres       the cluster
//	<Dir>/postgres.log   what the server has to say, at most maxLog bytes, and postgres.log.1 before it
//	<Dir>/run            the directory of the socket
//
// It does not create tables or extensions (that is store.Migrate), does not pool connections, does not make backups,
// does not upgrade a cluster from one major version of PostgreSQL to the next, and runs on Unix systems only.
package cluster

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	role     = "pinezka" // the superuser that initdb makes
	database = "pinezka"
	port     = 5432 // names the socket only

	takeoverInterval = 200 * time.Millisecond // how often an attached process tries to become the owner
	trimInterval     = time.Minute            // how often the owner looks at the size of the log
	stopDeadline     = 30 * time.Second       // for a fast shutdown; an immediate one follows
)

// Config says where the cluster lives and how careful it is.
type Config struct {
	// Dir is the data directory of Pinezka. It is made when missing. Required.
	Dir string

	// Logger receives starts, stops, restarts and takeovers. Default: nothing is logged.
	Logger *slog.Logger

	// Volatile gives up durability for speed, for tests: fsync, synchronous_commit and full_page_writes are off.
	// Default: false.
	Volatile bool
}

// A Cluster is a running PostgreSQL cluster that this process owns or is attached to.
type Cluster struct {
	home     home
	programs Programs
	logger   *slog.Logger
	volatile bool
	lock     *lock

	cancel context.CancelFunc
	done   chan struct{}
	err    error // why the server did not stop cleanly; read after done
	closed sync.Once
}

// Open returns a cluster that accepts connections to the database pinezka.
//
// The first process to open a directory owns the cluster and runs the server; others attach to it, and one of them takes
// over when the owner leaves. Connections break for a moment then, as they do when the server is restarted after it died.
// The server runs as the user postgres, or else nobody, when the process is root; an existing cluster is run as the
// user to whom it belongs.
//
// Open waits for as long as ctx lets it: recovery after a power cut may take minutes. Once Open has returned, ctx no
// longer matters; Close ends the cluster. Diagnose explains most errors of Open.
func Open(ctx context.Context, cfg Config) (*Cluster, error) {
	logger := cfg.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	home, err := openHome(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("open cluster: %w", err)
	}
	programs, err := findPrograms(ctx, home.data)
	if err != nil {
		return nil, fmt.Errorf("open cluster: %w", err)
	}
	lock, err := openLock(home)
	if err != nil {
		return nil, fmt.Errorf("open cluster: %w", err)
	}
	c := &Cluster{
		home:     home,
		programs: programs,
		logger:   logger.With("dir", home.dir),
		volatile: cfg.Volatile,
		lock:     lock,
		done:     make(chan struct{}),
	}
	server, err := c.acquire(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open cluster in %s: %w", home.dir, err), lock.Close())
	}
	ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	go c.keep(ctx, server)
	return c, nil
}

// URL is the connection string of the database pinezka, for pgx and for psql. It stays the same when another process
// takes over.
func (c *Cluster) URL() string {
	return c.home.url(database)
}

// Close stops the server when this process owns it: at once for idle connections, and with an immediate shutdown, from
// which PostgreSQL recovers at its next start, when a fast one takes longer than half a minute. An attached process
// merely leaves. Close may be called more than once.
func (c *Cluster) Close() error {
	c.closed.Do(c.cancel)
	<-c.done
	if c.err != nil {
		return fmt.Errorf("close cluster: %w", c.err)
	}
	return nil
}

// acquire waits until the cluster is ready. The server is nil when another process owns it.
func (c *Cluster) acquire(ctx context.Context) (*server, error) {
	waited := time.Now()
	told := false
	for {
		owner, err := c.lock.take()
		if err != nil {
			return nil, err
		}
		if owner {
			return c.bringUp(ctx)
		}
		if err := ping(ctx, c.URL()); err == nil {
			c.logger.Info("attached to the running cluster", "owner", c.lock.holder())
			return nil, nil
		}
		if !told && time.Since(waited) > 5*time.Second {
			c.logger.Info("waiting for the cluster of another process", "owner", c.lock.holder())
			told = true
		}
		if err := sleep(ctx, 50*time.Millisecond); err != nil {
			return nil, fmt.Errorf("wait for the cluster of %s: %w", c.lock.holder(), err)
		}
	}
}

// bringUp makes the cluster when there is none and starts the server. The lock is held.
func (c *Cluster) bringUp(ctx context.Context) (*server, error) {
	if err := c.initialise(ctx); err != nil {
		return nil, err
	}
	if err := c.stopOrphan(ctx); err != nil {
		return nil, err
	}
	if err := c.writeSettings(); err != nil {
		return nil, err
	}
	server, err := c.start(ctx)
	if err != nil {
		return nil, err
	}
	if err := createDatabase(ctx, c.home.url("postgres")); err != nil {
		return nil, errors.Join(err, server.stop(stopDeadline))
	}
	c.logger.Info("cluster started", "pid", server.pid(), "version", c.programs.Version, "user", c.home.account.name)
	return server, nil
}

// createDatabase creates the database pinezka unless it is there.
func createDatabase(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("create database: %w", err)
	}
	defer conn.Close(ctx)
	var exists bool
	err = conn.QueryRow(ctx, `
		select exists (select from pg_database where datname = @name)`,
		pgx.NamedArgs{"name": database}).Scan(&exists)
	if err != nil {
		return fmt.Errorf("look for database: %w", err)
	}
	if exists {
		return nil
	}
	if _, err := conn.Exec(ctx, "create database "+pgx.Identifier{database}.Sanitize()); err != nil {
		return fmt.Errorf("create database: %w", err)
	}
	return nil
}

// ping tells whether the database accepts connections.
func ping(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// url is the connection string of a database of the cluster.
func (h home) url(database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User(role),
		Path:     "/" + database,
		RawQuery: url.Values{"host": {h.run}, "port": {strconv.Itoa(port)}}.Encode(),
	}
	return u.String()
}

// sleep waits for d, or returns the error of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
