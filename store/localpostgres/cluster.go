// Package localpostgres runs a private PostgreSQL cluster in a data directory.
//
// It finds the PostgreSQL programs of the machine, creates the cluster on first
// use and starts the server as a child process. It restarts the server when it
// exits, and stops it together with the parent process. Any number of processes
// may open the same directory: the first one is the owner, which runs the
// server, and when it exits, another one becomes the owner. The server listens
// on a Unix socket that only its own user and root can access, never on the
// network.
//
//	<Dir>/owner.lock      locked by the owner
//	<Dir>/postgres        the cluster
//	<Dir>/postgres.log    the log of the server, at most 4 MiB
//	<Dir>/postgres.log.1  the log before that
//	<Dir>/run             the socket
//
// The package does not create tables or extensions, which store.Migrate does.
// It does not pool connections or upgrade a cluster to another major version of
// PostgreSQL. A Client runs programs such as pg_dump for the database of a
// cluster, or of any other server. The package runs on Unix systems only.
package localpostgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Config configures Open and Diagnose.
type Config struct {
	// Dir is the data directory. It is created when it does not exist.
	// Required.
	Dir string

	// Logger logs when the server starts, stops or is restarted, and when this
	// process becomes the owner. Default: nothing is logged.
	Logger *slog.Logger

	// Volatile turns off fsync, synchronous_commit and full_page_writes. It
	// makes tests faster, but a crash of the machine may lose all data.
	// Default: false.
	Volatile bool
}

// Cluster is a running PostgreSQL cluster, of which this process may be the
// owner.
type Cluster struct {
	dir      dataDirectory
	programs programs
	logger   *slog.Logger
	volatile bool
	lock     *ownerLock

	cancel context.CancelFunc
	done   chan struct{} // closed when supervise returns
	err    error         // of supervise; to be read after done
}

// Open returns a cluster that accepts connections to the database pinezka.
//
// The first process to open a directory becomes the owner of the cluster and
// runs the server. Other processes use the same server, and one of them becomes
// the owner when the owner exits. This interrupts all connections for a moment,
// as does a restart of the server. When the process is root, the server runs as
// the owner of an existing cluster, else as the user postgres, else as nobody.
// The process may later become that user itself, and remain the owner.
//
// Open waits until ctx is done, since recovery after a crash may take minutes.
// Later ctx has no effect; the caller must call Close. Diagnose explains most
// errors of Open.
func Open(ctx context.Context, cfg Config) (*Cluster, error) {
	c := &Cluster{logger: cfg.Logger, volatile: cfg.Volatile, done: make(chan struct{})}
	if c.logger == nil {
		c.logger = slog.New(slog.DiscardHandler)
	}
	var err error
	if c.dir, err = openDataDirectory(cfg.Dir); err != nil {
		return nil, fmt.Errorf("open cluster: %w", err)
	}
	c.logger = c.logger.With("dir", c.dir.path)
	if c.programs, err = findPrograms(ctx, c.dir.pgdata); err != nil {
		return nil, fmt.Errorf("open cluster: %w", err)
	}
	if c.lock, err = openOwnerLock(c.dir); err != nil {
		return nil, fmt.Errorf("open cluster: %w", err)
	}
	if err := createLogs(c.dir); err != nil {
		return nil, errors.Join(fmt.Errorf("open cluster: %w", err), c.lock.Close())
	}
	server, err := c.startOrAttach(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open cluster in %s: %w", c.dir.path, err), c.lock.Close())
	}
	ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	go c.supervise(ctx, server)
	return c, nil
}

// URL returns the connection string of the database pinezka, for pgx and psql.
// It does not change when another process becomes the owner.
func (c *Cluster) URL() string { return c.dir.url(database) }

// Close stops the server when this process is the owner. It requests a fast
// shutdown, which closes all connections, and after 30 s an immediate shutdown,
// from which PostgreSQL recovers at the next start. Close may be called more
// than once.
func (c *Cluster) Close() error {
	c.cancel()
	<-c.done
	if c.err != nil {
		return fmt.Errorf("close cluster: %w", c.err)
	}
	return nil
}

// startOrAttach waits until the cluster accepts connections. It returns the
// server that it has started, or nil when another process is the owner.
func (c *Cluster) startOrAttach(ctx context.Context) (*serverProcess, error) {
	var logOnce sync.Once
	for started := time.Now(); ; {
		locked, err := c.lock.tryLock()
		if err != nil {
			return nil, err
		}
		if locked {
			return c.startServer(ctx)
		}
		if ping(ctx, c.URL()) == nil {
			c.logger.Info("using the cluster of another process", "owner", c.lock.owner())
			return nil, nil
		}
		if time.Since(started) > 5*time.Second {
			logOnce.Do(func() { c.logger.Info("waiting for the cluster of another process", "owner", c.lock.owner()) })
		}
		if err := sleep(ctx, 50*time.Millisecond); err != nil {
			return nil, fmt.Errorf("wait for the cluster of %s: %w", c.lock.owner(), err)
		}
	}
}

// startServer creates the cluster unless it exists, and starts the server. The
// caller holds the lock.
func (c *Cluster) startServer(ctx context.Context) (*serverProcess, error) {
	if err := c.initdb(ctx); err != nil {
		return nil, fmt.Errorf("create cluster: %w", err)
	}
	if err := c.stopStaleServer(ctx); err != nil {
		return nil, err
	}
	if err := c.writeSettings(); err != nil {
		return nil, err
	}
	server, err := c.startProcess(ctx)
	if err != nil {
		return nil, err
	}
	if err := createDatabase(ctx, c.dir.url("postgres")); err != nil {
		return nil, errors.Join(err, server.stop())
	}
	c.logger.Info("cluster started", "pid", server.pid(), "version", c.programs.version, "user", c.dir.user.name)
	return server, nil
}
