package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/store/storetest"
)

// TestDistrictChoices sets what an operator chooses for a district by command, and
// refuses what is not valid.
func TestDistrictChoices(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	run := func(args ...string) (string, error) {
		out, err := command(t, append([]string{"district"}, append(args, "--database-url", url)...)...).CombinedOutput()
		return string(out), err
	}
	if out, err := run("add", "--slug", "d", "--bbox", "19.9,50,20,50.1"); err != nil {
		t.Fatal(out)
	}
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "topics.json")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for _, test := range []struct {
		args []string
		want string
		ok   bool
	}{
		{[]string{"topics", "d", "--file", file(`[{"slug": "law", "target_days": 14, "label": {"pl": "Prawo", "en": "City law"}}]`)}, "1 topic", true},
		{[]string{"topics", "d", "--file", file(`[{"slug": "law", "target_days": 0, "label": {"pl": "Prawo", "en": "City law"}}]`)}, "use 1 to 365 days", false},
		{[]string{"goals", "d"}, "has no goals", true},
		{[]string{"goals", "d", "--goal", "events=24", "--goal", "graduates=12"}, "events 24\ngraduates 12\n", true},
		{[]string{"goals", "d", "--goal", "smiles=24"}, `"smiles" is not counted`, false},
		{[]string{"goals", "d"}, "events 24", true},
		{[]string{"goals", "d", "--none"}, "has no goals", true},
		{[]string{"settings", "d", "--reply-days", "21"}, "21", true},
		{[]string{"settings", "d"}, "21", true},
	} {
		if out, err := run(test.args...); !strings.Contains(out, test.want) || (err == nil) != test.ok {
			t.Errorf("%q: %v\n%s", test.args, err, out)
		}
	}
}
