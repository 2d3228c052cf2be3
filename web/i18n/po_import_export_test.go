package i18n_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// TestNewLanguage checks that the file that is written for a new language can
// be filled in and read.
func TestNewLanguage(t *testing.T) {
	for _, tag := range []string{"lt", "cs", "de", "fr", "be", "lv", "ro", "sl", "ja", "hu"} {
		c := load(t)
		var out bytes.Buffer
		if err := c.WritePO(&out, tag); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"#. Link below the list.", `msgctxt "list.total"`, `msgid_plural "{n} pins"`, "#. Keep these as they are: {n}", "Language: " + tag} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: the file lacks %s", tag, want)
			}
		}
		if _, err := c.ReadPO(tag, out.Bytes()); err != nil {
			t.Errorf("%s: nothing is translated yet: %v", tag, err)
		}
		if got := c.Messages(tag, "pl").Text("list.next"); got != "Następna" {
			t.Errorf("%s: nothing is translated yet: %q", tag, got)
		}
		filled := strings.ReplaceAll(out.String(), "] \"\"", "] \"{n} x\"")
		if _, err := c.AddDir(fstest.MapFS{tag + ".po": {Data: []byte(filled)}}); err != nil {
			t.Errorf("%s: %v", tag, err)
		}
		if got := c.Messages(tag).Text("list.total", "n", 7); got != "7 x" {
			t.Errorf("%s: got %q", tag, got)
		}
	}
}

// TestEveryLanguageHasAPluralFormula checks that a file can be exported for every
// language of CLDR.
func TestEveryLanguageHasAPluralFormula(t *testing.T) {
	c := load(t)
	for _, tag := range display.Supported.Tags() {
		if err := c.WritePO(io.Discard, tag.String()); err != nil {
			t.Error(err)
		}
	}
}

// TestUnknownTextsAreSkipped checks that a file for another version of the program
// can be read, and that what it has too much is named.
func TestUnknownTextsAreSkipped(t *testing.T) {
	c := load(t)
	file := polishHeader + "\nmsgctxt \"list.last\"\nmsgid \"x\"\nmsgstr \"y\"\n\nmsgctxt \"list.next\"\nmsgid \"x\"\nmsgstr \"Dalej\"\n"
	unknown, err := c.AddDir(fstest.MapFS{"pl.po": {Data: []byte(file)}})
	if err != nil {
		t.Fatal(err)
	}
	if len(unknown) != 1 || unknown[0] != "pl.po: list.last" {
		t.Errorf("skipped %q", unknown)
	}
	if got := c.Messages("pl").Text("list.next"); got != "Dalej" {
		t.Errorf("got %q", got)
	}
}

const polishHeader = `msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"
`

func TestReadPO(t *testing.T) {
	for name, test := range map[string]struct{ file, want string }{
		"several lines": {"\nmsgctxt \"list.next\"\nmsgid \"Next page\"\nmsgstr \"\"\n\"Kolejna \"\n\"„strona”\\n\"\n", "Kolejna „strona”\n"},
		"fuzzy":         {"\n#, fuzzy\nmsgctxt \"list.next\"\nmsgid \"Next page\"\nmsgstr \"Źle\"\n", "Następna"},
		"CRLF":          {"\r\nmsgctxt \"list.next\"\r\nmsgid \"Next page\"\r\nmsgstr \"Dalej\"\r\n", "Dalej"},
	} {
		c := load(t)
		if _, err := c.ReadPO("pl", []byte(polishHeader+test.file)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := c.Messages("pl").Text("list.next"); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestReadPORejects(t *testing.T) {
	for name, test := range map[string]struct{ file, want string }{
		"no header":     {"msgctxt \"list.next\"\nmsgid \"x\"\nmsgstr \"y\"\n", "Plural-Forms"},
		"other plurals": {strings.Replace(polishHeader, "n==1 ? 0", "n==2 ? 0", 1), "do not fit"},
		"a quote":       {polishHeader + "\nmsgctxt \"list.next\"\nmsgid \"Next page\"\nmsgstr \"Da\"lej\"\n", "line 7"},
		"repeated key":  {polishHeader + strings.Repeat("\nmsgctxt \"list.next\"\nmsgid \"x\"\nmsgstr \"y\"\n", 2), "repeated"},
		"placeholder":   {polishHeader + "\nmsgctxt \"list.next\"\nmsgid \"x\"\nmsgstr \"{n}\"\n", "placeholders"},
		"missing form":  {polishHeader + "\nmsgctxt \"list.total\"\nmsgid \"x\"\nmsgid_plural \"y\"\nmsgstr[0] \"{n}\"\n", "plural form"},
		"other text":    {"Hello", "line 1"},
		"too large":     {strings.Repeat(" ", 4<<20+1), "MiB"},
	} {
		c := load(t)
		if _, err := c.ReadPO("pl", []byte(test.file)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, test.want)
		}
		if got := c.Messages("pl").Text("list.next"); got != "Następna" {
			t.Errorf("%s: the rejected file has changed a text to %q", name, got)
		}
	}
	if _, err := load(t).AddDir(fstest.MapFS{}); err == nil {
		t.Error("an empty directory is accepted")
	}
}

// FuzzReadPO checks that ReadPO does not panic for any file, and that what it
// has read can be written and read again.
func FuzzReadPO(f *testing.F) {
	f.Add([]byte(polishHeader + "\nmsgctxt \"list.next\"\nmsgid \"x\"\nmsgstr \"y\"\n"))
	f.Add([]byte("msgid \"\"\nmsgstr \"Plural-Forms: nplurals=1; plural=n%0;\\n\"\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := load(t)
		if _, err := c.ReadPO("pl", b); err != nil {
			return
		}
		var out bytes.Buffer
		if err := c.WritePO(&out, language.Polish.String()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.ReadPO("pl", out.Bytes()); err != nil {
			t.Errorf("what was read from %q is written as\n%s\n%v", b, out.String(), err)
		}
	})
}
