// Package i18n provides the texts of the interface by language: catalogues with
// plural forms, the choice of a language for a request, and the exchange of
// catalogues with translators as PO files.
//
// Each subject has its own texts, locales/TAG.json, with keys that no other
// subject has. A directory of PO files can add languages, and replace texts,
// without a change of the program.
package i18n

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"
)

// reference is the language whose catalogue has every key, and from which texts
// are translated to other languages. It is the last fallback.
const reference = "en"

// notesFile is the name of the file that explains the texts of a subject to
// translators. It contains notes by prefix of the keys of the texts.
const notesFile = "translator_notes.json"

// Catalogue contains the texts of all languages.
type Catalogue struct {
	languages map[string]*texts // by BCP 47 tag
	notes     map[string]string // for translators, by prefix of keys
}

// texts contains the texts of one language by key.
type texts struct {
	tag     language.Tag
	entries map[string]Entry
}

// Entry is a text, or one text for each plural category of the number {n}
// (CLDR: zero, one, two, few, many, other). Names in braces are placeholders.
type Entry struct {
	text  string
	forms map[string]string
}

// UnmarshalJSON reads a string, or an object of strings by plural category.
func (e *Entry) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &e.text) == nil {
		return nil
	}
	if err := json.Unmarshal(b, &e.forms); err != nil {
		return fmt.Errorf("neither a text nor texts by plural category: %w", err)
	}
	return nil
}

// MarshalJSON writes what UnmarshalJSON reads.
func (e Entry) MarshalJSON() ([]byte, error) {
	var v any = e.text
	if e.forms != nil {
		v = e.forms
	}
	return json.Marshal(v) //nolint:wrapcheck // encoding/json, which calls this, names the type
}

// Load returns the catalogue of the files locales/TAG.json of all parts. It
// returns an error for a key that two parts have, and for one that English
// lacks.
func Load(parts ...fs.FS) (*Catalogue, error) {
	c := &Catalogue{languages: map[string]*texts{}, notes: map[string]string{}}
	for _, part := range parts {
		names, err := fs.Glob(part, "locales/*.json")
		if err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		for _, name := range names {
			b, err := fs.ReadFile(part, name)
			if err != nil {
				return nil, fmt.Errorf("read texts: %w", err)
			}
			if err := c.add(path.Base(name), b); err != nil {
				return nil, fmt.Errorf("read texts: %s: %w", name, err)
			}
		}
	}
	source := c.Messages(reference)
	for tag, t := range c.languages {
		for key := range t.entries {
			if _, _, ok := source.find(key); !ok {
				return nil, fmt.Errorf("read texts: %s has a text for %q, which English lacks", tag, key)
			}
		}
	}
	return c, nil
}

// Explain adds notes for translators on the texts whose keys begin with the prefix,
// by what follows it. A note of a subject on a longer part of a key, or the same one,
// is preferred.
func (c *Catalogue) Explain(prefix string, notes map[string]string) {
	for part, note := range notes {
		if _, has := c.notes[prefix+part]; !has {
			c.notes[prefix+part] = note
		}
	}
}

// add adds the file with this name and content.
func (c *Catalogue) add(name string, b []byte) error {
	entries := map[string]Entry{}
	var to any = &entries
	if name == notesFile {
		to = &c.notes
	}
	if err := json.Unmarshal(b, to); err != nil {
		return fmt.Errorf("parse JSON: %w", err)
	}
	if name == notesFile {
		return nil
	}
	t, err := c.language(strings.TrimSuffix(name, ".json"))
	if err != nil {
		return err
	}
	for key, e := range entries {
		if _, taken := t.entries[key]; taken {
			return fmt.Errorf("the key %q is used by another subject", key)
		}
		t.entries[key] = e
	}
	return nil
}

// language returns the texts of a language, which it adds if there are none.
func (c *Catalogue) language(name string) (*texts, error) {
	tag, err := language.Parse(name)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", name, err)
	}
	t := c.languages[tag.String()]
	if t == nil {
		t = &texts{tag, map[string]Entry{}}
		c.languages[tag.String()] = t
	}
	return t, nil
}

// check checks an entry in the language against the English one: it must have
// the same placeholders, and all plural forms of the language.
func (e Entry) check(tag language.Tag, source Entry) error {
	if (e.forms == nil) != (source.forms == nil) || e.forms == nil && e.text == "" {
		return errors.New("it is empty, or differs from English in having plural forms")
	}
	for _, category := range categories(tag) {
		if e.forms != nil && e.forms[category] == "" {
			return fmt.Errorf("the plural form %q is missing", category)
		}
	}
	if want, got := placeholders(source), placeholders(e); !slices.Equal(want, got) {
		return fmt.Errorf("it has the placeholders %q instead of %q", got, want)
	}
	return nil
}

// Tags returns the languages of the catalogue: English, then the others in
// alphabetical order.
func (c *Catalogue) Tags() []string {
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(c.languages)), func(tag string) bool { return tag == reference })
	return append([]string{reference}, others...)
}

// Messages returns the texts in the language lang. A text that it lacks is taken
// from the language that it is a variety of, as Canadian French is of French,
// then in the same way from the first of the fallbacks that has it, then from
// English.
func (c *Catalogue) Messages(lang string, fallbacks ...string) *Messages {
	m := &Messages{tag: language.Make(lang)}
	m.printer = message.NewPrinter(m.tag)
	for _, l := range slices.Concat([]string{lang}, fallbacks, []string{reference}) {
		for tag := language.Make(l); tag != language.Und; tag = tag.Parent() {
			if t := c.languages[tag.String()]; t != nil && !slices.Contains(m.chain, t) {
				m.chain = append(m.chain, t)
			}
		}
	}
	return m
}

// Name returns the name of a language in that language, or its tag when it is
// not known.
func (c *Catalogue) Name(lang string) string {
	if t := c.languages[lang]; t != nil {
		if e, ok := t.entries["language.name"]; ok {
			return e.text
		}
	}
	return cmp.Or(display.Self.Name(language.Make(lang)), lang)
}
