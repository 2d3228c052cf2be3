package desk

import (
	"net/http"
	"time"

	"github.com/pinezka/pinezka/civic"
)

const (
	endsSoon  = 14 * 24 * time.Hour // before a role ends, admins are told
	mostRoles = 1000                // that are looked through
)

// adminView is what waits for an admin, and what the district has chosen for its
// desk.
type adminView struct {
	People   string // path of the page of the roles
	Ending   []endingRole
	Dead     []deadMail
	Settings civic.DeskSettings
}

// endingRole is a role that ends soon.
type endingRole struct {
	Name, Role string
	Area       string
	AreaLang   string
	Until      civic.Day
}

// deadMail is a mail that could not be delivered.
type deadMail struct {
	Job   int64
	URL   string // of the thing that it tells of; "" for none
	On    civic.Day
	Error string
}

// adminView returns what waits for an admin at the time now.
func (h handlers) adminView(r *http.Request, a at, now time.Time) (*adminView, error) {
	view := &adminView{People: "/d/" + a.d.Slug + "/people", Settings: a.d.Desk}
	roles, err := h.Store.GivenRoles(r.Context(), a.d, mostRoles)
	if err != nil {
		return nil, err
	}
	for _, given := range roles {
		if given.Ended(now) || given.Until.IsZero() || given.Until.Sub(now) > endsSoon {
			continue
		}
		ending := endingRole{Name: given.Name, Role: given.Role.String(), Until: a.d.DayOf(given.Until.Add(-1))}
		if area, ok := a.d.AreaByID(given.AreaID); ok {
			ending.Area, ending.AreaLang = a.reader.In(area.Name), a.reader.OtherLanguage(area.Name)
		}
		view.Ending = append(view.Ending, ending)
	}
	mails, err := h.Store.DeadMails(r.Context(), a.d)
	if err != nil {
		return nil, err
	}
	for _, mail := range mails {
		dead := deadMail{Job: mail.Job, On: a.d.DayOf(mail.At), Error: mail.Error}
		if mail.ThingID != 0 {
			dead.URL = a.thingURL(mail.ThingID)
		}
		view.Dead = append(view.Dead, dead)
	}
	return view, nil
}
