package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// TestImportsAndPeople takes random actions of sources and of people, and checks
// after each that no import has overwritten what a person has changed, and that
// redacted words are nowhere. When the database is closed, the things are checked
// against the pins.
func TestImportsAndPeople(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s, d, conn := open(t)
			h := history{T: t, store: s, district: d, conn: conn, random: rand.New(rand.NewPCG(seed, 0)), people: map[string]map[string]string{}}
			h.file = drafts(6)
			for range 25 {
				h.step()
				h.check()
			}
		})
	}
}

// history is a sequence of actions on imported pins.
type history struct {
	*testing.T
	store    *store.Store
	district *civic.District
	conn     *pgx.Conn
	random   *rand.Rand
	n        int // of words that were made up

	file     []civic.Draft
	imports  []int32                      // that can be undone
	people   map[string]map[string]string // what people have said last, by external id and field
	redacted []string
}

// word returns a word that nothing has contained before.
func (h *history) word() string {
	h.n++
	return fmt.Sprintf("word%dx", h.n)
}

func (h *history) step() {
	switch h.random.IntN(8) {
	case 0, 1, 2:
		h.change()
		batch, _ := run(h.T, h.store, h.district, h.file)
		h.imports = append(h.imports, batch.ID)
	case 3:
		if n := len(h.imports); n > 0 {
			if _, err := h.store.UndoImport(h.Context(), h.district, system, h.imports[n-1], nil); err != nil {
				h.Fatal(err)
			}
			h.imports = h.imports[:n-1]
		}
	case 4, 5:
		h.editOne(civic.Edit)
	case 6:
		h.editOne(civic.Redact)
	case 7:
		h.mergeOrUndo()
	}
}

// change changes a row of the file.
func (h *history) change() {
	row := &h.file[h.random.IntN(len(h.file))]
	switch h.random.IntN(4) {
	case 0:
		row.Title = h.word()
	case 1:
		row.Body = h.word()
	case 2:
		row.Point = orb.Point{19.91 + h.random.Float64()/10, 50.03}
	case 3:
		row.Category = []string{"trees", "help", "fear"}[h.random.IntN(3)]
	}
}

// any returns a pin that can be changed, and its external id.
func (h *history) any() (civic.Described, string, bool) {
	row := h.file[h.random.IntN(len(h.file))].ExternalID
	var there bool
	err := h.conn.QueryRow(h.Context(), `select exists (select from pins where external_id = $1 and publication = 'published')`, row).Scan(&there)
	if err != nil {
		h.Fatal(err)
	}
	if !there {
		return civic.Described{}, row, false
	}
	return pinOf(h, h.store, h.district, h.conn, row), row, true
}

// editOne edits or redacts the texts of a pin, and remembers what it says then.
// Sometimes it takes back an edit, after which the texts are those before.
func (h *history) editOne(action civic.Action) {
	pin, row, ok := h.any()
	if !ok {
		return
	}
	before := pin.Content.(civic.NewPin)
	draft := before.Draft
	draft.Status = 0
	if h.people[row] == nil {
		h.people[row] = map[string]string{}
	}
	if action == civic.Redact {
		h.redacted = append(h.redacted, before.Title, before.Body)
		draft.Title, draft.Body = h.word(), h.word()
	} else {
		draft.Title = h.word()
	}
	moderate(h, h.store, h.district, civic.Command{Action: action, Things: []int64{pin.ID}, Version: pin.Version, Content: accept(h, h.district, draft)})
	if action == civic.Redact {
		for _, r := range h.file { // what the source still says must not come back either
			if r.ExternalID == row {
				h.redacted = append(h.redacted, r.Title, r.Body)
			}
		}
		h.people[row]["body"] = draft.Body
	} else if h.random.IntN(3) == 0 {
		moderate(h, h.store, h.district, civic.Command{Action: civic.Undo, Things: []int64{pin.ID}})
		if _, edited := h.people[row]["title"]; edited {
			h.people[row]["title"] = before.Title
		}
		return
	}
	h.people[row]["title"] = draft.Title
}

// mergeOrUndo merges a pin into another one, and takes it back.
func (h *history) mergeOrUndo() {
	duplicate, _, ok := h.any()
	kept, _, found := h.any()
	if !ok || !found || duplicate.ID == kept.ID {
		return
	}
	moderate(h, h.store, h.district, civic.Command{Action: civic.Merge, Things: []int64{duplicate.ID}, Into: kept.ID})
	if h.random.IntN(2) == 0 {
		moderate(h, h.store, h.district, civic.Command{Action: civic.Undo, Things: []int64{duplicate.ID}})
	}
}

func (h *history) check() {
	for row, fields := range h.people {
		pin := pinOf(h, h.store, h.district, h.conn, row)
		said := pin.Content.(civic.NewPin)
		if title, ok := fields["title"]; ok && title != said.Title {
			h.Errorf("%s has the title %q, and a person has said %q", row, said.Title, title)
		}
		if body, ok := fields["body"]; ok && body != said.Body {
			h.Errorf("%s has the body %q, and a person has said %q", row, said.Body, body)
		}
	}
	words := slices.DeleteFunc(slices.Clone(h.redacted), func(s string) bool { return s == "" })
	if len(words) > 0 {
		noneOf(h, h.conn, words...)
	}
	checkThings(h, h.conn)
	checkWords(h, h.conn)
	if h.Failed() {
		h.FailNow()
	}
}
