package events

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// registerView is the data of the templates register.html and register_sent.html.
type registerView struct {
	Action  string
	Back    string // path of the event
	Title   string
	Lang    string // of the title
	When    string
	Closed  bool // whether one cannot register any more
	Full    bool
	Known   bool // whether a contact registers, so that no address is needed
	Email   string
	Name    string
	Named   bool
	Seats   string
	Numbers []int             // of seats
	Faults  map[string]string // messages by field
}

// registering is what the handlers of a registration know of a request.
type registering struct {
	d      *civic.District
	event  civic.Described
	day    civic.Day
	reader *page.Reader
	view   registerView
}

// registering returns the occurrence for which somebody registers.
func (h handlers) registering(r *http.Request) (in registering, err error) {
	v, err := h.District(r)
	if err != nil {
		return in, err
	}
	in.d = &v.District
	var says civic.Record
	if in.event, says, err = things.PublicInPath(r, h.Store, in.d, civic.EventThing); err != nil {
		return in, err
	}
	if in.day, err = h.dayOf(r, in.d, says); err != nil {
		return in, err
	}
	in.reader = h.Pages.Reader(r, in.d)
	contact, err := contactOf(r, in.d)
	if err != nil {
		return in, err
	}
	home := path(in.d, in.event.ID)
	in.view = registerView{
		Action: home + "/register?day=" + in.day.String(), Back: home, Title: in.reader.In(says.Texts["name"]), Lang: in.reader.OtherLanguage(says.Texts["name"]),
		Closed: civic.CanRegister(in.d, in.event, in.day, h.Now()) != nil, Known: contact != 0, Seats: "1", Faults: map[string]string{},
	}
	for n := range civic.MaxSeats {
		in.view.Numbers = append(in.view.Numbers, n+1)
	}
	taken, err := h.Store.TakenSeats(r.Context(), in.d, in.event.ID)
	if err != nil {
		return in, err
	}
	for _, o := range says.Occurrences() {
		if o.Day == in.day {
			in.view.When = in.reader.Time(o.Starts)
			in.view.Full = o.Capacity > 0 && (taken[o.Day].Seated >= o.Capacity || taken[o.Day].Waiting > 0)
		}
	}
	return in, nil
}

// contactOf returns the contact of a district who makes a request, or 0.
func contactOf(r *http.Request, d *civic.District) (int64, error) {
	session, err := serve.SessionOf(r.Context())
	if err != nil || session.Kind != civic.Contact || session.DistrictID != d.ID {
		return 0, err
	}
	return session.Person.ID, nil
}

func (h handlers) registerForm(w http.ResponseWriter, r *http.Request) error {
	in, err := h.registering(r)
	if err != nil {
		return err
	}
	return h.show(w, r, in.d, http.StatusOK, "register", in.view)
}

// show shows a page of registration, of which no search engine should learn.
func (h handlers) show(w http.ResponseWriter, r *http.Request, d *civic.District, status int, name string, view any) error {
	p := h.Pages.Page(r, d, view)
	p.Title = h.Pages.Reader(r, d).Text("title." + name)
	p.Private, p.Form = true, true
	return h.Pages.Render(w, r, status, name, p)
}

// register registers a contact, and sends a mail to somebody else. The page is the same
// whether anybody knows the address.
func (h handlers) register(w http.ResponseWriter, r *http.Request) error {
	in, err := h.registering(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	form := r.PostForm
	seats, _ := strconv.Atoi(form.Get("seats")) // 0 is a fault
	asked := civic.NewRegistration{
		ThingID: in.event.ID, Day: in.day, Email: form.Get("email"), Language: in.reader.Lang, Name: form.Get("name"), Named: form.Has("named"), Seats: seats,
	}
	in.view.Email, in.view.Name, in.view.Named, in.view.Seats = asked.Email, asked.Name, asked.Named, form.Get("seats")
	if asked.ContactID, err = contactOf(r, in.d); err != nil {
		return err
	}
	asked, err = asked.Check()
	if err != nil {
		return h.showFaults(w, r, in, err)
	}
	if asked.ContactID == 0 {
		if err := h.Asking.Admit(serve.ClientOf(r.Context())); err != nil {
			var p *serve.Problem
			if errors.As(err, &p) {
				p.Page, p.Detail = "too_many_mails", "your address may ask for a few mails at once, and for more in a moment"
			}
			return err
		}
	}
	registered, err := h.Store.Register(r.Context(), in.d, asked)
	if err != nil {
		return h.showFaults(w, r, in, err)
	}
	if asked.ContactID != 0 {
		return h.showRegistration(w, r, in.d, http.StatusOK, registered, h.Store.RegistrationToken(in.d, registered.ID))
	}
	return h.show(w, r, in.d, http.StatusOK, "register_sent", in.view)
}

// showFaults shows the form again with what was entered and what is wrong with it, or
// returns the error if that says nothing of it.
func (h handlers) showFaults(w http.ResponseWriter, r *http.Request, in registering, err error) error {
	var faults civic.Faults
	if !errors.As(err, &faults) {
		return err
	}
	for _, f := range faults {
		if f.Field == "day" {
			in.view.Closed = true
		}
		in.view.Faults[f.Field] = in.reader.Text("register.fault." + f.Field)
	}
	return h.show(w, r, in.d, http.StatusUnprocessableEntity, "register", in.view)
}

// registrationView is the data of the template registration.html.
type registrationView struct {
	civic.Registration
	Action string
	Event  string // path
	When   string
	ICS    string // path; "" for what does not take place
	Past   bool
}

// registrationPage shows a registration, and the buttons that confirm it, give it up and
// take back that whoever has it may be named. It changes nothing: programs that check mail open links.
func (h handlers) registrationPage(w http.ResponseWriter, r *http.Request) error {
	return h.withRegistration(w, r, h.Store.Registration)
}

// changeRegistration confirms a registration, gives it up, or takes back that whoever has
// it may be named.
func (h handlers) changeRegistration(w http.ResponseWriter, r *http.Request) error {
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	switch r.PostForm.Get("do") {
	case "confirm":
		return h.withRegistration(w, r, h.Store.ConfirmRegistration)
	case "cancel":
		return h.withRegistration(w, r, h.Store.CancelRegistration)
	case "unname":
		return h.withRegistration(w, r, h.Store.StopNaming)
	}
	return serve.BadForm("the form neither confirms nor gives up a registration, nor takes back that it may be named", nil)
}

// withRegistration shows what f returns of the registration in the path of a request.
func (h handlers) withRegistration(w http.ResponseWriter, r *http.Request, f func(context.Context, *civic.District, string) (civic.Registration, error)) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	token := r.PathValue("token")
	status := http.StatusOK
	registration, err := f(r.Context(), d, token)
	var faults civic.Faults
	if errors.As(err, &faults) { // one cannot register any more
		status = http.StatusUnprocessableEntity
		registration, err = h.Store.Registration(r.Context(), d, token)
		registration.Off = true
	}
	if err != nil {
		return err
	}
	return h.showRegistration(w, r, d, status, registration, token)
}

// showRegistration shows a registration with its token.
func (h handlers) showRegistration(w http.ResponseWriter, r *http.Request, d *civic.District, status int, registration civic.Registration, token string) error {
	reader := h.Pages.Reader(r, d)
	view := registrationView{Registration: registration, Action: "/d/" + d.Slug + "/registrations/" + url.PathEscape(token), Event: path(d, registration.ThingID)}
	view.When = reader.Date(registration.Day)
	if !registration.Starts.IsZero() {
		view.When, view.Past = reader.Time(d.LocalTimeOf(registration.Starts)), !registration.Starts.After(h.Now())
	}
	if !registration.Off && registration.State == civic.Seated {
		view.ICS = view.Event + "/event.ics?day=" + registration.Day.String()
	}
	return h.show(w, r, d, status, "registration", view)
}

// registrationsView is the data of the template registrations.html.
type registrationsView struct {
	Action string
	Back   string
	Title  string
	When   string
	Days   []page.Option // of a series
	Seated []civic.Registration
	InLine []civic.Registration
	Seats  civic.Taken
	Saved  bool
}

// registrationsPage shows who comes to an occurrence, to those who hold the event.
func (h handlers) registrationsPage(w http.ResponseWriter, r *http.Request) error {
	return h.showRegistrations(w, r, false)
}

func (h handlers) showRegistrations(w http.ResponseWriter, r *http.Request, saved bool) error {
	in, err := h.held(r)
	if err != nil {
		return err
	}
	all, err := h.Store.Registrations(r.Context(), in.d, in.event.ID, in.day)
	if err != nil {
		return err
	}
	home := path(in.d, in.event.ID)
	view := registrationsView{Action: home + "/registrations?day=" + in.day.String(), Back: home, Title: in.view.Title, When: in.view.When, Saved: saved}
	for _, one := range all {
		if one.State == civic.Seated {
			view.Seated, view.Seats.Seated = append(view.Seated, one), view.Seats.Seated+one.Seats
		} else {
			view.InLine, view.Seats.Waiting = append(view.InLine, one), view.Seats.Waiting+one.Seats
		}
	}
	says, _ := in.event.Content.(civic.Record)
	if occurrences := says.Occurrences(); len(occurrences) > 1 {
		for _, o := range occurrences {
			view.Days = append(view.Days, page.Option{Value: o.Day.String(), Label: in.reader.Time(o.Starts), Chosen: o.Day == in.day})
		}
	}
	return h.show(w, r, in.d, http.StatusOK, "registrations", view)
}

// held returns an occurrence of an event that the actor may edit.
func (h handlers) held(r *http.Request) (registering, error) {
	in, err := h.registering(r)
	if err != nil {
		return in, err
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return in, err
	}
	return in, civic.Can(actor, civic.Edit, in.event.Thing, h.Now())
}

// setAttendance records who came.
func (h handlers) setAttendance(w http.ResponseWriter, r *http.Request) error {
	in, err := h.held(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	var came []int64
	for _, s := range r.PostForm["came"] {
		id, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return serve.BadForm("the field came has no numbers of registrations", nil)
		}
		came = append(came, id)
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	if err := h.Store.SetAttendance(r.Context(), in.d, actor, in.event.ID, in.day, came); err != nil {
		return err
	}
	return h.showRegistrations(w, r, true)
}
