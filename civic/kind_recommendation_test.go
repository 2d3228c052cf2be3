package civic_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// paragraph returns a paragraph of a recommendation with a reply and its reasons,
// each "" for none.
func paragraph(text, reply, reasons string) civic.Values {
	v := civic.Values{Texts: map[string]civic.Text{"text": {"en": text}}, Words: map[string]string{}}
	if reply != "" {
		v.Words["reply"] = reply
	}
	if reasons != "" {
		v.Texts["reasons"] = civic.Text{"en": reasons}
	}
	return v
}

func recommendation(paragraphs ...civic.Values) civic.RecordDraft {
	return civic.RecordDraft{Kind: civic.RecommendationThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Trees"}, "addressee": {"en": "City"}},
		Words: map[string]string{}, Rows: map[string][]civic.Values{"paragraphs": paragraphs},
	}}
}

// faultsOf returns the fields of faults with their codes.
func faultsOf(err error) (fields []string) {
	var faults civic.Faults
	errors.As(err, &faults)
	for _, f := range faults {
		fields = append(fields, f.Field+" "+f.Code)
	}
	return fields
}

// TestCheckChange checks what of a recommendation can be changed in which state:
// its text until it is adopted, the reply once it is sent.
func TestCheckChange(t *testing.T) {
	former := recommendation(paragraph("Plant trees", "", ""), paragraph("Water them", "", ""))
	with := func(change func(r *civic.RecordDraft)) civic.RecordDraft {
		r := recommendation(paragraph("Plant trees", "", ""), paragraph("Water them", "", ""))
		change(&r)
		return r
	}
	dissent := []civic.Values{{Texts: map[string]civic.Text{"who": {"en": "Ewa"}, "text": {"en": "No"}}}}
	for name, test := range map[string]struct {
		now    civic.RecordDraft
		faults map[civic.State][]string // of each state in which there are any
	}{
		"the same": {with(func(*civic.RecordDraft) {}), nil},
		"another text": {with(func(r *civic.RecordDraft) { r.Rows["paragraphs"][1] = paragraph("Fell them", "", "") }), map[civic.State][]string{
			"adopted": {"paragraphs.2.text closed"}, "sent": {"paragraphs.2.text closed"}, "accepted": {"paragraphs.2.text closed"},
		}},
		"a translation": {with(func(r *civic.RecordDraft) { r.Rows["paragraphs"][1].Texts["text"]["pl"] = "Podlewać" }), nil},
		"one paragraph less": {recommendation(paragraph("Plant trees", "", "")), map[civic.State][]string{
			"adopted": {"paragraphs closed"}, "sent": {"paragraphs closed"}, "accepted": {"paragraphs closed"},
		}},
		"a reply": {with(func(r *civic.RecordDraft) { r.Rows["paragraphs"][0] = paragraph("Plant trees", "rejected", "no money") }), map[civic.State][]string{
			"draft": {"paragraphs.1.reply closed", "paragraphs.1.reasons closed"}, "adopted": {"paragraphs.1.reply closed", "paragraphs.1.reasons closed"},
			"accepted": {"paragraphs.1.reply closed", "paragraphs.1.reasons closed"},
		}},
		"dissent": {with(func(r *civic.RecordDraft) { r.Rows["dissent"] = dissent }), map[civic.State][]string{
			"sent": {"dissent closed"}, "accepted": {"dissent closed"},
		}},
		"other figures": {with(func(r *civic.RecordDraft) { r.Words["figures"] = `{"n":1}` }), map[civic.State][]string{
			"adopted": {"figures closed"}, "sent": {"figures closed"}, "accepted": {"figures closed"},
		}},
		"a later deadline": {with(func(r *civic.RecordDraft) { r.Words["deadline"] = "2027-01-01" }), map[civic.State][]string{
			"sent": {"deadline closed"}, "accepted": {"deadline closed"},
		}},
	} {
		for _, state := range []civic.State{"draft", "adopted", "sent", "accepted"} {
			if diff := cmp.Diff(test.faults[state], faultsOf(test.now.CheckChange(former, state))); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", name, state, diff)
			}
		}
	}
}

// TestKeepClosed checks that whoever changes what is open need not repeat the rest.
func TestKeepClosed(t *testing.T) {
	former := recommendation(paragraph("Plant trees", "", ""), paragraph("Water them", "", ""))
	former.Words["sent_on"] = "2026-03-01"
	now := civic.RecordDraft{Kind: civic.RecommendationThing, Values: civic.Values{
		Words: map[string]string{"sent_on": "2020-01-01"},
		Rows:  map[string][]civic.Values{"paragraphs": {{Words: map[string]string{"reply": "accepted"}}, {}}},
	}}
	now.KeepClosed(former, "sent")
	want := recommendation(paragraph("Plant trees", "accepted", ""), paragraph("Water them", "", ""))
	want.Words["sent_on"] = "2026-03-01"
	if !now.Equal(want) {
		t.Error(cmp.Diff(want, now))
	}
	if err := now.CheckChange(former, "sent"); err != nil {
		t.Error(err)
	}
}

// TestReady checks what a recommendation needs for a step, and what it says then.
func TestReady(t *testing.T) {
	d := &civic.District{Languages: []string{"en"}}
	ready := civic.RecommendationThing.Rules().Ready
	const friday = civic.Day(20518) // 2026-03-06, 30 days before a Sunday
	says, faults := ready(d, civic.Send, friday, recommendation(paragraph("a", "", "")))
	want := map[string]string{"sent_on": "2026-03-06", "deadline": "2026-04-06", "reply_days": "30"}
	if diff := cmp.Diff(want, says.Words); diff != "" || faults != nil {
		t.Errorf("sent: %v\n%s", faults, diff)
	}
	if due := says.Due("sent").String(); due != "2026-04-06" || says.Due("accepted") != 0 {
		t.Errorf("due %s, and %s once it is accepted", due, says.Due("accepted"))
	}
	chosen := recommendation(paragraph("a", "", ""))
	chosen.Words["deadline"] = "2026-03-20"
	if says, _ := ready(d, civic.Send, friday, chosen); says.Words["deadline"] != "2026-03-20" || says.Words["reply_days"] != "" {
		t.Errorf("with a deadline: %v", says.Words)
	}
	for i, test := range []struct {
		action     civic.Action
		paragraphs []civic.Values
		want       []string
	}{
		{civic.AcceptReply, []civic.Values{paragraph("a", "accepted", ""), paragraph("b", "accepted", "")}, nil},
		{civic.AcceptReply, []civic.Values{paragraph("a", "accepted", ""), paragraph("b", "", "")}, []string{"paragraphs.2.reply missing"}},
		{civic.AcceptReply, []civic.Values{paragraph("a", "in_part", "money")}, []string{"outcome contradiction"}},
		{civic.AcceptInPart, []civic.Values{paragraph("a", "accepted", ""), paragraph("b", "rejected", "")}, []string{"paragraphs.2.reasons missing"}},
		{civic.AcceptInPart, []civic.Values{paragraph("a", "accepted", ""), paragraph("b", "rejected", "money")}, nil},
		{civic.AcceptInPart, []civic.Values{paragraph("a", "accepted", "")}, []string{"outcome contradiction"}},
		{civic.AcceptInPart, []civic.Values{paragraph("a", "rejected", "money")}, []string{"outcome contradiction"}},
		{civic.Reject, []civic.Values{paragraph("a", "in_part", "money")}, []string{"outcome contradiction"}},
		{civic.Reject, []civic.Values{paragraph("a", "rejected", "money")}, nil},
	} {
		says, faults := ready(d, test.action, friday, recommendation(test.paragraphs...))
		if diff := cmp.Diff(test.want, faultsOf(faults)); diff != "" || says.Words["replied_on"] != "2026-03-06" {
			t.Errorf("%d, %s: %v\n%s", i, test.action, says.Words, diff)
		}
	}
}

// TestJudgeComment checks on what a comment can be.
func TestJudgeComment(t *testing.T) {
	d := district()
	text := recommendation(paragraph("a", "", ""), paragraph("b", "", "")).Record(d)
	judge := civic.CommentThing.Rules().Links[0].Judge
	for _, test := range []struct {
		kind      civic.ThingKind
		state     civic.State
		paragraph string
		isNew     bool
		want      []string
	}{
		{civic.RecommendationThing, "consulted", "", true, nil},
		{civic.RecommendationThing, "consulted", "2", true, nil},
		{civic.RecommendationThing, "consulted", "3", true, []string{"paragraph unknown"}},
		{civic.RecommendationThing, "consulted", "0", true, []string{"paragraph unknown"}},
		{civic.RecommendationThing, "consulted", "x", true, []string{"paragraph unknown"}},
		{civic.RecommendationThing, "adopted", "1", true, []string{"on closed"}},
		{civic.RecommendationThing, "adopted", "1", false, nil},
		{civic.InitiativeThing, "running", "", true, nil},
	} {
		on := civic.Described{Thing: civic.Thing{Kind: test.kind, State: test.state}, Content: text}
		says := civic.RecordDraft{Kind: civic.CommentThing, Values: civic.Values{Words: map[string]string{"paragraph": test.paragraph}}}
		got := []string(nil)
		for _, f := range judge(says, on, test.isNew) {
			got = append(got, f.Field+" "+f.Code)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s %s, paragraph %s, new %s: %q, want %q", test.kind, test.state, test.paragraph, strconv.FormatBool(test.isNew), got, test.want)
		}
	}
}
