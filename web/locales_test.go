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
// translators; and that a catalogue is read as it was written.
func TestTexts(t *testing.T) {
	c, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Tags(); !slices.Equal(got, []string{"en", "pl", "uk"}) {
		t.Errorf("the languages of the program are %q", got)
	}
	for _, tag := range c.Tags() {
		var out, again bytes.Buffer
		if err := c.WritePO(&out, tag); err != nil {
			t.Fatal(err)
		}
		for _, message := range strings.Split(out.String(), "\n\n")[1:] {
			if strings.Contains(message+"\n", "] \"\"\n") || strings.Contains(message+"\n", "msgstr \"\"\n") {
				t.Errorf("%s lacks a text:\n%s", tag, message)
			}
			if strings.HasPrefix(message, "#. \n") {
				t.Errorf("there is no note for translators:\n%s", message)
			}
		}
		if _, err := c.ReadPO(tag, out.Bytes()); err != nil {
			t.Fatalf("%s: %v", tag, err)
		}
		if err := c.WritePO(&again, tag); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
			t.Errorf("%s is not read as it was written: %v", tag, err)
		}
		m := c.Messages(tag)
		for _, s := range civic.Statuses() {
			if key := "status." + s.String(); m.Text(key) == key {
				t.Errorf("%s lacks %s", tag, key)
			}
		}
	}
}
