package civic

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Field is something that things of a kind say.
type Field struct {
	Name     string // in forms, in the API and in the keys of messages
	Type     FieldType
	Required bool     // a text, in the default language of the district
	Options  []string // of a ChoiceField or a ChoicesField
	Rows     []Field  // of a RowsField, none of which is one
	Due      bool     // of a DateField: what is to happen is awaited on that day
	Awaiting []State  // of a DateField: those in which the day is awaited; nil for those of the kind
	Ends     string   // of a ChoiceField in a row: the option with which nothing is awaited in the row
	Hint     bool     // whether the form explains it, by a message of the kind
	Open     []State  // in which it may be changed; nil for all
	Filters  bool     // whether registers are filtered by it: by its value, or by "yes" for whether there is a day
	Own      bool     // whether it is said by whoever submits the thing, and by the steps that bring it, and stays in an edit
	Staff    bool     // whether those alone enter it who may edit things of the kind
	Computed bool     // whether the program sets it and nobody enters it, as a FrozenField
}

// FieldType is a type of fields. The zero value is none.
type FieldType uint8

// The types of fields.
const (
	LineField       FieldType = iota + 1 // a text of one line, by language
	TextField                            // a text, by language
	MarkdownField                        // a text in Markdown, by language
	WordField                            // a line that is the same in all languages, such as a name
	SaidField                            // a text in whichever language somebody has written it
	URLField                             // the address of a page, with https or http
	DateField                            // a day, such as 2026-11-27
	ChoiceField                          // one of Options
	AreaField                            // the slug of an area of the district, in which the thing is
	AreasField                           // slugs of areas
	CategoriesField                      // slugs of categories
	RowsField                            // rows of other fields
	QueryField                           // the parameters of a filter of pins, from which the program computes figures
	FrozenField                          // JSON that the program has computed, and nobody enters
	WardField                            // the slug of a ward of the district, on whatever days
	EmailField                           // an e-mail address that everybody may know
	PhoneField                           // a telephone number that everybody may know
	TimeField                            // a LocalTime, such as 2026-12-05T18:00
	NumberField                          // a whole number from 0 to MaxNumber
	ChoicesField                         // some of Options
	TopicField                           // the slug of a topic of the district
	OutlineField                         // an area or a line that somebody has drawn, as GeoJSON
)

// IsComputed reports whether the program sets the field and nobody enters it.
func (f Field) IsComputed() bool { return f.Computed || f.Type == FrozenField }

// IsOpen reports whether the field may be changed in a state.
func (f Field) IsOpen(state State) bool { return f.Open == nil || slices.Contains(f.Open, state) }

// IsByLanguage reports whether values of the type are texts by language.
func (t FieldType) IsByLanguage() bool { return t == LineField || t == TextField || t == MarkdownField }

// IsLong reports whether values of the type may have several lines.
func (t FieldType) IsLong() bool { return t == TextField || t == MarkdownField || t == SaidField }

// IsList reports whether values of the type are lists, of slugs or options.
func (t FieldType) IsList() bool {
	return t == AreasField || t == CategoriesField || t == ChoicesField
}

// Done returns the choice with which a row of the field is done, and whether rows can
// be.
func (f Field) Done() (Field, bool) {
	for _, in := range f.Rows {
		if in.Ends != "" {
			return in, true
		}
	}
	return Field{}, false
}

// Ticked returns the values with another choice of whether a row is done: the row of
// a field of the kind, beginning with 1. It returns ErrInvalid where there is none.
func (r RecordDraft) Ticked(field string, row int) (RecordDraft, error) {
	for _, f := range r.Kind.Rules().Fields {
		done, ok := f.Done()
		if f.Name != field || !ok || row < 1 || row > len(r.Rows[field]) {
			continue
		}
		rows := slices.Clone(r.Rows[field])
		words := maps.Clone(rows[row-1].Words)
		if words == nil {
			words = map[string]string{}
		}
		if words[done.Name] == done.Ends {
			words[done.Name] = done.Options[0]
		} else {
			words[done.Name] = done.Ends
		}
		rows[row-1].Words = words
		r.Rows = maps.Clone(r.Rows)
		r.Rows[field] = rows
		return r, nil
	}
	return r, fmt.Errorf("row %d of %q: %w", row, field, ErrInvalid)
}

// Limits of what a thing says.
const (
	MaxMarkdown = 10_000 // code points
	MaxRows     = 100
	MaxNumber   = 1_000_000
	maxQuery    = 2000    // code points
	maxFrozen   = 200_000 // bytes
	maxOutline  = 10_000  // code points
)

// Values are what a thing says, by names of fields. A field without a value has no
// entry.
type Values struct {
	Texts map[string]Text     `json:"texts,omitempty"` // of fields by language
	Words map[string]string   `json:"words,omitempty"` // of other fields with one value
	Lists map[string][]string `json:"lists,omitempty"` // of AreasField, CategoriesField and ChoicesField
	Rows  map[string][]Values `json:"rows,omitempty"`
}

// accept checks the values of fields, cleans them, and returns those of the fields
// alone. The names of faults begin with prefix; that of a value in a row is such as
// "tasks.2.due", beginning with 1.
func (d *District) accept(fields []Field, in Values, prefix string) (Values, Faults) {
	out := Values{Texts: map[string]Text{}, Words: map[string]string{}, Lists: map[string][]string{}, Rows: map[string][]Values{}}
	var faults Faults
	for _, f := range fields {
		name := prefix + f.Name
		var found Faults
		switch {
		case f.Type.IsByLanguage():
			var clean Text
			if clean, found = d.acceptText(name, in.Texts[f.Name], f.clean, f.least(), f.most()); len(clean) > 0 {
				out.Texts[f.Name] = clean
			}
		case f.Type.IsList():
			list := slices.DeleteFunc(slices.Clone(in.Lists[f.Name]), func(s string) bool { return s == "" })
			slices.Sort(list)
			list = slices.Compact(list)
			if found = d.checkList(f, name, list); len(list) > 0 {
				out.Lists[f.Name] = list
			}
		case f.Type == RowsField:
			var rows []Values
			if rows, found = d.acceptRows(f, name, in.Rows[f.Name]); len(rows) > 0 {
				out.Rows[f.Name] = rows
			}
		default:
			word := f.clean(in.Words[f.Name])
			if found = d.checkWord(f, name, word); word != "" {
				out.Words[f.Name] = word
			}
		}
		faults = append(faults, found...)
	}
	return out, faults
}

// acceptRows checks the rows of a field. An empty row is none.
func (d *District) acceptRows(f Field, name string, in []Values) (rows []Values, faults Faults) {
	for _, row := range in {
		if row.isEmpty(f.Rows) {
			continue
		}
		clean, found := d.accept(f.Rows, row, fmt.Sprintf("%s.%d.", name, len(rows)+1))
		rows, faults = append(rows, clean), append(faults, found...)
	}
	switch {
	case len(rows) > MaxRows:
		faults = append(faults, Fault{name, "too_many", fmt.Sprintf("at most %d", MaxRows)})
	case f.Required && len(rows) == 0:
		faults = append(faults, Fault{name, "missing", "at least one is needed"})
	}
	return rows, faults
}

// isEmpty reports whether nobody has entered anything in a row; a choice is made
// from the beginning.
func (v Values) isEmpty(fields []Field) bool {
	for _, f := range fields {
		if f.Type != ChoiceField && strings.TrimSpace(v.Words[f.Name]) != "" {
			return false
		}
		for _, s := range v.Texts[f.Name] {
			if strings.TrimSpace(s) != "" {
				return false
			}
		}
	}
	return true
}

// clean returns a text that somebody has entered without what does not count.
func (f Field) clean(s string) string {
	switch {
	case f.Type == FrozenField:
		return s
	case f.Type == OutlineField:
		return cleanOutline(s)
	case f.Type.IsLong():
		return cleanText(s)
	}
	return cleanLine(s)
}

// checkWord returns the faults of a value that clean has returned.
func (d *District) checkWord(f Field, name, s string) Faults {
	if faults := checkText(name, s, f.least(), f.most()); faults != nil || s == "" {
		return faults
	}
	malformed := func(detail string) Faults { return Faults{{name, "malformed", detail}} }
	switch f.Type {
	case URLField:
		if u, err := url.Parse(s); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
			return malformed("this is no address of a page, such as https://example.org")
		}
	case DateField:
		if t, err := time.Parse(time.DateOnly, s); err != nil || checkDay(DayOf(t)) != nil {
			return malformed("this is no day, such as 2026-11-27")
		}
	case ChoiceField:
		if !slices.Contains(f.Options, s) {
			return Faults{{name, "unknown", fmt.Sprintf("%q is not one of %q", s, f.Options)}}
		}
	case AreaField:
		if _, ok := d.Area(s); !ok {
			return Faults{{name, "unknown", fmt.Sprintf("there is no area %q", s)}}
		}
	case TopicField:
		if _, ok := d.Topic(s); !ok {
			return Faults{{name, "unknown", fmt.Sprintf("there is no topic %q", s)}}
		}
	case OutlineField:
		return d.checkOutline(name, s)
	case WardField:
		if _, ok := d.Ward(s); !ok {
			return Faults{{name, "unknown", fmt.Sprintf("there is no ward %q", s)}}
		}
	case EmailField:
		if !IsEmail(s) {
			return malformed("this is no e-mail address")
		}
	case PhoneField:
		if !phone.MatchString(s) {
			return malformed("this is no telephone number, such as +48 12 345 67 89")
		}
	case TimeField:
		if _, err := ParseLocalTime(s); err != nil {
			return malformed("this is no day and time, such as 2026-12-05T18:00")
		}
	case NumberField:
		if n, err := strconv.Atoi(s); err != nil || n < 0 || n > MaxNumber {
			return malformed(fmt.Sprintf("this is no whole number from 0 to %d", MaxNumber))
		}
	default:
	}
	return nil
}

// phone is a telephone number as people write it.
var phone = regexp.MustCompile(`^\+?[0-9]([0-9 ()./-]*[0-9])+$`)

// checkList returns the faults of a list of slugs or options.
func (d *District) checkList(f Field, name string, list []string) (faults Faults) {
	for _, slug := range list {
		var ok bool
		switch f.Type {
		case CategoriesField:
			_, ok = d.Category(slug)
		case ChoicesField:
			ok = slices.Contains(f.Options, slug)
		default:
			_, ok = d.Area(slug)
		}
		if !ok {
			faults = append(faults, Fault{name, "unknown", fmt.Sprintf("there is no %q", slug)})
		}
	}
	if f.Required && len(list) == 0 {
		faults = append(faults, Fault{name, "missing", "at least one is needed"})
	}
	return faults
}

// acceptText cleans a text in languages of the district, of which the default one
// needs at least least characters.
func (d *District) acceptText(field string, t Text, clean func(string) string, least, most int) (Text, Faults) {
	var f Faults
	out := Text{}
	for lang, s := range t {
		if s = clean(s); s == "" {
			continue
		}
		if !slices.Contains(d.Languages, lang) {
			return t, Faults{{field, "unknown", fmt.Sprintf("%q is no language of the district", lang)}}
		}
		f = append(f, checkText(field, s, 0, most)...)
		out[lang] = s
	}
	if f == nil {
		f = checkText(field, out[d.Languages[0]], least, most)
	}
	return out, f
}

// least returns the least number of characters of a value.
func (f Field) least() int {
	if f.Required {
		return 1
	}
	return 0
}

// most returns the largest number of characters of a value.
func (f Field) most() int {
	switch f.Type {
	case MarkdownField:
		return MaxMarkdown
	case TextField, SaidField:
		return MaxBody
	case QueryField:
		return maxQuery
	case FrozenField:
		return maxFrozen
	case OutlineField:
		return maxOutline
	default:
		return MaxTitle
	}
}

// due returns the first day on which something is awaited of fields in a state, or
// 0.
func (v Values) due(fields []Field, state State) (first Day) {
	for _, f := range fields {
		day := Day(0)
		switch {
		case f.Type == DateField && f.Due && (f.Awaiting == nil || slices.Contains(f.Awaiting, state)):
			day = v.Day(f.Name)
		case f.Type == RowsField:
			for _, row := range v.Rows[f.Name] {
				ended := slices.ContainsFunc(f.Rows, func(f Field) bool { return f.Ends != "" && row.Words[f.Name] == f.Ends })
				if next := row.due(f.Rows, state); !ended && next != 0 && (day == 0 || next < day) {
					day = next
				}
			}
		}
		if day != 0 && (first == 0 || day < first) {
			first = day
		}
	}
	return first
}

// Day returns the value of a DateField, or 0 for none.
func (v Values) Day(name string) Day {
	t, err := time.Parse(time.DateOnly, v.Words[name])
	if err != nil {
		return 0
	}
	return DayOf(t)
}

// LocalTime returns the value of a TimeField, and whether there is one.
func (v Values) LocalTime(name string) (LocalTime, bool) {
	t, err := ParseLocalTime(v.Words[name])
	return t, err == nil
}

// Number returns a value that is a whole number, or 0.
func (v Values) Number(name string) int {
	n, err := strconv.Atoi(v.Words[name])
	if err != nil {
		return 0
	}
	return n
}
