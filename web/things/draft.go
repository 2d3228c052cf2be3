package things

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// Draft is what somebody has entered of a thing.
type Draft struct {
	civic.RecordDraft
	Lon, Lat string             // as they were typed
	Links    []civic.FieldLinks // a field that was not entered has no entry
	Owner    int64              // the pin of the organisation of which a new thing is; 0 for none
	Pending  bool               // whether a new thing is to wait until somebody publishes it
	Of       int64              // the request for advice of which a new answer is; 0 for none
	Email    string             // of whoever submits a new thing; "" for none

	Confirmed []string // names of places that may be public in what rests on pins that are only counted
}

// Named returns the ids of the things that a field of links names.
func (d *Draft) Named(field string) []int64 {
	for _, l := range d.Links {
		if l.Field == field {
			return l.Things
		}
	}
	return nil
}

// NewDraft returns a draft of a thing with its links.
func NewDraft(t civic.Described, linked civic.Linked) Draft {
	r, _ := t.Content.(civic.Record)
	d := Draft{RecordDraft: r.RecordDraft, Owner: t.OwnerID}
	if r.Point != nil {
		d.Lon, d.Lat = formatCoordinate(r.Point.Lon()), formatCoordinate(r.Point.Lat())
	}
	for _, rule := range t.Kind.Rules().Links {
		of := civic.FieldLinks{Field: rule.Field}
		for _, l := range linked.Links {
			if other := linked.Other(l, t.ID); rule.Makes(l, t.ID, other.Thing) {
				of.Things = append(of.Things, other.ID)
			}
		}
		d.Links = append(d.Links, of)
	}
	return d
}

func formatCoordinate(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// prefilled returns a draft of a new thing with what the query of the form has.
func (k Kind) prefilled(q url.Values) (Draft, error) {
	d := Draft{RecordDraft: civic.RecordDraft{Kind: k.Kind, Values: civic.Values{Words: map[string]string{}}}}
	rules := k.Kind.Rules()
	for _, f := range rules.Fields {
		if q.Has(f.Name) {
			d.Words[f.Name] = q.Get(f.Name)
		}
	}
	for _, l := range rules.Links {
		if !q.Has(l.Field) {
			continue
		}
		ids, err := parseIDs(strings.Split(q.Get(l.Field), ","))
		if err != nil {
			return d, serve.BadParameter(l.Field, "must be numbers of things, separated by commas")
		}
		d.Links = append(d.Links, civic.FieldLinks{Field: l.Field, Things: ids})
	}
	return d, nil
}

func parseIDs(values []string) ([]int64, error) {
	if len(values) > civic.MaxLinks {
		return nil, fmt.Errorf("more than %d: %w", civic.MaxLinks, civic.ErrInvalid)
	}
	ids := make([]int64, len(values))
	for i, s := range values {
		var err error
		if ids[i], err = strconv.ParseInt(s, 10, 64); err != nil || ids[i] < 1 {
			return nil, fmt.Errorf("%q is no number of a thing: %w", s, civic.ErrInvalid)
		}
	}
	return ids, nil
}

// readDraft returns what a form has. The fields of texts are named "name.pl", those
// in the second row of tasks "tasks.2.task.pl", and those of links "link.answers".
func (h handlers) readDraft(r *http.Request, d *civic.District) (Draft, error) {
	if err := serve.ReadForm(r); err != nil {
		return Draft{}, err
	}
	q := r.PostForm
	rules := h.Kind.Kind.Rules()
	draft := Draft{
		RecordDraft: civic.RecordDraft{Kind: h.Kind.Kind, Values: readValues(q, d, rules.Fields, "")},
		Lon:         q.Get("lon"), Lat: q.Get("lat"), Pending: q.Has("pending"), Confirmed: q["confirmed"], Email: q.Get("email"),
	}
	if draft.Lon != "" || draft.Lat != "" {
		draft.Point = &orb.Point{coordinate(draft.Lon), coordinate(draft.Lat)}
	}
	for _, l := range rules.Links {
		ids, err := parseIDs(q["link."+l.Field])
		if err != nil {
			return draft, serve.BadForm("the field link."+l.Field+" has no numbers of things", nil)
		}
		draft.Links = append(draft.Links, civic.FieldLinks{Field: l.Field, Things: ids})
	}
	if s := q.Get("owner"); s != "" {
		ids, err := parseIDs([]string{s})
		if err != nil {
			return draft, serve.BadForm("the field owner has no number of an organisation", nil)
		}
		draft.Owner = ids[0]
	}
	if s := q.Get("of"); s != "" {
		ids, err := parseIDs([]string{s})
		if err != nil {
			return draft, serve.BadForm("the field of has no number of a request", nil)
		}
		draft.Of = ids[0]
	}
	return draft, nil
}

// readValues returns the values of fields, whose names in the form begin with
// prefix.
func readValues(q url.Values, d *civic.District, fields []civic.Field, prefix string) civic.Values {
	v := civic.Values{Texts: map[string]civic.Text{}, Words: map[string]string{}, Lists: map[string][]string{}, Rows: map[string][]civic.Values{}}
	for _, f := range fields {
		name := prefix + f.Name
		switch {
		case f.Type.IsByLanguage():
			v.Texts[f.Name] = civic.Text{}
			for _, lang := range d.Languages {
				v.Texts[f.Name][lang] = q.Get(name + "." + lang)
			}
		case f.Type.IsList():
			v.Lists[f.Name] = slices.Clone(q[name])
		case f.Type == civic.RowsField:
			for i := 1; i <= civic.MaxRows+1 && hasPrefix(q, fmt.Sprintf("%s.%d.", name, i)); i++ {
				v.Rows[f.Name] = append(v.Rows[f.Name], readValues(q, d, f.Rows, fmt.Sprintf("%s.%d.", name, i)))
			}
		default:
			v.Words[f.Name] = q.Get(name)
		}
	}
	return v
}

// hasPrefix reports whether a form has a field whose name begins so.
func hasPrefix(q url.Values, prefix string) bool {
	for name := range q {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// coordinate returns a number with a decimal point or a decimal comma, or infinity,
// which is no coordinate, for anything else.
func coordinate(s string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s), ",", "."), 64)
	if err != nil {
		return math.Inf(1)
	}
	return v
}

// readBody returns the draft in the body of a request, which has the fields and the
// fields of links by name, and the coordinates.
func (h handlers) readBody(r *http.Request) (Draft, error) {
	var body map[string]json.RawMessage
	if err := serve.ReadJSON(r, &body); err != nil {
		return Draft{}, err
	}
	rules := h.Kind.Kind.Rules()
	values, err := decodeValues(body, rules.Fields)
	if err != nil {
		return Draft{}, serve.BadBody(err)
	}
	draft := Draft{RecordDraft: civic.RecordDraft{Kind: h.Kind.Kind, Values: values}}
	var lon, lat *float64
	targets := map[string]any{"lon": &lon, "lat": &lat, "owner": &draft.Owner, "pending": &draft.Pending, "confirmed": &draft.Confirmed}
	for name, target := range targets {
		if raw, ok := body[name]; ok {
			if err := json.Unmarshal(raw, target); err != nil {
				return draft, serve.BadBody(err)
			}
		}
	}
	if lon != nil && lat != nil {
		draft.Point = &orb.Point{*lon, *lat}
	}
	for _, l := range rules.Links {
		raw, ok := body[l.Field]
		if !ok {
			continue
		}
		of := civic.FieldLinks{Field: l.Field}
		if err := json.Unmarshal(raw, &of.Things); err != nil {
			return draft, serve.BadBody(err)
		}
		draft.Links = append(draft.Links, of)
	}
	return draft, nil
}

// decodeValues returns the values of fields in an object of JSON.
func decodeValues(body map[string]json.RawMessage, fields []civic.Field) (civic.Values, error) {
	v := civic.Values{Texts: map[string]civic.Text{}, Words: map[string]string{}, Lists: map[string][]string{}, Rows: map[string][]civic.Values{}}
	for _, f := range fields {
		raw, ok := body[f.Name]
		if !ok || f.IsComputed() {
			continue
		}
		var err error
		switch {
		case f.Type.IsByLanguage():
			var in civic.Text
			err = json.Unmarshal(raw, &in)
			v.Texts[f.Name] = in
		case f.Type.IsList():
			var list []string
			err = json.Unmarshal(raw, &list)
			v.Lists[f.Name] = list
		case f.Type == civic.RowsField:
			var rows []map[string]json.RawMessage
			if err = json.Unmarshal(raw, &rows); err != nil {
				break
			}
			for _, row := range rows {
				values, err := decodeValues(row, f.Rows)
				if err != nil {
					return v, err
				}
				v.Rows[f.Name] = append(v.Rows[f.Name], values)
			}
		default:
			var word string
			err = json.Unmarshal(raw, &word)
			v.Words[f.Name] = word
		}
		if err != nil {
			return v, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return v, nil
}
