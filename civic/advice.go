package civic

import (
	"time"

	"github.com/paulmach/orb"
)

// AdviceEntry is something that was said or done about a request for advice.
type AdviceEntry struct {
	ID     int64 // of the entry of the audit
	At     time.Time
	Action Action
	Own    bool   // whether it is of whoever asked
	Name   string // of the account that has acted; "" for anybody else
	After  State  // to which it led; "" for none
	Text   string // that was said; "" for none, or an erased one
	Reason string // "" for none, or an erased one
}

// AdviceCase is what the advisers know of a request for advice beyond what it says.
type AdviceCase struct {
	Entries  []AdviceEntry // in their order, without what was taken back
	Adviser  int64         // the account that has it; 0 for nobody
	Name     string        // of that account; "" for nobody
	Why      AssignmentCause
	Since    time.Time // since when; zero for nobody
	Answers  []Thing   // that were written of it for everybody
	Unproved bool      // whether whoever asked has not confirmed the address yet
}

// ForReporter returns what whoever asked may know of it: neither notes nor how it was
// given to advisers, nor their names.
func (c AdviceCase) ForReporter() AdviceCase {
	var out AdviceCase
	for _, e := range c.Entries {
		if e.Action == Note || e.Action == Assign || e.Action == HandOver || e.Action == Edit || e.Action == Redact {
			continue
		}
		e.Name = ""
		out.Entries = append(out.Entries, e)
	}
	for _, a := range c.Answers {
		if a.Publication == Published {
			out.Answers = append(out.Answers, a)
		}
	}
	return out
}

// AnswerQuery selects public answers, those first that have the most of the words, and
// of these the nearest.
type AnswerQuery struct {
	Words string     // of which an answer has some; "" for any
	At    *orb.Point // near which they are, or in whose area; nil for anywhere
	Limit int        // required
}

// AnswerRadius is how far from a place an answer may be, in metres: from the centre of
// its cell, which has a radius of 1,400 metres where it is the coarser one.
const AnswerRadius = 2000
