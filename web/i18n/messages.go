package i18n

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"github.com/pinezka/pinezka/civic"
)

// Messages contains the texts of one language, and those of its fallbacks for
// texts that the language lacks.
type Messages struct {
	tag     language.Tag
	printer *message.Printer
	chain   []*texts // the language first
}

// Text returns the text of the key with its placeholders filled in from pairs
// of names and values. An int named "n" selects the plural form. Text returns
// the key itself when there is no text for it.
func (m *Messages) Text(key string, pairs ...any) string {
	e, tag, ok := m.find(key)
	if !ok {
		return key
	}
	text := e.text
	if e.forms != nil {
		text = e.forms["other"]
		for i := 0; i+1 < len(pairs); i += 2 {
			if n, ok := pairs[i+1].(int); ok && pairs[i] == "n" {
				if form, ok := e.forms[pluralCategory(tag, n)]; ok {
					text = form
				}
			}
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		value := fmt.Sprint(pairs[i+1])
		if n, ok := pairs[i+1].(int); ok {
			value = m.Number(n)
		}
		text = strings.ReplaceAll(text, fmt.Sprintf("{%v}", pairs[i]), value)
	}
	return text
}

// find returns the entry of a key and the language that it is in.
func (m *Messages) find(key string) (Entry, language.Tag, bool) {
	for _, t := range m.chain {
		if e, ok := t.entries[key]; ok {
			return e, t.tag, true
		}
	}
	return Entry{}, m.tag, false
}

// Number returns n as the language formats it, with its digits grouped.
func (m *Messages) Number(n int) string { return m.printer.Sprint(number.Decimal(n)) }

// Decimal returns v as the language formats it, with a number of decimals.
func (m *Messages) Decimal(v float64, decimals int) string {
	return m.printer.Sprint(number.Decimal(v, number.Scale(decimals)))
}

// Change returns n as the language formats it, with its sign: "+12", "−3" or "0".
func (m *Messages) Change(n int) string {
	switch {
	case n > 0:
		return "+" + m.Number(n)
	case n < 0:
		return "−" + m.Number(-n)
	}
	return m.Number(0)
}

// DecimalComma reports whether decimals follow a comma in the language.
func (m *Messages) DecimalComma() bool {
	return strings.Contains(m.printer.Sprint(number.Decimal(0.5)), ",")
}

// Date returns a day as the language formats it, such as "1 marca 2025".
func (m *Messages) Date(day civic.Day) string {
	t := day.Time()
	return m.Text("date", "day", strconv.Itoa(t.Day()), "month", m.Text(fmt.Sprintf("monthOf.%d", t.Month())), "year", strconv.Itoa(t.Year()))
}

// Time returns a day with its weekday and a time of day, such as "sobota, 5 grudnia
// 2026, 18:00".
func (m *Messages) Time(at civic.LocalTime) string {
	return m.Text("date_time", "weekday", m.Text(fmt.Sprintf("weekday.%d", at.Day.Time().Weekday())), "date", m.Date(at.Day), "time", at.Clock())
}

// Month returns a month as the language formats it, such as "marzec 2025".
func (m *Messages) Month(month civic.Month) string {
	t := month.First().Time()
	return m.Text("month.label", "month", m.Text(fmt.Sprintf("month.%d", t.Month())), "year", strconv.Itoa(t.Year()))
}

// Subset returns the entries whose keys begin with one of the prefixes, for the
// browser. Plural forms of another language name it.
func (m *Messages) Subset(prefixes ...string) map[string]Entry {
	out := map[string]Entry{}
	for _, t := range slices.Backward(m.chain) {
		for key, e := range t.entries {
			if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
				if e.forms != nil && t != m.chain[0] {
					e.forms = maps.Clone(e.forms)
					e.forms["language"] = t.tag.String()
				}
				out[key] = e
			}
		}
	}
	return out
}

// pluralCategory returns the plural category of n: "zero", "one", "two", "few",
// "many" or "other".
func pluralCategory(tag language.Tag, n int) string {
	digits := []byte(strconv.Itoa(max(n, -n)))
	for i := range digits {
		digits[i] -= '0'
	}
	return pluralCategories()[plural.Cardinal.MatchDigits(tag, digits, len(digits), 0)]
}

func pluralCategories() map[plural.Form]string {
	return map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
}

// samples returns a whole number of each plural category that the language uses
// for whole numbers.
func samples(tag language.Tag) map[string]int {
	out := map[string]int{}
	for n := 1000; n >= 0; n-- {
		out[pluralCategory(tag, n)] = n
	}
	return out
}

// categories returns the plural categories that the language uses for whole
// numbers, in alphabetical order.
func categories(tag language.Tag) []string { return slices.Sorted(maps.Keys(samples(tag))) }
