package store

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// copyBuffer is the size in bytes of the rows that are encoded while the ones
// before are sent.
const copyBuffer = 256 << 10

// daysTo2000 is the number of days from 1970-01-01 to 2000-01-01.
const daysTo2000 = 10957

// pinColumns are the columns that a pin has in the table of pins and in the
// staging table of an import; there are numPinColumns.
const (
	pinColumns    = `category_id, kind, visibility, status, title, body, geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on`
	numPinColumns = 13
)

// rowCopy copies rows into a table by one COPY in binary format, of which the
// caller encodes the rows: the values of any type that CopyFrom of pgx takes cost
// an import two fifths of its processor time. It is not safe for concurrent use.
type rowCopy struct {
	rows *bufio.Writer
	pipe *io.PipeWriter
	done chan struct{} // closed when the COPY has ended, with err
	err  error
}

// startCopy starts a COPY that reads from stdin in binary format. Until it ends,
// the transaction cannot be used.
func startCopy(ctx context.Context, tx pgx.Tx, copySQL string) *rowCopy {
	r, w := io.Pipe()
	c := &rowCopy{rows: bufio.NewWriterSize(w, copyBuffer), pipe: w, done: make(chan struct{})}
	go func() {
		defer close(c.done)
		_, c.err = tx.Conn().PgConn().CopyFrom(ctx, r, copySQL)
		_ = r.CloseWithError(c.err)
	}()
	_, _ = c.rows.WriteString("PGCOPY\n\xff\r\n\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00") // no flags, no extension; Flush returns the error
	return c
}

// write copies a row.
func (c *rowCopy) write(r copyRow) error {
	_, err := c.rows.Write(r)
	return err //nolint:wrapcheck // of the COPY, or of abort
}

// finish waits until all rows are copied.
func (c *rowCopy) finish() error {
	_, _ = c.rows.WriteString("\xff\xff") // the end; Flush returns the error
	_ = c.pipe.CloseWithError(c.rows.Flush())
	<-c.done
	return c.err
}

// abort ends a COPY that is still running, so that the transaction fails.
func (c *rowCopy) abort() {
	_ = c.pipe.CloseWithError(context.Canceled)
	<-c.done
}

// copyRow is a row in the binary format of COPY: the number of its columns, and
// for each the number of bytes and the bytes.
type copyRow []byte

// begin begins a row in the memory of a former one.
func (r copyRow) begin(columns int) copyRow {
	return binary.BigEndian.AppendUint16(r[:0], uint16(columns))
}

func (r copyRow) null() copyRow { return binary.BigEndian.AppendUint32(r, math.MaxUint32) }

func (r copyRow) size(n int) copyRow { return binary.BigEndian.AppendUint32(r, uint32(n)) }

func (r copyRow) int32(v int32) copyRow { return binary.BigEndian.AppendUint32(r.size(4), uint32(v)) }

func (r copyRow) int64(v int64) copyRow { return binary.BigEndian.AppendUint64(r.size(8), uint64(v)) }

func (r copyRow) text(s string) copyRow { return append(r.size(len(s)), s...) }

// point appends a geometry in EWKB.
func (r copyRow) point(p orb.Point) copyRow {
	const pointWithSRID = 0x20000001
	r = append(r.size(1+4+4+8+8), 0) // big-endian
	r = binary.BigEndian.AppendUint32(r, pointWithSRID)
	r = binary.BigEndian.AppendUint32(r, srid)
	r = binary.BigEndian.AppendUint64(r, math.Float64bits(p[0]))
	return binary.BigEndian.AppendUint64(r, math.Float64bits(p[1]))
}

// day appends a date, which PostgreSQL counts from 2000-01-01.
func (r copyRow) day(d civic.Day) copyRow { return r.int32(int32(d) - daysTo2000) }

// pin appends the values of pinColumns. The area of a location outside all areas
// is null.
func (r copyRow) pin(p civic.NewPin) copyRow {
	r = r.int32(p.Category.ID).text(p.Category.Kind.String()).text(p.Category.Visibility.String()).text(p.Status.String()).text(p.Title).text(p.Body)
	r = r.point(p.Exact.Point).int64(int64(p.Exact.Cell)).point(p.Shown.Point).int64(int64(p.Shown.Cell))
	return r.area(p.AreaID).area(p.ShownAreaID).day(p.ReportedOn)
}

// words appends a tsvector of words, without positions. They must be in the
// order of their bytes, none twice.
func (r copyRow) words(all []string) copyRow {
	size := 4
	for _, word := range all {
		size += len(word) + 1 + 2
	}
	r = binary.BigEndian.AppendUint32(r.size(size), uint32(len(all)))
	for _, word := range all {
		r = append(r, word...)
		r = append(r, 0, 0, 0) // its end, and no positions
	}
	return r
}

// area appends the id of an area: null for 0, no area.
func (r copyRow) area(id int32) copyRow {
	if id == 0 {
		return r.null()
	}
	return r.int32(id)
}
