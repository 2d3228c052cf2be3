package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// OpenTraced opens a store whose connections have a tracer.
func OpenTraced(ctx context.Context, cfg Config, tracer pgx.QueryTracer) (*Store, error) {
	pc, err := poolConfig(cfg)
	if err != nil {
		return nil, err
	}
	pc.ConnConfig.Tracer = tracer
	s, err := open(ctx, pc)
	if err != nil || cfg.Keys == nil {
		return s, err
	}
	s.keys = cfg.Keys
	return s, s.prepareKeys(ctx)
}

// LockImports exports lockImports.
var LockImports = lockImports

// MigrateUnchecked is Migrate without the check of the schema.
func MigrateUnchecked(ctx context.Context, url string) error { return migrate(ctx, url) }

// ReadSchemaObjects returns what the check of the schema compares.
func ReadSchemaObjects(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	return readSchemaObjects(ctx, conn)
}

// RejectedRow exports rejectedRow.
var RejectedRow = rejectedRow

// QueueMail exports queueMail.
var QueueMail = queueMail

// QueueDigests exports queueDigests.
func (s *Store) QueueDigests(ctx context.Context, d *civic.District, c civic.Cadence, due time.Time) error {
	return s.queueDigests(ctx, d, c, due)
}

// TellOverdue exports tellOverdue.
func (s *Store) TellOverdue(ctx context.Context, d *civic.District, today civic.Day) error {
	return s.tellOverdue(ctx, d, today)
}

// AskStillTrue exports askStillTrue.
func (s *Store) AskStillTrue(ctx context.Context, d *civic.District) error {
	return s.askStillTrue(ctx, d)
}

// AskYearLater exports askYearLater.
func (s *Store) AskYearLater(ctx context.Context, d *civic.District, today civic.Day) error {
	return s.askYearLater(ctx, d, today)
}

// AddPinAndMeanwhile adds a pin, and calls meanwhile before it commits.
func AddPinAndMeanwhile(ctx context.Context, s *Store, d *civic.District, pin civic.NewPin, meanwhile func()) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		id, err := nextThingID(ctx, tx)
		if err != nil {
			return err
		}
		if err := s.addPin(ctx, tx, d, civic.Actor{}, id, pin, civic.Published); err != nil {
			return err
		}
		meanwhile()
		return nil
	})
}

// DeskQueueSQL is the statement of the queue, with the arguments of DeskQueueArgs.
var DeskQueueSQL = deskQueueSQL

// DeskQueueArgs returns the arguments of DeskQueueSQL.
func DeskQueueArgs(d *civic.District, q civic.QueueQuery) pgx.NamedArgs { return queueArgs(d, q) }
