package contract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/web/serve"
)

// checkJSON reads the body of a request and replaces it with what it has read.
// It returns a problem for a body that is not exactly one JSON value in UTF-8,
// without a byte order mark (RFC 8259, section 8.1), and for an object that has
// two members with one name, of which readers take either.
func checkJSON(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return fmt.Errorf("read the body: %w", err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if err = record.CheckJSON(body); err == nil && !jsontext.Value(body).IsValid() {
		err = errors.New("its texts are not valid Unicode in UTF-8")
	}
	if err == nil {
		return nil
	}
	p := serve.BadBody(err)
	var repeated record.RepeatedName
	if errors.As(err, &repeated) {
		p.Errors = []serve.Fault{{Field: repeated.Name, Detail: "must not be repeated"}}
	}
	return p
}
