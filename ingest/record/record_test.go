package record

import (
	"strings"
	"testing"
)

func TestGet(t *testing.T) {
	r := Record{Columns: NewColumns("a", "b", "a", "c"), Values: []string{"1", "2", "3"}}
	for column, want := range map[string]string{"a": "1", "b": "2"} {
		if got, ok := r.Get(column); got != want || !ok {
			t.Errorf("column %s is %q, %t, want %q", column, got, ok, want)
		}
	}
	for _, column := range []string{"c", "d", ""} {
		if got, ok := r.Get(column); ok {
			t.Errorf("column %q is %q", column, got)
		}
	}
	if got, ok := (Record{}).Get("a"); ok {
		t.Errorf("a record without columns has %q", got)
	}
}

func TestCleanName(t *testing.T) {
	if got := CleanName(" Dł.\n geogr.\u0301 "); got != "Dł. geogr.\u0301" {
		t.Errorf("got %q", got)
	}
	if got := CleanName("\ufeff\u200bi\u00add\u00a0\u202anr\u202c"); got != "id nr" {
		t.Errorf("got %q", got)
	}
	if got := CleanName("o\u0301"); got != "ó" {
		t.Errorf("got %q", got)
	}
}

func TestShorten(t *testing.T) {
	if got := Shorten(strings.Repeat("ł", 60)); got != strings.Repeat("ł", 60) {
		t.Errorf("got %q", got)
	}
	if got := Shorten(strings.Repeat("ł", 61)); got != strings.Repeat("ł", 60)+"…" {
		t.Errorf("got %q", got)
	}
}
