package osm

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/protoscan"
)

// visitError is the error of a visitor, which is not that of the file.
type visitError struct{ error }

func (e visitError) Unwrap() error { return e.error }

// block reads a block of elements, whose texts stand in a table and whose
// columns are stored as differences.
type block struct {
	data                   []byte   // decompressed
	texts                  [][]byte // the table
	strings                []string // the same, as far as they have been used
	granularity            int32    // nanodegrees of a unit
	lonOffset, latOffset   int64    // nanodegrees
	ids, lons, lats        []int64
	keys, values           []uint32
	keysValues, roles, ofs []int32
	e                      element
}

// scan calls visit for each element of the kinds wanted, and returns the kinds
// that the block has.
func (b *block) scan(data []byte, wanted elementKind, visit func(*element) error) (elementKind, error) {
	b.texts, b.strings = b.texts[:0], nil
	b.granularity, b.lonOffset, b.latOffset = 100, 0, 0
	var groups [][]byte
	err := fields(data, func(m *protoscan.Message) (err error) {
		switch m.FieldNumber() {
		case 1:
			var table []byte
			if table, err = m.MessageData(); err == nil {
				err = b.readTexts(table)
			}
		case 2:
			var group []byte
			group, err = m.MessageData()
			groups = append(groups, group)
		case 17:
			b.granularity, err = m.Int32()
		case 19:
			b.latOffset, err = m.Int64()
		case 20:
			b.lonOffset, err = m.Int64()
		default:
			m.Skip()
		}
		return err //nolint:wrapcheck // fields does
	})
	if err != nil {
		return 0, err
	}
	b.strings = make([]string, len(b.texts))
	kinds := elementKind(0)
	for _, group := range groups {
		err := fields(group, func(m *protoscan.Message) error {
			kind, read := elementKind(0), b.readWay
			switch m.FieldNumber() {
			case 1:
				kind, read = node, b.readNode
			case 2:
				kind, read = node, b.readDenseNodes
			case 3:
				kind = way
			case 4:
				kind, read = relation, b.readRelation
			}
			kinds |= kind
			if kind&wanted == 0 {
				m.Skip()
				return nil
			}
			data, err := m.MessageData()
			if err != nil {
				return err //nolint:wrapcheck // fields does
			}
			b.e = element{kind: kind, nodes: b.e.nodes[:0], members: b.e.members[:0]}
			return read(data, func(e *element) error {
				if err := visit(e); err != nil {
					return visitError{err}
				}
				return nil
			})
		})
		if err != nil {
			return kinds, err
		}
	}
	return kinds, nil
}

func (b *block) readTexts(table []byte) error {
	return fields(table, func(m *protoscan.Message) error {
		text, err := m.MessageData()
		b.texts = append(b.texts, text)
		return err //nolint:wrapcheck // fields does
	})
}

// text returns an entry of the table.
func (b *block) text(i int) (string, error) {
	if i < 0 || i >= len(b.texts) {
		return "", fmt.Errorf("%w: text %d of %d", errDamaged, i, len(b.texts))
	}
	if b.strings[i] == "" {
		b.strings[i] = string(b.texts[i])
	}
	return b.strings[i], nil
}

// point returns the point of a pair of stored coordinates.
func (b *block) point(lon, lat int64) orb.Point {
	return orb.Point{
		float64(b.lonOffset+int64(b.granularity)*lon) / 1e9,
		float64(b.latOffset+int64(b.granularity)*lat) / 1e9,
	}
}

// readTags sets the tags of the element from the columns of keys and values.
func (b *block) readTags() error {
	if len(b.keys) != len(b.values) {
		return fmt.Errorf("%w: %d keys, %d values", errDamaged, len(b.keys), len(b.values))
	}
	b.e.tags = nil
	for i := range b.keys {
		if err := b.tag(int(b.keys[i]), int(b.values[i])); err != nil {
			return err
		}
	}
	return nil
}

func (b *block) tag(key, value int) error {
	k, err := b.text(key)
	if err != nil {
		return err
	}
	v, err := b.text(value)
	if err != nil {
		return err
	}
	if b.e.tags == nil {
		b.e.tags = map[string]string{}
	}
	b.e.tags[k] = v
	return nil
}

// readCommon reads the fields that ways and relations have in common, and all
// others with other.
func (b *block) readCommon(data []byte, other func(*protoscan.Message) error) error {
	b.keys, b.values = b.keys[:0], b.values[:0]
	err := fields(data, func(m *protoscan.Message) (err error) {
		switch m.FieldNumber() {
		case 1:
			b.e.id, err = m.Int64()
		case 2:
			b.keys, err = m.RepeatedUint32(b.keys)
		case 3:
			b.values, err = m.RepeatedUint32(b.values)
		default:
			err = other(m)
		}
		return err
	})
	if err != nil {
		return err
	}
	return b.readTags()
}

func (b *block) readWay(data []byte, visit func(*element) error) error {
	b.ids = b.ids[:0]
	err := b.readCommon(data, func(m *protoscan.Message) (err error) {
		if m.FieldNumber() != 8 {
			m.Skip()
			return nil
		}
		b.ids, err = m.RepeatedSint64(b.ids)
		return err //nolint:wrapcheck // fields does
	})
	if err != nil {
		return err
	}
	id := int64(0)
	for _, step := range b.ids {
		id += step
		b.e.nodes = append(b.e.nodes, id)
	}
	return visit(&b.e)
}

func (b *block) readRelation(data []byte, visit func(*element) error) error {
	b.ids, b.roles, b.ofs = b.ids[:0], b.roles[:0], b.ofs[:0]
	err := b.readCommon(data, func(m *protoscan.Message) (err error) {
		switch m.FieldNumber() {
		case 8:
			b.roles, err = m.RepeatedInt32(b.roles)
		case 9:
			b.ids, err = m.RepeatedSint64(b.ids)
		case 10:
			b.ofs, err = m.RepeatedInt32(b.ofs)
		default:
			m.Skip()
		}
		return err //nolint:wrapcheck // fields does
	})
	if err != nil {
		return err
	}
	if len(b.ids) != len(b.roles) || len(b.ids) != len(b.ofs) {
		return fmt.Errorf("%w: %d members, %d roles, %d types", errDamaged, len(b.ids), len(b.roles), len(b.ofs))
	}
	const ofWay = 1
	id := int64(0)
	for i, step := range b.ids {
		id += step
		role, err := b.text(int(b.roles[i]))
		if err != nil {
			return err
		}
		if b.ofs[i] == ofWay {
			b.e.members = append(b.e.members, member{id, role == "inner"})
		}
	}
	return visit(&b.e)
}

func (b *block) readNode(data []byte, visit func(*element) error) error {
	b.keys, b.values = b.keys[:0], b.values[:0]
	var lon, lat int64
	err := fields(data, func(m *protoscan.Message) (err error) {
		switch m.FieldNumber() {
		case 1:
			b.e.id, err = m.Sint64()
		case 2:
			b.keys, err = m.RepeatedUint32(b.keys)
		case 3:
			b.values, err = m.RepeatedUint32(b.values)
		case 8:
			lat, err = m.Sint64()
		case 9:
			lon, err = m.Sint64()
		default:
			m.Skip()
		}
		return err //nolint:wrapcheck // fields does
	})
	if err == nil {
		err = b.readTags()
	}
	if err != nil {
		return err
	}
	b.e.point = b.point(lon, lat)
	return visit(&b.e)
}

// readDenseNodes reads columns of nodes. Keys and values are pairs of texts,
// with a 0 after those of each node, or none at all.
func (b *block) readDenseNodes(data []byte, visit func(*element) error) error {
	b.ids, b.lons, b.lats, b.keysValues = b.ids[:0], b.lons[:0], b.lats[:0], b.keysValues[:0]
	err := fields(data, func(m *protoscan.Message) (err error) {
		switch m.FieldNumber() {
		case 1:
			b.ids, err = m.RepeatedSint64(b.ids)
		case 8:
			b.lats, err = m.RepeatedSint64(b.lats)
		case 9:
			b.lons, err = m.RepeatedSint64(b.lons)
		case 10:
			b.keysValues, err = m.RepeatedInt32(b.keysValues)
		default:
			m.Skip()
		}
		return err //nolint:wrapcheck // fields does
	})
	if err != nil {
		return err
	}
	if len(b.ids) != len(b.lons) || len(b.ids) != len(b.lats) {
		return fmt.Errorf("%w: %d nodes, %d longitudes, %d latitudes", errDamaged, len(b.ids), len(b.lons), len(b.lats))
	}
	var lon, lat int64
	rest := b.keysValues
	for i := range b.ids {
		b.e.id += b.ids[i]
		lon += b.lons[i]
		lat += b.lats[i]
		b.e.point, b.e.tags = b.point(lon, lat), nil
		for len(rest) > 1 && rest[0] != 0 {
			if err := b.tag(int(rest[0]), int(rest[1])); err != nil {
				return err
			}
			rest = rest[2:]
		}
		if len(rest) > 0 {
			rest = rest[1:]
		}
		if err := visit(&b.e); err != nil {
			return err
		}
	}
	return nil
}
