package i18n_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pinezka/pinezka/web/i18n"
)

// TestLoadFindsCollisions checks that Load returns an error when two subjects
// have the same key, and when a language has a key that English lacks.
func TestLoadFindsCollisions(t *testing.T) {
	for _, key := range []string{"list.next", "list.unknown"} {
		other := fstest.MapFS{"locales/pl.json": {Data: []byte(`{"` + key + `": "Dalej"}`)}}
		if _, err := i18n.Load(part(), other); err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("got %v, want an error that names the key %s", err, key)
		}
	}
}
