package civic

import "maps"

// CouncillorTable is a table of the councillors of a district, which says of each
// what its columns have, and nothing else.
type CouncillorTable struct {
	Columns []TableColumn
	Rows    []CouncillorRow
}

// TableColumn is a field that a table has, or its text in one language.
type TableColumn struct {
	Field string
	Lang  string // of a text; "" for what is the same in all languages
}

// CouncillorRow is a row of a table, with its number as programs display it.
type CouncillorRow struct {
	Row int
	Values
}

// Over returns what a councillor is to say by a row of the table: what the row says
// where the table has a column, and what was said before elsewhere.
func (t *CouncillorTable) Over(before RecordDraft, row CouncillorRow) RecordDraft {
	out := RecordDraft{Kind: CouncillorThing, Values: Values{Words: maps.Clone(before.Words), Texts: map[string]Text{}}}
	if out.Words == nil {
		out.Words = map[string]string{}
	}
	for name, text := range before.Texts {
		out.Texts[name] = maps.Clone(text)
	}
	for _, c := range t.Columns {
		if c.Lang == "" {
			out.Words[c.Field] = row.Words[c.Field]
			continue
		}
		if out.Texts[c.Field] == nil {
			out.Texts[c.Field] = Text{}
		}
		out.Texts[c.Field][c.Lang] = row.Texts[c.Field][c.Lang]
	}
	return out
}

// CouncillorKey is by what a table knows a councillor.
type CouncillorKey struct{ Name, Ward string }

// CouncillorKey returns by what a table knows a councillor who says this.
func (v Values) CouncillorKey() CouncillorKey { return CouncillorKey{v.Words["name"], v.Words["ward"]} }

// TermAction returns the action that gives a councillor the state that follows from
// the last day of the term, and whether there is one. A term without a last day has
// not ended.
func TermAction(state State, until, today Day) (Action, bool) {
	ended := until != 0 && until < today
	switch {
	case state == "in_office" && ended:
		return EndTerm, true
	case state == "former" && !ended:
		return Resume, true
	}
	return 0, false
}
