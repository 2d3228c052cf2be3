package ingest

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
)

var errAfterGzip = errors.New("there is something else after the compressed data")

// gzipReader decompresses the members of a gzip file one after another. Zero
// bytes may follow the last, as on tapes and block devices.
type gzipReader struct {
	in     *bufio.Reader
	member *gzip.Reader
}

func newGzipReader(in *bufio.Reader) (*gzipReader, error) {
	member, err := gzip.NewReader(in)
	if err != nil {
		return nil, err //nolint:wrapcheck // Open names the file
	}
	member.Multistream(false)
	return &gzipReader{in, member}, nil
}

func (r *gzipReader) Read(p []byte) (int, error) {
	n, err := r.member.Read(p)
	if errors.Is(err, io.EOF) {
		err = r.nextMember()
	}
	return n, err
}

// nextMember begins the next member. It returns io.EOF if there is none.
func (r *gzipReader) nextMember() error {
	first, err := r.in.Peek(1)
	if err != nil {
		return err //nolint:wrapcheck // the reader of the format says where
	}
	if first[0] != 0 {
		if err := r.member.Reset(r.in); err != nil {
			return errAfterGzip
		}
		r.member.Multistream(false)
		return nil
	}
	for {
		b, err := r.in.ReadByte()
		switch {
		case err != nil:
			return err //nolint:wrapcheck // the reader of the format says where
		case b != 0:
			return errAfterGzip
		}
	}
}
