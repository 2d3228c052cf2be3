package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// TestTextsOfKinds checks that there is a text for everything that the rules of a
// kind other than pins have, and lists what is missing as the file of its texts has it.
func TestTextsOfKinds(t *testing.T) {
	c, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	english := c.Messages("en")
	for _, kind := range civic.ThingKinds() {
		if kind == civic.PinThing {
			continue
		}
		rules := kind.Rules()
		missing := func(file string, keys []string) {
			var lines strings.Builder
			for _, key := range keys {
				if english.Text(key) == key {
					fmt.Fprintf(&lines, "\n  %q: \"\",", key)
				}
			}
			if lines.Len() > 0 {
				t.Errorf("%s, and those of the other languages, lack texts of the kind %s:%s", file, kind, lines.String())
			}
		}
		var actions []string
		for _, s := range rules.Steps {
			actions = append(actions, "action."+s.Action.String())
		}
		slices.Sort(actions)
		missing("web/things/locales/en.json", slices.Compact(actions))
		missing("web/kinds/"+rules.Plural+"/locales/en.json", keysOf(rules))
	}
}

// TestIconsOfKinds checks that each layer of the map has an icon.
func TestIconsOfKinds(t *testing.T) {
	icons, err := page.Files.ReadFile("templates/_icons.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, layer := range layers() {
		if !strings.Contains(string(icons), `id="i-`+layer.Plural+`"`) {
			t.Errorf("web/ui/scripts/icons.mjs has no icon %s; add it, then npm run icons", layer.Plural)
		}
	}
}

// keysOf returns the keys of the texts of a kind other than pins.
func keysOf(rules *civic.KindRules) (keys []string) {
	add := func(format string, args ...any) {
		key := rules.Plural + "." + fmt.Sprintf(format, args...)
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, name := range []string{"heading", "lead", "one", "new", "edit", "empty", "published"} {
		add("%s", name)
	}
	var addFields func(prefix string, fields []civic.Field)
	addFields = func(prefix string, fields []civic.Field) {
		for _, f := range fields {
			add("field.%s", prefix+f.Name)
			for _, o := range f.Options {
				add("option.%s.%s", prefix+f.Name, o)
			}
			if f.Hint {
				add("hint.%s", prefix+f.Name)
			}
			if f.Filters && f.Type == civic.DateField {
				add("filter.%s", f.Name)
			}
			addFields(prefix+f.Name+".", f.Rows)
		}
	}
	addFields("", rules.Fields)
	if rules.Place != civic.Absent {
		add("field.place")
	}
	for _, l := range rules.Links {
		add("field.%s", l.Field)
		add("hint.%s", l.Field)
		add("back.%s", l.Field)
		if l.Begins {
			add("begin")
		}
	}
	for _, s := range append([]civic.Step[civic.State]{{To: rules.Initial}}, rules.Steps...) {
		if s.To != "" {
			add("state.%s", s.To)
		}
	}
	return keys
}
