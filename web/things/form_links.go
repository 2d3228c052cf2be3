package things

import (
	"errors"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// formLinks is a field of links of a form: the things that it names, and those that
// were found by words and can be chosen.
type formLinks struct {
	civic.LinkRule
	ID, Label, Hint string
	Chosen, Found   []formLink
	Words           string // by which they were found; "" for none
	NotFound        bool   // whether nothing was
	Required        bool
	Fault           string
}

// IsMany reports whether there are so many that they scroll.
func (f formLinks) IsMany() bool { return len(f.Chosen)+len(f.Found) > mostFound }

// formLink is a thing that a field of links names, or can name.
type formLink struct {
	ID          int64
	Kind, Title string
	Category    string    // of a pin; "" for none
	Day         civic.Day // of a pin; 0 for none
	Reason      string    // why it is proposed; "" for what is not
}

// mostFound is how many things are found by words for a field of links.
const mostFound = 12

// formLinks returns the fields of links. Things are searched for the one that is
// named finding.
func (h handlers) formLinks(r *http.Request, in request, reader *page.Reader, draft Draft, id int64, finding string, faults map[string]string) (out []formLinks, err error) {
	var named []int64
	for _, l := range draft.Links {
		named = append(named, l.Things...)
	}
	ends, err := h.Store.LinkEnds(r.Context(), in.d, named)
	if err != nil {
		return nil, err
	}
	var proposed []Proposal
	if h.Propose != nil {
		if proposed, err = h.Propose(r, reader, in.version, &draft); err != nil && !errors.Is(err, civic.ErrUnavailable) {
			return nil, err
		}
	}
	staff := civic.CanSomewhere(in.actor, civic.Publish, civic.PinThing, in.d.ID, h.Now()) == nil
	for _, rule := range h.Kind.Kind.Rules().Links {
		f := formLinks{
			LinkRule: rule, ID: "field-" + rule.Field, Label: reader.Text(h.Plural() + ".field." + rule.Field), Hint: reader.Text(h.Plural() + ".hint." + rule.Field),
			Required: rule.Presence == civic.Required, Fault: faults[rule.Field],
		}
		for _, other := range draft.Named(rule.Field) {
			if end, ok := ends[other]; ok && h.canKnow(in.actor, end.Thing, end.HexOnly) {
				f.Chosen = append(f.Chosen, newFormLink(in.d, reader, end))
			}
		}
		if rule.Field == finding {
			if f.Words = r.PostForm.Get("find." + rule.Field); f.Words != "" {
				found, err := h.Store.FindLinkEnds(r.Context(), in.d, civic.LinkQuery{Rule: rule, Words: f.Words, Limit: mostFound, Staff: staff, Except: id})
				if err != nil && !errors.Is(err, civic.ErrTooMany) {
					return nil, err
				}
				for _, end := range found {
					if !slices.Contains(draft.Named(rule.Field), end.ID) && h.canKnow(in.actor, end.Thing, end.HexOnly) {
						f.Found = append(f.Found, newFormLink(in.d, reader, end))
					}
				}
				f.NotFound = len(f.Found) == 0
			}
		}
		for _, p := range proposed {
			if p.Field == rule.Field && !slices.ContainsFunc(f.Found, func(l formLink) bool { return l.ID == p.Thing }) {
				f.Found = append(f.Found, formLink{ID: p.Thing, Kind: p.Label(reader), Title: p.Title, Reason: p.Reason})
			}
		}
		out = append(out, f)
	}
	return out, nil
}

func newFormLink(d *civic.District, reader *page.Reader, end civic.LinkEnd) formLink {
	out := formLink{ID: end.ID, Kind: reader.Text(kindKey(end.Kind, end.PinKind)), Title: end.Title, Day: end.ReportedOn}
	if c, ok := d.CategoryByID(end.CategoryID); ok {
		out.Category = reader.In(c.Label)
	}
	return out
}

// kindKey returns the key of the message that says what a thing is.
func kindKey(kind civic.ThingKind, pin civic.Kind) string {
	if kind == civic.PinThing && pin != 0 {
		return "kind." + pin.String()
	}
	return kind.Plural() + ".one"
}

// owners returns the organisations for which the actor can add a thing, of which
// one is chosen.
func (h handlers) owners(r *http.Request, in request, chosen int64) (out []page.Option, err error) {
	var ids []int64
	for _, g := range in.actor.Grants {
		if g.DistrictID == in.d.ID && g.OrganisationID != 0 {
			ids = append(ids, g.OrganisationID)
		}
	}
	ends, err := h.Store.LinkEnds(r.Context(), in.d, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		end := ends[id]
		t := civic.Thing{DistrictID: in.d.ID, Kind: h.Kind.Kind, OwnerID: id}
		if end.Publication == civic.Published && civic.Can(in.actor, civic.Submit, t, h.Now()) == nil {
			out = append(out, page.Option{Value: formatID(id), Label: end.Title, Chosen: id == chosen})
		}
	}
	return out, nil
}
