package civic

import (
	"fmt"
	"slices"
	"strconv"
)

// WritingStates returns the states of a recommendation in which its text is written.
func WritingStates() []State { return []State{"draft", "consulted"} }

// The states of a recommendation in which it has not been sent yet, and in which it is
// carried out.
func unsent() []State    { return []State{"draft", "consulted", "adopted"} }
func executing() []State { return []State{"accepted", "accepted_in_part", "in_execution"} }

// recommendationRules returns the rules of recommendations: what the working group
// advises an office to do, its reply, and what came of it. The text stays as it was
// adopted.
func recommendationRules() KindRules {
	writers := append([]Role{Member}, staff()...)
	replies := []Role{Animator, Council, Moderator}
	rules := KindRules{
		Name: "recommendation", Plural: "recommendations", Place: Optional, Followed: true, Outcome: true, // the place is the one that it is about
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true, Open: WritingStates()},
			{Name: "addressee", Type: LineField, Required: true, Open: WritingStates(), Filters: true},
			{Name: "paragraphs", Type: RowsField, Required: true, Rows: []Field{
				{Name: "text", Type: MarkdownField, Required: true, Open: WritingStates()},
				{Name: "reply", Type: ChoiceField, Options: replyOutcomes(), Open: []State{"sent"}},
				{Name: "reasons", Type: TextField, Open: []State{"sent"}},
			}},
			{Name: "area", Type: AreaField},
			{Name: "categories", Type: CategoriesField},
			{Name: "deadline", Type: DateField, Due: true, Awaiting: []State{"sent"}, Open: append(unsent(), "lapsed")},
			{Name: "dissent", Type: RowsField, Open: unsent(), Rows: []Field{
				{Name: "who", Type: LineField, Required: true},
				{Name: "text", Type: TextField, Required: true},
				{Name: "signed_on", Type: DateField, Computed: true}, // by its author, so that nobody else changes it
			}},
			{Name: "steps", Type: RowsField, Rows: []Field{ // of the execution
				{Name: "step", Type: LineField, Required: true},
				{Name: "due", Type: DateField, Due: true, Awaiting: executing()},
				{Name: "done", Type: ChoiceField, Options: []string{"no", "yes"}, Ends: "yes"},
			}},
			{Name: "question", Type: QueryField, Open: WritingStates()},
			{Name: "figures", Type: FrozenField, Open: WritingStates()},
			{Name: "sent_on", Type: DateField, Computed: true, Filters: true},
			{Name: "reply_days", Type: WordField, Computed: true}, // the rule from which the deadline is; "" for one that was chosen
			{Name: "replied_on", Type: DateField, Computed: true, Filters: true},
			{Name: "outcome", Type: ChoiceField, Options: replyOutcomes(), Computed: true, Filters: true}, // of the reply to the whole
		},
		Links: []LinkRule{
			{Field: "answers", Relation: AnswersTo, Kinds: []ThingKind{DiagnosisThing, PinThing, ThemeThing}, Begins: true},
			{Field: "led_to", Relation: ResultedIn, Kinds: []ThingKind{InitiativeThing, PracticumThing, ResolutionThing}},
			{Field: "rests_on", Relation: Uses, Kinds: []ThingKind{PracticeThing}},
			{Field: "group", Relation: PartOf, Kinds: []ThingKind{GroupThing}, One: true, Begins: true},
		},
		Initial: "draft",
		Steps: []Step[State]{
			{Consult, "draft", "consulted"},
			{Adopt, "draft", "adopted"},
			{Adopt, "consulted", "adopted"},
			{Send, "adopted", "sent"},
			{AcceptReply, "sent", "accepted"},
			{AcceptInPart, "sent", "accepted_in_part"},
			{Reject, "sent", "rejected"},
			{Execute, "accepted", "in_execution"},
			{Execute, "accepted_in_part", "in_execution"},
			{Complete, "in_execution", "done"},
			{Lapse, "sent", "lapsed"},
			{Lapse, "accepted", "lapsed"},
			{Lapse, "accepted_in_part", "lapsed"},
			{Lapse, "in_execution", "lapsed"},
			{Resume, "lapsed", "sent"},
		},
		Awaiting: append(executing(), "sent"),
		Ready:    readyRecommendation,
		Brings:   map[Action][]string{AcceptReply: {"paragraphs"}, AcceptInPart: {"paragraphs"}, Reject: {"paragraphs"}},
		While:    map[Role][]State{Member: unsent()}, // of the working group
		Knows:    []Role{Member},
		Roles: map[Action][]Role{
			Submit: writers, Edit: writers, Dissent: {Member}, Consult: staff(), Adopt: staff(), Send: staff(), Resume: staff(), Withdraw: staff(),
			AcceptReply: replies, AcceptInPart: replies, Reject: replies, Execute: replies, Complete: replies, Lapse: replies,
		},
	}
	return rules
}

// WithDissent returns a recommendation with the dissent of somebody, who signs it on a
// day, in the default language of the district.
func (r RecordDraft) WithDissent(d *District, name, text string, on Day) RecordDraft {
	lang := d.Languages[0]
	rows := slices.Clone(r.Rows["dissent"])
	r.Rows = with(r.Rows, "dissent", map[string][]Values{"dissent": append(rows, Values{
		Texts: map[string]Text{"who": {lang: name}, "text": {lang: text}}, Words: map[string]string{"signed_on": on.String()},
	})})
	return r
}

// checkSigned returns the fault of a recommendation that does not have every dissent
// that was signed as it was.
func (r RecordDraft) checkSigned(former RecordDraft) Faults {
	now := r.Rows["dissent"]
	for i, row := range former.Rows["dissent"] {
		if row.Words["signed_on"] != "" && (i >= len(now) || !equalValues(now[i], row)) {
			return Faults{{fmt.Sprintf("dissent.%d.text", i+1), "closed", "it is signed, and its author alone takes it back"}}
		}
	}
	return nil
}

// replyOutcomes returns what a reply can be, to a paragraph and to the whole.
func replyOutcomes() []string { return []string{"accepted", "in_part", "rejected"} }

// ReplyOutcome returns what an action that records a reply says of the whole, and
// whether the action is one.
func (a Action) ReplyOutcome() (outcome string, ok bool) {
	switch a {
	case AcceptReply:
		return "accepted", true
	case AcceptInPart:
		return "in_part", true
	case Reject:
		return "rejected", true
	}
	return "", false
}

// readyRecommendation returns a recommendation once a step is taken: one that is
// sent has a deadline, and one that is replied to has a reply to each paragraph,
// with reasons where that does not accept it all, which agree with the outcome.
func readyRecommendation(d *District, action Action, today Day, says RecordDraft) (RecordDraft, Faults) {
	outcome, isReply := action.ReplyOutcome()
	set := map[string]string{}
	var faults Faults
	switch {
	case action == Send, action == Resume:
		set = map[string]string{"sent_on": today.String(), "replied_on": "", "outcome": "", "reply_days": ""}
		if says.Day("deadline") < today {
			due, days := d.ReplyDue(today)
			set["reply_days"], set["deadline"] = strconv.Itoa(days), due.String()
		}
	case isReply:
		set = map[string]string{"replied_on": today.String(), "outcome": outcome}
		faults = checkReplies(d, outcome, says.Rows["paragraphs"])
	}
	for name, value := range set {
		from := map[string]string{}
		if value != "" {
			from[name] = value
		}
		says.Words = with(says.Words, name, from)
	}
	return says, faults
}

// checkReplies returns the faults of the replies to paragraphs with an outcome of
// the whole.
func checkReplies(d *District, outcome string, paragraphs []Values) (faults Faults) {
	given := map[string]int{}
	for i, p := range paragraphs {
		reply, reasons := p.Words["reply"], d.Text(p.Texts["reasons"], d.Languages[0])
		given[reply]++
		if reply == "" {
			faults = append(faults, Fault{fmt.Sprintf("paragraphs.%d.reply", i+1), "missing", "what the reply says about the paragraph"})
		} else if reply != "accepted" && reasons == "" {
			faults = append(faults, Fault{fmt.Sprintf("paragraphs.%d.reasons", i+1), "missing", "why it is not accepted"})
		}
	}
	n := len(paragraphs)
	contradicts := (outcome == "accepted") != (given["accepted"] == n) || (outcome == "rejected") != (given["rejected"] == n)
	if faults == nil && contradicts {
		faults = append(faults, Fault{"outcome", "contradiction", "the replies to the paragraphs say something else"})
	}
	return faults
}
