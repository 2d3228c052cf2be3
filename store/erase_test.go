package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/erasures"
	"github.com/pinezka/pinezka/store/keyring"
	"github.com/pinezka/pinezka/store/storetest"
)

// person is somebody whose data is erased in tests.
const person = "Zofia.Trzmielewska@example.org"

// personTraces are what must be found nowhere after the erasure, in lower case.
var personTraces = []string{"trzmielewska", "skarbonka", "kalosz"}

// erasable returns a store with a list of erasures, a district, and the path of
// the list.
func erasable(t testing.TB, url string, keys *keyring.Ring, list *erasures.List) (*store.Store, *civic.District) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: keys, Erasures: list})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d, err := s.District(t.Context(), "test")
	if errors.Is(err, civic.ErrNotFound) {
		d = district()
		err = s.AddDistrict(t.Context(), &d)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s, &d
}

// report adds pins of the person, and one of somebody else, and does to them what
// leaves texts. It returns the ids of the first.
func report(t testing.TB, s *store.Store, d *civic.District) (ids []int64) {
	t.Helper()
	draft := civic.Draft{Category: "trees", Title: "Skarbonka", Body: "Napisała Zofia Trzmielewska.", Point: orb.Point{19.951, 50.051}, Email: person}
	hexOnly := draft
	hexOnly.Category, hexOnly.Title = "fear", "Kalosz"
	request := civic.NewRequest(civic.NewRequestKey(), accept(t, d, hexOnly))
	pin := accept(t, d, hexOnly)
	pin.Link = civic.NewPrivateLink()
	added, err := s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Pending, request)
	if err != nil {
		t.Fatal(err)
	}
	ids = []int64{added.ID, add(t, s, d, draft, civic.Published), add(t, s, d, draft, civic.Pending)}
	do(t, s, d, civic.Command{Action: civic.Hide, Things: ids[2:], Reason: "To pani Trzmielewska."})
	thing, err := s.Thing(t.Context(), d, ids[1])
	if err != nil {
		t.Fatal(err)
	}
	edited := draft
	edited.Body = "Kalosz."
	do(t, s, d, civic.Command{Action: civic.Edit, Things: ids[1:2], Version: thing.Version, Content: accept(t, d, edited)})
	other := lime("jan@example.org")
	add(t, s, d, other, civic.Published)
	return ids
}

func do(t testing.TB, s *store.Store, d *civic.District, c civic.Command) {
	t.Helper()
	if _, err := s.Do(t.Context(), d, civic.Actor{Kind: civic.Operator, Name: "op"}, c); err != nil {
		t.Fatal(err)
	}
}

// commentOf adds a recommendation, and a comment of the person on it, which is
// public.
func commentOf(t testing.TB, s *store.Store, d *civic.District) int64 {
	t.Helper()
	operator := civic.Actor{Kind: civic.Operator, Name: "op"}
	submit := func(actor civic.Actor, c civic.Command, draft civic.RecordDraft) int64 {
		t.Helper()
		content, err := d.AcceptRecord(draft)
		if err != nil {
			t.Fatal(err)
		}
		c.Action, c.Kind, c.Content = civic.Submit, draft.Kind, content
		out, err := s.Do(t.Context(), d, actor, c)
		if err != nil {
			t.Fatal(err)
		}
		return out.Changed[0].ID
	}
	id := submit(operator, civic.Command{}, civic.RecordDraft{Kind: civic.RecommendationThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Trees"}, "addressee": {"en": "City"}},
		Rows:  map[string][]civic.Values{"paragraphs": {{Texts: map[string]civic.Text{"text": {"en": "Plant them."}}}}},
	}})
	do(t, s, d, civic.Command{Action: civic.Consult, Things: []int64{id}})
	on := civic.Command{Email: person, Links: []civic.FieldLinks{{Field: "on", Things: []int64{id}}}}
	comment := submit(civic.Actor{}, on, civic.RecordDraft{Kind: civic.CommentThing, Values: civic.Values{
		Words: map[string]string{"text": "Skarbonka, albo kalosz.", "author": "Zofia Trzmielewska", "paragraph": "1"},
	}})
	do(t, s, d, civic.Command{Action: civic.Publish, Things: []int64{comment}})
	return comment
}

// contactOf returns the id of who reported a thing.
func contactOf(t testing.TB, s *store.Store, d *civic.District, thing int64) int64 {
	t.Helper()
	found, err := s.Thing(t.Context(), d, thing)
	if err != nil {
		t.Fatal(err)
	}
	return found.ReporterID
}

// tracesIn returns the traces that a text has.
func tracesIn(text string) (found []string) {
	text = strings.ToLower(text)
	for _, trace := range personTraces {
		if strings.Contains(text, trace) {
			found = append(found, trace)
		}
	}
	return found
}

func TestEraseContactWithTexts(t *testing.T) {
	t.Parallel()
	url, keys, list := storetest.URL(t), storetest.Keys(t), storetest.Erasures(t)
	s, d := erasable(t, url, keys, list)
	conn := connect(t, url)
	ids := report(t, s, d)
	comment := commentOf(t, s, d)
	contact := contactOf(t, s, d, ids[0])
	if contactOf(t, s, d, comment) != contact {
		t.Fatal("the comment is of somebody else")
	}
	execute(t, conn, fmt.Sprintf(`insert into deliveries (district_id, contact_id, kind, data) values (%d, %d, 'published', '{"title": "Skarbonka"}')`, d.ID, contact))
	if found := tracesIn(everyRow(t, conn)); len(found) < 2 {
		t.Fatalf("before the erasure, the database has only %v", found)
	}
	if err := s.EraseContact(t.Context(), d, civic.Actor{Kind: civic.Contact, ID: contact}, contact, true); err != nil {
		t.Fatal(err)
	}
	if found := tracesIn(everyRow(t, conn)); found != nil {
		t.Errorf("the database has %v", found)
	}
	checkWords(t, conn)
	want := map[int64]civic.Publication{ids[0]: civic.Withdrawn, ids[1]: civic.Withdrawn, ids[2]: civic.Hidden, comment: civic.Withdrawn}
	for id, publication := range want {
		thing, err := s.Thing(t.Context(), d, id)
		if err != nil {
			t.Fatal(err)
		}
		if thing.Publication != publication || thing.ReporterID != 0 {
			t.Errorf("pin %d is %s, reported by %d, want %s by nobody", id, thing.Publication, thing.ReporterID, publication)
		}
	}
	for what, query := range map[string]string{
		"exact places":  `select count(*) from pins where not st_equals(geom, shown) and pin_id = any(@ids)`,
		"private links": `select count(*) from private_links`,
		"requests":      `select count(*) from requests`,
		"mails":         `select count(*) from deliveries`,
	} {
		var n int
		if err := conn.QueryRow(t.Context(), query, pgx.NamedArgs{"ids": ids}).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d %s are left (%v)", n, what, err)
		}
	}
	if left := storedContacts(t, conn, keys); len(left) != 1 || left[0].Email != "jan@example.org" || left[0].Things != 1 {
		t.Errorf("the other contact became %+v", left)
	}
	if v := seal(t, s, d); v.Erased == 0 {
		t.Error("no text of the audit is erased")
	}
	if _, err := s.Do(t.Context(), d, civic.Actor{Kind: civic.Contact, ID: contact}, civic.Command{Action: civic.Undo, Things: ids[1:2]}); err == nil {
		t.Error("the erasure was undone")
	}
}

func TestEraseContactWithoutTexts(t *testing.T) {
	t.Parallel()
	url, keys, list := storetest.URL(t), storetest.Keys(t), storetest.Erasures(t)
	s, d := erasable(t, url, keys, list)
	id := add(t, s, d, lime(person), civic.Published)
	contact := contactOf(t, s, d, id)
	for name, actor := range map[string]civic.Actor{"nobody": {}, "another contact": {Kind: civic.Contact, ID: contact + 1}, "a moderator": moderator} {
		if err := s.EraseContact(t.Context(), d, actor, contact, false); !errors.Is(err, civic.ErrUnauthenticated) && !errors.Is(err, civic.ErrForbidden) {
			t.Errorf("%s erased the contact: %v", name, err)
		}
	}
	if err := s.EraseContact(t.Context(), d, civic.Actor{Kind: civic.Operator, Name: "op"}, contact, false); err != nil {
		t.Fatal(err)
	}
	if pin, err := s.Pin(t.Context(), d, id); err != nil || pin.Title != "Plant a lime" {
		t.Errorf("the pin of the erased contact: %+v (%v)", pin, err)
	}
	if got := contactOf(t, s, d, id); got != 0 {
		t.Errorf("the pin is still that of contact %d", got)
	}
	if err := s.EraseContact(t.Context(), d, civic.Actor{Kind: civic.System}, contact, true); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("a second erasure returned %v, want civic.ErrNotFound", err)
	}
	if all, err := list.All(); err != nil || len(all) != 1 {
		t.Errorf("the list has %d erasures (%v), want 1", len(all), err)
	}
}

// TestErasureOutlivesRestore restores a backup from before an erasure, and
// searches the database, its dump and the list.
func TestErasureOutlivesRestore(t *testing.T) {
	t.Parallel()
	url, keys, list := storetest.URL(t), storetest.Keys(t), storetest.Erasures(t)
	s, d := erasable(t, url, keys, list)
	ids := report(t, s, d)
	path := filepath.Join(t.TempDir(), "before.dump")
	if _, err := store.Backup(t.Context(), url, path); err != nil {
		t.Fatal(err)
	}
	contact := contactOf(t, s, d, ids[0])
	if err := s.EraseContact(t.Context(), d, civic.Actor{Kind: civic.Contact, ID: contact}, contact, true); err != nil {
		t.Fatal(err)
	}
	other := openCluster(t).URL()
	for name, cfg := range map[string]store.RestoreConfig{"no list": {Keys: keys}, "no keys": {Erasures: list}} {
		cfg.URL, cfg.Path = other, path
		if _, err := store.Restore(t.Context(), cfg); !errors.Is(err, store.ErrErasuresLost) && !errors.Is(err, store.ErrKeyLost) {
			t.Errorf("%s: Restore returned %v", name, err)
		}
	}
	if _, err := store.Restore(t.Context(), store.RestoreConfig{URL: other, Path: path, Keys: keys, Erasures: list}); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, other)
	if found := tracesIn(everyRow(t, conn)); found != nil {
		t.Errorf("the restored database has %v", found)
	}
	if left := storedContacts(t, conn, keys); len(left) != 1 || left[0].Email != "jan@example.org" {
		t.Errorf("the other contact became %+v", left)
	}
	var dump bytes.Buffer
	var programs string
	if err := conn.QueryRow(t.Context(), `select setting from pg_config where name = 'BINDIR'`).Scan(&programs); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), filepath.Join(programs, "pg_dump"), other)
	cmd.Stdout = &dump
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	listed, err := os.ReadFile(list.Path())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"dump": dump.String(), "list": string(listed)} {
		if found := tracesIn(text); found != nil || text == "" {
			t.Errorf("the %s has %v", name, found)
		}
	}
	// A contact of later with the same address is somebody else to the list.
	again, _ := erasable(t, other, keys, list)
	id := add(t, again, d, lime(person), civic.Published)
	if err := list.Add(erasures.Erasure{At: time.Now().UTC(), District: "elsewhere", Hashes: [][]byte{{1}}}); err != nil {
		t.Fatal(err)
	}
	again, _ = erasable(t, other, keys, list)
	if contactOf(t, again, d, id) == 0 {
		t.Error("a contact of later was erased")
	}
}

// TestIncompleteListOfErasures opens a database whose newest erasure is not on the
// list.
func TestIncompleteListOfErasures(t *testing.T) {
	t.Parallel()
	url, keys := storetest.URL(t), storetest.Keys(t)
	s, d := erasable(t, url, keys, storetest.Erasures(t))
	contact := contactOf(t, s, d, add(t, s, d, lime(person), civic.Published))
	if err := s.EraseContact(t.Context(), d, civic.Actor{Kind: civic.System}, contact, true); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(t.Context(), store.Config{URL: url, Keys: keys, Erasures: storetest.Erasures(t)})
	if !errors.Is(err, store.ErrErasuresLost) {
		t.Errorf("Open with another list returned %v, want ErrErasuresLost", err)
	}
}
