package ingest

import (
	"bytes"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

// The limits of a batch: of records, and of their values in bytes.
const (
	maxBatch     = 256
	maxBatchSize = 256 << 10
)

// batch is successive records of a file that are converted together.
type batch struct {
	records   []record.Record
	pins      []civic.NewPin // of each record
	errs      []error        // the reason why a record is rejected, or nil
	err       error          // of the reader, after the last record; io.EOF at the end
	converted chan struct{}  // closed when pins and errs are set
}

// readBatch reads the next records, or fewer before an error of the reader.
func readBatch(r record.Reader) *batch {
	b := &batch{records: make([]record.Record, 0, maxBatch), converted: make(chan struct{})}
	for size := 0; len(b.records) < maxBatch && size < maxBatchSize; {
		rec, err := r.Read()
		if err != nil {
			b.err = err
			break
		}
		rec.Source = bytes.Clone(rec.Source) // valid until the next Read
		size += len(rec.Source)
		for _, v := range rec.Values {
			size += len(v)
		}
		b.records = append(b.records, rec)
	}
	return b
}

// convert sets the pins of the records. Batches can be converted at the same
// time.
func (b *batch) convert(c *converter) {
	defer close(b.converted)
	b.pins, b.errs = make([]civic.NewPin, len(b.records)), make([]error, len(b.records))
	for i, rec := range b.records {
		b.pins[i], b.errs[i] = c.pin(rec)
	}
}
