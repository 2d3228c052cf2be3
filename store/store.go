// Package store reads and writes the database: PostGIS through pgx. It is the
// only package that contains SQL.
//
// The package contains no rules of the domain: package civic has checked what
// it writes, and the role of the person who acts is an argument. It returns the
// shown locations of pins, never the exact ones. Every statement about a
// district has the id of the district as a condition.
package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/erasures"
	"github.com/pinezka/pinezka/store/keyring"
)

// Config configures Open.
type Config struct {
	URL      string         // PostgreSQL connection string; required
	Keys     *keyring.Ring  // of the addresses of people; without it, none can be added or read
	Erasures *erasures.List // of people's data; without it, nothing can be erased
}

// Store is a database that Migrate has prepared. It is safe for concurrent use.
type Store struct {
	readPool    *pgxpool.Pool          // for what visitors read
	writePool   *pgxpool.Pool          // for everything else, so that it never waits for readers
	changesPool *pgxpool.Pool          // for Changes and Timeline, so that they never wait for other queries
	timeline    atomic.Pointer[string] // the last result of Timeline
	keys        *keyring.Ring          // nil without keys
	erasures    *erasures.List         // nil without a list
}

// Open connects to the database. The caller must call Close. It returns
// ErrKeyLost when the database has addresses that are encrypted with a key which
// cfg.Keys does not have. Erasures that a restored database has not are carried
// out again.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	pc, err := poolConfig(cfg)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, pc)
	if err != nil || cfg.Keys == nil {
		return s, err
	}
	s.keys, s.erasures = cfg.Keys, cfg.Erasures
	err = s.prepareKeys(ctx)
	if err == nil && s.erasures != nil {
		err = s.repeatErasures(ctx)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func poolConfig(cfg Config) (*pgxpool.Config, error) {
	pc, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("parse database URL: %w", err)
	}
	pc.ConnConfig.ConnectTimeout = 5 * time.Second
	pc.ConnConfig.RuntimeParams["application_name"] = "pinezka"
	// A generic plan is slow for every combination of optional filters.
	pc.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	pc.AfterConnect = registerGeometry
	return pc, nil
}

// The connections of a store.
const (
	readConns    = 8
	writeConns   = 4
	changesConns = 2 // a broken connection may take a while to time out
)

// readTimeout bounds a statement that a visitor waits for.
const readTimeout = "10s"

func open(ctx context.Context, pc *pgxpool.Config) (*Store, error) {
	s := &Store{}
	for _, pool := range []struct {
		pool    **pgxpool.Pool
		conns   int32
		timeout string // of a statement; "0" for none
	}{
		{&s.readPool, readConns, readTimeout}, {&s.writePool, writeConns, "0"}, {&s.changesPool, changesConns, "0"},
	} {
		pc := pc.Copy()
		pc.MaxConns = pool.conns
		if pool.timeout != "0" {
			pc.ConnConfig.RuntimeParams["statement_timeout"] = pool.timeout
		}
		if pool.pool == &s.writePool {
			// A connection that broke meanwhile must not fail what somebody sends:
			// the default pings those that nobody has used for a second.
			pc.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return true }
		}
		opened, err := pgxpool.NewWithConfig(ctx, pc)
		if err != nil {
			s.Close()
			return nil, fmt.Errorf("open database pool: %w", err)
		}
		*pool.pool = opened
	}
	if err := s.Ping(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close closes all connections.
func (s *Store) Close() {
	for _, pool := range s.pools() {
		pool.Close()
	}
}

// pools returns the pools that are open.
func (s *Store) pools() []*pgxpool.Pool {
	all := []*pgxpool.Pool{s.readPool, s.writePool, s.changesPool}
	return slices.DeleteFunc(all, func(p *pgxpool.Pool) bool { return p == nil })
}

// Ping checks that the database accepts connections.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.readPool.Ping(ctx); err != nil {
		return fmt.Errorf("connect to database: %w", err)
	}
	return nil
}

// Socket returns the path of the Unix socket of the database, or "" for one that
// is reached by network.
func (s *Store) Socket() string {
	cfg := s.readPool.Config().ConnConfig
	if network, address := pgconn.NetworkAddress(cfg.Host, cfg.Port); network == "unix" {
		return address
	}
	return ""
}

// Reconnect closes all connections, those in use once they are returned, and
// checks that the database accepts a new one.
func (s *Store) Reconnect(ctx context.Context) error {
	for _, pool := range s.pools() {
		pool.Reset()
	}
	return s.Ping(ctx)
}

// inTx runs f in a transaction, which it commits when f returns nil. When another
// key is in use than f has used, it runs f again with that.
func (s *Store) inTx(ctx context.Context, f func(pgx.Tx) error) error {
	for tries := 1; ; tries++ {
		err := pgx.BeginFunc(ctx, s.writePool, f)
		other := keyChangedError{}
		if !errors.As(err, &other) || tries == 10 {
			return err
		}
		if err := s.keys.Use(other.to); err != nil {
			return fmt.Errorf("%w: use the key that is in use now: %w", civic.ErrUnavailable, err)
		}
	}
}
