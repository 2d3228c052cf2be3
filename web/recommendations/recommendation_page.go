package recommendations

import (
	"fmt"
	"html/template"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/markdown"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// highestHeading is the level of the highest heading of a paragraph.
const highestHeading = 4

// text is a text in the language of the reader, or in another one.
type text struct {
	Text string
	Lang string // "" for the language of the page
}

func newText(reader *page.Reader, t civic.Text) text {
	return text{reader.In(t), reader.OtherLanguage(t)}
}

// view is what the page of a recommendation shows beyond the common parts.
type view struct {
	Addressee  text
	Sentences  []string // where it stands
	Overdue    string   // that the deadline is past; "" unless it is
	Paragraphs []paragraph
	Whole      []comment // on the whole, and on paragraphs that are no longer there
	Form       *commentForm
	Figures    *figures.View // as they were when the text was written; nil for none
	Dissent    []dissent
	Steps      []step
	Drafting   bool   // whether its working group writes it
	Thanks     string // to somebody who has just commented; "" otherwise
}

// paragraph is a paragraph with what was said about it.
type paragraph struct {
	Number   int
	HTML     template.HTML
	Lang     string
	Reply    string // "" for none
	Class    string // of the reply
	Reasons  text
	Comments []comment
	Form     *commentForm // nil unless the public is consulted
}

// dissent is what somebody who did not agree said.
type dissent struct{ Who, Text text }

// step is a step of the execution.
type step struct {
	Text    text
	Due     civic.Day // 0 for none
	Done    bool
	Overdue bool
}

// extra returns the view of a recommendation.
func (h handlers) extra(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
	d := &in.Version.District
	says, _ := in.Thing.Content.(civic.Record)
	today := d.DayOf(h.Now())
	v := view{Addressee: newText(reader, says.Texts["addressee"])}
	if r.URL.Query().Get("done") == civic.CommentThing.Plural() {
		key := "recommendation.comment.thanks"
		if d.Moderation == civic.ModerateAfter {
			key += "_public"
		}
		v.Thanks = reader.Text(key)
	}
	v.stand(reader, in.Thing, says, today)
	for i, row := range says.Rows["paragraphs"] {
		v.Paragraphs = append(v.Paragraphs, newParagraph(reader, i+1, row))
	}
	for _, row := range says.Rows["dissent"] {
		v.Dissent = append(v.Dissent, dissent{newText(reader, row.Texts["who"]), newText(reader, row.Texts["text"])})
	}
	for _, row := range says.Rows["steps"] {
		s := step{Text: newText(reader, row.Texts["step"]), Due: row.Day("due"), Done: row.Words["done"] == "yes"}
		s.Overdue = !s.Done && s.Due != 0 && s.Due < today && says.Due(in.Thing.State) != 0
		v.Steps = append(v.Steps, s)
	}
	var err error
	if v.Figures, err = h.Figures.View(reader, in.Version, in.Actor, in.Thing); err != nil {
		return nil, err
	}
	if err := h.addComments(r, d, reader, in, &v); err != nil {
		return nil, err
	}
	drafting := in.Thing.State == "draft" && in.Thing.OwnerID != 0 && civic.Can(in.Actor, civic.Edit, in.Thing.Thing, h.Now()) == nil
	if in.Thing.State == "consulted" && in.Thing.Publication == civic.Published || drafting {
		v.Drafting = drafting
		v.addForms(d, in)
	}
	return v, nil
}

// newParagraph returns a paragraph with the reply to it.
func newParagraph(reader *page.Reader, number int, row civic.Values) paragraph {
	p := paragraph{Number: number, HTML: markdown.HTML(reader.In(row.Texts["text"]), highestHeading), Lang: reader.OtherLanguage(row.Texts["text"])}
	if reply := row.Words["reply"]; reply != "" {
		p.Reply, p.Class = reader.Text("recommendations.option.paragraphs.reply."+reply), reply
		p.Reasons = newText(reader, row.Texts["reasons"])
	}
	return p
}

// stand adds the sentences that say where a recommendation stands on a day.
func (v *view) stand(reader *page.Reader, t civic.Described, says civic.Record, today civic.Day) {
	sent, due, replied := says.Day("sent_on"), says.Day("deadline"), says.Day("replied_on")
	say := func(key string, pairs ...any) {
		v.Sentences = append(v.Sentences, reader.Text("recommendation."+key, pairs...))
	}
	if sent != 0 {
		say("sent", "date", reader.Date(sent))
	}
	switch days := says.Number("reply_days"); {
	case replied != 0:
		outcome := reader.Text("recommendations.option.outcome." + says.Words["outcome"])
		say("replied", "n", int(replied-sent), "date", reader.Date(replied), "outcome", outcome)
	case due == 0 || sent == 0:
	case days != 0:
		say("awaited_days", "n", days, "date", reader.Date(due))
	default:
		say("awaited", "date", reader.Date(due))
	}
	if t.State == "sent" && due != 0 && due < today {
		v.Overdue = reader.Text("recommendation.overdue", "n", int(today-due))
	}
}

// anchorOf returns the anchor of a paragraph.
func anchorOf(number int) string { return fmt.Sprintf("p%d", number) }
