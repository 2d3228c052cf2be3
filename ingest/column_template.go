package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/ingest/record"
)

// template is a column, or several columns with literal text between them, such
// as "{Type}: {Address}".
type template []part

type part struct {
	literal string // before the column
	column  string // "" after the last column
}

// parseTemplate parses a template or the name of a column. The name of a known
// column is never a template, even if it contains braces.
func parseTemplate(s string, known []string) (template, error) {
	if name := record.CleanName(s); slices.Contains(known, name) || !strings.ContainsAny(s, "{}") {
		return template{{column: name}}, nil
	}
	var t template
	for rest := s; rest != ""; {
		literal, after, found := strings.Cut(rest, "{")
		name, tail, closed := strings.Cut(after, "}")
		column := record.CleanName(name)
		if strings.Contains(literal, "}") || found && (!closed || column == "" || strings.Contains(name, "{")) {
			return nil, fmt.Errorf("template %q: each { needs the name of a column and a }", record.Shorten(s))
		}
		t = append(t, part{literal, column})
		rest = tail
	}
	return t, nil
}

// execute returns the text of the template for r, in which clean returns the
// text of a value. The literal text next to a blank column is omitted, and so
// are brackets, in pairs:
//
//	{A}: {B} ({C})    A: B (C)    A: B    B (C)    A (C)    C
func (t template) execute(r record.Record, clean func(string) string) string {
	if len(t) == 1 && t[0].literal == "" {
		value, _ := r.Get(t[0].column)
		return clean(value)
	}
	var (
		b        strings.Builder
		previous string // value
		omitted  [2]int // opening brackets
	)
	for i, p := range t {
		isEnd := p.column == ""
		var value string
		if !isEnd {
			value, _ = r.Get(p.column)
			value = clean(value)
		}
		literal := omitClosing(p.literal, &omitted)
		if isEnd && previous != "" || !isEnd && value != "" && (i == 0 || b.Len() > 0) {
			b.WriteString(literal)
		} else {
			omitted[0] += strings.Count(literal, "(")
			omitted[1] += strings.Count(literal, "[")
		}
		b.WriteString(value)
		previous = value
	}
	return strings.TrimSpace(b.String())
}

// omitClosing returns s without the closing brackets whose opening ones were
// omitted.
func omitClosing(s string, omitted *[2]int) string {
	for i, bracket := range []string{")", "]"} {
		for omitted[i] > 0 && strings.Contains(s, bracket) {
			s = strings.Replace(s, bracket, "", 1)
			omitted[i]--
		}
	}
	return s
}
