package ingest

import "strings"

// noValue reports whether s is what programs and people write where there is no
// value: NULL of databases, NaN and None of statistics, #N/A of spreadsheets in
// several languages, and dashes. It is for values that are compared or parsed,
// never for titles and bodies, of which "-" and "None" can be the real text.
func noValue(s string) bool {
	if len(s) > 32 { // more bytes than any of them
		return false
	}
	switch strings.ToLower(s) {
	case "",
		"null", "(null)", "<null>", `\n`, "nil",
		"nan", "-nan", "na", "<na>", "n/a", "none",
		"-", "--", "---", "\u2013", "\u2014",
		"brak", "brak danych", "b/d", "n/d", "немає", "н/д",
		"#n/a", "#na", "#n/d", "#n/d!", "#nv", "#н/д",
		"#value!", "#arg!", "#ref!", "#adr!", "#div/0!", "#dziel/0!", "#name?", "#nazwa?", "#num!", "#liczba!", "#null!", "#zero!",
		"0000-00-00", "0000-00-00 00:00:00":
		return true
	}
	return false
}
