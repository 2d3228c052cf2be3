package recommendations

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// comment is what somebody has said about a paragraph or the whole.
type comment struct {
	ID     int64
	Text   string
	Author string    // "" for none
	Date   civic.Day // on which it was published; 0 if unknown
	Answer text
	Waits  bool   // whether it is not public
	Report string // path
	Edit   string // path, for whoever may; otherwise ""
}

// commentForm is the form of a new comment.
type commentForm struct {
	Action    string // path
	On        int64
	Paragraph string // number; "" for the whole
	Key       civic.RequestKey
	Owner     int64 // the working group that alone reads it; 0 for none
	AskEmail  bool
}

// addComments adds the comments that are public, each to its paragraph, the oldest
// first.
func (h handlers) addComments(r *http.Request, d *civic.District, reader *page.Reader, in things.Shown, v *view) error {
	linked, err := h.Store.Links(r.Context(), d, []int64{in.Thing.ID})
	if err != nil {
		return err
	}
	var ids []int64
	for _, l := range linked.Links {
		end := linked.Other(l, in.Thing.ID)
		waits := end.Publication == civic.Pending && civic.CanKnow(in.Actor, end.Thing, false, h.Now())
		if l.Relation == civic.CommentOn && (end.Publication == civic.Published || waits) {
			ids = append(ids, end.ID)
		}
	}
	if ids == nil {
		return nil
	}
	found, err := h.Store.Things(r.Context(), d, civic.ThingQuery{Kind: civic.CommentThing, IDs: ids, Limit: len(ids)})
	if err != nil {
		return err
	}
	times, err := h.Store.PublicTimes(r.Context(), d, ids)
	if err != nil {
		return err
	}
	for i := len(found) - 1; i >= 0; i-- {
		t := found[i]
		says, _ := t.Content.(civic.Record)
		path := things.Path(d, t.Kind, t.ID)
		c := comment{ID: t.ID, Text: says.Words["text"], Author: says.Words["author"], Answer: newText(reader, says.Texts["answer"]), Report: path + "/report", Waits: t.Publication == civic.Pending}
		if of, ok := times[t.ID]; ok {
			c.Date = d.DayOf(of.Published)
		}
		if civic.Can(in.Actor, civic.Edit, t.Thing, h.Now()) == nil {
			c.Edit = path
		}
		if n := says.Number("paragraph"); n >= 1 && n <= len(v.Paragraphs) {
			v.Paragraphs[n-1].Comments = append(v.Paragraphs[n-1].Comments, c)
		} else {
			v.Whole = append(v.Whole, c)
		}
	}
	return nil
}

// addForms adds a form to each paragraph, and one to the whole.
func (v *view) addForms(d *civic.District, in things.Shown) {
	owner := int64(0)
	if in.Thing.State == "draft" {
		owner = in.Thing.OwnerID
	}
	form := func(paragraph string) *commentForm {
		return &commentForm{
			Action: things.Path(d, civic.CommentThing, 0) + "/new", On: in.Thing.ID, Paragraph: paragraph, Key: civic.NewRequestKey(),
			AskEmail: in.Actor.Kind == civic.Unknown, Owner: owner,
		}
	}
	v.Form = form("")
	for i := range v.Paragraphs {
		v.Paragraphs[i].Form = form(fmt.Sprint(i + 1))
	}
}

// home returns the page on which a comment is shown, and where: as a comment when it
// is public, and otherwise where it will be.
func (h handlers) home(r *http.Request, d *civic.District, t civic.Thing) (path, anchor string, err error) {
	linked, err := h.Store.Links(r.Context(), d, []int64{t.ID})
	if err != nil {
		return "", "", err
	}
	for _, l := range linked.Links {
		on := linked.Other(l, t.ID)
		if l.Relation != civic.CommentOn || on.Publication != civic.Published && on.OwnerID == 0 {
			continue
		}
		path = things.Path(d, on.Kind, on.ID)
		if t.Publication == civic.Published {
			return path, fmt.Sprintf("comment-%d", t.ID), nil
		}
		described, err := h.Store.Thing(r.Context(), d, t.ID)
		if err != nil {
			return "", "", err
		}
		says, _ := described.Content.(civic.Record)
		return path, anchorOf(says.Number("paragraph")), nil
	}
	return "", "", fmt.Errorf("comment %d is on nothing that is public: %w", t.ID, civic.ErrNotFound)
}
