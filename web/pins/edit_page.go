package pins

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// editView is the data of the template pin_edit.html.
type editView struct {
	Action            string // path
	Back              string // path of the pin, or of the map while it has none
	Title, Body       string
	Version           int32
	Now               *civic.QueueItem // the pin as somebody else has changed it meanwhile; nil otherwise
	Faults            page.Faults
	Message           map[string]string // of the fault of a field: title, body
	MaxTitle, MaxBody int
}

// editing is a request to edit a pin.
type editing struct {
	district *civic.District
	actor    civic.Actor
	item     civic.QueueItem
}

// editing returns the request. It returns the error of civic.Can unless whoever
// makes it may edit the pin.
func (h handlers) editing(r *http.Request) (e editing, err error) {
	v, err := h.District(r)
	if err != nil {
		return e, err
	}
	e.district = &v.District
	id, err := serve.PathID(r, "pin")
	if err != nil {
		return e, err
	}
	if e.actor, err = serve.ActorOf(r.Context()); err != nil {
		return e, err
	}
	if e.item, err = h.Store.DeskItem(r.Context(), e.district, id); err != nil {
		return e, err
	}
	if e.item.Kind != civic.PinThing {
		return e, fmt.Errorf("pin %d: %w", id, civic.ErrNotFound)
	}
	return e, civic.Can(e.actor, civic.Edit, e.item.Thing, h.Now())
}

// mayEdit reports whether whoever makes the request may edit a pin.
func (h handlers) mayEdit(r *http.Request, d *civic.District, id int64) bool {
	actor, err := serve.ActorOf(r.Context())
	if err != nil || civic.CanSomewhere(actor, civic.Edit, civic.PinThing, d.ID, h.Now()) != nil {
		return false
	}
	item, err := h.Store.DeskItem(r.Context(), d, id)
	return err == nil && civic.Can(actor, civic.Edit, item.Thing, h.Now()) == nil
}

// editForm shows the form that edits what a pin says.
func (h handlers) editForm(w http.ResponseWriter, r *http.Request) error {
	e, err := h.editing(r)
	if err != nil {
		return err
	}
	return h.showEdit(w, r, e, http.StatusOK, editView{Title: e.item.Title, Body: e.item.Body, Version: e.item.Version})
}

// edit changes what a pin says. What somebody else has changed meanwhile is shown
// beside what was entered.
func (h handlers) edit(w http.ResponseWriter, r *http.Request) error {
	e, err := h.editing(r)
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
	view := editView{Title: r.PostForm.Get("title"), Body: r.PostForm.Get("body"), Version: version, Message: map[string]string{}}
	category, _ := e.district.CategoryByID(e.item.CategoryID)
	content, err := e.district.Accept(civic.Draft{
		Category: category.Slug, Status: e.item.Status(), Title: view.Title, Body: view.Body, Point: e.item.Point, ReportedOn: e.item.ReportedOn,
	}, civic.MaxDay)
	if err == nil {
		_, err = h.Store.Do(r.Context(), e.district, e.actor, civic.Command{
			Action: civic.Edit, Things: []int64{e.item.ID}, Version: view.Version, Content: content,
		})
	}
	var faults civic.Faults
	switch {
	case err == nil:
		w.Header().Set("Location", h.afterEdit(e)+"?edited=yes")
		w.WriteHeader(http.StatusSeeOther)
		return nil
	case errors.Is(err, civic.ErrChanged):
		if e.item, err = h.Store.DeskItem(r.Context(), e.district, e.item.ID); err != nil {
			return err
		}
		view.Now, view.Version = &e.item, e.item.Version
		return h.showEdit(w, r, e, http.StatusConflict, view)
	case !errors.As(err, &faults):
		return err
	}
	reader := h.Pages.Reader(r, e.district)
	for _, f := range faults {
		form := formView{Message: view.Message}
		form.fault(reader, f.Field, f.Code)
		view.Faults = append(view.Faults, form.Faults...)
	}
	return h.showEdit(w, r, e, http.StatusUnprocessableEntity, view)
}

// afterEdit returns the path of the pin, or that of the form while it has none.
func (h handlers) afterEdit(e editing) string {
	path := fmt.Sprintf("/d/%s/pins/%d", e.district.Slug, e.item.ID)
	if e.item.Publication != civic.Published {
		return path + "/edit"
	}
	return path
}

func (h handlers) showEdit(w http.ResponseWriter, r *http.Request, e editing, status int, view editView) error {
	view.Action = fmt.Sprintf("/d/%s/pins/%d/edit", e.district.Slug, e.item.ID)
	view.Back = "/d/" + e.district.Slug
	if path := h.afterEdit(e); path != view.Action {
		view.Back = path
	}
	view.MaxTitle, view.MaxBody = civic.MaxTitle, civic.MaxBody
	p := h.Pages.Page(r, e.district, view)
	p.Title, p.Private, p.Form = h.Pages.Reader(r, e.district).Text("title.pin_edit", "name", p.Name), true, true
	return h.Pages.Render(w, r, status, "pin_edit", p)
}
