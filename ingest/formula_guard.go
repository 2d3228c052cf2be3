package ingest

import (
	"strings"
	"unicode/utf8"
)

// unescapeFormula returns s without the apostrophe that EscapeFormula adds.
func unescapeFormula(s string) string {
	if rest, found := strings.CutPrefix(s, "'"); found && EscapeFormula(rest) != rest {
		return rest
	}
	return s
}

// EscapeFormula returns s with an apostrophe before a character that would
// begin a formula in a spreadsheet, as OWASP recommends against CSV injection.
// Numbers stay numbers.
func EscapeFormula(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if s == "" || !strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", first) {
		return s
	}
	if _, err := parseDegrees(s); err == nil {
		return s
	}
	return "'" + s
}
