package store_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestOwnAccount checks what somebody changes of their account, and what the export
// has of it.
func TestOwnAccount(t *testing.T) {
	t.Parallel()
	s, d, _ := open(t)
	account := give(t, s, d, civic.Gift{Email: "Anna@example.org", Role: civic.Animator, Area: "west"}).AccountID
	begin(t, s, account)
	if err := s.SetAccount(t.Context(), account, "Anna Maria", "uk"); err != nil {
		t.Fatal(err)
	}
	a, err := s.Account(t.Context(), account)
	if err != nil || a.Name != "Anna Maria" || a.Language != "uk" || a.Email != "Anna@example.org" {
		t.Errorf("%+v, %v", a, err)
	}
	if err := s.SetAccount(t.Context(), account+1, "x", "en"); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("change an account that does not exist: %v", err)
	}
	id := add(t, s, d, tree, civic.Pending)
	actor := civic.Actor{Kind: civic.Account, ID: account, Grants: []civic.Grant{{Role: civic.Animator, DistrictID: d.ID}}}
	if _, err := s.Do(t.Context(), d, actor, civic.Command{Action: civic.Hide, Things: []int64{id}, Reason: "twice"}); err != nil {
		t.Fatal(err)
	}
	export, err := s.ExportAccount(t.Context(), account)
	if err != nil || len(export.Sessions) != 1 || len(export.Roles) != 1 || len(export.Actions) != 1 || len(export.Mails) != 1 {
		t.Errorf("%+v, %v", export, err)
	}
	encoded, err := json.Marshal(export)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Anna@example.org", "Anna Maria", `"animator"`, `"west"`, `"hide"`, "twice", "Firefox", `"invitation"`} {
		if !strings.Contains(string(encoded), part) {
			t.Errorf("the export lacks %s: %s", part, encoded)
		}
	}
}

// TestCloseAccount checks that the last admin of a district cannot close the
// account, that closing another ends its roles, with a record, and its sessions,
// leaves nothing of the person but the number, and happens again after a backup of
// before is restored.
func TestCloseAccount(t *testing.T) {
	t.Parallel()
	url, keys, list := storetest.URL(t), storetest.Keys(t), storetest.Erasures(t)
	s, d := erasable(t, url, keys, list)
	anna := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Admin}).AccountID
	token := begin(t, s, anna)
	if err := s.CloseAccount(t.Context(), anna); !errors.Is(err, civic.ErrLastAdmin) {
		t.Fatalf("the last admin leaves: %v", err)
	}
	give(t, s, d, civic.Gift{Email: "ben@example.org", Role: civic.Admin})
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	execute(t, conn, `create table backup as select * from accounts`)
	if err := s.CloseAccount(t.Context(), anna); err != nil {
		t.Fatal(err)
	}
	if got := session(t, s, token); got.SignedIn() {
		t.Errorf("the session lasts: %+v", got)
	}
	if err := s.CloseAccount(t.Context(), anna); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("close it twice: %v", err)
	}
	all, err := s.GivenRoles(t.Context(), d, 10)
	if err != nil || len(all) != 1 || all[0].Email != "ben@example.org" {
		t.Errorf("the roles: %+v, %v", all, err)
	}
	entries, err := s.SearchAudit(t.Context(), d, civic.AuditQuery{Action: civic.WithdrawRole, Limit: 10})
	if err != nil || len(entries) != 1 || entries[0].ActorID != anna || entries[0].Name != "" || entries[0].Reason != "" {
		t.Errorf("the record: %+v, %v", entries, err)
	}
	if again := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Council}); again.AccountID == anna {
		t.Error("whoever is invited again has the account that was closed")
	}

	execute(t, conn, `delete from accounts`)
	execute(t, conn, `insert into accounts overriding system value select * from backup`)
	execute(t, conn, `update newest_erasure set erased_at = 'epoch'`)
	s, _ = erasable(t, url, keys, list)
	if _, err := s.Account(t.Context(), anna); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("after a restore, the account is back: %v", err)
	}
	if n := len(func() (found []int64) {
		rows, _ := conn.Query(t.Context(), `select account_id from accounts`)
		found, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return found
	}()); n != 1 || err != nil {
		t.Errorf("%d accounts, want that of Ben (%v)", n, err)
	}
}
