package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed locales/*.json
var localeFiles embed.FS

// messages of one language: what locales/<tag>.json holds. An entry is a text,
// or a text for each CLDR plural category of {n}; names in braces are filled in.
type messages struct {
	tag     language.Tag
	printer *message.Printer
	entries map[string]entry
}

type entry struct {
	text  string
	forms map[string]string // by plural category: one, few, many, other
}

func (e *entry) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &e.text) == nil {
		return nil
	}
	return json.Unmarshal(b, &e.forms)
}

func (e entry) MarshalJSON() ([]byte, error) {
	if e.forms != nil {
		return json.Marshal(e.forms)
	}
	return json.Marshal(e.text)
}

// languages in the order of the switch; the first is the default.
func languages() []string { return []string{"pl", "en", "uk"} }

// catalogue of all languages, by tag.
func catalogue() (map[string]*messages, error) {
	out := map[string]*messages{}
	names, err := fs.Glob(localeFiles, "locales/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		b, err := localeFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		tag, err := language.Parse(strings.TrimSuffix(path.Base(name), ".json"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		m := &messages{tag: tag, printer: message.NewPrinter(tag)}
		if err := json.Unmarshal(b, &m.entries); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[tag.String()] = m
	}
	for _, tag := range languages() {
		if out[tag] == nil {
			return nil, fmt.Errorf("no messages for %s", tag)
		}
	}
	return out, nil
}

// text of the key, with pairs of names and values filled in. A value for "n"
// chooses the plural form. A missing key shows itself, so that it is noticed.
func (m *messages) text(key string, pairs ...any) string {
	e, ok := m.entries[key]
	if !ok {
		return key
	}
	text := e.text
	if e.forms != nil {
		text = e.forms["other"]
		for i := 0; i+1 < len(pairs); i += 2 {
			if n, ok := pairs[i+1].(int); ok && pairs[i] == "n" {
				if form, ok := e.forms[m.plural(n)]; ok {
					text = form
				}
			}
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		value := fmt.Sprint(pairs[i+1])
		if n, ok := pairs[i+1].(int); ok {
			value = m.number(n)
		}
		text = strings.ReplaceAll(text, fmt.Sprintf("{%v}", pairs[i]), value)
	}
	return text
}

// plural category of n: "one", "few", "many" or "other".
func (m *messages) plural(n int) string {
	digits := []byte(strconv.Itoa(max(n, -n)))
	for i := range digits {
		digits[i] -= '0'
	}
	switch plural.Cardinal.MatchDigits(m.tag, digits, len(digits), 0) {
	case plural.One:
		return "one"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	}
	return "other"
}

// number as the language groups its digits.
func (m *messages) number(n int) string { return m.printer.Sprint(number.Decimal(n)) }

// subset of the entries whose keys begin with a prefix, for the browser.
func (m *messages) subset(prefix string) map[string]entry {
	out := map[string]entry{}
	for key, e := range m.entries {
		if strings.HasPrefix(key, prefix) {
			out[key] = e
		}
	}
	return out
}

// negotiate the language: the one asked for by name, else what the browser
// accepts, else the default.
func negotiate(asked, accept string) string {
	if slices.Contains(languages(), asked) {
		return asked
	}
	tags := make([]language.Tag, len(languages()))
	for i, l := range languages() {
		tags[i] = language.Make(l)
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 {
		return languages()[0]
	}
	_, i, _ := language.NewMatcher(tags).Match(wanted...)
	return languages()[i]
}
