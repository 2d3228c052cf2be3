package osm

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/zlib"
	"github.com/paulmach/orb"
	"github.com/paulmach/protoscan"
)

// Limits of the format (https://wiki.openstreetmap.org/wiki/PBF_Format), which
// keep a damaged file from taking all memory.
const (
	maxBlobHeader = 64 << 10
	maxBlob       = 32 << 20
)

var (
	errCutOff  = errors.New("the file is cut off")
	errDamaged = errors.New("the file is damaged")
)

// pbf reads files in the PBF format, which are sequences of blobs:
//
//	┌────────┬────────┬──────┐┌────────┬────────┬──────┐
//	│ length │ header │ blob ││ length │ header │ blob │ …
//	└────────┴────────┴──────┘└────────┴────────┴──────┘
//
// It is written over protoscan and not over the package osmpbf of
// github.com/paulmach/osm, which with cgo, on which H3 depends, needs the C
// library zlib, and which a negative size in a file makes panic.
type pbf struct {
	kinds []elementKind // of the blobs, as far as they have been read
	block block
	blob  []byte
	zip   io.ReadCloser
}

// scan is the scanFunc of PBF. Blobs that are known to have nothing that is
// wanted are not read again.
func (p *pbf) scan(ctx context.Context, r io.ReadSeeker, wanted elementKind, visit func(*element) error, read func(int64)) error {
	for i := 0; ; i++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		h, err := readBlobHeader(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if i < len(p.kinds) && p.kinds[i]&wanted == 0 {
			if _, err := r.Seek(int64(h.size), io.SeekCurrent); err != nil {
				return fmt.Errorf("skip block: %w", err)
			}
			read(h.bytes())
			continue
		}
		p.blob = slices.Grow(p.blob[:0], h.size)[:h.size]
		if _, err := io.ReadFull(r, p.blob); err != nil {
			return cutOff(err)
		}
		kinds := elementKind(0)
		if h.kind == "OSMData" {
			data, err := p.unpack(p.blob)
			if err == nil {
				kinds, err = p.block.scan(data, wanted, visit)
			}
			if err != nil {
				return err
			}
		}
		if i == len(p.kinds) {
			p.kinds = append(p.kinds, kinds)
		}
		read(h.bytes())
	}
}

// blobHeader precedes a blob.
type blobHeader struct {
	kind   string
	length int // of the header in bytes
	size   int // of the blob in bytes
}

func (h blobHeader) bytes() int64 { return int64(4 + h.length + h.size) }

// readBlobHeader returns io.EOF at the end of the file.
func readBlobHeader(r io.Reader) (blobHeader, error) {
	var h blobHeader
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); errors.Is(err, io.EOF) {
		return h, io.EOF
	} else if err != nil {
		return h, cutOff(err)
	}
	n := binary.BigEndian.Uint32(length[:])
	if n > maxBlobHeader {
		return h, fmt.Errorf("%w: a block header of %d bytes", errDamaged, n)
	}
	h.length = int(n)
	buf := make([]byte, n)
	if _, err := io.ReadFull(r, buf); err != nil {
		return h, cutOff(err)
	}
	size := int32(-1)
	err := fields(buf, func(m *protoscan.Message) (err error) {
		switch m.FieldNumber() {
		case 1:
			h.kind, err = m.String()
		case 3:
			size, err = m.Int32()
		default:
			m.Skip()
		}
		return err //nolint:wrapcheck // fields does
	})
	if err == nil && (size < 0 || size > maxBlob) {
		err = fmt.Errorf("%w: a block of %d bytes", errDamaged, size)
	}
	h.size = int(size)
	return h, err
}

func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errCutOff
	}
	return fmt.Errorf("read block: %w", err)
}

// fields calls visit for each field of a message. Errors are those of a damaged
// file.
func fields(data []byte, visit func(*protoscan.Message) error) error {
	m := protoscan.New(data)
	for m.Next() {
		if err := visit(m); err != nil {
			return damaged(err)
		}
	}
	if err := m.Err(); err != nil {
		return damaged(err)
	}
	return nil
}

// damaged returns err as that of a damaged file, unless it is one already.
func damaged(err error) error {
	if visit := (visitError{}); errors.Is(err, errDamaged) || errors.As(err, &visit) {
		return err
	}
	return fmt.Errorf("%w: %w", errDamaged, err)
}

// unpack returns the data of a blob.
func (p *pbf) unpack(blob []byte) ([]byte, error) {
	var raw, packed []byte
	size, other := int32(0), false
	err := fields(blob, func(m *protoscan.Message) (err error) {
		switch m.FieldNumber() {
		case 1:
			raw, err = m.MessageData()
		case 2:
			size, err = m.Int32()
		case 3:
			packed, err = m.MessageData()
		default:
			other = true
			m.Skip()
		}
		return err //nolint:wrapcheck // fields does
	})
	switch {
	case err != nil || raw != nil:
		return raw, err
	case packed == nil && other:
		return nil, errors.New("the file is compressed by another method than zlib")
	case size < 0 || size > maxBlob:
		return nil, fmt.Errorf("%w: a block of %d bytes", errDamaged, size)
	}
	if p.zip == nil {
		p.zip, err = zlib.NewReader(bytes.NewReader(packed))
	} else {
		err = p.zip.(zlib.Resetter).Reset(bytes.NewReader(packed), nil)
	}
	if err != nil {
		return nil, damaged(err)
	}
	p.block.data = slices.Grow(p.block.data[:0], int(size))[:size]
	if _, err := io.ReadFull(p.zip, p.block.data); err != nil {
		return nil, damaged(err)
	}
	if n, err := p.zip.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) { // this verifies the checksum
		return nil, fmt.Errorf("%w: a block is larger than stated, or its checksum is wrong", errDamaged)
	}
	return p.block.data, nil
}

// readBound returns the bound that a file states in its first blob, or an empty
// one. It returns an error for a file that needs what this package does not
// know, such as a history.
func readBound(r io.Reader) (orb.Bound, error) {
	h, err := readBlobHeader(r)
	if errors.Is(err, io.EOF) || err == nil && h.kind != "OSMHeader" {
		err = errDamaged
	}
	if err != nil {
		return empty(), err
	}
	blob := make([]byte, h.size)
	if _, err := io.ReadFull(r, blob); err != nil {
		return empty(), cutOff(err)
	}
	var p pbf
	data, err := p.unpack(blob)
	if err != nil {
		return empty(), err
	}
	bound := empty()
	err = fields(data, func(m *protoscan.Message) error {
		switch m.FieldNumber() {
		case 1:
			box, err := m.MessageData()
			if err != nil {
				return err //nolint:wrapcheck // fields does
			}
			bound, err = readBox(box)
			return err
		case 4:
			feature, err := m.String()
			if err == nil && feature != "OsmSchema-V0.6" && feature != "DenseNodes" {
				err = fmt.Errorf("the file needs %q, which is not supported", feature)
			}
			return err
		}
		m.Skip()
		return nil
	})
	return bound, err
}

func readBox(data []byte) (orb.Bound, error) {
	var side [5]float64 // left, right, top, bottom from 1
	err := fields(data, func(m *protoscan.Message) error {
		n := m.FieldNumber()
		if n < 1 || n > 4 {
			m.Skip()
			return nil
		}
		nano, err := m.Sint64()
		side[n] = float64(nano) / 1e9
		return err //nolint:wrapcheck // fields does
	})
	return orb.Bound{Min: orb.Point{side[1], side[4]}, Max: orb.Point{side[2], side[3]}}, err
}
