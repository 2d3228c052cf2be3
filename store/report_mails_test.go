package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// reportOnce sends a report of a thing with a key.
func (p post) reportOnce(t testing.TB, actor civic.Actor, thing int64, key civic.RequestKey, r civic.NewReport) (civic.Outcome, error) {
	t.Helper()
	request := civic.NewReportRequest(key, thing, "To o mnie", r)
	return p.Do(t.Context(), p.d, actor, civic.Command{Action: civic.Report, Things: []int64{thing}, Text: "To o mnie", Report: r, Request: &request})
}

// TestReceiptOfAReport checks that whoever reports a thing and leaves an address
// gets one receipt and one decision, also when the form was sent twice, and that an
// address that nobody has confirmed gets both without the words of visitors.
func TestReceiptOfAReport(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	id := add(t, p.Store, p.d, tree, civic.Published)
	olga := p.contact(t, "olga@example.org")
	erasure := civic.NewReport{Kind: civic.ErasureRequest, Ground: civic.PersonalData, Email: "zofia@example.org", Language: "uk"}
	notice := civic.NewReport{Kind: civic.ContentNotice, Ground: civic.Spam}
	key := civic.NewRequestKey()
	var numbers []int64
	for range 2 { // a second click
		out, err := p.reportOnce(t, civic.Actor{}, id, key, erasure)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, out.Report)
	}
	if numbers[0] == 0 || numbers[0] != numbers[1] {
		t.Errorf("the reports are %d", numbers)
	}
	if _, err := p.reportOnce(t, civic.Actor{Kind: civic.Contact, ID: olga}, id, civic.NewRequestKey(), notice); err != nil {
		t.Fatal(err)
	}
	if _, err := p.reportOnce(t, civic.Actor{}, id, civic.NewRequestKey(), notice); err != nil { // without an address
		t.Fatal(err)
	}
	p.settle(t)
	for _, l := range box.received() {
		if zofia := l.To == "zofia@example.org"; zofia && (l.Language != "uk" || l.Data["report"] != "erasure") || !zofia && l.Data["report"] != "notice" {
			t.Errorf("to %s in %s: %v", l.To, l.Language, l.Data)
		}
	}
	if diff := cmp.Diff([]string{"olga: report_received Lipa", "zofia: report_received "}, box.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if on, err := p.ReportsOn(t.Context(), p.d, id); err != nil || len(on) != 3 {
		t.Errorf("%d reports, %v", len(on), err)
	}
	p.act(t, civic.Command{Action: civic.CloseReport, Reason: "zostaje", Closing: civic.ClosedReport{ID: numbers[0]}}, id)
	p.settle(t)
	closed := box.received()
	if len(closed) != 1 || closed[0].Title != "" || closed[0].Data["report"] != "erasure" || closed[0].Reason != "zostaje" || closed[0].Links["object"] == "" {
		t.Errorf("the decision: %+v", closed)
	}
}

// TestReceiptsAreLimited checks that nobody can have any number of mails sent to an
// address of somebody else, by reports or by what follows from them.
func TestReceiptsAreLimited(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	id := add(t, p.Store, p.d, tree, civic.Published)
	for range 14 {
		if err := reportThing(t, p.Store, p.d, civic.Actor{}, id, civic.NewReport{Kind: civic.ContentNotice, Ground: civic.Spam, Email: "zofia@example.org"}); err != nil {
			t.Fatal(err)
		}
	}
	p.act(t, civic.Command{Action: civic.Hide, Reason: "reklama"}, id)
	p.settle(t)
	counts := map[civic.MailKind]int{}
	for _, l := range box.received() {
		counts[l.Kind]++
	}
	if diff := cmp.Diff(map[civic.MailKind]int{civic.MailReportReceived: 10, civic.MailReportClosed: 1}, counts); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
