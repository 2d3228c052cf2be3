package locale_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pinezka/pinezka/web/locale"
)

// TestLoadFindsCollisions checks that two subjects cannot have the same key.
func TestLoadFindsCollisions(t *testing.T) {
	other := fstest.MapFS{"locales/pl.json": {Data: []byte(`{"list.next": "Dalej"}`)}}
	if _, err := locale.Load(part(), other); err == nil || !strings.Contains(err.Error(), "list.next") {
		t.Errorf("got %v, want an error that names the key", err)
	}
}

func TestCheckFindsGaps(t *testing.T) {
	if faults := load(t).Check(); len(faults) > 0 {
		t.Errorf("a complete catalogue has the faults %v", faults)
	}
	for file, change := range map[string][2]string{
		"locales/pl.json":    {`"few": "{n} pinezki", `, ``},
		"locales/en.json":    {`"Next page"`, `"Next page of {n}"`},
		"locales/notes.json": {`"list."`, `"other."`},
	} {
		files := part()
		changed := strings.Replace(string(files[file].Data), change[0], change[1], 1)
		files[file] = &fstest.MapFile{Data: []byte(changed)}
		c, err := locale.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Check()) == 0 {
			t.Errorf("%s without %s has no fault", file, change[0])
		}
	}
}
