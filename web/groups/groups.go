// Package groups adds to the page of a working group its members by sector, its
// recommendations and where each stands, and for the facilitator alone who has not said
// anything yet about what it writes.
package groups

import (
	"context"
	"embed"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the page needs of the database.
type Store interface {
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	SilentMembers(ctx context.Context, d *civic.District, group int64, texts []int64) ([]string, error)
}

// Config configures the page. Every field is required where it is served.
type Config struct {
	*serve.Service
	Store Store
}

// Kind returns the kind of working groups with its page.
func Kind(cfg Config) things.Kind {
	return things.Kind{
		Kind: civic.GroupThing, Template: "group_page", Shows: shows,
		Extra: func(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
			return cfg.view(r, reader, in)
		},
	}
}

// shows reports whether the page lists what is linked to a working group.
func shows(_ civic.Described, end civic.LinkEnd) bool {
	return end.Kind == civic.RecommendationThing || end.Kind == civic.EventThing
}

// view is what the template group_page.html needs beyond the common view.
type view struct {
	Sectors         []sector
	Recommendations []link
	Meetings        []link
	Facilitates     bool     // whether the reader is told who is silent
	Drafts          int      // what the group writes now
	Silent          []string // names of members
}

// sector is the members from one sector.
type sector struct {
	Name    string
	Members []member
}

// member is a member with the term.
type member struct {
	Name        string
	From, Until civic.Day // 0 for none
	Past        bool      // whether the term has ended
}

// link is a thing of the group, with where it stands.
type link struct{ Title, URL, State string }

// view returns the view of a working group.
func (cfg Config) view(r *http.Request, reader *page.Reader, in things.Shown) (view, error) {
	d := &in.Version.District
	says, _ := in.Thing.Content.(civic.Record)
	v := view{Sectors: sectors(reader, says, cfg.Today(d))}
	linked, err := cfg.Store.Links(r.Context(), d, []int64{in.Thing.ID})
	if err != nil {
		return v, err
	}
	var writing []int64
	for _, l := range linked.Links {
		end := linked.Other(l, in.Thing.ID)
		if l.Relation != civic.PartOf || l.To != in.Thing.ID || !civic.CanKnow(in.Actor, end.Thing, false, cfg.Now()) {
			continue
		}
		one := link{Title: end.Title, URL: things.Path(d, end.Kind, end.ID), State: reader.Text(things.StateKey(end.Kind, end.State))}
		switch end.Kind {
		case civic.RecommendationThing:
			v.Recommendations = append(v.Recommendations, one)
			if slices.Contains(civic.WritingStates(), end.State) {
				writing = append(writing, end.ID)
			}
		case civic.EventThing:
			v.Meetings = append(v.Meetings, one)
		default:
		}
	}
	if v.Facilitates = civic.Can(in.Actor, civic.Edit, in.Thing.Thing, cfg.Now()) == nil && len(writing) > 0; v.Facilitates {
		v.Drafts = len(writing)
		v.Silent, err = cfg.Store.SilentMembers(r.Context(), d, in.Thing.ID, writing)
	}
	return v, err
}

// sectors returns the members by sector, those whose term has ended last.
func sectors(reader *page.Reader, says civic.Record, today civic.Day) (out []sector) {
	for _, name := range civic.Sectors() {
		s := sector{Name: reader.Text("groups.option.members.sector." + name)}
		var past []member
		for _, row := range says.Rows["members"] {
			if row.Words["sector"] != name {
				continue
			}
			m := member{Name: row.Words["name"], From: row.Day("from"), Until: row.Day("until")}
			if m.Past = m.Until != 0 && m.Until < today; m.Past {
				past = append(past, m)
			} else {
				s.Members = append(s.Members, m)
			}
		}
		if s.Members = append(s.Members, past...); s.Members != nil {
			out = append(out, s)
		}
	}
	return out
}
