package civic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// CheckChange returns, as Faults, the fields of a record that differ from the former
// one and may not be changed in the state, or nil. The zero value is the former one
// of a new thing.
func (r RecordDraft) CheckChange(former RecordDraft, state State) error {
	return append(r.changes(r.Kind.Rules().Fields, former.Values, state, ""), r.checkSigned(former)...).Err()
}

// CheckFixed returns, as Faults, the fields of a record of those with the names that
// differ from the former one, or nil.
func (r RecordDraft) CheckFixed(former RecordDraft, names []string) error {
	var faults Faults
	for _, f := range r.Kind.Rules().Fields {
		if slices.Contains(names, f.Name) && !r.keeps(f, former.Values) {
			faults = append(faults, Fault{f.Name, "closed", "it cannot be changed any more"})
		}
	}
	return faults.Err()
}

// CheckStep returns ErrForbidden where a record says something else than the former
// one in a field that a step does not bring: whoever may take the step may not edit
// for that.
func (r RecordDraft) CheckStep(former RecordDraft, action Action) error {
	rules := r.Kind.Rules()
	for _, f := range rules.Fields {
		if f.IsComputed() || slices.Contains(rules.Brings[action], f.Name) {
			former.Take(f, r.Values)
		}
	}
	if !r.Equal(former) {
		return fmt.Errorf("%s and edit: %w", action, ErrForbidden)
	}
	return nil
}

// CheckOwn returns, as Faults, the fields that whoever has submitted a thing says alone,
// and that differ from the former record, unless the action brings them.
func (r RecordDraft) CheckOwn(former RecordDraft, action Action) error {
	var faults Faults
	rules := r.Kind.Rules()
	for _, f := range rules.Fields {
		if f.Own && !slices.Contains(rules.Brings[action], f.Name) && !r.keeps(f, former.Values) {
			faults = append(faults, Fault{f.Name, "closed", "only whoever has submitted it says that"})
		}
	}
	return faults.Err()
}

// changes returns the faults of CheckChange in fields whose names begin with prefix.
func (v Values) changes(fields []Field, former Values, state State, prefix string) (faults Faults) {
	for _, f := range fields {
		name := prefix + f.Name
		switch {
		case f.IsComputed() && f.Open == nil:
		case f.Type == RowsField && f.IsOpen(state):
			faults = append(faults, v.rowChanges(f, former.Rows[f.Name], state, name)...)
		case !f.IsOpen(state) && !v.keeps(f, former):
			faults = append(faults, Fault{name, "closed", "it cannot be changed any more"})
		}
	}
	return faults
}

// rowChanges returns the faults of CheckChange in the rows of a field. As many as
// there were must stay where what each of them needs is closed.
func (v Values) rowChanges(f Field, former []Values, state State, name string) (faults Faults) {
	rows := v.Rows[f.Name]
	fixed := slices.ContainsFunc(f.Rows, func(f Field) bool { return f.Required && !f.IsOpen(state) })
	if fixed && len(rows) != len(former) {
		return Faults{{name, "closed", fmt.Sprintf("there must be %d", len(former))}}
	}
	for i, row := range rows {
		var was Values
		if i < len(former) {
			was = former[i]
		}
		faults = append(faults, row.changes(f.Rows, was, state, fmt.Sprintf("%s.%d.", name, i+1))...)
	}
	return faults
}

// keeps reports whether a field says what it said. Languages may be added to a text.
func (v Values) keeps(f Field, former Values) bool {
	switch {
	case f.Type.IsByLanguage():
		for lang, s := range former.Texts[f.Name] {
			if v.Texts[f.Name][lang] != s {
				return false
			}
		}
		return len(former.Texts[f.Name]) > 0 || len(v.Texts[f.Name]) == 0
	case f.Type.IsList():
		return slices.Equal(v.Lists[f.Name], former.Lists[f.Name])
	case f.Type == RowsField:
		return slices.EqualFunc(v.Rows[f.Name], former.Rows[f.Name], func(row, was Values) bool {
			return !slices.ContainsFunc(f.Rows, func(in Field) bool { return !row.keeps(in, was) })
		})
	}
	return v.Words[f.Name] == former.Words[f.Name]
}

// KeepClosed gives the fields that may not be changed in a state, and have no value,
// those of the former record, so that nobody has to repeat them; and those that
// nobody enters theirs, or nobody but whoever has submitted the thing.
func (r *RecordDraft) KeepClosed(former RecordDraft, state State) {
	fields := r.Kind.Rules().Fields
	r.keepClosed(fields, former.Values, state)
	for _, f := range fields {
		if f.Own && former.Kind != 0 {
			r.Take(f, former.Values)
		}
	}
}

func (v *Values) keepClosed(fields []Field, former Values, state State) {
	for _, f := range fields {
		switch {
		case f.IsComputed():
			v.Take(f, former)
		case f.Type == RowsField && f.IsOpen(state):
			v.keepClosedRows(f, former.Rows[f.Name], state)
		case !f.IsOpen(state) && !v.has(f):
			v.Take(f, former)
		}
	}
}

// keepClosedRows does what KeepClosed does in the rows of a field.
func (v *Values) keepClosedRows(f Field, former []Values, state State) {
	rows := slices.Clone(v.Rows[f.Name])
	for i := range rows {
		if i < len(former) {
			rows[i].keepClosed(f.Rows, former[i], state)
		}
	}
	if len(rows) > 0 {
		v.Rows[f.Name] = rows
	}
}

// has reports whether a field has a value.
func (v Values) has(f Field) bool {
	switch {
	case f.Type.IsByLanguage():
		for _, s := range v.Texts[f.Name] {
			if strings.TrimSpace(s) != "" {
				return true
			}
		}
		return false
	case f.Type.IsList():
		return len(v.Lists[f.Name]) > 0
	case f.Type == RowsField:
		return len(v.Rows[f.Name]) > 0
	}
	return v.Words[f.Name] != ""
}

// Take gives a field the value that it has in other values.
func (v *Values) Take(f Field, from Values) {
	switch {
	case f.Type.IsByLanguage():
		v.Texts = with(v.Texts, f.Name, from.Texts)
	case f.Type.IsList():
		v.Lists = with(v.Lists, f.Name, from.Lists)
	case f.Type == RowsField:
		v.Rows = with(v.Rows, f.Name, from.Rows)
	default:
		v.Words = with(v.Words, f.Name, from.Words)
	}
}

// WithoutStaff returns the values without those of fields that the staff alone enters.
func (v Values) WithoutStaff(fields []Field) Values {
	for _, f := range fields {
		if f.Staff {
			v.Take(f, Values{})
		}
	}
	return v
}

// Equal reports whether two drafts say the same.
func (r RecordDraft) Equal(other RecordDraft) bool {
	a, err := json.Marshal(r) // without what is empty
	b, otherErr := json.Marshal(other)
	return err == nil && otherErr == nil && bytes.Equal(a, b)
}

// equalValues reports whether two rows say the same.
func equalValues(a, b Values) bool {
	return RecordDraft{Values: a}.Equal(RecordDraft{Values: b})
}

// with returns a map with the value that another one has of a name.
func with[V any](to map[string]V, name string, from map[string]V) map[string]V {
	out := maps.Clone(to)
	if out == nil {
		out = map[string]V{}
	}
	delete(out, name)
	if value, ok := from[name]; ok {
		out[name] = value
	}
	return out
}
