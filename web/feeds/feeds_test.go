package feeds_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// read reads a feed, with pairs of header fields and values.
func read(t *testing.T, s *webtest.Site, path string, header ...string) (*http.Response, *gofeed.Feed) {
	t.Helper()
	resp, body := s.Do(t, "GET", path, "", header...)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Fatalf("%s: status %d, %v: %s", path, resp.StatusCode, resp.Header, body)
	}
	f, err := gofeed.NewParser().ParseString(body)
	if err != nil {
		t.Fatalf("%s: %v: %s", path, err, body)
	}
	if f.FeedType != "atom" || f.Title == "" || f.UpdatedParsed == nil || len(f.Authors) != 1 {
		t.Errorf("%s: %+v", path, f)
	}
	if want := s.URL + path; f.FeedLink != want {
		t.Errorf("%s: the feed is at %q by its own link", path, f.FeedLink)
	}
	return resp, f
}

// TestPinsFeed checks that a reader of feeds finds the newest pins that a filter
// selects, in the language of the request, at the place that the list shows.
func TestPinsFeed(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, f := read(t, s, "/d/trial/pins.atom?category=trees&area=west&lang=pl")
	if f.Language != "pl" || f.Title != "Nowe pinezki – Próba <b>" || f.Link != s.URL+"/d/trial?area=west&category=trees" {
		t.Errorf("%q, %q, %q", f.Language, f.Title, f.Link)
	}
	if len(f.Items) != 17 {
		t.Fatalf("%d entries", len(f.Items))
	}
	for i, item := range f.Items {
		if i > 0 && item.PublishedParsed.After(*f.Items[i-1].PublishedParsed) {
			t.Error("not the newest first")
		}
		id := item.Link[strings.LastIndex(item.Link, "/")+1:]
		if item.GUID != "tag:127.0.0.1,2026:/d/trial/pins/"+id || !cmp.Equal(item.Categories, []string{"Potrzeba", "Drzewa", "Zgłoszona"}) {
			t.Errorf("entry %+v", item)
		}
		point := strings.Fields(item.Extensions["georss"]["point"][0].Value)
		_, page := s.Do(t, "GET", "/d/trial/pins/"+id, "")
		if lat, _ := strconv.ParseFloat(point[0], 64); !strings.Contains(page, strconv.FormatFloat(lat, 'f', 5, 64)) {
			t.Errorf("pin %s is at %v, not as on its page", id, point)
		}
	}
	if item := f.Items[0]; !strings.HasPrefix(item.Title, "Pinezka numer ") || item.Content != "Opis & <i>treść</i>." {
		t.Errorf("%q says %q", item.Title, item.Content)
	}
	if _, f := read(t, s, "/d/trial/pins.atom?category=fear"); len(f.Items) != 0 {
		t.Errorf("the feed has %d pins that are only counted", len(f.Items))
	}
	if _, f := read(t, s, "/d/trial/pins.atom?q=numer", "Accept-Language", "en"); len(f.Items) != 50 || f.Language != "en" {
		t.Errorf("%d entries in %q", len(f.Items), f.Language)
	}
	if resp, _ := s.Do(t, "GET", "/d/trial/pins.atom?kind=need&kind=nothing", ""); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown kind: status %d", resp.StatusCode)
	}
}

// TestFeedIsSentOnce checks that a program that has a feed already is not sent it
// again, where its URL is configured.
func TestFeedIsSentOnce(t *testing.T) {
	s := webtest.OpenWith(t, webtest.District(civic.ModerateAfter), nil)
	if resp, _ := s.Do(t, "GET", "/d/trial/pins.atom", ""); resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v may be kept though it contains the host of the request", resp.Header)
	}
	db, err := store.Open(t.Context(), store.Config{URL: s.DatabaseURL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	fixed := webtest.Static(t, web.Config{Store: db, BaseURL: "https://mapa.example.org"})
	resp, body := fixed.Do(t, "GET", "/d/trial/pins.atom", "")
	tag := resp.Header.Get("Etag")
	if tag == "" || !strings.Contains(body, `href="https://mapa.example.org/d/trial/pins.atom"`) || !strings.Contains(body, "<id>tag:mapa.example.org,2026:/d/trial/pins</id>") {
		t.Errorf("%v: %s", resp.Header, body)
	}
	if resp, body := fixed.Do(t, "GET", "/d/trial/pins.atom", "", "If-None-Match", tag); resp.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("status %d", resp.StatusCode)
	}
}

// TestPinFeed checks that the feed of a pin has what its page shows of its
// history, with roles and without names, and that neither has more.
func TestPinFeed(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	db, err := store.Open(t.Context(), store.Config{URL: s.DatabaseURL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	v, _ := s.Live.District("trial")
	_, list := s.Do(t, "GET", "/api/v1/districts/trial/pins?category=trees&limit=1", "")
	id, err := strconv.ParseInt(regexp.MustCompile(`"id":(\d+)`).FindStringSubmatch(list)[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []civic.Command{
		{Action: civic.BeginDiagnosis}, {Action: civic.Note, Text: "Tajna notatka"}, {Action: civic.PostUpdate, Text: "Byliśmy na miejscu."},
		{Action: civic.PassOn, Reason: "To sprawa miasta."},
	} {
		c.Things = []int64{id}
		if _, err := db.Do(t.Context(), &v.District, civic.Actor{Kind: civic.Operator, Name: "jan.kowalski"}, c); err != nil {
			t.Fatal(err)
		}
	}
	path := "/d/trial/pins/" + strconv.FormatInt(id, 10)
	_, f := read(t, s, path+".atom?lang=pl")
	var got []string
	for _, item := range f.Items {
		got = append(got, item.Title+": "+item.Content)
	}
	if diff := cmp.Diff([]string{"Przekazana dalej: To sprawa miasta.", "Aktualność: Byliśmy na miejscu.", "W trakcie diagnozy: ", "Zgłoszono: "}, got); diff != "" {
		t.Errorf("feed (-want +got):\n%s", diff)
	}
	_, page := s.Do(t, "GET", path, "")
	if !strings.Contains(page, "Byliśmy na miejscu.") || !strings.Contains(page, `<link rel="alternate" type="application/atom+xml" title="Pinezka numer `) {
		t.Error("the page lacks the news, or the link of the feed")
	}
	for _, secret := range []string{"Tajna notatka", "kowalski"} {
		if strings.Contains(page, secret) {
			t.Errorf("the page has %q", secret)
		}
	}
	for _, hidden := range []string{"0", "x", "99999999"} {
		if resp, _ := s.Do(t, "GET", "/d/trial/pins/"+hidden+".atom", ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("pin %s: status %d", hidden, resp.StatusCode)
		}
	}
}

// TestThingFeeds checks that the offices of a district and each of them have a
// feed, that what is not public is in neither, and that both ask no more of a
// reader than the pages do.
func TestThingFeeds(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	v, _ := s.Live.District("trial")
	d := &v.District
	do := func(actor civic.Actor, c civic.Command, name, hours string) int64 {
		t.Helper()
		if name != "" {
			office, err := d.AcceptRecord(webtest.Office(name, hours, orb.Point{19.93, 50.03}))
			if err != nil {
				t.Fatal(err)
			}
			c.Kind, c.Content = civic.OfficeThing, office
		}
		out, err := s.Store.Do(t.Context(), d, actor, c)
		if err != nil {
			t.Fatal(err)
		}
		return out.Changed[0].ID
	}
	root := civic.Actor{Kind: civic.Operator, Name: "jan.kowalski"}
	council := civic.Actor{Kind: civic.Account, ID: 9, Grants: []civic.Grant{{Role: civic.Council, DistrictID: d.ID}}}
	first := do(root, civic.Command{Action: civic.Submit}, "Dyżur <radnej>", "poniedziałek")
	do(root, civic.Command{Action: civic.Submit}, "Punkt informacyjny", "wtorek")
	waiting := do(council, civic.Command{Action: civic.Submit}, "Jeszcze nie", "nigdy")
	hidden := do(root, civic.Command{Action: civic.Submit}, "Już nie", "dawniej")
	do(root, civic.Command{Action: civic.Hide, Things: []int64{hidden}, Reason: "it has moved"}, "", "")
	do(root, civic.Command{Action: civic.Edit, Things: []int64{first}, Version: 1}, "Dyżur <radnej>", "środa & piątek")

	_, f := read(t, s, "/d/trial/offices.atom?lang=pl")
	var got []string
	for _, item := range f.Items {
		got = append(got, item.Title+": "+item.Content)
	}
	if diff := cmp.Diff([]string{"Dyżur <radnej>: Godziny: środa & piątek", "Punkt informacyjny: Godziny: wtorek"}, got); diff != "" {
		t.Fatalf("feed (-want +got):\n%s", diff)
	}
	one := "/d/trial/offices/" + strconv.FormatInt(first, 10)
	if item := f.Items[0]; item.Link != s.URL+one || item.GUID != "tag:127.0.0.1,2026:"+one || !item.UpdatedParsed.After(item.PublishedParsed.Add(-1)) ||
		item.Extensions["georss"]["point"][0].Value != "50.030000 19.930000" || f.Link != s.URL+"/d/trial/offices" {
		t.Errorf("entry %+v of %+v", item, f)
	}
	_, f = read(t, s, one+".atom?lang=pl")
	got = nil
	for _, item := range f.Items {
		got = append(got, item.Title)
	}
	if diff := cmp.Diff([]string{"Poprawiono tekst", "Opublikowano"}, got); diff != "" || f.Title != "Dyżur <radnej>" {
		t.Errorf("feed %q (-want +got):\n%s", f.Title, diff)
	}
	if _, page := s.Do(t, "GET", one, ""); !strings.Contains(page, one+".atom") || !strings.Contains(page, `type="application/atom+xml"`) {
		t.Error("the page lacks the link of the feed")
	}
	everybody := [][]string{nil, s.SignIn(t, "anna@example.org", civic.Moderator, "")}
	for _, id := range []int64{0, 1, waiting, hidden} { // 1 is a pin
		for _, header := range everybody {
			if resp, _ := s.Do(t, "GET", fmt.Sprintf("/d/trial/offices/%d.atom", id), "", header...); resp.StatusCode != http.StatusNotFound {
				t.Errorf("thing %d: status %d", id, resp.StatusCode)
			}
		}
	}
}
