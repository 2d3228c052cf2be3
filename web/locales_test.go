package web

import (
	"maps"
	"slices"
	"testing"

	"golang.org/x/text/language"

	"github.com/pinezka/pinezka/civic"
)

// forms that a language's whole numbers need.
func forms(tag language.Tag) []string {
	need := map[string]bool{"other": true}
	m := &messages{tag: tag}
	for n := range 200 {
		need[m.plural(n)] = true
	}
	return slices.Sorted(maps.Keys(need))
}

func TestEveryKeyIsInEachLanguage(t *testing.T) {
	all, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	reference := all[languages()[0]].entries
	for tag, m := range all {
		for key := range reference {
			if _, ok := m.entries[key]; !ok {
				t.Errorf("%s lacks %s", tag, key)
			}
		}
		for key, e := range m.entries {
			if _, ok := reference[key]; !ok {
				t.Errorf("%s has %s, which %s lacks", tag, key, languages()[0])
			}
			if e.forms == nil {
				if e.text == "" {
					t.Errorf("%s: %s is empty", tag, key)
				}
				continue
			}
			for _, form := range forms(m.tag) {
				if e.forms[form] == "" {
					t.Errorf("%s: %s lacks the form %s", tag, key, form)
				}
			}
		}
		for _, s := range civic.Statuses() {
			if _, ok := m.entries["status."+s.String()]; !ok {
				t.Errorf("%s lacks status.%s", tag, s)
			}
		}
	}
}

func TestPolishPlurals(t *testing.T) {
	all, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	want := map[int]string{0: "many", 1: "one", 2: "few", 5: "many", 12: "many", 22: "few", 25: "many", 112: "many", 122: "few", 1000: "many"}
	for n, form := range want {
		if got := all["pl"].plural(n); got != form {
			t.Errorf("%d is %s, want %s", n, got, form)
		}
	}
	if got := all["en"].plural(1); got != "one" {
		t.Errorf("1 is %s in English", got)
	}
}

// TestRoutesSayWhoMayCall: the default is nobody.
func TestRoutesSayWhoMayCall(t *testing.T) {
	s := &Server{}
	for _, r := range s.routes() {
		if r.who == nobody {
			t.Errorf("%s %s is open to nobody: say who may call it", r.method, r.pattern)
		}
		if r.method != "GET" && r.limit != write {
			t.Errorf("%s %s writes without a limit", r.method, r.pattern)
		}
	}
}
