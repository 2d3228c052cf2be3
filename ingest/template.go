package ingest

import (
	"fmt"
	"strings"
)

// source of a target's text: one column, or a template over several.
type source struct{ parts []part }

type part struct {
	literal string // before the column
	column  string // "" for what follows the last column
}

// parseSource reads a column's name, or a template such as "{Type}: {Address}".
// A name among fields is never a template.
func parseSource(s string, fields []string) (source, error) {
	for _, f := range fields {
		if f == tidyName(s) {
			return source{[]part{{column: f}}}, nil
		}
	}
	if !strings.ContainsAny(s, "{}") {
		return source{[]part{{column: tidyName(s)}}}, nil
	}
	var src source
	rest := s
	for rest != "" {
		literal, after, found := strings.Cut(rest, "{")
		name, tail, closed := strings.Cut(after, "}")
		if strings.Contains(literal, "}") || found && (!closed || tidyName(name) == "" || strings.Contains(name, "{")) {
			return source{}, fmt.Errorf("template %q: each { needs a column's name and a }", shorten(s))
		}
		src.parts = append(src.parts, part{literal, tidyName(name)})
		rest = tail
	}
	return src, nil
}

// text of the source in r. What stands between two columns is left out with a
// blank one, a bracket together with its partner:
//
//	{A}: {B} ({C})    A: B (C)    A: B    B (C)    A (C)    C
func (s source) text(r Record) string {
	if len(s.parts) == 1 && s.parts[0].literal == "" {
		v, _ := r.Get(s.parts[0].column)
		return strings.TrimSpace(v)
	}
	var (
		b       strings.Builder
		last    string // value
		dropped [2]int // opening brackets left out
	)
	for i, p := range s.parts {
		literal := p.literal
		value := ""
		if p.column != "" {
			value, _ = r.Get(p.column)
			value = strings.TrimSpace(value)
		}
		literal = closeDropped(literal, &dropped)
		atEnd := p.column == ""
		switch {
		case atEnd && last != "", !atEnd && value != "" && (i == 0 || b.Len() > 0):
			b.WriteString(literal)
		default:
			dropped[0] += strings.Count(literal, "(")
			dropped[1] += strings.Count(literal, "[")
		}
		b.WriteString(value)
		last = value
	}
	return strings.TrimSpace(b.String())
}

// closeDropped takes out of s the closing brackets whose partner was left out.
func closeDropped(s string, dropped *[2]int) string {
	for i, bracket := range []string{")", "]"} {
		for dropped[i] > 0 && strings.Contains(s, bracket) {
			s = strings.Replace(s, bracket, "", 1)
			dropped[i]--
		}
	}
	return s
}

func (s source) columns() []string {
	var names []string
	for _, p := range s.parts {
		if p.column != "" {
			names = append(names, p.column)
		}
	}
	return names
}
