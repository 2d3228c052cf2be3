package things

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// formView is the data of the template thing_form.html.
type formView struct {
	Plural   string
	New      bool
	ID       int64  // of a thing that is edited
	Action   string // path
	Back     string
	Fields   []formField
	Links    []formLinks
	Others   []formLanguage // the languages other than the default one
	Owners   []page.Option  // the organisations for which a new thing can be; nil for none
	HasPlace bool
	Required bool // the place
	Lon, Lat string
	Config   string // of the map element
	Version  int32
	Key      civic.RequestKey // of a new thing
	CanWait  bool             // whether whoever submits a new thing may publish it, and so can keep it for later
	Faults   page.Faults

	Places    []string // that have to be confirmed
	Confirmed []string // those that are

	Note string // of what the form was filled in with; "" for none

	Now        *Item   // the thing as somebody else has changed it meanwhile; nil otherwise
	First      bool    // whether it is the first of two steps
	Looked     bool    // whether it has looked for what is known
	Known      []Known // what everybody can read already
	Of         int64   // the request for advice of which it is; 0 for none
	AskEmail   bool    // whether it asks for the address of whoever submits
	NeedsEmail bool    // whether it needs the address
	Email      string
	state      civic.State // of the thing
}

// formField is a field, in the default language or in another one.
type formField struct {
	civic.Field
	FieldName string // in the form
	ID        string
	Label     string
	Lang      string // of a text
	Value     string
	Groups    []page.OptionGroup // of a choice or a list
	Rows      []formRow
	Hint      string // "" for none
	Fault     string // message; "" for none
	Closed    bool   // whether a value in a row is only shown
	Config    string // of the map element of an outline
	Fixed     bool   // whether rows can be neither added nor removed
}

// Is reports whether the field has the type of the name, such as "rows".
func (f formField) Is(name string) bool { return fieldTypeNames[f.Type] == name }

var fieldTypeNames = map[civic.FieldType]string{
	civic.LineField: "line", civic.TextField: "text", civic.MarkdownField: "markdown", civic.WordField: "line", civic.SaidField: "text",
	civic.URLField: "line", civic.DateField: "date", civic.ChoiceField: "choice", civic.AreaField: "choice", civic.AreasField: "list",
	civic.WardField: "choice", civic.EmailField: "line", civic.PhoneField: "line",
	civic.TimeField: "time", civic.NumberField: "number", civic.ChoicesField: "list",
	civic.TopicField: "choice", civic.OutlineField: "outline",
	civic.CategoriesField: "list", civic.RowsField: "rows", civic.QueryField: "query",
}

// formRow is a row of fields, with its number, beginning with 1.
type formRow struct {
	Number int
	Fields []formField
	Others []formLanguage
}

// formLanguage is the texts of a form in a language other than the default one.
type formLanguage struct {
	Tag, Name string
	Fields    []formField
	Open      bool // whether it has any text, or is that of the reader
}

// PlaceFault returns the message about the place, or "".
func (v formView) PlaceFault() string { return v.Faults.Of("place") }

// EmailFault returns the message about the address, or "".
func (v formView) EmailFault() string { return v.Faults.Of("email") }

// formBuilder builds the fields of a form.
type formBuilder struct {
	kind   Kind
	d      *civic.District
	reader *page.Reader
	pages  *page.Renderer
	faults map[string]string // messages by field
	edits  bool              // whether the thing exists
	more   string            // name of the rows to which one is added
	staff  bool              // whether it has the fields of the staff
	state  civic.State       // of the thing
	config string            // of the map element
}

// fields returns the fields of a form in a language. In another one than the
// default there are only those that are by language.
func (b formBuilder) fields(fields []civic.Field, v civic.Values, prefix, lang string) (out []formField) {
	first := lang == b.d.Languages[0]
	for _, f := range fields {
		name := prefix + f.Name
		field := formField{Field: f, FieldName: name, ID: "field-" + strings.ReplaceAll(name, ".", "-"), Label: b.label(name), Fault: b.faults[name]}
		if f.Hint {
			field.Hint = b.reader.Text(b.kind.Plural() + ".hint." + name)
		}
		switch {
		case f.IsComputed(), f.Own && b.edits, f.Staff && !b.staff, !first && !f.Type.IsByLanguage(), !f.IsOpen(b.state) && (prefix == "" || !first || !f.Required):
			continue
		case !f.IsOpen(b.state):
			field.Closed, field.Lang, field.Value = true, lang, v.Texts[f.Name][lang]
		case f.Type.IsByLanguage():
			field.FieldName, field.Lang, field.Value = name+"."+lang, lang, v.Texts[f.Name][lang]
			if !first {
				field.ID += "-" + lang
				field.Required = false
				if field.Value == "" {
					field.Fault = ""
				}
			}
		case f.Type == civic.RowsField:
			field.Fixed = slices.ContainsFunc(f.Rows, func(in civic.Field) bool { return in.Required && !in.IsOpen(b.state) })
			field.Rows = b.rows(f, v.Rows[f.Name], name, field.Fixed)
		case f.Type.IsList():
			field.Groups = b.options(f, v.Lists[f.Name])
		default:
			if field.Value = v.Words[f.Name]; f.Type == civic.OutlineField {
				field.Value, field.Config = civic.OutlineLines(field.Value), b.config
			}
			field.Groups = b.options(f, []string{field.Value})
		}
		out = append(out, field)
	}
	return out
}

// label returns the label of a field. That of one in a row has no number.
func (b formBuilder) label(name string) string {
	if name == "email" {
		return b.reader.Text("thing.email")
	}
	parts := slices.DeleteFunc(strings.Split(name, "."), func(s string) bool { _, err := strconv.Atoi(s); return err == nil })
	return b.reader.Text(b.kind.Plural() + ".field." + strings.Join(parts, "."))
}

// rows returns the rows of a field: those that have something, and an empty one, or
// one more than the form had, unless they are fixed.
func (b formBuilder) rows(f civic.Field, rows []civic.Values, name string, fixed bool) (out []formRow) {
	n := max(1, len(rows))
	if b.more == name && !fixed {
		n++
	}
	for i := range n {
		var v civic.Values
		if i < len(rows) {
			v = rows[i]
		}
		prefix := fmt.Sprintf("%s.%d.", name, i+1)
		out = append(out, formRow{i + 1, b.fields(f.Rows, v, prefix, b.d.Languages[0]), b.languages(f.Rows, v, prefix)})
	}
	return out
}

// languages returns the texts of fields in the languages other than the default.
func (b formBuilder) languages(fields []civic.Field, v civic.Values, prefix string) (out []formLanguage) {
	for _, lang := range b.d.Languages[1:] {
		l := formLanguage{Tag: lang, Name: b.pages.LanguageName(lang), Fields: b.fields(fields, v, prefix, lang)}
		l.Open = prefix == "" && lang == b.reader.Lang || slices.ContainsFunc(l.Fields, func(f formField) bool { return f.Value != "" })
		if len(l.Fields) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// options returns what can be chosen in a field.
func (b formBuilder) options(f civic.Field, chosen []string) []page.OptionGroup {
	var all []page.Option
	switch f.Type {
	case civic.ChoiceField, civic.ChoicesField:
		for _, o := range f.Options {
			all = append(all, page.Option{Value: o, Label: b.reader.Text(b.kind.Plural() + ".option." + optionKey(b.kind, f) + "." + o)})
		}
	case civic.AreaField, civic.AreasField:
		all = b.reader.AreaOptions()
	case civic.TopicField:
		for _, t := range b.d.Topics {
			all = append(all, b.reader.Option(t.Slug, t.Label, false))
		}
	case civic.WardField:
		for _, w := range b.d.Wards {
			latest, _ := b.d.Ward(w.Slug)
			if w.Version == latest.Version && (w.Until == 0 || slices.Contains(chosen, w.Slug)) {
				all = append(all, b.reader.Option(w.Slug, w.Name, false))
			}
		}
	case civic.CategoriesField:
		return b.reader.CategoryOptions(func(o *page.Option) { o.Chosen = slices.Contains(chosen, o.Value) })
	default:
		return nil
	}
	for i := range all {
		all[i].Chosen = slices.Contains(chosen, all[i].Value)
	}
	return []page.OptionGroup{{Options: all}}
}

// optionKey returns the name of a choice in the keys of messages: with that of the
// rows in which it is.
func optionKey(k Kind, choice civic.Field) string {
	for _, f := range k.Kind.Rules().Fields {
		if slices.ContainsFunc(f.Rows, func(in civic.Field) bool { return in.Name == choice.Name && in.Type == civic.ChoiceField }) {
			return f.Name + "." + choice.Name
		}
	}
	return choice.Name
}

// showForm shows the form with everything that was entered, and the faults of err,
// or returns err if it has none.
func (h handlers) showForm(w http.ResponseWriter, r *http.Request, in request, status int, view formView, draft Draft, err error) error {
	faults, err := faultsOf(err)
	if err != nil {
		return err
	}
	rules := h.Kind.Kind.Rules()
	reader := h.Pages.Reader(r, in.d)
	view.Plural, view.Action, view.Back = h.Plural(), r.URL.Path, h.Path(in.d, view.ID)
	b := formBuilder{
		kind: h.Kind, d: in.d, reader: reader, pages: h.Pages, faults: map[string]string{}, staff: h.isStaff(in), state: view.state, edits: !view.New,
		config: h.Maps.Element(in.version, reader, nil),
	}
	do, of, _ := strings.Cut(r.PostForm.Get("do"), ":")
	if do == "more" {
		b.more = of
	}
	if view.Places, view.Confirmed = unconfirmed(faults), draft.Confirmed; len(view.Places) > 0 {
		view.Faults = append(view.Faults, page.Fault{Field: "places", Text: reader.Text(placesKey(h.Kind.Kind))})
	}
	for _, f := range faults {
		if f.Code == "unconfirmed" {
			continue
		}
		b.faults[f.Field] = reader.Text("thing.fault."+f.Code, "field", b.label(f.Field))
		view.Faults = append(view.Faults, page.Fault{Field: strings.ReplaceAll(f.Field, ".", "-"), Text: b.faults[f.Field]})
	}
	fields := rules.Fields
	if view.First {
		fields = slices.DeleteFunc(slices.Clone(fields), func(f civic.Field) bool { return !slices.Contains(h.First, f.Name) })
	}
	view.Fields = b.fields(fields, draft.Values, "", in.d.Languages[0])
	if h.Known != nil && view.New && !view.First {
		if view.Known, err = h.Known(r, reader, in.version, &draft); err != nil {
			return err
		}
		view.Looked = true
	}
	view.Others = b.languages(rules.Fields, draft.Values, "")
	if view.HasPlace = rules.Place != civic.Absent; view.HasPlace {
		view.Required, view.Lon, view.Lat, view.Config = rules.Place == civic.Required, draft.Lon, draft.Lat, b.config
	}
	finding := ""
	if do == "find" {
		finding = of
	}
	if view.Links, err = h.formLinks(r, in, reader, draft, view.ID, finding, b.faults); err != nil {
		return err
	}
	view.NeedsEmail = rules.Reachable || rules.Private
	if view.AskEmail = view.New && !view.First && h.isForAnybody() && (in.actor.Kind == civic.Unknown || in.actor.Kind == civic.Account && rules.Reachable); view.AskEmail {
		view.Email = draft.Email
	}
	if view.Of = draft.Of; view.New && !rules.Private {
		view.CanWait = !rules.Anonymised && civic.CanSomewhere(in.actor, civic.Publish, h.Kind.Kind, in.d.ID, h.Now()) == nil
		if view.Owners, err = h.owners(r, in, draft.Owner); err != nil {
			return err
		}
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Form = reader.Text("thing.page_title", "title", reader.Text(h.Plural()+".one"), "district", p.Name), true
	return h.Pages.Render(w, r, status, "thing_form", p)
}

// placesKey returns the key of the message that a thing of a kind names what nobody has
// confirmed.
func placesKey(kind civic.ThingKind) string {
	if kind.Rules().Anonymised {
		return "thing.anonymised"
	}
	return "thing.places"
}
