// Package store keeps the record: PostGIS through pgx.
//
// It is the only room that speaks SQL. It decides nothing: what it writes has
// been checked by civic, and what leaves it for the public is read from the
// shown places, never from the exact ones.
package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pinezka/pinezka/civic"
)

// Config of a store.
type Config struct {
	URL         string        // PostgreSQL connection string; required
	MaxConns    int32         // default 8
	ConnTimeout time.Duration // to establish a connection; default 5 s
}

// Store is the record. It is safe for concurrent use.
type Store struct {
	pool      *pgxpool.Pool
	following *pgxpool.Pool // for Timeline and Changes, which must not wait for readers
}

// Open connects to a database that Migrate has prepared. Close it when done.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	pc, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("read database URL: %w", err)
	}
	pc.MaxConns = 8
	if cfg.MaxConns > 0 {
		pc.MaxConns = cfg.MaxConns
	}
	pc.ConnConfig.ConnectTimeout = 5 * time.Second
	if cfg.ConnTimeout > 0 {
		pc.ConnConfig.ConnectTimeout = cfg.ConnTimeout
	}
	pc.ConnConfig.RuntimeParams["application_name"] = "pinezka"
	// optional filters make one generic plan poor for every use
	pc.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	pc.AfterConnect = registerGeometry
	s := &Store{}
	if s.pool, err = pgxpool.NewWithConfig(ctx, pc); err != nil {
		return nil, fmt.Errorf("open database pool: %w", err)
	}
	pc = pc.Copy()
	pc.MaxConns = 2 // one that went silent takes its time to be given up
	if s.following, err = pgxpool.NewWithConfig(ctx, pc); err != nil {
		s.pool.Close()
		return nil, fmt.Errorf("open database pool: %w", err)
	}
	if err := s.Ping(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close the connections.
func (s *Store) Close() {
	s.pool.Close()
	s.following.Close()
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.pool.Ping(ctx); err != nil {
		return fmt.Errorf("reach database: %w", err)
	}
	return nil
}

// inTx runs f in a transaction and commits it.
func (s *Store) inTx(ctx context.Context, f func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.pool, f)
}

// sentinel turns what PostgreSQL reports into civic's errors where other rooms
// must tell it apart.
func sentinel(err error) error {
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return civic.ErrNotFound
	case errors.As(err, &pg) && pg.Code == "23505": // unique_violation
		return fmt.Errorf("%w: %s", civic.ErrConflict, pg.ConstraintName)
	case away(err):
		return fmt.Errorf("%w: %w", civic.ErrUnavailable, err)
	}
	return err
}

// away reports whether an error means that the database could not be reached, did
// not answer in time, or went away meanwhile.
func away(err error) bool {
	var connecting *pgconn.ConnectError
	var network *net.OpError
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &connecting) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || pgconn.SafeToRetry(err) {
		return true
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	for _, class := range []string{"08", "53", "57P"} { // connection, resources, shutting down or starting up
		if strings.HasPrefix(pg.Code, class) {
			return true
		}
	}
	return false
}
