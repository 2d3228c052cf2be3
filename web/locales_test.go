package web

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// TestTexts checks that every key has a text in each language of the program,
// with the plural forms and the placeholders that it needs, and a note for
// translators.
func TestTexts(t *testing.T) {
	c, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Tags(); !slices.Equal(got, []string{"en", "pl", "uk"}) {
		t.Errorf("the program has %q", got)
	}
	for _, fault := range c.Check() {
		t.Error(fault)
	}
	for _, tag := range c.Tags() {
		m := c.Messages(tag)
		for _, s := range civic.Statuses() {
			if key := "status." + s.String(); m.Text(key) == key {
				t.Errorf("%s lacks %s", tag, key)
			}
		}
	}
}

// TestTranslation checks that a catalogue exported for translators is read back
// as it was, for each language of the program.
func TestTranslation(t *testing.T) {
	c, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range c.Tags() {
		var out, again bytes.Buffer
		if err := c.WritePO(&out, tag); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "msgstr \"\"\n\n") {
			t.Errorf("%s: a message is not translated", tag)
		}
		if err := c.ReadPO(tag, out.Bytes()); err != nil {
			t.Fatalf("%s: %v", tag, err)
		}
		if err := c.WritePO(&again, tag); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
			t.Errorf("%s is not read back as it was written: %v", tag, err)
		}
	}
}
