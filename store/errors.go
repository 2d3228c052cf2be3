package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pinezka/pinezka/civic"
)

// civicError wraps err in the sentinel error of package civic that corresponds
// to it: ErrNotFound for a query without rows, ErrConflict for a violated
// unique or foreign key, ErrUnavailable for a database that cannot be used. It
// returns other errors as they are.
func civicError(err error) error {
	var pg *pgconn.PgError
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return civic.ErrNotFound
	case errors.As(err, &pg) && pg.Code == "23505": // unique_violation
		return fmt.Errorf("%w: %s", civic.ErrConflict, pg.ConstraintName)
	case errors.As(err, &pg) && pg.Code == "23503": // foreign_key_violation
		return fmt.Errorf("%w: %s; a category has changed meanwhile", civic.ErrConflict, pg.ConstraintName)
	case unavailable(err):
		return fmt.Errorf("%w: %w", civic.ErrUnavailable, err)
	}
	return err
}

// unavailable reports whether err means that the database could not be reached,
// timed out, closed the connection, or lacks resources.
func unavailable(err error) bool {
	var connect *pgconn.ConnectError
	var network *net.OpError
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) {
		return true
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || len(pg.Code) < 3 {
		return false
	}
	// connection exception, insufficient resources, operator intervention, query canceled by a timeout,
	// write to a server that has become a standby, a serialization failure or a deadlock, which another try may avoid
	return pg.Code == "25006" || pg.Code == "40001" || pg.Code == "40P01" || pg.Code[:2] == "08" || pg.Code[:2] == "53" || pg.Code[:3] == "57P" || pg.Code == "57014"
}
