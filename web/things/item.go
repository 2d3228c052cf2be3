package things

import (
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/markdown"
	"github.com/pinezka/pinezka/web/page"
)

// Text is a text of a thing in the language of the reader, or in another one.
type Text struct {
	Name  string // of the field
	Label string // of the field
	Text  string
	Lang  string        // "" for the language of the page
	HTML  template.HTML // of a text in Markdown, instead of Text
	URL   template.URL  // to which Text leads, checked by its field; "" for none
	Date  string        // ISO 8601, of a day; "" for anything else
	Rows  [][]Text      // of rows, instead of Text
	Ticks []Tick        // of rows that can be done, one for each; nil for others
}

// Tick is whether a row is done, with the button that changes it.
type Tick struct {
	Done    bool
	Row     string // such as "tasks.2", beginning with 1
	Path    string // to which the button is sent; "" for those who may not edit the thing
	Version int32
}

// Item is a thing in a list, or on its page.
type Item struct {
	ID          int64
	URL         string
	Title       Text
	Texts       []Text // the others that it has
	Publication string // as civic.Publication names it
	Private     bool   // whether it stands as it is, and is never public
	State       string // as civic.State names it; "" for none
	StateText   string
	Area        Text
	AreaURL     string
	Confirmed   civic.Day // when it was last written or confirmed, of a kind that is asked about; otherwise 0
	Due         civic.Day // what is awaited; 0 for nothing
	Overdue     bool      // whether that day is past
	Lon, Lat    string    // "" for what has no place
	Version     int32
}

// highestHeading is the level of the highest heading of a text on the page of a
// thing.
const highestHeading = 3

// Item returns a thing of the kind for the reader.
func (k Kind) Item(d *civic.District, reader *page.Reader, t civic.Described) Item {
	r, _ := t.Content.(civic.Record)
	out := Item{ID: t.ID, URL: k.Path(d, t.ID), Publication: t.Publication.String(), State: t.State.String(), Version: t.Version, Due: r.Due(t.State)}
	out.Private = t.Kind.Rules().Private && t.Publication == t.Kind.Standing()
	if r.Point != nil {
		out.Lon, out.Lat = strconv.FormatFloat(r.Point.Lon(), 'f', 6, 64), strconv.FormatFloat(r.Point.Lat(), 'f', 6, 64)
	}
	rules := k.Kind.Rules()
	texts := k.texts(d, reader, rules.Fields, r.Values, "")
	if len(texts) > 0 && texts[0].Name == rules.Fields[0].Name {
		out.Title, out.Texts = texts[0], texts[1:]
		if rules.Fields[0].Type == civic.SaidField && texts[0].Text != t.Title { // too long for a title
			out.Title.Text, out.Texts = t.Title, texts
		}
	} else {
		out.Title, out.Texts = Text{Name: rules.Fields[0].Name, Text: t.Title}, texts
	}
	if t.State != "" {
		out.StateText = reader.Text(StateKey(k.Kind, t.State))
	}
	if !t.Confirmed.IsZero() {
		out.Confirmed = d.DayOf(t.Confirmed)
	}
	if a, ok := d.AreaByID(t.AreaID); ok {
		out.Area = Text{Text: reader.In(a.Name), Lang: reader.OtherLanguage(a.Name)}
		out.AreaURL = "/d/" + d.Slug + "/areas/" + a.Slug
	}
	return out
}

// StateKey returns the key of the message that names a state of things of a kind.
func StateKey(kind civic.ThingKind, state civic.State) string {
	if kind == civic.PinThing {
		return "status." + state.String()
	}
	return kind.Plural() + ".state." + state.String()
}

// texts returns the values of fields that are not empty. What the program has
// computed is not among them, nor what for, nor the area, which all things have.
func (k Kind) texts(d *civic.District, reader *page.Reader, fields []civic.Field, v civic.Values, prefix string) (texts []Text) {
	for _, f := range fields {
		if f.Type == civic.FrozenField || f.Type == civic.QueryField || f.Type == civic.AreaField || f.Type == civic.OutlineField {
			continue
		}
		name := prefix + f.Name
		t := Text{Name: name, Label: reader.Text(k.Plural() + ".field." + name)}
		word := v.Words[f.Name]
		switch f.Type {
		case civic.LineField, civic.TextField, civic.MarkdownField:
			in := v.Texts[f.Name]
			t.Text, t.Lang = reader.In(in), reader.OtherLanguage(in)
			if f.Type == civic.MarkdownField && t.Text != "" {
				t.HTML = markdown.HTML(t.Text, highestHeading)
			}
		case civic.AreasField, civic.CategoriesField, civic.ChoicesField:
			t.Text = k.names(d, reader, f, v.Lists[f.Name])
		case civic.RowsField:
			for _, row := range v.Rows[f.Name] {
				t.Rows = append(t.Rows, k.texts(d, reader, f.Rows, row, name+"."))
				if done, ok := f.Done(); ok {
					t.Ticks = append(t.Ticks, Tick{Done: row.Words[done.Name] == done.Ends, Row: fmt.Sprintf("%s.%d", f.Name, len(t.Rows))})
				}
			}
		case civic.ChoiceField:
			if word != "" {
				t.Text = reader.Text(fmt.Sprintf("%s.option.%s.%s", k.Plural(), name, word))
			}
		case civic.DateField:
			if day := v.Day(f.Name); day != 0 {
				t.Text, t.Date = reader.Date(day), day.String()
			}
		case civic.TimeField:
			if at, ok := v.LocalTime(f.Name); ok {
				t.Text, t.Date = reader.Time(at), at.String()
			}
		case civic.NumberField:
			if word != "" {
				t.Text = reader.Number(v.Number(f.Name))
			}
		case civic.URLField:
			t.Text, t.URL = word, template.URL(word) //nolint:gosec // it was checked
		case civic.EmailField: // an old one was not checked
			if t.Text = word; civic.IsEmail(word) {
				t.URL = template.URL("mailto:" + url.PathEscape(word)) //nolint:gosec // it is escaped
			}
		case civic.PhoneField:
			if t.Text = word; dialled(word) != "" {
				t.URL = template.URL("tel:" + dialled(word)) //nolint:gosec // it has digits alone
			}
		case civic.TopicField:
			t.Text = word // of one that does not exist any more
			if topic, ok := d.Topic(word); ok {
				t.Text, t.Lang = reader.In(topic.Label), reader.OtherLanguage(topic.Label)
			}
		case civic.WardField:
			if w, ok := d.Ward(word); ok {
				t.Text, t.Lang, t.URL = reader.In(w.Name), reader.OtherLanguage(w.Name), template.URL("/d/"+d.Slug+"/wards/"+w.Slug) //nolint:gosec // slugs need no escaping
			}
		default:
			t.Text = word
		}
		if t.Text != "" || t.Rows != nil {
			texts = append(texts, t)
		}
	}
	return texts
}

// dialled returns what is dialled for a telephone number.
func dialled(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone)
}

// names returns the names of areas, categories or options, separated by commas.
func (k Kind) names(d *civic.District, reader *page.Reader, f civic.Field, slugs []string) string {
	names := ""
	for _, slug := range slugs {
		name := slug // of one that does not exist any more
		if a, ok := d.Area(slug); ok && f.Type == civic.AreasField {
			name = reader.In(a.Name)
		}
		if c, ok := d.Category(slug); ok && f.Type == civic.CategoriesField {
			name = reader.In(c.Label)
		}
		if f.Type == civic.ChoicesField {
			name = reader.Text(fmt.Sprintf("%s.option.%s.%s", k.Plural(), f.Name, slug))
		}
		if names != "" {
			names += ", "
		}
		names += name
	}
	return names
}
