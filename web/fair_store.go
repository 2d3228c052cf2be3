package web

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// fairStore divides the connections of a store fairly among clients, those for
// reading and those for writing apart, so that readers do not delay writers. Its
// error for a store that is too busy is also civic.ErrUnavailable, so that the
// map is shown without its list.
type fairStore struct {
	store             Store
	querying, writing *serve.Limiter
}

// fairly returns the result of a query that waits its turn.
func fairly[T any](ctx context.Context, limiter *serve.Limiter, query func() (T, error)) (result T, err error) {
	if err := limiter.Acquire(ctx); err != nil {
		return result, fmt.Errorf("%w: %w", civic.ErrUnavailable, err)
	}
	defer limiter.Release(ctx)
	return query()
}

// Pins implements explore.Store and pins.store.
func (s fairStore) Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error) {
	return fairly(ctx, s.querying, func() (civic.PinPage, error) { return s.store.Pins(ctx, d, q) })
}

// Population implements numbers.Store.
func (s fairStore) Population(ctx context.Context, d *civic.District) (civic.Population, error) {
	return fairly(ctx, s.querying, func() (civic.Population, error) { return s.store.Population(ctx, d) })
}

// CountThings implements areas.Store.
func (s fairStore) CountThings(ctx context.Context, d *civic.District, q civic.ThingQuery) (int, error) {
	return fairly(ctx, s.querying, func() (int, error) { return s.store.CountThings(ctx, d, q) })
}

// HexOnlyCounts implements areas.Store and compare.Store.
func (s fairStore) HexOnlyCounts(ctx context.Context, d *civic.District, q civic.HexOnlyQuery) ([]civic.HexOnlyCount, error) {
	return fairly(ctx, s.querying, func() ([]civic.HexOnlyCount, error) { return s.store.HexOnlyCounts(ctx, d, q) })
}

// SearchPins implements serve.PinSearcher.
func (s fairStore) SearchPins(ctx context.Context, d *civic.District, typed string, limit int) ([]int64, error) {
	return fairly(ctx, s.querying, func() ([]int64, error) { return s.store.SearchPins(ctx, d, typed, limit) })
}

// Pin implements pins.store.
func (s fairStore) Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error) {
	return fairly(ctx, s.querying, func() (civic.Pin, error) { return s.store.Pin(ctx, d, id) })
}

// Thread implements feeds.Store, pins.store and things.Store.
func (s fairStore) Thread(ctx context.Context, d *civic.District, id int64) (civic.Thread, error) {
	return fairly(ctx, s.querying, func() (civic.Thread, error) { return s.store.Thread(ctx, d, id) })
}

// Links implements things.Store.
func (s fairStore) Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error) {
	return fairly(ctx, s.querying, func() (civic.Linked, error) { return s.store.Links(ctx, d, things) })
}

// LinkEnds implements things.Store.
func (s fairStore) LinkEnds(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.LinkEnd, error) {
	return fairly(ctx, s.querying, func() (map[int64]civic.LinkEnd, error) { return s.store.LinkEnds(ctx, d, ids) })
}

// SearchThings implements outcomes.Store.
func (s fairStore) SearchThings(ctx context.Context, d *civic.District, q civic.SearchQuery) ([]civic.SearchHit, error) {
	return fairly(ctx, s.querying, func() ([]civic.SearchHit, error) { return s.store.SearchThings(ctx, d, q) })
}

// CountKinds implements outcomes.Store.
func (s fairStore) CountKinds(ctx context.Context, d *civic.District) (map[civic.ThingKind]int, error) {
	return fairly(ctx, s.querying, func() (map[civic.ThingKind]int, error) { return s.store.CountKinds(ctx, d) })
}

// FindLinkEnds implements things.Store.
func (s fairStore) FindLinkEnds(ctx context.Context, d *civic.District, q civic.LinkQuery) ([]civic.LinkEnd, error) {
	return fairly(ctx, s.querying, func() ([]civic.LinkEnd, error) { return s.store.FindLinkEnds(ctx, d, q) })
}

// Recommended implements recommendations.Store.
func (s fairStore) Recommended(ctx context.Context, d *civic.District) ([]civic.Recommended, error) {
	return fairly(ctx, s.querying, func() ([]civic.Recommended, error) { return s.store.Recommended(ctx, d) })
}

// PublicTimes implements feeds.Store.
func (s fairStore) PublicTimes(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.PublicTimes, error) {
	return fairly(ctx, s.querying, func() (map[int64]civic.PublicTimes, error) { return s.store.PublicTimes(ctx, d, ids) })
}

// PinByLink implements pins.store.
func (s fairStore) PinByLink(ctx context.Context, d *civic.District, link civic.PrivateLink) (civic.Pin, error) {
	return fairly(ctx, s.querying, func() (civic.Pin, error) { return s.store.PinByLink(ctx, d, link) })
}

// Places implements explore.Store and pins.store.
func (s fairStore) Places(ctx context.Context, d *civic.District, q civic.PlaceQuery) ([]civic.FoundPlace, error) {
	return fairly(ctx, s.querying, func() ([]civic.FoundPlace, error) { return s.store.Places(ctx, d, q) })
}

// NearestPlaces implements hotspots.Store.
func (s fairStore) NearestPlaces(ctx context.Context, d *civic.District, points []orb.Point) ([]string, error) {
	return fairly(ctx, s.querying, func() ([]string, error) { return s.store.NearestPlaces(ctx, d, points) })
}

// Resident implements contacts.Store.
func (s fairStore) Resident(ctx context.Context, d *civic.District, id int64) (civic.Resident, error) {
	return fairly(ctx, s.querying, func() (civic.Resident, error) { return s.store.Resident(ctx, d, id) })
}

// ResidentOf implements pins.Store.
func (s fairStore) ResidentOf(ctx context.Context, d *civic.District, actor civic.Actor) (civic.Resident, error) {
	return fairly(ctx, s.querying, func() (civic.Resident, error) { return s.store.ResidentOf(ctx, d, actor) })
}

// ResidentPins implements contacts.Store.
func (s fairStore) ResidentPins(ctx context.Context, d *civic.District, id int64) ([]civic.Pin, error) {
	return fairly(ctx, s.querying, func() ([]civic.Pin, error) { return s.store.ResidentPins(ctx, d, id) })
}

// Follows implements contacts.Store.
func (s fairStore) Follows(ctx context.Context, d *civic.District, contact int64) ([]civic.Follow, error) {
	return fairly(ctx, s.writing, func() ([]civic.Follow, error) { return s.store.Follows(ctx, d, contact) })
}

// ExportResident implements contacts.Store.
func (s fairStore) ExportResident(ctx context.Context, d *civic.District, id int64) (civic.ResidentExport, error) {
	return fairly(ctx, s.querying, func() (civic.ResidentExport, error) { return s.store.ExportResident(ctx, d, id) })
}

// SetResident implements contacts.Store.
func (s fairStore) SetResident(ctx context.Context, d *civic.District, id int64, language string, cadence civic.Cadence) error {
	_, err := fairly(ctx, s.writing, func() (struct{}, error) { return struct{}{}, s.store.SetResident(ctx, d, id, language, cadence) })
	return err
}

// EraseContact implements contacts.Store.
func (s fairStore) EraseContact(ctx context.Context, d *civic.District, actor civic.Actor, contact int64, texts bool) error {
	_, err := fairly(ctx, s.writing, func() (struct{}, error) {
		return struct{}{}, s.store.EraseContact(ctx, d, actor, contact, texts)
	})
	return err
}

// AddPin implements pins.store.
func (s fairStore) AddPin(ctx context.Context, d *civic.District, actor civic.Actor, pin civic.NewPin, p civic.Publication) (int64, error) {
	return fairly(ctx, s.writing, func() (int64, error) { return s.store.AddPin(ctx, d, actor, pin, p) })
}

// Basemap implements health.Store.
func (s fairStore) Basemap(ctx context.Context) (civic.Basemap, error) {
	return fairly(ctx, s.querying, func() (civic.Basemap, error) { return s.store.Basemap(ctx) })
}

// AddPinOnce implements pins.store.
func (s fairStore) AddPinOnce(ctx context.Context, d *civic.District, actor civic.Actor, pin civic.NewPin, p civic.Publication, request civic.Request) (civic.AddedPin, error) {
	return fairly(ctx, s.writing, func() (civic.AddedPin, error) { return s.store.AddPinOnce(ctx, d, actor, pin, p, request) })
}

// Do implements things.Store.
func (s fairStore) Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error) {
	return fairly(ctx, s.writing, func() (civic.Outcome, error) { return s.store.Do(ctx, d, actor, c) })
}

// Thing implements things.Store.
func (s fairStore) Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error) {
	return fairly(ctx, s.querying, func() (civic.Described, error) { return s.store.Thing(ctx, d, id) })
}

// Things implements things.Store.
func (s fairStore) Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error) {
	return fairly(ctx, s.querying, func() ([]civic.Described, error) { return s.store.Things(ctx, d, q) })
}

// ResidentAdvice implements contacts.Store.
func (s fairStore) ResidentAdvice(ctx context.Context, d *civic.District, contact int64) ([]civic.Thing, error) {
	return fairly(ctx, s.querying, func() ([]civic.Thing, error) { return s.store.ResidentAdvice(ctx, d, contact) })
}

// AdviceCase implements advice.Store.
func (s fairStore) AdviceCase(ctx context.Context, d *civic.District, thing int64) (civic.AdviceCase, error) {
	return fairly(ctx, s.querying, func() (civic.AdviceCase, error) { return s.store.AdviceCase(ctx, d, thing) })
}

// FindAnswers implements advice.Store.
func (s fairStore) FindAnswers(ctx context.Context, d *civic.District, q civic.AnswerQuery) ([]civic.Described, error) {
	return fairly(ctx, s.querying, func() ([]civic.Described, error) { return s.store.FindAnswers(ctx, d, q) })
}

// Advisers implements advice.Store.
func (s fairStore) Advisers(ctx context.Context, d *civic.District) ([]civic.AdvisingAccount, error) {
	return fairly(ctx, s.querying, func() ([]civic.AdvisingAccount, error) { return s.store.Advisers(ctx, d) })
}

// SetAdviser implements advice.Store.
func (s fairStore) SetAdviser(ctx context.Context, d *civic.District, actor civic.Actor, to civic.AdviserSettings) error {
	_, err := fairly(ctx, s.writing, func() (struct{}, error) { return struct{}{}, s.store.SetAdviser(ctx, d, actor, to) })
	return err
}
