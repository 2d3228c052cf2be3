package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// OpenTraced opens a store whose connections have a tracer.
func OpenTraced(ctx context.Context, cfg Config, tracer pgx.QueryTracer) (*Store, error) {
	pc, err := poolConfig(cfg)
	if err != nil {
		return nil, err
	}
	pc.ConnConfig.Tracer = tracer
	return open(ctx, pc)
}

// LockImports exports lockImports.
var LockImports = lockImports
