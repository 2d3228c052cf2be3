package pmtiles

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Limits of the requests for a URL.
const (
	urlAttempts = 3
	urlTimeout  = 30 * time.Second // of one attempt
	urlWait     = 100 * time.Millisecond
)

// URL is a file on a web server as a source, of which each range is a request.
// Use OpenURL to open one.
type URL struct {
	client       *http.Client
	url          string
	name         string // of the URL in errors, without what may be secret
	size         int64
	etag         string // "" if the server sends none
	lastModified string // the same
	front        []byte // the first bytes
}

// errRetry marks an error after which the same request may succeed.
type errRetry struct{ error }

// OpenURL opens the file at a URL, whose server must support range requests.
// client is http.DefaultClient if it is nil.
func OpenURL(ctx context.Context, client *http.Client, address string) (*URL, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("open URL: %w", err)
	}
	parsed.User, parsed.RawQuery, parsed.Fragment = nil, "", ""
	u := &URL{client: client, url: address, name: parsed.String()}
	if client == nil {
		u.client = http.DefaultClient
	}
	front := make([]byte, frontSize)
	err = u.retry(ctx, func(ctx context.Context) error {
		n, err := u.request(ctx, front, 0)
		u.front = front[:n]
		return err
	})
	if err != nil {
		return nil, err
	}
	return u, nil
}

// Size implements Source.
func (u *URL) Size() int64 { return u.size }

// ReadRange implements Source. It tries again after errors of the network and
// those of the server that may pass, and returns ErrReplaced when the file is
// another one than before.
func (u *URL) ReadRange(ctx context.Context, b []byte, offset int64) error {
	if end := offset + int64(len(b)); end <= int64(len(u.front)) {
		copy(b, u.front[offset:end])
		return nil
	}
	return u.retry(ctx, func(ctx context.Context) error {
		n, err := u.request(ctx, b, offset)
		if err == nil && n < len(b) {
			err = errRetry{fmt.Errorf("read %s: %w", u.name, io.ErrUnexpectedEOF)}
		}
		return err
	})
}

// Check returns ErrReplaced when the file at the URL is another one than before.
func (u *URL) Check(ctx context.Context) error {
	return u.retry(ctx, func(ctx context.Context) error {
		_, err := u.request(ctx, make([]byte, 1), 0)
		return err
	})
}

// retry calls try until it succeeds or fails for good.
func (u *URL) retry(ctx context.Context, try func(context.Context) error) error {
	for n := 1; ; n++ {
		attempt, cancel := context.WithTimeout(ctx, urlTimeout)
		err := try(attempt)
		cancel()
		var again errRetry
		if !errors.As(err, &again) {
			return err
		}
		if n == urlAttempts {
			return again.error
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("read %s: %w", u.name, ctx.Err())
		case <-time.After(urlWait << n):
		}
	}
}

// request requests len(b) bytes from offset on, and returns how many there are.
// The first request learns which version the file is; all others accept no
// other.
func (u *URL) request(ctx context.Context, b []byte, offset int64) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.url, nil)
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", u.name, err)
	}
	req.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", offset, offset+int64(len(b))-1))
	req.Header.Set("Accept-Encoding", "identity") // a range of a compressed body is of no use
	switch {
	case u.etag != "" && !strings.HasPrefix(u.etag, "W/"):
		req.Header.Set("If-Match", u.etag)
	case u.etag == "" && u.lastModified != "":
		req.Header.Set("If-Unmodified-Since", u.lastModified)
	}
	resp, err := u.client.Do(req)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err // its text contains the whole URL
		}
		return 0, errRetry{fmt.Errorf("read %s: %w", u.name, err)}
	}
	defer resp.Body.Close()
	if err := u.check(resp, offset); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(resp.Body, b)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return n, errRetry{fmt.Errorf("read %s: %w", u.name, err)}
	}
	if int64(n) < min(int64(len(b)), u.size-offset) {
		return n, errRetry{fmt.Errorf("read %s: %w", u.name, io.ErrUnexpectedEOF)}
	}
	return n, nil
}

// check checks that a response is the range from offset on of the right version.
func (u *URL) check(resp *http.Response, offset int64) error {
	first := u.size == 0
	switch status := resp.StatusCode; {
	case status == http.StatusPreconditionFailed, !first && status == http.StatusRequestedRangeNotSatisfiable:
		return ErrReplaced
	case status == http.StatusTooManyRequests, status >= http.StatusInternalServerError:
		return errRetry{fmt.Errorf("read %s: the server responds with %s", u.name, resp.Status)}
	case status == http.StatusOK:
		return fmt.Errorf("read %s: the server does not support range requests: it sends the whole file", u.name)
	case status != http.StatusPartialContent:
		return fmt.Errorf("read %s: the server responds with %s", u.name, resp.Status)
	}
	if coding := resp.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return fmt.Errorf("read %s: the server compresses ranges with %s, so they are not those of the file", u.name, coding)
	}
	var from, to, size int64
	if n, _ := fmt.Sscanf(resp.Header.Get("Content-Range"), "bytes %d-%d/%d", &from, &to, &size); n != 3 || from != offset || size < 1 {
		return fmt.Errorf("read %s: the server sends the range %q instead of one from %d on", u.name, resp.Header.Get("Content-Range"), offset)
	}
	etag, modified := resp.Header.Get("Etag"), resp.Header.Get("Last-Modified")
	if first {
		u.size, u.etag, u.lastModified = size, etag, modified
		return nil
	}
	if size != u.size || etag != u.etag || etag == "" && modified != u.lastModified {
		return ErrReplaced
	}
	return nil
}
