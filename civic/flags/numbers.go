package flags

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"github.com/pinezka/pinezka/civic/words"
)

// digitRun is a run of ASCII digits.
type digitRun struct{ start, end int }

func digitRuns(text string) (runs []digitRun) {
	start := -1
	for i := 0; i <= len(text); i++ {
		digit := i < len(text) && text[i] >= '0' && text[i] <= '9'
		switch {
		case digit && start < 0:
			start = i
		case !digit && start >= 0:
			runs = append(runs, digitRun{start, i})
			start = -1
		}
	}
	return runs
}

// isAlone reports whether text[start:end] is not a part of a longer word, number
// or identifier.
func isAlone(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }
	if part(before) || strings.ContainsRune("#&=", before) || part(after) {
		return false
	}
	inPath := before == '/' && (start < 2 || !isDigit(text[start-2]))
	// of a decimal fraction, or of a longer number with separators
	hasMore := len(text) > end+1 && strings.ContainsRune(".,:-", after) && isDigit(text[end+1]) ||
		start > 1 && strings.ContainsRune(".,:-", before) && isDigit(text[start-2])
	return !inPath && !hasMore
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// pesels returns the identity numbers: eleven digits, or six and five, with a
// date of birth and a checksum.
func pesels(text string, runs []digitRun) (found []Span) {
	for i, r := range runs {
		if r.end-r.start == 11 && isPESEL(text[r.start:r.end]) && isAlone(text, r.start, r.end) {
			found = append(found, Span{PESEL, r.start, r.end})
		}
		if i+1 == len(runs) {
			break
		}
		next := runs[i+1]
		if r.end-r.start == 6 && next.end-next.start == 5 && next.start == r.end+1 && strings.ContainsRune(" -", rune(text[r.end])) &&
			isPESEL(text[r.start:r.end]+text[next.start:next.end]) && isAlone(text, r.start, next.end) {
			found = append(found, Span{PESEL, r.start, next.end})
		}
	}
	return found
}

// isPESEL reports whether eleven digits are an identity number, by the law on
// population registration of 2010: a date of birth, whose month also has the
// century, a serial number, and a checksum with the weights 1, 3, 7 and 9.
func isPESEL(digits string) bool {
	sum := 0
	for i, weight := range [...]int{1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1} {
		sum += weight * int(digits[i]-'0')
	}
	two := func(i int) int { return int(digits[i]-'0')*10 + int(digits[i+1]-'0') }
	month, century := two(2)%20, [...]int{1900, 2000, 2100, 2200, 1800}[two(2)/20]
	birth := time.Date(century+two(0), time.Month(month), two(4), 0, 0, 0, 0, time.UTC)
	return sum%10 == 0 && month > 0 && int(birth.Month()) == month && birth.Day() == two(4)
}

// Limits of telephone numbers, by E.164, without which a text of digits alone
// would take long.
const (
	minPhoneDigits = 7
	maxPhoneDigits = 15
	maxPhoneGroups = 6
	maxPhoneChecks = 400 // of a text; beyond, every group of digits that could be one is flagged
)

// phones returns the telephone numbers: those that the numbering plan of the
// region has, or with a country code, that of the country.
func (f *Finder) phones(text string, runs []digitRun) (found []Span) {
	checks := 0
	for i := 0; i < len(runs); i++ {
		start := phoneStart(text, runs[i].start)
		for j := lastOfPhone(text, runs, i); j >= i; j-- {
			end := runs[j].end
			if !couldBePhone(text, runs[i:j+1], start) {
				continue
			}
			if checks++; checks > maxPhoneChecks || f.isPhone(text[start:end]) {
				found = append(found, Span{Phone, start, end})
				i = j
				break
			}
		}
	}
	return found
}

// phoneStart returns where a number whose first digits are at i begins: before
// them can be a plus and a parenthesis.
func phoneStart(text string, i int) int {
	for i > 0 && (text[i-1] == '+' || text[i-1] == '(') {
		i--
	}
	return i
}

// lastOfPhone returns the last of the runs that a number that begins with run i
// can have.
func lastOfPhone(text string, runs []digitRun, i int) int {
	digits := runs[i].end - runs[i].start
	j := i
	for ; j+1 < len(runs) && j+1 < i+maxPhoneGroups; j++ {
		digits += runs[j+1].end - runs[j+1].start
		if digits > maxPhoneDigits || !isPhoneSeparator(text[runs[j].end:runs[j+1].start]) {
			break
		}
	}
	return j
}

// isPhoneSeparator reports whether s can be between two groups of digits.
func isPhoneSeparator(s string) bool {
	switch strings.ReplaceAll(s, "\u00a0", " ") {
	case " ", "-", ".", " - ", ")", ") ", " (", "(", "–":
		return true
	}
	return false
}

// couldBePhone reports whether the groups of digits look like a telephone number
// and nothing else, before the numbering plan is asked.
func couldBePhone(text string, groups []digitRun, start int) bool {
	first, last := groups[0], groups[len(groups)-1]
	digits := 0
	dots := 0
	for i, g := range groups {
		size := g.end - g.start
		digits += size
		if i > 0 {
			if size == 1 {
				return false
			}
			if text[groups[i-1].end] == '.' {
				dots++
			}
		}
	}
	if digits < minPhoneDigits || digits > maxPhoneDigits || !isAlone(text, start, last.end) {
		return false
	}
	if dots > 0 && (len(groups) < 3 || dots != len(groups)-1) {
		return false // coordinates, amounts
	}
	return !isDate(text, groups) && !isMeasure(text[last.end:]) && !isIdentifier(text[:first.start])
}

// isDate reports whether groups of digits are a date, whether or not a time is
// after it.
func isDate(text string, groups []digitRun) bool {
	if len(groups) < 3 {
		return false
	}
	sizes := [3]int{}
	for i := range sizes {
		sizes[i] = groups[i].end - groups[i].start
	}
	var year, month, day string
	at := func(i int) string { return text[groups[i].start:groups[i].end] }
	switch sizes {
	case [3]int{4, 2, 2}:
		year, month, day = at(0), at(1), at(2)
	case [3]int{2, 2, 4}:
		year, month, day = at(2), at(1), at(0)
	default:
		return false
	}
	return (year[:2] == "19" || year[:2] == "20") && month <= "12" && day <= "31"
}

// isMeasure reports whether the text after a number says what it counts.
func isMeasure(after string) bool {
	after = strings.TrimLeft(after, " \u00a0")
	for _, unit := range []string{"zł", "pln", "eur", "euro", "usd", "€", "$", "%", "m2", "m²", "km", "kg", "tys", "mln", "osób", "szt", "грн"} {
		if len(after) >= len(unit) && strings.EqualFold(after[:len(unit)], unit) {
			return true
		}
	}
	return false
}

// identifiers are words before a number that is no telephone number, folded.
const identifiers = " regon nip krs isbn id ref way node relation budynek budynku dzialka dzialki zgloszenie zgloszenia sprawa sprawy faktura faktury konto konta ewidencyjny egib teryt "

// isIdentifier reports whether the text before a number says that it is the
// number of a thing.
func isIdentifier(before string) bool {
	before = before[max(0, len(before)-60):]
	w := words.Split(strings.ToValidUTF8(before, ""))
	for len(w) > 0 && strings.Contains(" nr numer no ", " "+w[len(w)-1]+" ") {
		w = w[:len(w)-1]
	}
	return len(w) > 0 && strings.Contains(identifiers, " "+w[len(w)-1]+" ")
}

// isPhone asks the numbering plans.
func (f *Finder) isPhone(s string) bool {
	if strings.HasPrefix(s, "00") {
		s = "+" + s[2:]
	}
	number, err := phonenumbers.Parse(s, f.region)
	return err == nil && phonenumbers.IsValidNumber(number)
}

// accounts returns the numbers of bank accounts whose check digits are right.
func accounts(text string) (found []Span) {
	for _, at := range accountPattern.FindAllStringIndex(text, -1) {
		number := strings.Map(func(r rune) rune {
			if r == ' ' || r == '\u00a0' || r == '-' {
				return -1
			}
			return r
		}, text[at[0]:at[1]])
		if isDigit(number[0]) {
			number = "PL" + number
		}
		if isIBAN(number) && isAlone(text, at[0], at[1]) {
			found = append(found, Span{Account, at[0], at[1]})
		}
	}
	return found
}

// accountPattern matches what can be the number of a bank account: Polish ones
// with or without the country, others as an IBAN.
var accountPattern = regexp.MustCompile(`\b(?:PL[ \x{a0}]?)?\d{2}(?:[ \x{a0}-]?\d{4}){6}\b|\b[A-Z]{2}\d{2}(?:[ \x{a0}-]?[A-Z0-9]{4}){2,7}(?:[ \x{a0}-]?[A-Z0-9]{1,3})?\b`)

// isIBAN reports whether s has the check digits of ISO 13616 (ISO 7064, MOD
// 97-10).
func isIBAN(s string) bool {
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	remainder := 0
	for _, c := range s[4:] + s[:4] {
		switch {
		case c >= '0' && c <= '9':
			remainder = (remainder*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			remainder = (remainder*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return remainder == 1
}
