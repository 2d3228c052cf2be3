package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pinezka/pinezka/civic"
)

func TestCouncilPages(t *testing.T) {
	t.Parallel()
	s, d, _ := open(t)
	ctx := t.Context()
	page := func(slug, title string, version int32) civic.CouncilPage {
		return civic.CouncilPage{Slug: slug, Title: civic.Text{"en": title}, Body: civic.Text{"en": "*Text* of " + title}, Version: version}
	}
	council := civic.Actor{Kind: civic.Account, ID: 5, Grants: []civic.Grant{{Role: civic.Council, DistrictID: d.ID}}}
	compare := func(want ...civic.CouncilPage) {
		t.Helper()
		got, err := s.CouncilPages(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(civic.CouncilPage{}, "ChangedAt")); diff != "" {
			t.Error(diff)
		}
	}
	for _, p := range []civic.CouncilPage{page("what", "What", 0), page("budget", "Budget", 0), page("what", "What it may do", 1)} {
		if err := s.SaveCouncilPage(ctx, d, council, p); err != nil {
			t.Fatal(err)
		}
	}
	compare(page("what", "What it may do", 2), page("budget", "Budget", 1))

	refused := map[string]struct {
		err  error
		want error
	}{
		"the slug of another":    {s.SaveCouncilPage(ctx, d, council, page("budget", "Again", 0)), civic.ErrConflict},
		"of an earlier version":  {s.SaveCouncilPage(ctx, d, council, page("what", "Mine", 1)), civic.ErrChanged},
		"that does not exist":    {s.SaveCouncilPage(ctx, d, council, page("missing", "Missing", 1)), civic.ErrChanged},
		"without a title":        {s.SaveCouncilPage(ctx, d, council, page("empty", " ", 0)), civic.ErrInvalid},
		"with a reserved slug":   {s.SaveCouncilPage(ctx, d, council, page("new", "New", 0)), civic.ErrInvalid},
		"by an animator":         {s.SaveCouncilPage(ctx, d, animator, page("what", "Mine", 2)), civic.ErrForbidden},
		"by nobody known":        {s.SaveCouncilPage(ctx, d, civic.Actor{}, page("what", "Mine", 2)), civic.ErrUnauthenticated},
		"removed by an animator": {s.RemoveCouncilPage(ctx, d, animator, "what", 2), civic.ErrForbidden},
		"removed after an edit":  {s.RemoveCouncilPage(ctx, d, council, "what", 1), civic.ErrChanged},
	}
	for name, r := range refused {
		if !errors.Is(r.err, r.want) {
			t.Errorf("%s: %v, want %v", name, r.err, r.want)
		}
	}
	if err := s.RemoveCouncilPage(ctx, d, moderator, "budget", 1); err != nil {
		t.Fatal(err)
	}
	compare(page("what", "What it may do", 2))
	if _, err := s.CouncilPage(ctx, d, "budget"); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("the removed page: %v", err)
	}
	entries, err := s.SearchAudit(ctx, d, civic.AuditQuery{Action: civic.EditPages, Limit: 10})
	if err != nil || len(entries) != 4 {
		t.Errorf("%d changes are recorded (%v), want 4", len(entries), err)
	}
}
