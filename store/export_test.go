package store

import (
	"context"
	"github.com/pinezka/pinezka/civic"
	"time"

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

// MigrateUnchecked is Migrate without the check of the schema.
func MigrateUnchecked(ctx context.Context, url string) error { return migrate(ctx, url) }

// ReadSchemaObjects returns what the check of the schema compares.
func ReadSchemaObjects(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	return readSchemaObjects(ctx, conn)
}

// QueueMail exports queueMail.
var QueueMail = queueMail

// QueueDigests exports queueDigests.
func (s *Store) QueueDigests(ctx context.Context, d *civic.District, c civic.Cadence, due time.Time) error {
	return s.queueDigests(ctx, d, c, due)
}
