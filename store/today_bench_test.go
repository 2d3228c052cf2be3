package store_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
)

// BenchmarkToday reads what needs somebody, and for who sees the desk how much waits
// there, in a district with a million pins, 100,000 other things and 500,000 links, and
// 20,000 events in series with 50,000 ideas over the ten years before.
func BenchmarkToday(b *testing.B) {
	url := storetest.URL(b)
	p := openPins(b, url, 1_000_000)
	s, d := p.Store, p.d
	storetest.AddThings(b, url, d, 100_000, 500_000)
	organisation := giveThings(b, p.conn)
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) // the things have days of two years from the first of January on
	first := d.DayOf(now) - 3650
	addSeries(b, p, first)
	addIdeas(b, p, first)
	if _, err := p.conn.Exec(b.Context(), `vacuum analyze`); err != nil {
		b.Fatal(err)
	}
	grant := func(g civic.Grant) civic.Actor {
		g.DistrictID = d.ID
		return civic.Actor{Kind: civic.Account, ID: 20, Grants: []civic.Grant{g}}
	}
	for _, who := range []struct {
		name  string
		actor civic.Actor
	}{
		{"member", grant(civic.Grant{Role: civic.Member, OrganisationID: organisation})},
		{"animator", grant(civic.Grant{Role: civic.Animator, AreaID: d.Areas[0].ID})},
		{"council", grant(civic.Grant{Role: civic.Council})},
		{"moderator", grant(civic.Grant{Role: civic.Moderator})},
	} {
		b.Run(who.name, func(b *testing.B) {
			for b.Loop() {
				found, err := s.Today(b.Context(), d, who.actor, civic.TodayQuery{Limit: 5, Now: now})
				if err != nil || len(found.Lists) == 0 {
					b.Fatal(found, err)
				}
				if civic.CanSomewhere(who.actor, civic.SeeDesk, civic.PinThing, d.ID, now) == nil {
					if _, err := s.CountQueues(b.Context(), d, who.actor, civic.AreasFor(who.actor, civic.SeeDesk, d.ID, now), now); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// giveThings gives three offers, asks and initiatives to an organisation, and returns
// its pin.
func giveThings(b *testing.B, conn *pgx.Conn) (organisation int64) {
	b.Helper()
	err := conn.QueryRow(b.Context(), `
		with organisation as (
		  select min(pin_id) as pin_id
		  from pins
		  where kind = 'organisation'
		),
		given as (
		  update things
		  set owner_id = pin_id
		  from organisation, (
		    select kind, thing_id, row_number() over (partition by kind order by thing_id) as rank
		    from things
		    where kind in ('offer', 'ask', 'initiative')
		      and state in ('open', 'idea')
		  ) as first
		  where things.thing_id = first.thing_id
		    and rank <= 3
		)
		select pin_id
		from organisation`).Scan(&organisation)
	if err != nil {
		b.Fatal(err)
	}
	return organisation
}
