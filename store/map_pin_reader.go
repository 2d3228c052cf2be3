package store

import (
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

//go:embed sql/map_pins.sql
var mapPinsSQL string

// mapPins calls visit for the pins that have changed since a position. It reads
// them by COPY in the binary format, since there may be millions.
func mapPins(ctx context.Context, tx pgx.Tx, since civic.Position, visit func(civic.MapPin)) error {
	// COPY has no arguments, but a position is only digits.
	open := strings.Trim(strings.ReplaceAll(fmt.Sprint(since.Open), " ", ","), "[]")
	statement := strings.NewReplacer("@next", fmt.Sprintf("'%d'::xid8", since.Next), "@open", "'{"+open+"}'::xid8[]").Replace(mapPinsSQL)
	reader := &mapPinReader{visit: visit, statuses: map[string]civic.Status{}}
	for _, status := range civic.Statuses() {
		reader.statuses[status.String()] = status
	}
	if _, err := tx.Conn().PgConn().CopyTo(ctx, reader, statement); err != nil {
		return fmt.Errorf("read pins: %w", err)
	}
	return nil
}

// mapPinReader is a writer that decodes the rows of map_pins.sql from the
// binary format of COPY
// (https://www.postgresql.org/docs/current/sql-copy.html): a header, then for
// each row the number of fields, and for each field its length, -1 for null,
// and its bytes. PostgreSQL sends each row in one message, the header with the
// first, and pgx passes each message to one Write.
type mapPinReader struct {
	visit      func(civic.MapPin)
	statuses   map[string]civic.Status
	readHeader bool
}

const (
	copySignature = "PGCOPY\n\xff\r\n\x00"
	copyHeader    = len(copySignature) + 8 // with the flags and the length of the extension
	mapPinFields  = 10
)

// Write decodes the rows of one message. It does not retain message.
func (m *mapPinReader) Write(message []byte) (int, error) {
	b := message
	if !m.readHeader {
		if len(b) < copyHeader || string(b[:len(copySignature)]) != copySignature {
			return 0, fmt.Errorf("read COPY: %d bytes without a header", len(b))
		}
		m.readHeader, b = true, b[copyHeader:]
	}
	for len(b) >= 2 {
		count := int16(binary.BigEndian.Uint16(b))
		b = b[2:]
		if count == -1 { // trailer
			break
		}
		if count != mapPinFields {
			return 0, fmt.Errorf("read COPY: %d fields in a row, want %d", count, mapPinFields)
		}
		var fields [mapPinFields][]byte
		for i := range fields {
			if len(b) < 4 {
				return 0, errors.New("read COPY: a row is incomplete")
			}
			n := int32(binary.BigEndian.Uint32(b))
			b = b[4:]
			if n < 0 {
				continue
			}
			if len(b) < int(n) {
				return 0, errors.New("read COPY: a row is incomplete")
			}
			fields[i], b = b[:n], b[n:]
		}
		if err := m.row(&fields); err != nil {
			return 0, err
		}
	}
	return len(message), nil
}

// row calls visit for the pin with the fields, in the order of map_pins.sql.
func (m *mapPinReader) row(f *[mapPinFields][]byte) error {
	pin := civic.MapPin{DistrictID: int32(integer(f[0])), ID: integer(f[1]), Deleted: boolean(f[9])}
	if pin.Deleted {
		m.visit(pin)
		return nil
	}
	status, ok := m.statuses[string(f[6])]
	if !ok {
		return fmt.Errorf("pin %d has the unknown status %q", pin.ID, f[6])
	}
	pin.Shown.Point[0] = math.Float64frombits(uint64(integer(f[2])))
	pin.Shown.Point[1] = math.Float64frombits(uint64(integer(f[3])))
	pin.Shown.Cell = geo.Cell(integer(f[4]))
	pin.CategoryID, pin.Status, pin.AreaID = uint16(integer(f[5])), status, uint16(integer(f[7]))
	pin.Day = civic.Day(integer(f[8]))
	m.visit(pin)
	return nil
}

// boolean returns whether b is true; false for null.
func boolean(b []byte) bool { return len(b) > 0 && b[0] != 0 }

// integer returns the signed integer of 4 or 8 bytes, or 0 for null.
func integer(b []byte) int64 {
	switch len(b) {
	case 4:
		return int64(int32(binary.BigEndian.Uint32(b)))
	case 8:
		return int64(binary.BigEndian.Uint64(b))
	}
	return 0
}
