package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// kindRows is what a kind of things brings: how its own rows are written and read.
// Everything else, such as who may, versions, links and the record, is the same
// for all kinds.
type kindRows interface {
	// hasTriggers reports whether the rows among the things follow those of the kind.
	hasTriggers() bool

	// queueState queues statements that write the publication and the progress to
	// the rows of the kind, which may have neither.
	queueState(b *pgx.Batch, d *civic.District, things []civic.Thing)

	// queueContent queues statements that add or change the content of a thing. It
	// returns civic.ErrInvalid for content of another kind.
	queueContent(b *pgx.Batch, d *civic.District, t civic.Thing, content civic.Content) error

	// queueErasure queues statements that erase earlier content wherever else it is.
	queueErasure(b *pgx.Batch, d *civic.District, id int64)

	// read returns the content of things by their ids.
	read(ctx context.Context, db querier, d *civic.District, ids []int64) (map[int64]civic.Content, error)

	// text returns content as the audit keeps it, to be encoded as JSON.
	text(content civic.Content) any

	// restore returns the content of a text of the audit.
	restore(d *civic.District, text []byte) (civic.Content, error)
}

// querier is a pool or a transaction.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// rowsOf returns how the rows of a kind of things are written and read.
func rowsOf(kind civic.ThingKind) kindRows {
	if kind == civic.PinThing {
		return pinRows{}
	}
	return recordRows{kind}
}
