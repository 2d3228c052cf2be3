package store

import (
	"context"
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

//go:embed sql/map_pins.sql
var mapPinsSQL string

// mapPins reads the shown places of pins changed since the mark, by COPY in
// binary form: a first reading may be of millions.
func mapPins(ctx context.Context, tx pgx.Tx, since civic.Position, each func(civic.MapPin)) error {
	// COPY takes no arguments; a mark is a number
	statement := strings.ReplaceAll(mapPinsSQL, "@since", "'"+strconv.FormatUint(uint64(since), 10)+"'::xid8")
	rows := &mapPinReader{each: each, statuses: map[string]civic.Status{}}
	for _, status := range civic.Statuses() {
		rows.statuses[status.String()] = status
	}
	if _, err := tx.Conn().PgConn().CopyTo(ctx, rows, statement); err != nil {
		return err
	}
	return nil
}

// mapPinReader reads rows of map_pins.sql as COPY writes them in binary form
// (https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"):
// a header, then for each row a count of fields, and for each field its length
// (-1 for null) and its bytes. PostgreSQL sends each row in one message, the
// header with the first, and each message comes in one Write.
type mapPinReader struct {
	each     func(civic.MapPin)
	statuses map[string]civic.Status
	begun    bool
}

const (
	copySignature = "PGCOPY\n\xff\r\n\x00"
	copyHeader    = len(copySignature) + 8 // flags and the length of an extension that nobody uses
	mapPinFields  = 10
)

func (m *mapPinReader) Write(message []byte) (int, error) {
	b := message
	if !m.begun {
		if len(b) < copyHeader || string(b[:len(copySignature)]) != copySignature {
			return 0, fmt.Errorf("read COPY: %d bytes without a header", len(b))
		}
		m.begun, b = true, b[copyHeader:]
	}
	for len(b) >= 2 {
		count := int16(binary.BigEndian.Uint16(b))
		b = b[2:]
		if count == -1 { // the end
			break
		}
		if count != mapPinFields {
			return 0, fmt.Errorf("read COPY: %d fields in a row, want %d", count, mapPinFields)
		}
		var fields [mapPinFields][]byte
		for i := range fields {
			if len(b) < 4 {
				return 0, fmt.Errorf("read COPY: a row breaks off")
			}
			n := int32(binary.BigEndian.Uint32(b))
			b = b[4:]
			if n < 0 {
				continue
			}
			if len(b) < int(n) {
				return 0, fmt.Errorf("read COPY: a row breaks off")
			}
			fields[i], b = b[:n], b[n:]
		}
		if err := m.row(&fields); err != nil {
			return 0, err
		}
	}
	return len(message), nil
}

func (m *mapPinReader) row(f *[mapPinFields][]byte) error {
	pin := civic.MapPin{DistrictID: int32(integer(f[0])), ID: integer(f[1]), Deleted: len(f[9]) > 0 && f[9][0] != 0}
	if pin.Deleted {
		m.each(pin)
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
	m.each(pin)
	return nil
}

// integer of 4 or 8 bytes; 0 for null.
func integer(b []byte) int64 {
	switch len(b) {
	case 4:
		return int64(int32(binary.BigEndian.Uint32(b)))
	case 8:
		return int64(binary.BigEndian.Uint64(b))
	}
	return 0
}
