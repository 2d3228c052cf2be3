package figures

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// thing returns the thing in the path of a request, with its figures. It returns
// civic.ErrNotFound for one without, and for one of which the actor may not know.
func (f *Service) thing(r *http.Request) (*index.Version, civic.Actor, civic.Described, *Figures, error) {
	v, err := f.District(r)
	if err != nil {
		return nil, civic.Actor{}, civic.Described{}, nil, err
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return v, actor, civic.Described{}, nil, err
	}
	id, err := serve.PathID(r, "thing")
	if err != nil {
		return v, actor, civic.Described{}, nil, err
	}
	t, err := f.Store.Thing(r.Context(), &v.District, id)
	if err != nil {
		return v, actor, t, nil, err
	}
	frozen, err := Of(t)
	if err == nil && (frozen == nil || t.Publication != civic.Published && civic.Can(actor, civic.Edit, t.Thing, f.Now()) != nil) {
		err = fmt.Errorf("figures of thing %d: %w", id, civic.ErrNotFound)
	}
	return v, actor, t, frozen, err
}

// comparison is the figures of a thing beside those of today.
type comparison struct {
	Frozen         *Figures `json:"frozen"`
	Now            *Figures `json:"now"` // nil if the question has no answer any more
	SameData       bool     `json:"same_data"`
	SameBoundaries bool     `json:"same_boundaries"`
	SameMethod     bool     `json:"same_method"`
	Identical      bool     `json:"identical"` // whether all numbers are the same
}

// compare returns the figures of a thing and those of today for the same question.
func (f *Service) compare(w http.ResponseWriter, r *http.Request) error {
	v, _, _, frozen, err := f.thing(r)
	if err != nil {
		return err
	}
	out := comparison{Frozen: frozen}
	q, err := parseQuestion(frozen.Question, &v.District)
	if err == nil {
		out.Now, err = f.compute(r.Context(), v, q)
	}
	var faults civic.Faults
	switch {
	case errors.As(err, &faults): // such as a category that does not exist any more
	case err != nil:
		return err
	default:
		out.judge()
	}
	return f.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}

// judge compares the figures.
func (c *comparison) judge() {
	was, now := c.Frozen, c.Now
	c.SameData = was.Fingerprint == now.Fingerprint
	c.SameBoundaries = maps.Equal(was.Provenance.BoundaryVersions, now.Provenance.BoundaryVersions)
	c.SameMethod = was.Provenance.Method == now.Provenance.Method && (was.Hotspot == nil || now.Hotspot == nil || was.Hotspot.Provenance.Method == now.Hotspot.Provenance.Method)
	c.Identical = reflect.DeepEqual(was.numbers(), now.numbers())
}

// numbers returns the figures without when and of which version they are, and
// without names.
func (f *Figures) numbers() Figures {
	out := *f
	out.ComputedOn, out.Fingerprint = "", ""
	out.Provenance.DatasetVersion = 0
	out.Areas, out.Categories = nil, nil
	for _, a := range f.Areas {
		a.Name = nil
		out.Areas = append(out.Areas, a)
	}
	for _, c := range f.Categories {
		c.Name = nil
		out.Categories = append(out.Categories, c)
	}
	if f.Hotspot != nil {
		hotspot := *f.Hotspot
		hotspot.Provenance.DatasetVersion = 0
		out.Hotspot = &hotspot
	}
	return out
}

// computeAgain is the button of the page of a thing that freezes the figures of
// today.
func (f *Service) computeAgain(w http.ResponseWriter, r *http.Request) error {
	v, actor, t, _, err := f.thing(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	version, err := serve.FormVersion(r)
	if err != nil {
		return err
	}
	if err := f.freeze(r, v, actor, t, version); err != nil {
		return err
	}
	http.Redirect(w, r, things.Path(&v.District, t.Kind, t.ID)+"?done=yes", http.StatusSeeOther)
	return nil
}

// replace freezes the figures of today, for the version in If-Match.
func (f *Service) replace(w http.ResponseWriter, r *http.Request) error {
	v, actor, t, _, err := f.thing(r)
	if err != nil {
		return err
	}
	version, err := things.IfMatch(r)
	if err != nil {
		return err
	}
	if err := f.freeze(r, v, actor, t, version); err != nil {
		return err
	}
	return f.compare(w, r)
}

// freeze gives a thing the figures of today.
func (f *Service) freeze(r *http.Request, v *index.Version, actor civic.Actor, t civic.Described, version int32) error {
	if err := civic.Can(actor, civic.Edit, t.Thing, f.Now()); err != nil {
		return err
	}
	record, _ := t.Content.(civic.Record)
	q, err := parseQuestion(record.Words[questionField], &v.District)
	if err != nil {
		return err
	}
	draft := record.RecordDraft
	draft.Kind, draft.Words = t.Kind, maps.Clone(draft.Words)
	if draft.Words[figuresField], err = f.frozen(r.Context(), v, q); err != nil {
		return err
	}
	content, err := v.District.AcceptRecord(draft)
	if err != nil {
		return err
	}
	_, err = f.Store.Do(r.Context(), &v.District, actor, civic.Command{Action: civic.Edit, Things: []int64{t.ID}, Version: version, Content: content})
	return err
}
