package explore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/upcoming"
)

// How much news the page of a district has, and how long they are kept: what everybody
// sees first is read once, not for each of them.
const (
	newsEvents   = 3
	newsOutcomes = 3
	newsAge      = time.Second
)

// news is what is going on in a district, and what came of what was said.
type news struct {
	events   []civic.CalendarEntry // the next
	debate   []civic.CalendarEntry // the next debate, for which one can have an idea; empty for none
	outcomes []civic.SearchHit     // the latest
}

// newsReader keeps the news of districts. It is safe for concurrent use.
type newsReader struct {
	store Store

	mu  sync.Mutex
	all map[int32]*keptNews // by the id of the district
}

// keptNews are the news of a district.
type keptNews struct {
	lock  chan struct{} // has an element while somebody reads the rest or the database
	until time.Time     // valid before; zero before they were first read
	news  news
}

// read returns the news of a district at a time, which can be some seconds old.
func (n *newsReader) read(ctx context.Context, d *civic.District, now time.Time) (news, error) {
	n.mu.Lock()
	kept := n.all[d.ID]
	if kept == nil {
		kept = &keptNews{lock: make(chan struct{}, 1)}
		n.all[d.ID] = kept
	}
	n.mu.Unlock()
	select {
	case kept.lock <- struct{}{}:
		defer func() { <-kept.lock }()
	case <-ctx.Done():
		return news{}, fmt.Errorf("wait for the news of %s: %w", d.Slug, errors.Join(civic.ErrUnavailable, ctx.Err()))
	}
	if now.Before(kept.until) {
		return kept.news, nil
	}
	found, err := n.fromDatabase(ctx, d, now)
	if err == nil {
		kept.news, kept.until = found, now.Add(newsAge)
	}
	return found, err
}

func (n *newsReader) fromDatabase(ctx context.Context, d *civic.District, now time.Time) (out news, err error) {
	if out.events, err = upcoming.Read(ctx, n.store, d, civic.CalendarQuery{}, now, newsEvents); err != nil {
		return out, err
	}
	if len(out.events) > 0 {
		if out.debate, err = upcoming.Read(ctx, n.store, d, civic.CalendarQuery{Tags: []string{civic.Tag("type", "debate")}}, now, 1); err != nil {
			return out, err
		}
	}
	out.outcomes, err = n.store.SearchThings(ctx, d, civic.SearchQuery{Kinds: civic.OutcomeKinds(), Limit: newsOutcomes})
	return out, err
}

// newsView is the data of the template "news": three questions with their answers.
type newsView struct {
	Events      upcoming.List
	Add         string      // path of the form of a pin
	Advice      string      // path of the form of a question to an adviser
	Idea        *debateLink // to the form of an idea for a debate; nil for none
	Outcomes    []things.Hit
	AllOutcomes string // path
}

// debateLink is a link to the form of an idea for a debate.
type debateLink struct{ URL, Name, Lang string }

// newsView returns the news of a district for a reader. While the database is
// unavailable, it returns nil.
func (h handlers) newsView(ctx context.Context, d *civic.District, reader *page.Reader) (*newsView, error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	found, err := h.news.read(ctx, d, h.Now())
	switch {
	case errors.Is(err, civic.ErrUnavailable), errors.Is(err, civic.ErrTooMany):
		return nil, nil
	case err != nil:
		return nil, err
	}
	home := "/d/" + d.Slug
	view := &newsView{Events: upcoming.NewList(d, reader, found.events, nil), Add: home + "/add", Advice: home + "/advice/new", AllOutcomes: home + "/outcomes"}
	if len(found.debate) > 0 {
		e := found.debate[0]
		view.Idea = &debateLink{things.Path(d, civic.IdeaThing, 0) + "/new?at=" + strconv.FormatInt(e.ThingID, 10), reader.In(e.Name), reader.OtherLanguage(e.Name)}
	}
	for _, hit := range found.outcomes {
		view.Outcomes = append(view.Outcomes, things.NewHit(d, reader, hit))
	}
	return view, nil
}
