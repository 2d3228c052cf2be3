package civic

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
)

// Relation is how one thing is related to another. The zero value is none.
type Relation uint8

// The relations, each from one thing to another.
const (
	DuplicateOf Relation = iota + 1 // a pin of one that stays
	EvidenceFor                     // a pin of a finding
	AnswersTo                       // an initiative, say, to a need
	Uses                            // an initiative of a potential, say
	TakesPart                       // an organisation in an initiative
	PartOf                          // an ask of an initiative, say
	ProfileOf                       // the profile of an organisation of its pin
	DiscussedAt                     // a thing at an event
	ResultedIn                      // a recommendation in an initiative, say
	CommentOn                       // a comment on what is discussed, which did not come of it
)

var relationNames = []string{
	DuplicateOf: "duplicate_of", EvidenceFor: "evidence_for", AnswersTo: "answers", Uses: "uses", TakesPart: "takes_part", PartOf: "part_of",
	ProfileOf: "profile_of", DiscussedAt: "discussed_at", ResultedIn: "resulted_in", CommentOn: "comment_on",
}

// ParseRelation returns the relation with the lower-case name s, or ErrInvalid.
func ParseRelation(s string) (Relation, error) {
	return parseEnum[Relation](relationNames, s, "relation")
}

// String returns the name that ParseRelation reads.
func (r Relation) String() string { return enumName(relationNames, r) }

// MarshalText returns the same text as String.
func (r Relation) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText sets r as ParseRelation does.
func (r *Relation) UnmarshalText(b []byte) (err error) {
	*r, err = ParseRelation(string(b))
	return err
}

// Link is a relation between two things.
type Link struct {
	From     int64    `json:"from"`
	Relation Relation `json:"relation"`
	To       int64    `json:"to"`
}

// CameOf returns which end of the link came of which other one, as an initiative that
// answers a need; false if neither did.
func (l Link) CameOf() (result, cause int64, ok bool) {
	switch l.Relation {
	case AnswersTo, Uses, PartOf, ProfileOf:
		return l.From, l.To, true
	case EvidenceFor, TakesPart, DiscussedAt, ResultedIn:
		return l.To, l.From, true
	default:
		return 0, 0, false
	}
}

// LinkRule says which links the form of a kind makes in a field.
type LinkRule struct {
	Field    string // in forms, in the API and in the keys of messages
	Relation Relation
	Incoming bool        // whether they lead from the others to things of the kind
	Kinds    []ThingKind // of the others
	PinKind  Kind        // of pins among them; 0 for any
	Presence Presence    // Required or, by default, optional
	One      bool        // at most one
	Begins   bool        // whether a new thing of the kind is offered on the pages of the others
	Shared   bool        // whether what things of the kind are part of is linked in the same way, where its kind can be
	Tells    MailKind    // the mail about a new link to both ends, and to whoever follows where they are; "" for none

	// ForEditors reports whether those alone may make a new link to another thing who may
	// edit that; nil where everybody may who may make links.
	ForEditors func(other Thing) bool

	// Judge returns what is wrong with a link of a thing that says something to
	// another one, new or not; nil where nothing can be.
	Judge func(says RecordDraft, other Described, isNew bool) Faults
}

// Ends returns the link between a thing of the kind and another one.
func (r LinkRule) Ends(thing, other int64) Link {
	if r.Incoming {
		return Link{other, r.Relation, thing}
	}
	return Link{thing, r.Relation, other}
}

// Makes reports whether a link of a thing of the kind to another one is of the rule:
// rules of a kind can have the same relation, to things of different kinds.
func (r LinkRule) Makes(l Link, thing int64, other Thing) bool {
	return slices.Contains(r.Kinds, other.Kind) && r.Ends(thing, other.ID) == l
}

// SharedRule returns the rule by which what a thing of the kind is part of is linked
// in the same way to another one, and whether there is one.
func (k ThingKind) SharedRule(relation Relation, other ThingKind) (LinkRule, bool) {
	for _, r := range k.Rules().Links {
		if r.Relation == relation && !r.Incoming && slices.Contains(r.Kinds, other) {
			return r, true
		}
	}
	return LinkRule{}, false
}

// FieldLinks are the things that a field of links names.
type FieldLinks struct {
	Field  string  `json:"field"`
	Things []int64 `json:"things"`
}

// NewLink is one thing that a field of links names.
type NewLink struct {
	Field string
	Thing int64
}

// MaxLinks is the number of things that a field of links may name.
const MaxLinks = 500

// LinkRule returns the rule of a field of links of the kind, or ErrInvalid.
func (k ThingKind) LinkRule(field string) (LinkRule, error) {
	for _, r := range k.Rules().Links {
		if r.Field == field {
			return r, nil
		}
	}
	return LinkRule{}, fmt.Errorf("a %s has no links %q: %w", k, field, ErrInvalid)
}

// LinkEnd is a thing at the end of a link.
type LinkEnd struct {
	Thing
	PinKind    Kind      // of a pin
	CategoryID int32     // of a pin
	ReportedOn Day       // of a pin
	HexOnly    bool      // whether it is a pin that the public only counts
	Shown      orb.Point // where a pin is shown: longitude, latitude
}

// Linked are links of things.
type Linked struct {
	Links []Link            // in the order in which they were made
	Ends  map[int64]LinkEnd // what is at both ends of them, by its id
}

// Other returns what is at the other end of a link of the thing with the id.
func (l Linked) Other(link Link, id int64) LinkEnd { return l.Ends[link.From+link.To-id] }

// LinkQuery selects things that a field of links can name.
type LinkQuery struct {
	Rule   LinkRule
	Words  string // that the title or the texts contain; a number is an id
	Limit  int    // required
	Staff  bool   // whether pins that the public only counts are found
	Except int64  // which is not found
}
