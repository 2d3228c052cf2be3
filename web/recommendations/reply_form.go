package recommendations

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// replyView is the data of the template reply_form.
type replyView struct {
	Back       string
	Title      text
	Version    int32
	Lang       string // in which the reasons are written
	Paragraphs []replyParagraph
	Outcomes   []page.Option // of the whole
	Reason     string
	Faults     page.Faults // of fields by the ids of their elements
}

// replyParagraph is a paragraph with the fields of the reply to it.
type replyParagraph struct {
	paragraph
	Replies []page.Option
	Said    string // the reasons, as they were entered
	Faults  map[string]string
}

// replyForm shows the form with which the reply to a recommendation is recorded.
func (h handlers) replyForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	t, says, err := things.PublicInPath(r, h.Store, &v.District, civic.RecommendationThing)
	if err != nil {
		return err
	}
	if err := h.mayReply(r, t); err != nil {
		return err
	}
	return h.showReply(w, r, &v.District, t, says, http.StatusOK, "", nil)
}

// mayReply returns an error unless the actor may record a reply to a recommendation
// now.
func (h handlers) mayReply(r *http.Request, t civic.Described) error {
	actor, err := serve.ActorOf(r.Context())
	if err == nil {
		err = civic.Can(actor, civic.AcceptReply, t.Thing, h.Now())
	}
	if err == nil {
		_, err = t.After(civic.AcceptReply)
	}
	return err
}

// submitReply records the reply to each paragraph and to the whole, or shows what is
// missing at its field.
func (h handlers) submitReply(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	t, says, err := things.PublicInPath(r, h.Store, d, civic.RecommendationThing)
	if err != nil {
		return err
	}
	if err := h.mayReply(r, t); err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	version, err := serve.FormVersion(r)
	if err != nil {
		return err
	}
	says.Rows = withReplies(r, d, says)
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	var content civic.Record
	action, ok := outcomeAction(r.PostForm.Get("outcome"))
	if !ok {
		err = civic.Faults{{Field: "outcome", Code: "missing", Detail: "the reply to the whole"}}
	} else if content, err = d.AcceptRecord(says.RecordDraft); err == nil {
		_, err = h.Store.Do(r.Context(), d, actor, civic.Command{
			Action: action, Things: []int64{t.ID}, Version: version, Content: content, Reason: r.PostForm.Get("reason"),
		})
	}
	var faults civic.Faults
	switch {
	case errors.As(err, &faults):
		return h.showReply(w, r, d, t, says, http.StatusUnprocessableEntity, r.PostForm.Get("outcome"), faults)
	case errors.Is(err, civic.ErrChanged):
		return h.showReply(w, r, d, t, says, http.StatusPreconditionFailed, r.PostForm.Get("outcome"), civic.Faults{{Field: "version", Code: "changed"}})
	case err != nil:
		return err
	}
	http.Redirect(w, r, things.Path(d, t.Kind, t.ID)+"?done="+action.String(), http.StatusSeeOther) //nolint:gosec // a path of this site
	return nil
}

// withReplies returns the rows of a recommendation with the replies of the form.
func withReplies(r *http.Request, d *civic.District, says civic.Record) map[string][]civic.Values {
	rows := map[string][]civic.Values{}
	for name, former := range says.Rows {
		rows[name] = former
	}
	rows["paragraphs"] = nil
	for i, p := range says.Rows["paragraphs"] {
		reply, reasons := r.PostForm.Get(fmt.Sprintf("reply.%d", i+1)), r.PostForm.Get(fmt.Sprintf("reasons.%d", i+1))
		rows["paragraphs"] = append(rows["paragraphs"], civic.Values{
			Texts: map[string]civic.Text{"text": p.Texts["text"], "reasons": {d.Languages[0]: reasons}}, Words: map[string]string{"reply": reply},
		})
	}
	return rows
}

// outcomeAction returns the action that records a reply to the whole.
func outcomeAction(outcome string) (civic.Action, bool) {
	for _, action := range []civic.Action{civic.AcceptReply, civic.AcceptInPart, civic.Reject} {
		if of, _ := action.ReplyOutcome(); of == outcome {
			return action, true
		}
	}
	return 0, false
}

// showReply shows the form with what was entered.
func (h handlers) showReply(w http.ResponseWriter, r *http.Request, d *civic.District, t civic.Described, says civic.Record, status int, outcome string, faults civic.Faults) error {
	reader := h.Pages.Reader(r, d)
	view := replyView{
		Back: things.Path(d, t.Kind, t.ID), Title: newText(reader, says.Texts["name"]), Version: t.Version, Lang: d.Languages[0],
		Outcomes: replies(reader, "outcome", outcome), Reason: r.PostForm.Get("reason"),
	}
	for i, row := range says.Rows["paragraphs"] {
		p := replyParagraph{paragraph: newParagraph(reader, i+1, row), Said: row.Texts["reasons"][d.Languages[0]], Replies: replies(reader, "paragraphs.reply", row.Words["reply"])}
		view.Paragraphs = append(view.Paragraphs, p)
	}
	for _, f := range faults {
		view.Faults = append(view.Faults, newFault(reader, f))
	}
	for i := range view.Paragraphs {
		p := &view.Paragraphs[i]
		p.Faults = map[string]string{
			"reply": view.Faults.Of(fmt.Sprintf("reply-%d", p.Number)), "reasons": view.Faults.Of(fmt.Sprintf("reasons-%d", p.Number)),
		}
	}
	p := h.Pages.Page(r, d, view)
	p.Title, p.Form, p.Private = reader.Text("recommendation.reply.title", "title", view.Title.Text), true, true
	return h.Pages.Render(w, r, status, "reply_form", p)
}

// replies returns what a reply can be.
func replies(reader *page.Reader, field, chosen string) (options []page.Option) {
	for _, action := range []civic.Action{civic.AcceptReply, civic.AcceptInPart, civic.Reject} {
		outcome, _ := action.ReplyOutcome()
		options = append(options, page.Option{Value: outcome, Label: reader.Text("recommendations.option." + field + "." + outcome), Chosen: outcome == chosen})
	}
	return options
}

// newFault returns the message of a fault, and the field of the form that has it.
func newFault(reader *page.Reader, f civic.Fault) page.Fault {
	var n int
	var field string
	if _, err := fmt.Sscanf(f.Field, "paragraphs.%d.%s", &n, &field); err == nil {
		key := "recommendation.reply.fault." + field
		if field == "text" {
			return page.Fault{Field: "version", Text: reader.Text("thing.changed")}
		}
		return page.Fault{Field: fmt.Sprintf("%s-%d", field, n), Text: reader.Text(key, "n", n)}
	}
	switch f.Field {
	case "outcome":
		return page.Fault{Field: "outcome", Text: reader.Text("recommendation.reply.fault.outcome_" + f.Code)}
	case "reason":
		return page.Fault{Field: "reason", Text: reader.Text("recommendation.reply.fault.reason")}
	}
	return page.Fault{Field: "version", Text: reader.Text("thing.changed")}
}
