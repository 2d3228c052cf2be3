package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/keyring"
	"github.com/pinezka/pinezka/store/storetest"
)

func TestOpenRefusesOtherKeys(t *testing.T) {
	t.Parallel()
	url, keys, other := storetest.URL(t), storetest.Keys(t), storetest.Keys(t)
	s, d := openWith(t, url, other)
	s.Close()
	s = reopen(t, url, keys) // there is no address yet
	add(t, s, d, lime("anna@example.org"), civic.Published)
	gift := civic.Gift{Email: "ewa@example.org", Name: "Ewa", Role: civic.Admin, Reason: "a test"}
	if _, err := s.GiveRole(t.Context(), d, civic.Actor{Kind: civic.Operator, Name: "op"}, gift); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(t.Context(), store.Config{URL: url, Keys: other})
	if !errors.Is(err, store.ErrKeyLost) {
		t.Fatalf("Open with other keys returned %v, want ErrKeyLost", err)
	}
	for _, part := range []string{"1 contact and 1 account", keys.KeyID(), other.Path(), "pinezka keys abandon"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
	if counts, err := store.NeedsKeys(t.Context(), url); err != nil || counts != "1 contact and 1 account" {
		t.Errorf("NeedsKeys returned %q, %v", counts, err)
	}
	if counts, err := store.AbandonAddresses(t.Context(), store.Config{URL: url, Keys: other}); err != nil || counts != "1 contact and 1 account" {
		t.Errorf("AbandonAddresses returned %q, %v", counts, err)
	}
	s = reopen(t, url, other)
	if pins, err := s.Pins(t.Context(), d, civic.PinQuery{Limit: 10}); err != nil || len(pins.Pins) != 1 {
		t.Errorf("%d pins are left (%v), want 1", len(pins.Pins), err)
	}
}

func TestRotateKeys(t *testing.T) {
	t.Parallel()
	url, keys := storetest.URL(t), storetest.Keys(t)
	s, d := openWith(t, url, keys)
	conn := connect(t, url)
	old := keys.KeyID()
	add(t, s, d, lime("anna@example.org"), civic.Published)
	add(t, s, d, lime("jan@example.org"), civic.Published)
	r, err := s.RotateKeys(t.Context())
	if err != nil || !r.Begun || r.Moved != 2 || r.KeyID == old {
		t.Fatalf("RotateKeys returned %+v, %v", r, err)
	}
	want := []storedContact{{"anna@example.org", "en", r.KeyID, 2}, {"jan@example.org", "en", r.KeyID, 1}}
	add(t, s, d, lime("ANNA@example.org"), civic.Published)
	if diff := cmp.Diff(want, storedContacts(t, conn, keys)); diff != "" {
		t.Errorf("contacts (-want +got):\n%s", diff)
	}
	if id, err := s.ContactByEmail(t.Context(), d, "Anna@example.org"); err != nil || id == 0 {
		t.Errorf("the contact is not found: %v", err)
	}
	if _, err := s.ContactByEmail(t.Context(), d, "nobody@example.org"); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("nobody is found: %v", err)
	}
}

// TestRotateKeysAfterInterruption finishes a rotation that ended at each of its
// steps, with a ring that was opened before and one that is opened after.
func TestRotateKeysAfterInterruption(t *testing.T) {
	t.Parallel()
	for name, interrupt := range map[string]func(t *testing.T, url string, keys *keyring.Ring){
		"after the file": func(t *testing.T, _ string, keys *keyring.Ring) {
			if _, err := keys.Add(); err != nil {
				t.Fatal(err)
			}
		},
		"after the choice": func(t *testing.T, url string, keys *keyring.Ring) {
			id, err := keys.Add()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := connect(t, url).Exec(t.Context(), `update key_in_use set key_id = $1, mark = $2`, id, keys.Mark(id)); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, keys := storetest.URL(t), storetest.Keys(t)
			running, err := keyring.Open(keys.Path())
			if err != nil {
				t.Fatal(err)
			}
			s, d := openWith(t, url, running)
			old := running.KeyID()
			add(t, s, d, lime("anna@example.org"), civic.Published)
			add(t, s, d, lime("jan@example.org"), civic.Published)
			interrupt(t, url, keys)
			add(t, s, d, lime("anna@example.org"), civic.Published) // between
			if after, err := keyring.Open(keys.Path()); err != nil {
				t.Fatal(err)
			} else if r, err := reopen(t, url, after).RotateKeys(t.Context()); err != nil || r.KeyID == old || r.Moved != 2 {
				t.Fatalf("RotateKeys returned %+v, %v", r, err)
			}
			add(t, s, d, lime("jan@example.org"), civic.Published) // with the ring of before
			newest := keys.KeyIDs()[0]
			want := []storedContact{{"anna@example.org", "en", newest, 2}, {"jan@example.org", "en", newest, 2}}
			if diff := cmp.Diff(want, storedContacts(t, connect(t, url), keys)); diff != "" {
				t.Errorf("contacts (-want +got):\n%s", diff)
			}
			if len(keys.KeyIDs()) != 2 {
				t.Errorf("the file has %d keys, want 2", len(keys.KeyIDs()))
			}
		})
	}
}

// TestRotateKeysWhileTwoNodesAddContacts changes the keys several times while two
// nodes, each with a ring of its own, add pins of the same few people.
func TestRotateKeysWhileTwoNodesAddContacts(t *testing.T) {
	t.Parallel()
	url, keys := storetest.URL(t), storetest.Keys(t)
	s, d := openWith(t, url, keys)
	add(t, s, d, lime("0@example.org"), civic.Published)
	ctx, stop := context.WithCancel(t.Context())
	var nodes sync.WaitGroup
	var added [2]int
	for node := range added {
		ring, err := keyring.Open(keys.Path())
		if err != nil {
			t.Fatal(err)
		}
		s := reopen(t, url, ring)
		nodes.Go(func() {
			for ctx.Err() == nil {
				draft := lime(fmt.Sprintf("%d@example.org", added[node]%7))
				if _, err := s.AddPin(t.Context(), d, civic.Actor{}, accept(t, d, draft), civic.Published); err != nil {
					t.Errorf("node %d: %v", node, err)
					return
				}
				added[node]++
			}
		})
	}
	for range 5 {
		if _, err := s.RotateKeys(t.Context()); err != nil {
			t.Error(err)
		}
	}
	stop()
	nodes.Wait()
	if _, err := s.RotateKeys(t.Context()); err != nil {
		t.Error(err)
	}
	var emails []string
	things := 0
	for _, c := range storedContacts(t, connect(t, url), keys) {
		emails, things = append(emails, c.Email), things+c.Things
	}
	want := []string{"0@example.org", "1@example.org", "2@example.org", "3@example.org", "4@example.org", "5@example.org", "6@example.org"}
	if diff := cmp.Diff(want[:min(len(want), max(1, added[0], added[1]))], emails, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Errorf("contacts (-want +got):\n%s", diff)
	}
	if things != added[0]+added[1]+1 {
		t.Errorf("%d things have a reporter, want %d", things, added[0]+added[1]+1)
	}
}
