package osm

import "testing"

// FuzzBlock reads blocks as they are after decompression, whose checksum keeps
// FuzzPBF from most of them.
func FuzzBlock(f *testing.F) {
	f.Add([]byte("\x0a\x09\x0a\x00\x0a\x01a\x0a\x02bc\x12\x0c\x1a\x0a\x08\x01\x12\x01\x01\x1a\x01\x02\x42\x01\x02"))
	f.Add([]byte("\x0a\x02\x0a\x00\x12\x0d\x12\x0b\x0a\x01\x02\x42\x01\x02\x4a\x01\x02\x52\x00"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		var b block
		_, _ = b.scan(data, node|way|relation, func(*element) error { return nil })
	})
}
