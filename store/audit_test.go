package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

var tree = civic.Draft{Category: "trees", Title: "Lipa", Body: "Usycha", Point: orb.Point{19.95, 50.05}}

// TestAudit checks that each way to change a pin is recorded once, with who did
// it and why, and one that changes nothing is not.
func TestAudit(t *testing.T) {
	s, d, _ := open(t)
	anna := civic.Actor{Kind: civic.Operator, Name: "anna"}
	pin := add(t, s, d, tree, civic.Pending)
	for range 2 { // the second changes nothing
		if _, err := publish(t, s, d, moderator, []int64{pin, pin}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := hide(t, s, d, anna, []int64{pin}, " names a neighbour "); err != nil {
		t.Fatal(err)
	}
	if _, err := publish(t, s, d, anna, []int64{pin}); err != nil {
		t.Fatal(err)
	}
	batch, _ := run(t, s, d, drafts(3))
	if _, err := s.UndoImport(t.Context(), d, anna, batch.ID, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := hide(t, s, d, resident, []int64{pin}, "x"); err == nil {
		t.Error("a resident hides a pin")
	}
	got, err := s.Audit(t.Context(), d, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	want := []civic.AuditEntry{
		{ActorKind: civic.Operator, ActorName: "anna", Action: civic.UndoImport, ImportID: batch.ID},
		{ActorKind: civic.System, Action: civic.Import, ImportID: batch.ID},
		{ActorKind: civic.Operator, ActorName: "anna", Action: civic.Restore, ThingID: pin, Before: "hidden", After: "published"},
		{ActorKind: civic.Operator, ActorName: "anna", Action: civic.Hide, ThingID: pin, Before: "published", After: "hidden", Reason: "names a neighbour"},
		{ActorKind: civic.Account, ActorID: moderator.ID, Action: civic.Publish, ThingID: pin, Before: "pending", After: "published"},
		{Action: civic.Submit, ThingID: pin, After: "pending"},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(civic.AuditEntry{}, "ID", "At")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	one, err := s.Audit(t.Context(), d, pin, 2)
	if diff := cmp.Diff(want[2:4], one, cmpopts.IgnoreFields(civic.AuditEntry{}, "ID", "At")); err != nil || diff != "" {
		t.Errorf("of the pin: %v (-want +got):\n%s", err, diff)
	}
}

// seal seals the audit until nothing is left.
func seal(t *testing.T, s *store.Store, d *civic.District) store.VerifiedAudit {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Minute); ; time.Sleep(time.Millisecond) {
		if _, err := s.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
		v, err := s.VerifyAudit(t.Context(), d, nil)
		if err != nil {
			t.Fatal(err)
		}
		if v.Unsealed == 0 {
			return v
		}
		if time.Now().After(deadline) {
			t.Fatalf("not sealed: %+v", v)
		}
	}
}

// TestAuditRefusesChanges checks that no statement changes what is recorded.
func TestAuditRefusesChanges(t *testing.T) {
	s, d, conn := open(t)
	add(t, s, d, tree, civic.Pending)
	seal(t, s, d)
	for _, statement := range []string{
		`update audit set action = 'x'`, `delete from audit`, `truncate audit cascade`, `truncate actors cascade`,
		`update audit_seals set hash = hash`, `delete from audit_seals`, `truncate audit_seals`, `delete from texts`, `delete from actors`,
	} {
		if _, err := conn.Exec(t.Context(), statement); err == nil {
			t.Errorf("%s: no error", statement)
		}
	}
	if v := seal(t, s, d); v.Sealed != 1 {
		t.Errorf("%+v", v)
	}
}

// TestVerifyAudit checks that a change by somebody who owns the database is found,
// in whichever table it is, and that an erased text is none.
func TestVerifyAudit(t *testing.T) {
	for statement, found := range map[string]bool{
		`update texts set content = null, salt = null where text_id = 2`: false,
		`update actors set name = '' where name = 'anna'`:                false,
		`update texts set content = '"x"' where text_id = 2`:             true,
		`update texts set hash = sha256('x') where text_id = 2`:          true,
		`update audit set happened_at = now() where audit_id = 2`:        true,
		`update audit set thing_id = 99 where audit_id = 1`:              true,
		`update audit set state_after = 'x' where audit_id = 2`:          true,
		`update audit set actor_id = 1 where audit_id = 2`:               true,
		`update audit set reason_id = null where audit_id = 2`:           true,
		`delete from audit_seals where sequence = 1`:                     true,
		`delete from audit_seals where sequence = 2`:                     true,
		`update audit_seals set hash = sha256('x') where sequence = 3`:   true,
		`update audit_seals set district_id = 9 where sequence = 3`:      true,
	} {
		s, d, conn := open(t)
		pin := add(t, s, d, tree, civic.Published)
		if _, err := hide(t, s, d, civic.Actor{Kind: civic.Operator, Name: "anna"}, []int64{pin}, "a reason"); err != nil {
			t.Fatal(err)
		}
		if _, err := publish(t, s, d, moderator, []int64{pin}); err != nil {
			t.Fatal(err)
		}
		before := seal(t, s, d)
		if before.Sealed != 3 || before.Erased != 0 {
			t.Fatalf("%+v", before)
		}
		if _, err := conn.Exec(t.Context(), `set session_replication_role = replica; `+statement); err != nil { // no triggers
			t.Fatal(err)
		}
		v, err := s.VerifyAudit(t.Context(), d, nil)
		if (err != nil) != found {
			t.Errorf("%s: %v, %+v", statement, err, v)
		}
		if err == nil && strings.Contains(statement, "salt = null") != (v.Erased == 1) {
			t.Errorf("%s: %+v", statement, v)
		}
	}
}

// TestVerifyAuditFindsAnotherChain checks that a chain that was made anew is found
// with a seal that was noted before.
func TestVerifyAuditFindsAnotherChain(t *testing.T) {
	s, d, conn := open(t)
	pin := add(t, s, d, tree, civic.Pending)
	noted := seal(t, s, d).Newest
	if _, err := publish(t, s, d, moderator, []int64{pin}); err != nil {
		t.Fatal(err)
	}
	seal(t, s, d)
	if _, err := s.VerifyAudit(t.Context(), d, noted); err != nil {
		t.Errorf("a longer chain: %v", err)
	}
	_, err := conn.Exec(t.Context(), `
		set session_replication_role = replica;
		update audit set state_after = 'published' where audit_id = 1;
		insert into audit_unsealed (audit_id) select audit_id from audit_seals;
		delete from audit_seals;
		set session_replication_role = origin`)
	if err != nil {
		t.Fatal(err)
	}
	seal(t, s, d)
	if _, err := s.VerifyAudit(t.Context(), d, noted); err == nil {
		t.Error("a chain that was made anew is not found")
	}
}

// TestSealsFollowTransactions records and seals at once, while a transaction is
// open that began to record before all others. Its entry is sealed last, and every
// entry once.
func TestSealsFollowTransactions(t *testing.T) {
	s, d, conn := open(t)
	other := district()
	other.Slug = "other"
	if err := s.AddDistrict(t.Context(), &other); err != nil {
		t.Fatal(err)
	}
	early, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = early.Exec(t.Context(), `
		with entry as (
		  insert into audit (district_id, actor_id, action) values ($1, 2, 'import')
		  returning audit_id
		)
		insert into audit_unsealed (audit_id) select audit_id from entry`, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	sealing, stop := context.WithCancel(t.Context())
	var all, writers sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for sealing.Err() == nil {
				if _, err := s.SealAudit(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 4 {
		writers.Go(func() {
			for range 20 {
				add(t, s, []*civic.District{d, &other}[i%2], tree, civic.Pending)
			}
		})
	}
	writers.Wait()
	if v, err := s.VerifyAudit(t.Context(), d, nil); err != nil || v.Sealed != 0 || v.Unsealed != 40 {
		t.Errorf("while a transaction is open: %+v, %v", v, err)
	}
	if err := early.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop()
	all.Wait()
	for _, d := range []*civic.District{d, &other} {
		want := map[bool]int64{true: 41, false: 40}[d.Slug == "test"]
		if v := seal(t, s, d); v.Sealed != want {
			t.Errorf("%s: %+v", d.Slug, v)
		}
	}
	rows, _ := conn.Query(t.Context(), `select district_id, array_agg(sequence order by sequence) from audit_seals group by 1`)
	var id int32
	var sequences []int64
	_, err = pgx.ForEachRow(rows, []any{&id, &sequences}, func() error {
		for i, n := range sequences {
			if n != int64(i+1) {
				return fmt.Errorf("district %d has the seals %v", id, sequences)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
