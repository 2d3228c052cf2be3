package i18n

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/leonelquinteros/gotext/plurals"
	"golang.org/x/text/language"
)

// maxPO is the size in bytes up to which a PO file is read.
const maxPO = 4 << 20

// pluralFormulas returns values of Plural-Forms for the plural rules of CLDR, the
// most frequent first.
// https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html
// https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
func pluralFormulas() []string {
	const slavic = "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20)"
	return []string{
		"nplurals=2; plural=(n != 1);",
		"nplurals=1; plural=0;",
		"nplurals=2; plural=(n > 1);",
		"nplurals=3; plural=(n==1 ? 0 : " + slavic + " ? 1 : 2);",                 // Polish
		"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : " + slavic + " ? 1 : 2);", // Ukrainian
		"nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;",                 // Czech
		"nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2);", // Lithuanian
		"nplurals=3; plural=(n%10==0 || n%100>=11 && n%100<=19 ? 0 : n%10==1 && n%100!=11 ? 1 : 2);",              // Latvian
		"nplurals=3; plural=(n==1 ? 0 : (n==0 || n!=1 && n%100>=1 && n%100<=19) ? 1 : 2);",                        // Romanian
		"nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",                        // Slovenian
		"nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 && n>2 ? 2 : n<11 && n>6 ? 3 : 4);",                        // Irish
		"nplurals=2; plural=(n%10!=1 || n%100==11);",                                                              // Icelandic
		"nplurals=2; plural=(n%10!=1);",                                                                       // Macedonian
		"nplurals=2; plural=(n%10==4 || n%10==6 || n%10==9);",                                                 // Filipino
		"nplurals=2; plural=(n>=2 && (n<11 || n>99));",                                                        // Central Atlas Tamazight
		"nplurals=3; plural=(n<2 ? 0 : n<11 ? 1 : 2);",                                                        // Tachelhit
		"nplurals=3; plural=(n==0 ? 0 : n==1 ? 1 : 2);",                                                       // Colognian
		"nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",                                                       // Cornish, Northern Sami
		"nplurals=4; plural=(n==1 ? 0 : n==2 ? 1 : n>10 && n%10==0 ? 2 : 3);",                                 // Hebrew
		"nplurals=4; plural=(n==1 ? 0 : n==0 || n%100>=2 && n%100<=10 ? 1 : n%100>=11 && n%100<=19 ? 2 : 3);", // Maltese
		"nplurals=4; plural=(n==1 || n==11 ? 0 : n==2 || n==12 ? 1 : n>2 && n<20 ? 2 : 3);",                   // Scottish Gaelic
		"nplurals=4; plural=(n%10==1 ? 0 : n%10==2 ? 1 : n%20==0 ? 2 : 3);",                                   // Manx
		"nplurals=4; plural=(" + breton("n%10==1", 1) + " ? 0 : " + breton("n%10==2", 2) + " ? 1 : " + breton("(n%10==3 || n%10==4)", 3, 4) + " || " + breton("n%10==9", 9) + " ? 2 : 3);", // Breton
		"nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",                                                                                                   // Welsh
		"nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",                                                                             // Arabic
	}
}

// breton returns a condition on the last digit, without numbers that end in ten,
// seventy or ninety and one of the digits.
func breton(condition string, digits ...int) string {
	for _, d := range digits {
		condition += fmt.Sprintf(" && n%%100!=%d && n%%100!=%d && n%%100!=%d", 10+d, 70+d, 90+d)
	}
	return condition
}

// pluralFormula returns the value of Plural-Forms that distinguishes the same
// numbers as the plural categories of the language, and the index of each
// category.
func pluralFormula(tag language.Tag) (string, map[string]int, error) {
	for _, formula := range pluralFormulas() {
		indexes, err := indexesOf(formula, tag)
		if err == nil {
			return formula, indexes, nil
		}
	}
	return "", nil, fmt.Errorf("the plural forms of %s are not known", tag)
}

// indexesOf returns the index that a value of Plural-Forms assigns to each
// plural category of the language. It returns an error when the formula does
// not distinguish the same numbers as the categories, and when it cannot be
// evaluated, for example because it divides by zero.
func indexesOf(formula string, tag language.Tag) (indexes map[string]int, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("Plural-Forms: %v", v)
		}
	}()
	_, expression, found := strings.Cut(formula, "plural=")
	if !found {
		return nil, errors.New("the header has no Plural-Forms")
	}
	e, err := plurals.Compile(strings.TrimRight(expression, "; "))
	if err != nil {
		return nil, fmt.Errorf("Plural-Forms: %w", err)
	}
	indexes = map[string]int{}
	used := map[int]string{}
	for n := range 300 {
		category, i := pluralCategory(tag, n), e.Eval(uint32(n))
		if known, ok := indexes[category]; ok && known != i {
			return nil, fmt.Errorf("Plural-Forms do not fit %s: the number %d", tag, n)
		}
		if known, ok := used[i]; ok && known != category {
			return nil, fmt.Errorf("Plural-Forms do not fit %s: the number %d", tag, n)
		}
		indexes[category], used[i] = i, category
	}
	return indexes, nil
}

// WritePO writes the catalogue of a language as a PO file for translators. The
// context of a message is its key, its id is the English text, and its comment
// explains where it appears. Texts that the language lacks are empty.
func (c *Catalogue) WritePO(w io.Writer, lang string) error {
	tag, err := language.Parse(lang)
	if err != nil {
		return fmt.Errorf("language %q: %w", lang, err)
	}
	formula, indexes, err := pluralFormula(tag)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "msgid \"\"\nmsgstr \"\"\n%s\n%s\n%s\n", quotePO("Content-Type: text/plain; charset=UTF-8\n"), quotePO("Language: "+tag.String()+"\n"), quotePO("Plural-Forms: "+formula+"\n"))
	own := map[string]Entry{}
	if t := c.languages[tag.String()]; t != nil {
		own = t.entries
	}
	source := c.languages[reference].entries
	for _, key := range slices.Sorted(maps.Keys(source)) {
		e := source[key]
		fmt.Fprintf(&b, "\n#. %s\n", c.note(key))
		if names := placeholders(e); len(names) > 0 {
			fmt.Fprintf(&b, "#. Keep these as they are: %s\n", strings.Join(names, " "))
		}
		fmt.Fprintf(&b, "msgctxt %s\n", quotePO(key))
		if e.forms == nil {
			fmt.Fprintf(&b, "msgid %s\nmsgstr %s\n", quotePO(e.text), quotePO(own[key].text))
			continue
		}
		fmt.Fprintf(&b, "msgid %s\nmsgid_plural %s\n", quotePO(e.forms["one"]), quotePO(e.forms["other"]))
		for _, category := range slices.SortedFunc(maps.Keys(indexes), func(x, y string) int { return indexes[x] - indexes[y] }) {
			fmt.Fprintf(&b, "msgstr[%d] %s\n", indexes[category], quotePO(own[key].forms[category]))
		}
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write texts: %w", err)
	}
	return nil
}

func quotePO(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

// note returns the note with the longest prefix of the key.
func (c *Catalogue) note(key string) string {
	best := ""
	for prefix := range c.notes {
		if strings.HasPrefix(key, prefix) && len(prefix) > len(best) {
			best = prefix
		}
	}
	return c.notes[best]
}

// AddDir adds the files TAG.po of a directory to the catalogue: new languages,
// and texts that replace those of the program. It returns the keys that ReadPO
// skips, each after the name of its file.
func (c *Catalogue) AddDir(dir fs.FS) (unknown []string, err error) {
	names, err := fs.Glob(dir, "*.po")
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	if len(names) == 0 {
		return nil, errors.New("there is no .po file")
	}
	for _, name := range names {
		f, err := dir.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		b, err := io.ReadAll(io.LimitReader(f, maxPO+1))
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		keys, err := c.ReadPO(strings.TrimSuffix(path.Base(name), ".po"), b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, key := range keys {
			unknown = append(unknown, name+": "+key)
		}
	}
	return unknown, nil
}

// ReadPO adds the texts of a PO file to a language. Messages without a
// translation, and those marked fuzzy, are skipped, and so are those whose keys
// this version of the program does not have, which it returns. It returns an
// error that names the line or the key, and adds nothing, when the file is
// malformed, or when a text does not have the placeholders of the English one.
func (c *Catalogue) ReadPO(lang string, b []byte) (unknown []string, err error) {
	if len(b) > maxPO {
		return nil, fmt.Errorf("larger than %d MiB", maxPO>>20)
	}
	messages, err := parsePO(string(b))
	if err != nil {
		return nil, err
	}
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", lang, err)
	}
	indexes, err := indexesOf(header(messages, "Plural-Forms"), tag)
	if err != nil {
		return nil, err
	}
	entries := map[string]Entry{}
	for _, m := range messages {
		if m.id == "" || m.fuzzy {
			continue
		}
		source, ok := c.languages[reference].entries[m.context]
		if !ok {
			unknown = append(unknown, m.context)
			continue
		}
		if _, twice := entries[m.context]; twice {
			return nil, fmt.Errorf("line %d: the key %q is repeated", m.line, m.context)
		}
		e, err := m.entry(tag, source, indexes)
		if err != nil {
			return nil, fmt.Errorf("line %d: %s: %w", m.line, m.context, err)
		}
		if e != nil {
			entries[m.context] = *e
		}
	}
	t, err := c.language(lang)
	if err != nil {
		return nil, err
	}
	maps.Copy(t.entries, entries)
	return unknown, nil
}

// poMessage is one message of a PO file. The header is the message with the id
// "".
type poMessage struct {
	line        int // on which it begins
	fuzzy       bool
	context, id string
	texts       map[int]string // by plural index; 0 alone for a message without plurals
}

// poLine matches a line of a PO file that is neither blank nor a comment.
var poLine = regexp.MustCompile(`^(msgctxt|msgid_plural|msgid|msgstr|msgstr\[(\d)\])?\s*("(?:[^"\\]|\\.)*")$`)

// parsePO returns the messages of a PO file. It returns an error that names the
// line for anything that gettext does not allow.
// See https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html.
func parsePO(file string) ([]*poMessage, error) {
	var all []*poMessage
	var m *poMessage
	var appendText func(string) // appends to the last string
	fuzzy, number := false, 0
	for line := range strings.Lines(strings.TrimPrefix(file, "\ufeff")) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			fuzzy = fuzzy && line != "" || strings.HasPrefix(line, "#,") && strings.Contains(line, "fuzzy")
			continue
		}
		parts := poLine.FindStringSubmatch(line)
		if parts == nil {
			return nil, fmt.Errorf("line %d: this is not a line of a PO file; are its quotes right?", number)
		}
		text, err := strconv.Unquote(parts[3])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if keyword := parts[1]; keyword == "msgctxt" || keyword == "msgid" && (m == nil || len(m.texts) > 0) {
			m = &poMessage{line: number, fuzzy: fuzzy, texts: map[int]string{}}
			all, fuzzy = append(all, m), false
		}
		switch message := m; {
		case m == nil || parts[1] == "" && appendText == nil:
			return nil, fmt.Errorf("line %d: a message must begin with msgctxt or msgid", number)
		case parts[1] == "msgctxt":
			appendText = func(s string) { message.context += s }
		case parts[1] == "msgid":
			appendText = func(s string) { message.id += s }
		case parts[1] == "msgid_plural":
			appendText = func(string) {}
		case parts[1] != "":
			i, _ := strconv.Atoi(parts[2]) // "" is 0
			appendText = func(s string) { message.texts[i] += s }
		}
		appendText(text)
	}
	return all, nil
}

// header returns the value of a field of the header.
func header(messages []*poMessage, name string) string {
	for _, m := range messages {
		for line := range strings.Lines(m.texts[0]) {
			if value, ok := strings.CutPrefix(line, name+":"); ok && m.id == "" {
				return strings.TrimSpace(value)
			}
		}
	}
	return ""
}

// entry returns the translation of the source, or nil if there is none.
func (m *poMessage) entry(tag language.Tag, source Entry, indexes map[string]int) (*Entry, error) {
	var e Entry
	if source.forms == nil {
		if e.text = m.texts[0]; e.text == "" {
			return nil, nil
		}
	} else {
		e.forms = map[string]string{}
		for category, i := range indexes {
			if m.texts[i] != "" {
				e.forms[category] = m.texts[i]
			}
		}
		if len(e.forms) == 0 {
			return nil, nil
		}
		if e.forms["other"] == "" { // for fractions, which no text has
			e.forms["other"] = m.texts[slices.Max(slices.Collect(maps.Values(indexes)))]
		}
	}
	return &e, e.check(tag, source)
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// placeholders returns the distinct placeholders of a text, including those of
// its plural forms, in alphabetical order.
func placeholders(e Entry) []string {
	names := placeholder.FindAllString(e.text, -1)
	for _, form := range e.forms {
		names = append(names, placeholder.FindAllString(form, -1)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
