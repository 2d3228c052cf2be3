package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
)

// template is a text from which the staff can choose. What is chosen and not
// changed is recorded in all its languages, so that everybody reads it in theirs.
type template struct {
	Value string // its key in the record
	Label string // in the list
	Text  string // in the language of the user
	In    civic.Text
}

// reasonNames returns the names of the reasons for an action for which there is a
// template, and what their keys begin with.
func reasonNames(action civic.Action) (prefix string, names []string) {
	switch action {
	case civic.Hide:
		return "desk.reason.", []string{"personal_data", "insult", "illegal", "spam", "off_topic", "private_matter"}
	case civic.CloseReport:
		return "desk.decision.", []string{"within_rules", "part_removed", "not_false"}
	}
	return "", nil
}

// reasons returns the templates of reasons for an action.
func (h handlers) reasons(a at, action civic.Action) (all []template) {
	prefix, names := reasonNames(action)
	for _, name := range names {
		all = append(all, template{name, a.reader.Text(prefix + name + ".label"), a.reader.Text(prefix + name), h.Pages.TextIn(a.d, prefix+name)})
	}
	return all
}

// templates returns the templates for an action on a thing. Those of public updates
// are the ones of the district for its state and category, and then that of the
// program for its state.
func (h handlers) templates(ctx context.Context, a at, item civic.QueueItem, action civic.Action) ([]template, error) {
	if action != civic.PostUpdate || item.Status() == 0 {
		return h.reasons(a, action), nil
	}
	own, err := h.Store.UpdateTemplates(ctx, a.d, item.Status(), item.CategoryID)
	if err != nil {
		return nil, err
	}
	var all []template
	for _, t := range own {
		text := a.reader.In(t.Text)
		all = append(all, template{t.Key, label(text), text, t.Text})
	}
	key := "desk.update." + item.Status().String()
	text := a.reader.Text(key)
	return append(all, template{"state:" + item.Status().String(), label(text), text, h.Pages.TextIn(a.d, key)}), nil
}

// maxLabel is the number of code points of a text in a list.
const maxLabel = 60

// label returns the beginning of a text.
func label(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxLabel {
		return strings.TrimSpace(string(runes[:maxLabel-1])) + "…"
	}
	return text
}

// choose returns what a form says: what was typed, or else the template with the
// key, and the template from which it is.
func choose(all []template, key, typed string) (string, civic.Wording) {
	typed = strings.TrimSpace(strings.ReplaceAll(typed, "\r\n", "\n"))
	i := slices.IndexFunc(all, func(t template) bool { return t.Value == key })
	if i < 0 {
		return typed, civic.Wording{}
	}
	text := cmp.Or(typed, all[i].Text)
	for _, in := range all[i].In {
		if text == in {
			return text, civic.Wording{Template: key, In: all[i].In}
		}
	}
	return text, civic.Wording{Template: key}
}
