package webtest

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// Office returns a draft of an office in Polish.
func Office(name, hours string, place orb.Point) civic.RecordDraft {
	return civic.RecordDraft{
		Kind:   civic.OfficeThing,
		Values: civic.Values{Texts: map[string]civic.Text{"name": {"pl": name}, "hours": {"pl": hours}}},
		Point:  &place,
	}
}

// Add adds a thing that is public, linked as fields name it.
func (s *Site) Add(t testing.TB, draft civic.RecordDraft, links ...civic.FieldLinks) civic.Thing {
	t.Helper()
	v, _ := s.Live.District("trial")
	content, err := v.District.AcceptRecord(draft)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Store.Do(t.Context(), &v.District, civic.Actor{Kind: civic.System}, civic.Command{
		Action: civic.Submit, Kind: draft.Kind, Content: content, Links: links,
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Changed[0]
}
