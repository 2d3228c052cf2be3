package i18n_test

import (
	"testing"
	"testing/fstest"

	"github.com/pinezka/pinezka/web/i18n"
)

// part returns the files of a subject with two texts in English and Polish.
func part() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"locales/en.json":               file(`{"list.total": {"one": "{n} pin", "other": "{n} pins"}, "list.next": "Next page", "language.name": "English"}`),
		"locales/pl.json":               file(`{"list.total": {"one": "{n} pinezka", "few": "{n} pinezki", "many": "{n} pinezek", "other": "{n} pinezki"}, "list.next": "Następna", "language.name": "Polski"}`),
		"locales/translator_notes.json": file(`{"list.": "List of pins.", "list.next": "Link below the list.", "language.": "In itself."}`),
	}
}

func load(t testing.TB) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(part())
	if err != nil {
		t.Fatal(err)
	}
	return c
}
