package things_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// BenchmarkThread reads a thread of 200 entries, and serves the page of the diagnosis
// in it, in a district with a million pins, 100,000 other things and 500,000 links.
// Then it does the same with threads of those things at random, most of which have
// as many things as are read of a thread.
func BenchmarkThread(b *testing.B) {
	s := openLarge(b, 1_000_000)
	d := &s.Live.Districts()[0].District
	entries := addThread(b, s, d, 200)
	linked, err := s.Store.Things(b.Context(), d, civic.ThingQuery{Kind: civic.DiagnosisThing, Limit: 100})
	if err != nil {
		b.Fatal(err)
	}
	for name, ids := range map[string][]int64{"entries=200": {entries}, "random": ids(linked[1:])} {
		b.Run("store/"+name, func(b *testing.B) {
			i, things := 0, 0
			for b.Loop() {
				thread, err := s.Store.Thread(b.Context(), d, ids[i%len(ids)])
				if err != nil {
					b.Fatal(err)
				}
				things += len(thread.Things)
				i++
			}
			b.ReportMetric(float64(things)/float64(i), "things")
		})
		b.Run("page/"+name, func(b *testing.B) {
			i, size := 0, 0
			for b.Loop() {
				resp, body := s.Do(b, "GET", fmt.Sprintf("/d/trial/diagnoses/%d", ids[i%len(ids)]), "")
				if resp.StatusCode != http.StatusOK {
					b.Fatalf("status %d\n%s", resp.StatusCode, body)
				}
				size += len(body)
				i++
			}
			b.ReportMetric(float64(size)/float64(i), "bytes")
		})
	}
}

func ids(things []civic.Described) (ids []int64) {
	for _, t := range things {
		ids = append(ids, t.ID)
	}
	return ids
}

// openLarge starts a server over a district with so many pins, 100,000 other things
// and 500,000 links.
func openLarge(b *testing.B, pins int) *webtest.Site {
	b.Helper()
	url := storetest.URL(b)
	s, err := store.Open(b.Context(), store.Config{URL: url, Keys: storetest.Keys(b)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	d := webtest.District(civic.ModerateAfter)
	r := rand.New(rand.NewPCG(15, 15))
	err = s.LoadDistrict(b.Context(), &d, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			for i := range pins {
				if !yield(d.Accept(civic.Draft{
					Category: d.Categories[i%2].Slug, Title: "Pinezka", Point: orb.Point{19.9 + 0.09*r.Float64(), 50 + 0.06*r.Float64()},
					ReportedOn: civic.Day(20000 + r.IntN(700)),
				}, civic.MaxDay)) {
					return
				}
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	storetest.AddThings(b, url, &d, 100_000, 500_000)
	return webtest.Serve(b, web.Config{}, s, url)
}

// addThread adds a diagnosis of 14 needs and four initiatives that answer it, whose
// updates are so many that its page has n entries, and returns its id.
func addThread(b *testing.B, s *webtest.Site, d *civic.District, n int) int64 {
	b.Helper()
	var needs []int64
	for range 14 {
		pin, err := d.Accept(civic.Draft{Category: "trees", Title: "Sucha lipa", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000}, civic.MaxDay)
		if err != nil {
			b.Fatal(err)
		}
		id, err := s.Store.AddPin(b.Context(), d, civic.Actor{}, pin, civic.Published)
		if err != nil {
			b.Fatal(err)
		}
		needs = append(needs, id)
	}
	texts := func(of ...string) civic.Values {
		v := civic.Values{Texts: map[string]civic.Text{}}
		for _, field := range of {
			v.Texts[field] = civic.Text{"pl": "Lipy usychają"}
		}
		return v
	}
	diagnosis := s.Add(b, civic.RecordDraft{Kind: civic.DiagnosisThing, Values: texts("name", "finding")}, civic.FieldLinks{Field: "evidence", Things: needs}).ID
	var initiatives []int64
	for range 4 {
		initiative := s.Add(b, civic.RecordDraft{Kind: civic.InitiativeThing, Values: texts("name", "summary")}, civic.FieldLinks{Field: "answers", Things: []int64{diagnosis}})
		initiatives = append(initiatives, initiative.ID)
	}
	const others = 1 + 1 + 4 // all reports, and what is published
	for i := range n - others {
		_, err := s.Store.Do(b.Context(), d, civic.Actor{Kind: civic.System}, civic.Command{
			Action: civic.PostUpdate, Things: []int64{initiatives[i%len(initiatives)]}, Text: "Posadziliśmy dziesięć lip i podlewamy je co drugi dzień.",
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	_, page := s.Do(b, "GET", fmt.Sprintf("/d/trial/diagnoses/%d", diagnosis), "")
	_, page, _ = strings.Cut(page, `<section class="history thread"`)
	if got := strings.Count(page, "<li><p>") + strings.Count(page, `<li class="is-other"><p>`); got != n {
		b.Fatalf("%d entries, want %d\n%s", got, n, page)
	}
	return diagnosis
}
