package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// dating replaces days and times as they are written in a thread by those that they are
// on some day. "-3" is three days before a day, "thu -30" the first Thursday from thirty
// days before it, and "thu -30 18:00" a time of that Thursday. In a row of a series, "#1"
// is the first of its days after today and "#-1" the last one before yesterday, and a
// time is counted from that day.
type dating struct {
	from  civic.Day
	past  []civic.Day // of a series, the newest first
	still []civic.Day // of a series, the next one first
}

// date replaces days and times in what a thing says, or says anew after what it has said
// at first. Rows of days that its series does not have are left out.
func date(says *civic.RecordDraft, first civic.RecordDraft, today civic.Day) error {
	d := dating{from: today}
	fields := says.Kind.Rules().Fields
	if err := d.values(fields, &says.Values); err != nil {
		return err
	}
	if first.Kind == 0 {
		first = *says
	}
	for _, o := range first.Occurrences() {
		switch {
		case o.Day > today:
			d.still = append(d.still, o.Day)
		case o.Day < today-1:
			d.past = slices.Insert(d.past, 0, o.Day)
		}
	}
	for _, f := range fields {
		var rows []civic.Values
		for _, row := range says.Rows[f.Name] {
			ok, err := d.row(f.Rows, &row)
			if err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
			if ok {
				rows = append(rows, row)
			}
		}
		if rows != nil {
			says.Rows[f.Name] = rows
		}
	}
	return nil
}

// row replaces days and times in a row, and reports whether there is its day.
func (d dating) row(fields []civic.Field, row *civic.Values) (ok bool, err error) {
	number, isNth := strings.CutPrefix(row.Words["day"], "#")
	if !isNth {
		return true, d.values(fields, row)
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return false, fmt.Errorf("day: %w", err)
	}
	days := d.still
	if n < 0 {
		days, n = d.past, -n
	}
	if n == 0 || n > len(days) {
		return false, nil
	}
	d.from, row.Words["day"] = days[n-1], "0"
	return true, d.values(fields, row)
}

// values replaces the days and times of fields.
func (d dating) values(fields []civic.Field, v *civic.Values) (err error) {
	for _, f := range fields {
		word := v.Words[f.Name]
		if word == "" || f.Type != civic.DateField && f.Type != civic.TimeField {
			continue
		}
		if v.Words[f.Name], err = d.word(word); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

// word returns what a day or a time is.
func (d dating) word(written string) (string, error) {
	parts := strings.Fields(written)
	clock := ""
	if last := len(parts) - 1; strings.Contains(parts[last], ":") {
		clock, parts = "T"+parts[last], parts[:last]
	}
	weekday := -1
	if len(parts) == 2 {
		if weekday = slices.Index(weekdays(), parts[0]); weekday < 0 {
			return "", fmt.Errorf("%w: %q is no weekday", civic.ErrInvalid, parts[0])
		}
		parts = parts[1:]
	}
	if len(parts) != 1 {
		return "", fmt.Errorf("%w: %q has no number of days", civic.ErrInvalid, written)
	}
	days, err := strconv.Atoi(parts[0])
	if err != nil {
		return "", fmt.Errorf("read %q: %w", written, err)
	}
	day := d.from + civic.Day(days)
	for weekday >= 0 && day.Time().Weekday() != time.Weekday(weekday) {
		day++
	}
	return day.String() + clock, nil
}

// weekdays returns how weekdays are written, by those of Go.
func weekdays() []string { return []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} }
