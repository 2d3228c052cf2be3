package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// councillorTable returns a table with columns of words and of the role in English,
// and a value of each column in each row.
func councillorTable(columns []string, rows ...[]string) (table civic.CouncillorTable) {
	for _, name := range columns {
		c := civic.TableColumn{Field: name}
		if name == "role" {
			c.Lang = "en"
		}
		table.Columns = append(table.Columns, c)
	}
	for i, values := range rows {
		row := civic.CouncillorRow{Row: i + 2, Values: civic.Values{Words: map[string]string{}, Texts: map[string]civic.Text{}}}
		for j, c := range table.Columns {
			if c.Lang == "" {
				row.Words[c.Field] = values[j]
			} else {
				row.Texts[c.Field] = civic.Text{c.Lang: values[j]}
			}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// TestImportCouncillors imports tables one after another, and compares what becomes
// of the councillors and who is in office then.
func TestImportCouncillors(t *testing.T) {
	t.Parallel()
	h := openThreaded(t)
	if _, err := h.ReplaceWards(t.Context(), h.d, system, []civic.Ward{ward("1", box(19.9, 50, 20, 50.1)), ward("2", box(20, 50, 20.05, 50.1))}, 100); err != nil {
		t.Fatal(err)
	}
	byHand := h.record(councillor("name", "Ewa", "ward", "1", "phone", "123 456"))
	columns := []string{"name", "ward", "role", "until"}
	ewa, adam := []string{"Ewa", "1", "Chair", ""}, []string{"Adam", "2", "Member", ""}
	former := []string{"Former", "", "", "2020-01-31"}
	for _, step := range []struct {
		name  string
		table civic.CouncillorTable
		end   bool
		want  store.CouncillorChanges
		steps int // recorded
		now   []string
	}{
		{"one is there by hand", councillorTable(columns, ewa, adam, former), false, store.CouncillorChanges{Added: []string{"Adam", "Former"}, Changed: []string{"Ewa"}, Ended: []string{"Former"}}, 4, []string{"Ewa", "Adam"}},
		{"sent twice", councillorTable(columns, ewa, adam, former), true, store.CouncillorChanges{Same: []string{"Ewa", "Adam", "Former"}}, 0, []string{"Ewa", "Adam"}},
		{"another ward is another councillor", councillorTable(columns, ewa, []string{"Adam", "1", "", ""}, former), false, store.CouncillorChanges{Added: []string{"Adam"}, Same: []string{"Ewa", "Former"}, Missing: []string{"Adam"}}, 1, []string{"Adam", "Ewa", "Adam"}},
		{"one is missing", councillorTable(columns, adam), true, store.CouncillorChanges{Same: []string{"Adam"}, Ended: []string{"Ewa", "Adam"}}, 2, []string{"Adam"}},
		{"one is back", councillorTable([]string{"name", "ward"}, ewa[:2], adam[:2]), true, store.CouncillorChanges{Resumed: []string{"Ewa"}, Same: []string{"Adam"}}, 1, []string{"Ewa", "Adam"}},
	} {
		before := count(t, h.conn, `select count(*) from audit`)
		got, err := h.ImportCouncillors(t.Context(), h.d, h.moderator, step.table, step.end)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("%s:\n%s", step.name, diff)
		}
		if n := count(t, h.conn, `select count(*) from audit`) - before; n != step.steps {
			t.Errorf("%s: %d actions are recorded, want %d", step.name, n, step.steps)
		}
		now, err := h.Councillors(t.Context(), h.d, civic.CouncillorQuery{Day: h.d.DayOf(time.Now()), All: true})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.now, titles(now)); diff != "" {
			t.Errorf("%s:\n%s", step.name, diff)
		}
	}
	kept, err := h.Thing(t.Context(), h.d, byHand)
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := kept.Content.(civic.Record); r.Words["phone"] != "123 456" || r.Texts["role"]["en"] != "Chair" {
		t.Errorf("after an import without these columns: %+v", r.Values)
	}

	before := count(t, h.conn, `select count(*) from audit`)
	_, err = h.ImportCouncillors(t.Context(), h.d, h.moderator, councillorTable(columns, []string{"New", "1", "", ""}, []string{"Wrong", "3", "", ""}), true)
	if !errors.Is(err, civic.ErrInvalid) || !strings.Contains(err.Error(), "row 3: ward") {
		t.Errorf("a ward that is none: %v", err)
	}
	if _, err := h.ImportCouncillors(t.Context(), h.d, civic.Actor{Kind: civic.Account, ID: 9}, councillorTable(columns, []string{"New", "1", "", ""}), true); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("somebody without a role: %v", err)
	}
	if n := count(t, h.conn, `select count(*) from audit`); n != before {
		t.Errorf("%d actions of imports that failed are recorded", n-before)
	}
}
