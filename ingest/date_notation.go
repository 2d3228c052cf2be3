package ingest

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// monthNames are the names of each month in English, Polish and Ukrainian, as
// they stand in a date. Abbreviations are their first three letters or more.
func monthNames() [12]string {
	return [12]string{
		"january stycznia січня", "february lutego лютого", "march marca березня", "april kwietnia квітня",
		"may maja травня", "june czerwca червня", "july lipca липня", "august sierpnia серпня",
		"september września вересня", "october października жовтня", "november listopada листопада", "december grudnia грудня",
	}
}

// parseTime parses a date, with or without a time, in the notations that mean
// one day only. hasOffset reports whether it is a time that states its offset
// from UTC; any other is returned as if it were in UTC.
//
//	2024-05-06     2024/5/6     2024.05.06     20240506     6.5.2024
//	6 May 2024     6-May-2024     May 6, 2024     6 maja 2024     Mon, 6 May 2024
//	…T10:30     … 10:30:00.123     …, 10:30     … 10:30 PM     20240506T103000     20240506103000
//	…Z     …+02     …+0200     … +02:00     … UTC     … +0200 CEST
//	1714984200     1714984200.5     1714984200000 (seconds and milliseconds since 1970)
func parseTime(s string) (t time.Time, hasOffset bool, err error) {
	if t, ok := parseEpoch(s); ok {
		return t, true, nil
	}
	d := dateScanner{rest: s}
	d.weekday()
	switch {
	case !d.date():
		return t, false, errDate
	case d.ambiguous:
		return t, false, errDayMonth
	}
	isTime := d.clock()
	offset, stated := d.offset()
	if d.rest != "" || stated && !isTime && !strings.ContainsAny(s, ":Zz") {
		return t, false, errDate
	}
	day := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	if day.Day() != d.day || d.month < 1 || d.month > 12 || d.hour > 23 || d.minute > 59 || d.second > 60 {
		return t, false, errNoSuchDay
	}
	if !isTime {
		return day, false, nil // an offset, as in XML, is that of its midnight
	}
	t = day.Add(time.Duration((d.hour*60+d.minute)*60+min(d.second, 59)-offset) * time.Second)
	return t, stated, nil
}

// parseEpoch parses seconds (10 digits, from 2001 on) or milliseconds (13
// digits) since 1970-01-01 in UTC, and zero. Other numbers can be dates.
func parseEpoch(s string) (time.Time, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if strings.Trim(whole+fraction, "0123456789") != "" {
		return time.Time{}, false
	}
	var n int64
	for _, digit := range whole[:min(len(whole), 13)] {
		n = n*10 + int64(digit-'0')
	}
	switch {
	case len(whole) == 10, whole == "0":
		return time.Unix(n, 0).UTC(), true
	case len(whole) == 13:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}

// dateScanner scans a date and a time.
type dateScanner struct {
	rest                 string // not yet scanned
	year, month, day     int
	hour, minute, second int
	ambiguous            bool // whether the day or the month could come first
}

// accept skips a prefix, and reports whether it was there.
func (d *dateScanner) accept(prefix string) bool {
	rest, found := strings.CutPrefix(d.rest, prefix)
	d.rest = rest
	return found
}

// number scans up to most digits. It returns their number as well.
func (d *dateScanner) number(most int) (value, digits int) {
	for digits < most && digits < len(d.rest) && d.rest[digits] >= '0' && d.rest[digits] <= '9' {
		value = value*10 + int(d.rest[digits]-'0')
		digits++
	}
	d.rest = d.rest[digits:]
	return value, digits
}

// word scans letters.
func (d *dateScanner) word() string {
	end := strings.IndexFunc(d.rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(d.rest)
	}
	word := d.rest[:end]
	d.rest = d.rest[end:]
	return word
}

// weekday skips the name of a day before a date, unless it is that of a month.
func (d *dateScanner) weekday() {
	before := d.rest
	if word := d.word(); word == "" || monthNamed(word) > 0 || !d.accept(", ") && !d.accept(" ") {
		d.rest = before
	}
}

// date scans a date, which can be ambiguous.
func (d *dateScanner) date() bool {
	if name := d.word(); name != "" { // May 6, 2024
		d.month = monthNamed(name)
		_ = d.accept(".")
		if d.month == 0 || !d.accept(" ") {
			return false
		}
		day, dayDigits := d.number(2)
		if dayDigits == 0 || !d.accept(", ") && !d.accept(" ") {
			return false
		}
		year, yearDigits := d.number(4)
		d.year, d.day = year, day
		return yearDigits == 4
	}
	first, digits := d.number(8)
	separator, size := utf8.DecodeRuneInString(d.rest)
	switch {
	case digits == 8:
		d.year, d.month, d.day = first/10000, first/100%100, first%100
		return true
	case size == 0 || !strings.ContainsRune("-/. ", separator):
		return false
	}
	d.rest = d.rest[size:]
	if name := d.word(); name != "" && digits <= 2 { // 6 May 2024
		d.day, d.month = first, monthNamed(name)
		_ = d.accept(".")
		if d.month == 0 || !d.accept(string(separator)) {
			return false
		}
		d.year, digits = d.number(4)
		return digits == 4
	}
	second, secondDigits := d.number(2)
	if separator == ' ' || secondDigits == 0 || !d.accept(string(separator)) {
		return false
	}
	third, thirdDigits := d.number(4)
	switch {
	case digits == 4 && thirdDigits >= 1 && thirdDigits <= 2:
		d.year, d.month, d.day = first, second, third
	case digits <= 2 && thirdDigits == 4 && separator == '.':
		d.year, d.month, d.day = third, second, first
	case digits <= 2 && (thirdDigits == 2 || thirdDigits == 4):
		d.ambiguous = true
	default:
		return false
	}
	return true
}

// monthNamed returns the number of the month with a name, or 0.
func monthNamed(s string) int {
	s = strings.ToLower(s)
	if utf8.RuneCountInString(s) < 3 {
		return 0
	}
	for i, names := range monthNames() {
		for _, name := range strings.Fields(names) {
			if strings.HasPrefix(name, s) || s == "sept" && i == 8 {
				return i + 1
			}
		}
	}
	return 0
}

// clock scans a time after a date, if there is one.
func (d *dateScanner) clock() bool {
	before := d.rest
	separated := d.accept("T") || d.accept("t") || d.accept(", ") || d.accept(",") || d.accept(" ")
	value, digits := d.number(6)
	switch {
	case digits <= 2 && digits > 0 && separated && d.accept(":"):
		d.hour = value
		if d.minute, digits = d.number(2); digits != 2 {
			d.rest = before
			return false
		}
		if d.accept(":") {
			if d.second, digits = d.number(2); digits != 2 {
				d.rest = before
				return false
			}
		}
	case digits == 6:
		d.hour, d.minute, d.second = value/10000, value/100%100, value%100
	case digits == 4 && separated:
		d.hour, d.minute = value/100, value%100
	default:
		d.rest = before
		return false
	}
	if fraction, found := strings.CutPrefix(strings.Replace(d.rest, ",", ".", 1), "."); found {
		d.rest = strings.TrimLeft(fraction, "0123456789")
	}
	before = d.rest
	_ = d.accept(" ")
	switch half := strings.ToUpper(d.word()); {
	case half == "AM" && d.hour == 12:
		d.hour = 0
	case half == "PM" && d.hour < 12:
		d.hour += 12
	case half != "AM" && half != "PM":
		d.rest = before
	}
	return true
}

// offset scans the offset from UTC in seconds, if one is stated, and a name of
// the zone after it.
func (d *dateScanner) offset() (seconds int, stated bool) {
	before := d.rest
	_ = d.accept(" ")
	var sign int
	switch name := d.word(); {
	case name == "" && d.accept("+"):
		sign = 1
	case name == "" && (d.accept("-") || d.accept("\u2212")):
		sign = -1
	case strings.EqualFold(name, "Z"), strings.EqualFold(name, "UTC"), strings.EqualFold(name, "GMT"):
		return 0, true
	default:
		d.rest = before
		return 0, false
	}
	hours, digits := d.number(2)
	minutes, minuteDigits := 0, 0
	if d.accept(":") || d.rest != "" && d.rest[0] != ' ' {
		minutes, minuteDigits = d.number(2)
	}
	if digits != 2 || minuteDigits == 1 || hours > 15 || minutes > 59 {
		d.rest = before
		return 0, false
	}
	if d.accept(" ") {
		d.rest = strings.TrimSuffix(strings.TrimPrefix(d.rest, "("), ")")
		_ = d.word() // such as CEST
	}
	return sign * (hours*60 + minutes) * 60, true
}
