// Package flags finds in a text what a moderator must see before it is public:
// telephone numbers, e-mail addresses, identity numbers, vehicle plates, bank
// accounts, a person's name beside the address of a flat, and words that a
// district has chosen. It knows the forms that are usual in Poland, and those of
// telephone numbers everywhere.
package flags

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/pinezka/pinezka/civic/words"
)

// Kind is what a flag marks. The zero value is none.
type Kind uint8

// The kinds, in the order in which one takes precedence over those after it
// where both mark the same characters.
const (
	Email   Kind = iota + 1
	Account      // number of a bank account, as an IBAN or without its country
	PESEL        // Polish identity number
	Phone
	Plate   // registration plate of a vehicle
	Address // name of a person and the address of a flat
	Word    // chosen by the district
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Email, Account, PESEL, Phone, Plate, Address, Word} }

// String returns the name of the kind in lower case, and "" for none.
func (k Kind) String() string {
	names := [...]string{Email: "email", Account: "account", PESEL: "pesel", Phone: "phone", Plate: "plate", Address: "address", Word: "word"}
	if int(k) >= len(names) {
		return fmt.Sprintf("unknown(%d)", k)
	}
	return names[k]
}

// ParseKind returns the kind with the name s, and whether there is one.
func ParseKind(s string) (Kind, bool) {
	i := slices.IndexFunc(Kinds(), func(k Kind) bool { return k.String() == s })
	if i < 0 {
		return 0, false
	}
	return Kinds()[i], true
}

// Span is a part of a text, in bytes: text[Start:End].
type Span struct {
	Kind       Kind
	Start, End int
}

// Config configures what is found.
type Config struct {
	Region string   // ISO 3166-1 code of the country whose telephone numbers need no country code; default none, so that all need one
	Words  []string // each word or phrase that is flagged, in any case and with or without diacritics; "word*" also flags what begins with it
}

// KnownRegion reports whether there is a numbering plan of the country with a code.
func KnownRegion(code string) bool { return phonenumbers.GetSupportedRegions()[code] }

// Finder finds flags. It may be used by several goroutines.
type Finder struct {
	region string
	names  map[string]nameForm
	words  []flaggedWord
}

// New returns a finder.
func New(cfg Config) *Finder {
	f := &Finder{region: cfg.Region, names: firstNames()}
	for _, phrase := range cfg.Words {
		stem, prefix := strings.CutSuffix(strings.TrimSpace(phrase), "*")
		if w := words.Split(stem); len(w) > 0 {
			f.words = append(f.words, flaggedWord{w, prefix})
		}
	}
	return f
}

// Find returns the flags of a text in their order. They do not overlap.
func (f *Finder) Find(text string) []Span {
	runs := digitRuns(text)
	tokens := tokensOf(text)
	var found []Span
	for _, spans := range [][]Span{
		emails(text), accounts(text), pesels(text, runs), f.phones(text, runs), plates(text),
		f.addresses(text, tokens), f.flaggedWords(tokens),
	} {
		for _, s := range spans {
			found = append(found, without(text, s, found)...)
		}
		slices.SortFunc(found, func(a, b Span) int { return a.Start - b.Start })
	}
	return found
}

// without returns the parts of a span that none of the others has, which are in
// order and do not overlap.
func without(text string, s Span, others []Span) (parts []Span) {
	overlap := func(o Span) bool { return o.Start < s.End && s.Start < o.End }
	if !slices.ContainsFunc(others, overlap) {
		return []Span{s}
	}
	add := func(start, end int) {
		part := text[start:end]
		start += len(part) - len(strings.TrimLeft(part, between))
		if end = start + len(strings.Trim(part, between)); end > start {
			parts = append(parts, Span{s.Kind, start, end})
		}
	}
	for _, o := range others {
		if !overlap(o) {
			continue
		}
		if o.Start > s.Start {
			add(s.Start, o.Start)
		}
		s.Start = o.End
	}
	if s.Start < s.End {
		add(s.Start, s.End)
	}
	return parts
}

// between are the characters that are left out at the ends of a part.
const between = " \t\n\u00a0,;:()"

// Redacted stands for what was removed from a text.
const Redacted = "[…]"

// Redact returns the text with Redacted in the place of each span. The spans
// are in order and do not overlap, as Find returns them.
func Redact(text string, spans []Span) string {
	var b strings.Builder
	end := 0
	for _, s := range spans {
		b.WriteString(text[end:s.Start])
		b.WriteString(Redacted)
		end = s.End
	}
	b.WriteString(text[end:])
	return b.String()
}

// KindsIn returns the kinds of the flags of texts, a bit for each as Kind.Bit
// returns it.
func (f *Finder) KindsIn(texts ...string) (kinds int32) {
	for _, text := range texts {
		for _, s := range f.Find(text) {
			kinds |= s.Kind.Bit()
		}
	}
	return kinds
}

// Bit returns a number of one bit that stands for the kind.
func (k Kind) Bit() int32 { return 1 << (k - 1) }
