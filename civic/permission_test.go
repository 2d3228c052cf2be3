package civic_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestCan states for every action who may take it, on a public pin and on one
// that waits for a moderator: "yes", or the error.
func TestCan(t *testing.T) {
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	public := civic.Thing{ID: 1, DistrictID: 1, Kind: civic.PinThing, AreaID: 2, Publication: civic.Published, ReporterID: 7}
	pending := public
	pending.Publication = civic.Pending
	account := func(grants ...civic.Grant) civic.Actor {
		return civic.Actor{Kind: civic.Account, ID: 7, Grants: grants}
	}
	here := civic.Grant{Role: civic.Animator, DistrictID: 1, AreaID: 2}
	ended := here
	ended.Until = now
	actors := []struct {
		name  string
		actor civic.Actor
	}{
		{"unknown", civic.Actor{}},
		{"reporter", civic.Actor{Kind: civic.Contact, ID: 7}},
		{"other contact", civic.Actor{Kind: civic.Contact, ID: 8}},
		{"account without roles", account()},
		{"animator of the area", account(here)},
		{"animator of the district", account(civic.Grant{Role: civic.Animator, DistrictID: 1, Until: now.Add(1)})},
		{"animator of another area", account(civic.Grant{Role: civic.Animator, DistrictID: 1, AreaID: 3})},
		{"animator until now", account(ended)},
		{"moderator", account(civic.Grant{Role: civic.Moderator, DistrictID: 1})},
		{"moderator elsewhere", account(civic.Grant{Role: civic.Moderator, DistrictID: 2})},
		{"council", account(civic.Grant{Role: civic.Council, DistrictID: 1})},
		{"adviser", account(civic.Grant{Role: civic.Adviser, DistrictID: 1})},
		{"member", account(civic.Grant{Role: civic.Member, DistrictID: 1, OrganisationID: 1})},
		{"member of another organisation", account(civic.Grant{Role: civic.Member, DistrictID: 1, OrganisationID: 2})},
		{"member without an organisation", account(civic.Grant{Role: civic.Member, DistrictID: 1})},
		{"member elsewhere", account(civic.Grant{Role: civic.Member, DistrictID: 2, OrganisationID: 1})},
		{"admin", account(civic.Grant{Role: civic.Admin, DistrictID: 1})},
		{"operator", civic.Actor{Kind: civic.Operator, Name: "anna"}},
		{"system", civic.Actor{Kind: civic.System}},
	}
	staff := []string{"animator of the area", "animator of the district", "moderator", "operator", "system"}
	may := map[civic.Action][]string{
		civic.Confirm: append([]string{"reporter"}, staff...), civic.Reopen: append([]string{"reporter"}, staff...),
		civic.Edit:     append([]string{"member"}, staff...),
		civic.Undo:     append([]string{"reporter", "member"}, staff...),
		civic.Withdraw: {"reporter", "moderator", "operator", "system"}, civic.Restore: {"moderator", "operator", "system"},
		civic.Erase:  {"reporter", "operator", "system"},
		civic.Answer: append([]string{"reporter"}, staff...), civic.Object: append([]string{"reporter"}, staff...),
		civic.PostUpdate: append([]string{"council"}, staff...), civic.SeeDesk: append([]string{"admin"}, staff...),
		civic.EditPages: {"council", "moderator", "admin", "operator", "system"}, civic.EditAdvisers: {"adviser", "moderator", "admin", "operator", "system"},
		civic.GiveRole: {"admin", "operator", "system"}, civic.WithdrawRole: {"admin", "operator", "system"}, civic.SeeAudit: {"admin", "operator", "system"},
	}
	for _, action := range []civic.Action{civic.HearReply, civic.KeepOriginal, civic.MarkAttendance, civic.Import, civic.UndoImport, civic.Migrate, civic.ChangeSettings, civic.Assign, civic.HandOver, civic.Consent, civic.Dissent} {
		may[action] = []string{"operator", "system"}
	}
	for _, action := range append(actionsOnOtherKinds(), civic.StillTrue) {
		may[action] = []string{"operator", "system"}
	}
	may[civic.AddLink], may[civic.RemoveLink] = may[civic.Edit], may[civic.Edit]
	for _, a := range actors {
		may[civic.Submit] = append(may[civic.Submit], a.name)
		may[civic.Report] = append(may[civic.Report], a.name)
	}
	strangers := map[string]bool{
		"unknown": true, "other contact": true, "account without roles": true, "animator of another area": true, "animator until now": true, "moderator elsewhere": true,
		"member of another organisation": true, "member without an organisation": true, "member elsewhere": true,
	}
	for _, action := range civic.Actions() {
		allowed := map[string]bool{}
		names, ok := may[action]
		if !ok {
			names = staff
		}
		for _, name := range names {
			allowed[name] = true
		}
		for _, a := range actors {
			for _, thing := range []civic.Thing{public, pending} {
				var want error
				switch {
				case allowed[a.name]:
				case strangers[a.name] && thing.Publication != civic.Published:
					want = civic.ErrNotFound
				case a.name == "unknown":
					want = civic.ErrUnauthenticated
				default:
					want = civic.ErrForbidden
				}
				if got := civic.Can(a.actor, action, thing, now); !errors.Is(got, want) {
					t.Errorf("%s, %s, %s: %v, want %v", action, a.name, thing.Publication, got, want)
				}
			}
		}
	}
}

// actionsOnOtherKinds returns the actions of lifecycles of other kinds than pins,
// which are none of theirs.
func actionsOnOtherKinds() (all []civic.Action) {
	of := func(a civic.Action) func(civic.Step[civic.State]) bool {
		return func(s civic.Step[civic.State]) bool { return s.Action == a }
	}
	for _, kind := range civic.ThingKinds() {
		for _, s := range kind.Rules().Steps {
			isPublication := slices.ContainsFunc(civic.PublicationSteps(), func(p civic.Step[civic.Publication]) bool { return p.Action == s.Action })
			if !isPublication && !slices.ContainsFunc(civic.PinThing.Rules().Steps, of(s.Action)) {
				all = append(all, s.Action)
			}
		}
	}
	return all
}

// TestThingWithoutReporter checks that a pin whose reporter is unknown is nobody's.
func TestThingWithoutReporter(t *testing.T) {
	err := civic.Can(civic.Actor{Kind: civic.Contact}, civic.Withdraw, civic.Thing{DistrictID: 1, Publication: civic.Published}, time.Time{})
	if !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("somebody withdraws it: %v", err)
	}
}

func TestNames(t *testing.T) {
	for _, a := range civic.Actions() {
		if got, err := civic.ParseAction(a.String()); got != a || err != nil {
			t.Errorf("%d: %v, %v", a, got, err)
		}
	}
	for _, r := range civic.Roles() {
		if got, err := civic.ParseRole(r.String()); got != r || err != nil {
			t.Errorf("%d: %v, %v", r, got, err)
		}
	}
	if _, err := civic.ParseAction(""); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("no action: %v", err)
	}
	if diff := cmp.Diff(civic.Submit, civic.Actions()[0]); diff != "" {
		t.Error(diff)
	}
}

var errCan error

func BenchmarkCan(b *testing.B) {
	actor := civic.Actor{Kind: civic.Account, ID: 7}
	for area := range int32(20) {
		actor.Grants = append(actor.Grants, civic.Grant{Role: civic.Animator, DistrictID: 1, AreaID: area + 1})
	}
	thing := civic.Thing{ID: 1, DistrictID: 1, AreaID: 20, Publication: civic.Pending}
	b.ReportAllocs()
	for b.Loop() {
		errCan = civic.Can(actor, civic.Publish, thing, time.Time{})
	}
}

// TestCanSomewhere checks that a role for one area shows what is for the district.
func TestCanSomewhere(t *testing.T) {
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	animator := civic.Actor{Kind: civic.Account, ID: 7, Grants: []civic.Grant{{Role: civic.Animator, DistrictID: 1, AreaID: 2, Until: now.Add(1)}}}
	for _, test := range []struct {
		action   civic.Action
		district int32
		at       time.Time
		want     error
	}{
		{civic.SeeDesk, 1, now, nil},
		{civic.SeeDesk, 2, now, civic.ErrForbidden},
		{civic.SeeDesk, 1, now.Add(1), civic.ErrForbidden},
		{civic.SeeAudit, 1, now, civic.ErrForbidden},
	} {
		if got := civic.CanSomewhere(animator, test.action, civic.PinThing, test.district, test.at); !errors.Is(got, test.want) {
			t.Errorf("%s in %d: %v, want %v", test.action, test.district, got, test.want)
		}
	}
	member := civic.Actor{Kind: civic.Account, ID: 8, Grants: []civic.Grant{{Role: civic.Member, DistrictID: 1, OrganisationID: 5}}}
	for kind, want := range map[civic.ThingKind]error{civic.PinThing: nil, civic.OfficeThing: civic.ErrForbidden} {
		if got := civic.CanSomewhere(member, civic.Edit, kind, 1, now); !errors.Is(got, want) {
			t.Errorf("a member edits a %s: %v, want %v", kind, got, want)
		}
	}
	if got := civic.CanSomewhere(civic.Actor{}, civic.SeeDesk, civic.PinThing, 1, now); !errors.Is(got, civic.ErrUnauthenticated) {
		t.Errorf("somebody unknown: %v", got)
	}
}
