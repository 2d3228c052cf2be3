package things

import (
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// filterField is a field by which the register of a kind is filtered.
type filterField struct{ civic.Field }

// filterFields returns the fields by which the register is filtered.
func (k Kind) filterFields() (fields []filterField) {
	for _, f := range k.Kind.Rules().Fields {
		if f.Filters {
			fields = append(fields, filterField{f})
		}
	}
	return fields
}

// filterNames returns the parameters by which the register is filtered.
func (k Kind) filterNames() []string {
	names := []string{"state", "area", "category"}
	for _, f := range k.filterFields() {
		names = append(names, f.Name)
	}
	if k.Kind.Rules().Place == civic.Optional {
		names = append(names, "on_map")
	}
	if k.Kind.Rules().HasDue() {
		names = append(names, "overdue")
	}
	return names
}

// narrow adds to a query what a parameter selects.
func (f filterField) narrow(d *civic.District, q url.Values, query *civic.ThingQuery) error {
	value := q.Get(f.Name)
	switch {
	case value == "":
	case f.Type == civic.DateField && value != "yes":
		return serve.BadParameter(f.Name, "must be yes")
	case f.Type == civic.DateField:
		query.Having = append(query.Having, f.Name)
	case f.Options != nil && !slices.Contains(f.Options, value):
		return serve.BadParameter(f.Name, "must be an option of the field, such as "+f.Options[0])
	case f.Type == civic.ChoicesField:
		if query.Says.Lists == nil {
			query.Says.Lists = map[string][]string{}
		}
		query.Says.Lists[f.Name] = []string{value}
	case f.Type.IsByLanguage():
		if query.Says.Texts == nil {
			query.Says.Texts = map[string]civic.Text{}
		}
		query.Says.Texts[f.Name] = civic.Text{d.Languages[0]: value}
	default:
		if query.Says.Words == nil {
			query.Says.Words = map[string]string{}
		}
		query.Says.Words[f.Name] = value
	}
	return nil
}

// options returns what can be chosen: of a text, what is.
func (f filterField) options(k Kind, d *civic.District, reader *page.Reader, chosen string) (options []page.Option) {
	switch {
	case f.Type == civic.DateField:
		options = []page.Option{{Value: "yes", Label: reader.Text(k.Plural() + ".filter." + f.Name)}}
	case f.Options != nil:
		for _, o := range f.Options {
			options = append(options, page.Option{Value: o, Label: reader.Text(k.Plural() + ".option." + f.Name + "." + o)})
		}
	case f.Type == civic.TopicField:
		for _, t := range d.Topics {
			options = append(options, reader.Option(t.Slug, t.Label, false))
		}
	case chosen != "":
		options = []page.Option{{Value: chosen, Label: chosen}}
	}
	for i := range options {
		options[i].Chosen = options[i].Value == chosen
	}
	return options
}
