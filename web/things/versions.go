package things

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/textdiff"
)

// versionsView is the data of the template thing_versions.html.
type versionsView struct {
	Back     string
	Title    Text
	Path     string
	Versions []version // the newest first
	Before   int       // the numbers of those that are compared; 0 for none
	After    int
	Changes  []changedField // what differs between the two
}

// version is a version of a thing in the list.
type version struct {
	Number        int
	Date          civic.Day
	Title, By     string
	Erased        bool
	Before, After bool // whether it is one of the two that are compared
}

// changedField is a field that differs between two versions.
type changedField struct {
	Label string
	Parts []textdiff.Part
}

// versionsPage lists what a thing has said, and shows how one version differs from
// another: by default the newest from the one before it.
func (h handlers) versionsPage(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	versions, err := h.versions(r, in, t)
	if err != nil {
		return err
	}
	before, after, err := compared(r, versions)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, in.d)
	item := h.Item(in.d, reader, t)
	view := versionsView{Back: item.URL, Path: item.URL + "/versions", Title: item.Title, Before: before.Number, After: after.Number}
	for _, v := range slices.Backward(versions) {
		out := version{
			Number: v.Number, Date: in.d.DayOf(v.At), Erased: v.Erased, Before: v.Number == before.Number, After: v.Number == after.Number,
			Title: reader.Text("history." + v.Action.String()),
		}
		switch {
		case v.Number == 1:
			out.Title = reader.Text("thing.version.first")
		case v.Action == civic.Undo:
			out.Title = reader.Text("thing.version.undone")
		case t.Kind.HasStep(v.Action):
			out.Title = reader.Text("action." + v.Action.String())
		}
		if v.By != 0 {
			out.By = reader.Text("history.by." + v.By.String())
		}
		view.Versions = append(view.Versions, out)
	}
	view.Changes = changes(h.pieces(in.d, reader, before), h.pieces(in.d, reader, after))
	p := h.Pages.Page(r, in.d, view)
	p.Title = reader.Text("thing.version.title", "title", view.Title.Text) + " – " + p.Name
	return h.Pages.Render(w, r, http.StatusOK, "thing_versions", p)
}

// versions returns what a thing has said as far as the actor may know it: all of it for
// whoever may edit the thing, and what was public for others.
func (h handlers) versions(r *http.Request, in request, t civic.Described) ([]civic.Version, error) {
	all, err := h.Store.Versions(r.Context(), in.d, t.Thing)
	if err != nil || civic.Can(in.actor, civic.Edit, t.Thing, h.Now()) == nil {
		return all, err
	}
	return slices.DeleteFunc(all, func(v civic.Version) bool { return !v.Public }), nil
}

// compared returns the versions that a request compares, which are the zero value
// where there are fewer than two.
func compared(r *http.Request, versions []civic.Version) (before, after civic.Version, err error) {
	if n := len(versions); n > 0 {
		after = versions[n-1]
		before = versions[max(0, n-2)]
	}
	for name, chosen := range map[string]*civic.Version{"before": &before, "after": &after} {
		if !r.URL.Query().Has(name) {
			continue
		}
		number, _ := strconv.Atoi(r.URL.Query().Get(name)) // 0 is none of them
		i := slices.IndexFunc(versions, func(v civic.Version) bool { return v.Number == number })
		if i < 0 {
			return before, after, serve.BadParameter(name, "must be the number of a version")
		}
		*chosen = versions[i]
	}
	return before, after, nil
}

// piece is a text of a version, with a key by which it is found in another one.
type piece struct{ key, label, text string }

// pieces returns the texts of a version in the language of the reader.
func (h handlers) pieces(d *civic.District, reader *page.Reader, v civic.Version) (out []piece) {
	var add func(prefix, label string, texts []Text)
	add = func(prefix, label string, texts []Text) {
		for _, t := range texts {
			if t.Rows == nil {
				out = append(out, piece{prefix + t.Name, label + t.Label, t.Text})
			}
			for i, row := range t.Rows {
				number := strconv.Itoa(i + 1)
				add(prefix+t.Name+"."+number+".", label+t.Label+", "+reader.Text("thing.row", "n", i+1)+": ", row)
			}
		}
	}
	add("", "", h.texts(d, reader, h.Kind.Kind.Rules().Fields, v.Content.Values, ""))
	return out
}

// changes returns the texts that differ, in the order of the newer version, with those
// that it does not have at the end.
func changes(before, after []piece) (out []changedField) {
	former := map[string]string{}
	for _, p := range before {
		former[p.key] = p.text
	}
	for _, p := range after {
		if former[p.key] != p.text {
			out = append(out, changedField{p.label, textdiff.Words(former[p.key], p.text)})
		}
		delete(former, p.key)
	}
	for _, p := range before {
		if text, ok := former[p.key]; ok {
			out = append(out, changedField{p.label, textdiff.Words(text, "")})
		}
	}
	return out
}
