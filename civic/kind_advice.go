package civic

// unanswered returns the states of a request for advice in which it waits for an
// adviser.
func unanswered() []State { return []State{"received", "in_progress"} }

// adviceRules returns the rules of requests for advice, which are between whoever
// asks and the advisers: what is published of one is an answer, which shares nothing
// with it.
func adviceRules() KindRules {
	advisers := []Role{Adviser, Moderator}
	rules := KindRules{
		Name: "advice", Plural: "advice", Place: Optional, Private: true, Confidential: true,
		Fields: []Field{
			{Name: "question", Type: SaidField, Required: true, Hint: true},
			{Name: "topic", Type: TopicField, Filters: true},
			{Name: "who", Type: ChoiceField, Options: []string{"resident", "group", "organisation"}},
			{Name: "area", Type: AreaField},
			{Name: "outline", Type: OutlineField, Hint: true},
			{Name: "wants_publication", Type: ChoiceField, Options: []string{"no", "yes"}, Own: true, Hint: true},
			{Name: "due", Type: DateField, Due: true, Computed: true, Awaiting: unanswered()},
			{Name: "evaluation", Type: ChoiceField, Options: []string{"helped", "partly", "not"}, Own: true, Open: []State{"answered", "closed"}},
		},
		Initial:  "received",
		Awaiting: unanswered(),
		Ready:    readyAdvice,
		Notices:  adviceNotices(),
		Brings:   map[Action][]string{Evaluate: {"evaluation"}, Consent: {"wants_publication"}},
		Roles: map[Action][]Role{
			Submit: {Anybody}, Edit: advisers, Redact: {Moderator}, Withdraw: {Reporter, Moderator},
			Start: advisers, Advise: advisers, PassOn: advisers, Close: advisers, Ask: advisers, Note: advisers, HandOver: advisers, Assign: {Moderator},
			Answer: {Reporter}, Evaluate: {Reporter}, Consent: {Reporter}, Reopen: append([]Role{Reporter}, advisers...),
			Confirm: nil, Publish: nil, Hide: nil, Merge: nil, Restore: nil, PostUpdate: nil, AddLink: nil, RemoveLink: nil, Report: nil, CloseReport: nil, Object: nil,
		},
	}
	rules.Steps = []Step[State]{
		{Start, "received", "in_progress"},
		{Advise, "received", "answered"},
		{Advise, "in_progress", "answered"},
		{Advise, "answered", "answered"},
		{Evaluate, "answered", "evaluated"},
		{Evaluate, "closed", "evaluated"},
	}
	for _, from := range append(unanswered(), "answered") {
		rules.Steps = append(rules.Steps, Step[State]{Close, from, "closed"}, Step[State]{PassOn, from, "passed_on"})
	}
	for _, from := range []State{"answered", "closed", "evaluated", "passed_on"} {
		rules.Steps = append(rules.Steps, Step[State]{Reopen, from, "in_progress"})
	}
	return rules
}

// adviceNotices returns the mails about requests for advice: whoever asks is told of
// every step, and the adviser who has the request of what whoever asks has done.
func adviceNotices() map[Action]Notice {
	notices := map[Action]Notice{
		Answer: {MailAssigned, Responsible},
		Reopen: {MailAdvice, OwnReporter | Responsible},
	}
	for _, a := range []Action{Submit, Ask, Start, Advise, Evaluate, Close, PassOn} {
		notices[a] = Notice{MailAdvice, OwnReporter}
	}
	return notices
}

// readyAdvice returns a request for advice once it is made or opened again: it is to
// be answered in the days of its topic.
func readyAdvice(d *District, action Action, today Day, says RecordDraft) (RecordDraft, Faults) {
	if action == Submit || action == Reopen {
		says.Words = with(says.Words, "due", map[string]string{"due": d.AdviceDue(says.Words["topic"], today).String()})
	}
	return says, nil
}

// CanBePublished reports whether an answer to a request for advice may be written for
// everybody: whether it has been answered, and whoever asked wishes it.
func (r RecordDraft) CanBePublished(state State) bool {
	return r.Kind == AdviceThing && r.Words["wants_publication"] == "yes" && (state == "answered" || state == "closed" || state == "evaluated")
}
