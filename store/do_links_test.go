package store_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// threaded is a district in which things are linked.
type threaded struct {
	*store.Store
	t    *testing.T
	d    *civic.District
	conn *pgx.Conn

	moderator civic.Actor
}

func openThreaded(t *testing.T) threaded {
	s, _, conn := open(t)
	d := district()
	d.Slug = "threaded"
	d.Categories = append(d.Categories, civic.Category{Slug: "clubs", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#112233", Label: civic.Text{"en": "Clubs"}})
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	h := threaded{Store: s, t: t, d: &d, conn: conn}
	h.moderator = civic.Actor{Kind: civic.Account, ID: 8, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: d.ID}}}
	return h
}

// Pins of the district.
var (
	club = civic.Draft{Category: "clubs", Title: "Club", Point: orb.Point{19.95, 50.05}}
	fear = civic.Draft{Category: "fear", Title: "Fear", Point: orb.Point{19.95, 50.05}}
)

// submit adds a thing that is public, linked as fields name it.
func (h threaded) submit(kind civic.ThingKind, name string, links ...civic.FieldLinks) int64 {
	h.t.Helper()
	out, err := h.Do(h.t.Context(), h.d, h.moderator, h.submission(kind, name, links...))
	if err != nil {
		h.t.Fatal(err)
	}
	return out.Changed[0].ID
}

// submission returns the command that submit carries out.
func (h threaded) submission(kind civic.ThingKind, name string, links ...civic.FieldLinks) civic.Command {
	h.t.Helper()
	draft := civic.RecordDraft{Kind: kind, Values: civic.Values{
		Texts: map[string]civic.Text{}, Words: map[string]string{}, Rows: map[string][]civic.Values{},
	}}
	for _, f := range kind.Rules().Fields {
		switch {
		case f.Required && f.Type.IsByLanguage():
			draft.Texts[f.Name] = civic.Text{"en": name}
		case f.Type == civic.RowsField && f.Required:
			draft.Rows[f.Name] = []civic.Values{{Texts: map[string]civic.Text{f.Rows[0].Name: {"en": name}}}}
		case f.Required && (f.Type == civic.WordField || f.Type == civic.SaidField):
			draft.Words[f.Name] = name
		case f.Required && f.Type == civic.NumberField:
			draft.Words[f.Name] = "2"
		case f.Required && f.Type == civic.DateField:
			draft.Words[f.Name] = "2026-01-31"
		case f.Required && f.Type == civic.TimeField:
			draft.Words[f.Name] = map[bool]string{false: "2026-01-31T18:00", true: "2026-01-31T20:00"}[f.Name == "ends"]
		case f.Name == "address" && f.Type == civic.LineField:
			draft.Texts[f.Name] = civic.Text{"en": name}
		case f.Required && f.Type == civic.AreaField:
			draft.Words[f.Name] = h.d.Areas[0].Slug
		case f.Required && f.Type == civic.ChoiceField:
			draft.Words[f.Name] = f.Options[0]
		}
	}
	content, err := h.d.AcceptRecord(draft)
	if err != nil {
		h.t.Fatalf("what a %s needs, which submission is to have: %v", kind, err)
	}
	return civic.Command{Action: civic.Submit, Kind: kind, Content: content, Links: links}
}

// act takes an action of a moderator on a thing.
func (h threaded) act(action civic.Action, id int64, link civic.NewLink) {
	h.t.Helper()
	if _, err := h.Do(h.t.Context(), h.d, h.moderator, civic.Command{Action: action, Things: []int64{id}, Link: link, Reason: "because"}); err != nil {
		h.t.Fatal(err)
	}
}

// want checks the states of things.
func (h threaded) want(after string, want map[int64]civic.State) {
	h.t.Helper()
	got := map[int64]civic.State{}
	for id := range want {
		got[id] = thing(h.t, h.Store, h.d, id).State
	}
	if diff := cmp.Diff(want, got); diff != "" {
		h.t.Errorf("%s (-want +got):\n%s", after, diff)
	}
	checkThings(h.t, h.conn)
}

// TestCauses checks that the functions of causes and results say of every relation what
// civic does.
func TestCauses(t *testing.T) {
	h := openThreaded(t)
	from, to := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, tree, civic.Published)
	want, got := map[string][2]int64{}, map[string][2]int64{}
	for r := civic.DuplicateOf; ; r++ {
		if _, err := civic.ParseRelation(r.String()); err != nil {
			break // these were all
		}
		if result, cause, ok := (civic.Link{From: from, Relation: r, To: to}).CameOf(); ok {
			want[r.String()] = [2]int64{cause, result}
		}
		if _, err := h.conn.Exec(t.Context(), `insert into links (district_id, from_id, relation, to_id) values ($1, $2, $3, $4)`, h.d.ID, from, r.String(), to); err != nil {
			t.Fatal(err)
		}
	}
	rows, _ := h.conn.Query(t.Context(), `
		select causes.relation, cause_id, result_id
		from unnest($2::bigint[]) as one (id)
		cross join lateral causes_of($1, id) as causes
		cross join lateral results_of($1, cause_id) as results
		where results.relation = causes.relation
		  and result_id = id`, h.d.ID, []int64{from, to}) // ForEachRow returns the error
	var relation string
	var ends [2]int64
	_, err := pgx.ForEachRow(rows, []any{&relation, &ends[0], &ends[1]}, func() error {
		got[relation] = ends
		return nil
	})
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestThread follows a thread from needs to what meets them: what is done to a
// thing is done to the needs that it concerns, undone with it, and every end of a
// link has it in its record.
func TestThread(t *testing.T) {
	h := openThreaded(t)
	a, b, later := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, tree, civic.Published)
	diagnosis := h.submit(civic.DiagnosisThing, "Shade is missing", civic.FieldLinks{Field: "evidence", Things: []int64{a, b, b}})
	h.want("a diagnosis", map[int64]civic.State{a: "diagnosed", b: "diagnosed", later: "reported", diagnosis: "current"})

	h.act(civic.AddLink, diagnosis, civic.NewLink{Field: "evidence", Thing: later})
	h.want("one need more", map[int64]civic.State{later: "diagnosed"})
	h.act(civic.Undo, diagnosis, civic.NewLink{})
	linked, err := h.Links(t.Context(), h.d, []int64{diagnosis})
	if diff := cmp.Diff([]civic.Link{{From: a, Relation: civic.EvidenceFor, To: diagnosis}, {From: b, Relation: civic.EvidenceFor, To: diagnosis}}, linked.Links); err != nil || diff != "" {
		t.Errorf("after undo: %v (-want +got):\n%s", err, diff)
	}

	initiative := h.submit(civic.InitiativeThing, "Plant trees", civic.FieldLinks{Field: "answers", Things: []int64{diagnosis}})
	h.want("an idea", map[int64]civic.State{a: "diagnosed", initiative: "idea"})
	h.act(civic.Start, initiative, civic.NewLink{})
	h.want("it starts", map[int64]civic.State{a: "in_action", b: "in_action", initiative: "running"})
	h.act(civic.Undo, initiative, civic.NewLink{})
	h.want("that is undone", map[int64]civic.State{a: "diagnosed", b: "diagnosed", initiative: "idea"})
	h.act(civic.Start, initiative, civic.NewLink{})
	h.act(civic.Complete, initiative, civic.NewLink{})
	h.want("it is done", map[int64]civic.State{a: "met", b: "met", initiative: "done"})

	for id, want := range map[int64]int{a: 3, initiative: 4, diagnosis: 4} {
		thread, err := h.Thread(t.Context(), h.d, id)
		if err != nil || len(thread.Things) != want {
			t.Errorf("the thread of %d has %d things, want %d: %v", id, len(thread.Things), want, err)
		}
	}
	thread, err := h.Thread(t.Context(), h.d, a)
	if err != nil {
		t.Fatal(err)
	}
	public := thread.Public()
	var got []string
	for _, e := range public.Entries {
		of, _ := public.Thing(e.ThingID)
		got = append(got, of.Kind.String()+" "+e.Action.String())
	}
	want := []string{
		"pin publish", "pin end_diagnosis", "diagnosis publish", "initiative publish", "pin begin_action", "initiative start", "pin meet", "initiative complete",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the entries (-want +got):\n%s", diff)
	}
	history, err := h.History(t.Context(), h.d, b)
	if err != nil || history[len(history)-1].Action != civic.Meet {
		t.Errorf("the history of a need: %+v, %v", history, err)
	}
	var entries int
	if err := h.conn.QueryRow(t.Context(), `select count(*) from audit where action in ('link', 'unlink') and thing_id = $1`, later).Scan(&entries); err != nil || entries != 2 {
		t.Errorf("%d entries of links at the other end: %v", entries, err)
	}
}

// TestLinksAreChecked checks what cannot be linked, and that nothing changes then.
func TestLinksAreChecked(t *testing.T) {
	h := openThreaded(t)
	need, waiting := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, tree, civic.Pending)
	first := h.submit(civic.DiagnosisThing, "First", civic.FieldLinks{Field: "evidence", Things: []int64{need}})
	for name, test := range map[string]struct {
		kind  civic.ThingKind
		links []civic.FieldLinks
		want  error
	}{
		"no evidence":             {civic.DiagnosisThing, nil, civic.ErrInvalid},
		"empty evidence":          {civic.DiagnosisThing, []civic.FieldLinks{{Field: "evidence"}}, civic.ErrInvalid},
		"nothing there":           {civic.DiagnosisThing, []civic.FieldLinks{{Field: "evidence", Things: []int64{need, 1 << 40}}}, civic.ErrInvalid},
		"another kind":            {civic.DiagnosisThing, []civic.FieldLinks{{Field: "evidence", Things: []int64{first}}}, civic.ErrInvalid},
		"no such field":           {civic.InitiativeThing, []civic.FieldLinks{{Field: "evidence", Things: []int64{need}}}, civic.ErrInvalid},
		"a pin of another kind":   {civic.OrganisationThing, []civic.FieldLinks{{Field: "pin", Things: []int64{need}}}, civic.ErrInvalid},
		"what waits, to somebody": {civic.DiagnosisThing, []civic.FieldLinks{{Field: "evidence", Things: []int64{waiting}}}, nil}, // who may edit it
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.Do(t.Context(), h.d, h.moderator, h.submission(test.kind, "Second", test.links...))
			if !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
		})
	}
	council := civic.Actor{Kind: civic.Account, ID: 9, Grants: []civic.Grant{{Role: civic.Council, DistrictID: h.d.ID}}}
	c := h.submission(civic.InitiativeThing, "Plant", civic.FieldLinks{Field: "answers", Things: []int64{waiting}})
	if _, err := h.Do(t.Context(), h.d, council, c); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("who may not know of a pin links it: %v", err)
	}
	h.want("one that waits", map[int64]civic.State{waiting: "reported"})
}

// TestEditOfLinks checks that an edit with links changes both, that its undo takes
// back both, and that fields it does not name stay.
func TestEditOfLinks(t *testing.T) {
	h := openThreaded(t)
	a, b := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, tree, civic.Published)
	id := h.submit(civic.DiagnosisThing, "Before", civic.FieldLinks{Field: "evidence", Things: []int64{a}})
	edit := civic.Command{
		Action: civic.Edit, Things: []int64{id}, Version: 1, Content: h.submission(civic.DiagnosisThing, "After").Content,
		Links: []civic.FieldLinks{{Field: "evidence", Things: []int64{b}}},
	}
	if _, err := h.Do(t.Context(), h.d, h.moderator, edit); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Do(t.Context(), h.d, h.moderator, edit); !errors.Is(err, civic.ErrChanged) {
		t.Errorf("the same version once more: %v", err)
	}
	evidence := func() (ids []int64) {
		linked, err := h.Links(t.Context(), h.d, []int64{id})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range linked.Links {
			ids = append(ids, l.From)
		}
		return ids
	}
	if got := thing(t, h.Store, h.d, id); got.Title != "After" || !cmp.Equal(evidence(), []int64{b}) {
		t.Errorf("%q with %v", got.Title, evidence())
	}
	h.want("edited", map[int64]civic.State{b: "diagnosed"})
	h.act(civic.Undo, id, civic.NewLink{})
	if got := thing(t, h.Store, h.d, id); got.Title != "Before" || !cmp.Equal(evidence(), []int64{a}) {
		t.Errorf("after undo: %q with %v", got.Title, evidence())
	}
	edit.Version, edit.Links = 3, nil
	if _, err := h.Do(t.Context(), h.d, h.moderator, edit); err != nil || !cmp.Equal(evidence(), []int64{a}) {
		t.Errorf("an edit of the text alone: %v, %v", evidence(), err)
	}
}

// TestOwner checks that the members of an organisation may edit what it owns, and
// nobody else's.
func TestOwner(t *testing.T) {
	h := openThreaded(t)
	pin := add(t, h.Store, h.d, club, civic.Published)
	other := add(t, h.Store, h.d, club, civic.Published)
	member := civic.Actor{Kind: civic.Account, ID: 12, Grants: []civic.Grant{{Role: civic.Member, DistrictID: h.d.ID, OrganisationID: pin}}}
	c := h.submission(civic.OfferThing, "A room")
	c.Owner = other
	if _, err := h.Do(t.Context(), h.d, member, c); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("in the name of others: %v", err)
	}
	c.Owner = pin
	out, err := h.Do(t.Context(), h.d, member, c)
	if err != nil || out.Changed[0].Publication != civic.Pending || out.Changed[0].OwnerID != pin {
		t.Fatalf("%+v, %v", out, err)
	}
	id := out.Changed[0].ID
	if _, err := publish(t, h.Store, h.d, h.moderator, []int64{id}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Do(t.Context(), h.d, member, civic.Command{Action: civic.Complete, Things: []int64{id}}); err != nil {
		t.Error(err)
	}
	h.want("settled", map[int64]civic.State{id: "settled"})
	stranger := civic.Actor{Kind: civic.Account, ID: 13, Grants: []civic.Grant{{Role: civic.Member, DistrictID: h.d.ID, OrganisationID: other}}}
	if _, err := h.Do(t.Context(), h.d, stranger, civic.Command{Action: civic.Resume, Things: []int64{id}}); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a member of another organisation: %v", err)
	}
}

// TestLifecyclesOfKinds takes every action in every state of every kind: it is
// done exactly where the table has a step, and recorded with its states.
func TestLifecyclesOfKinds(t *testing.T) {
	h := openThreaded(t)
	need, pin := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, club, civic.Published)
	initiative, programme := h.submit(civic.InitiativeThing, "Base"), h.submit(civic.ProgrammeThing, "Academy")
	h.enrol(programme)
	required := func(rules *civic.KindRules) (links []civic.FieldLinks) {
		for _, l := range rules.Links {
			other := need
			switch {
			case l.Presence != civic.Required:
				continue
			case l.PinKind == civic.Organisation:
				other = pin
			case slices.Contains(l.Kinds, civic.InitiativeThing):
				other = initiative
			case slices.Contains(l.Kinds, civic.ProgrammeThing):
				other = programme
			}
			links = append(links, civic.FieldLinks{Field: l.Field, Things: []int64{other}})
		}
		return links
	}
	for _, kind := range civic.ThingKinds() {
		steps := kind.Rules().Steps
		if kind == civic.PinThing || len(steps) == 0 {
			continue
		}
		c := h.submission(kind, "Thing", required(kind.Rules())...)
		if kind.Rules().Reachable {
			c.Email = "anna@example.org"
		}
		out, err := h.Do(t.Context(), h.d, h.moderator, c)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		id := out.Changed[0].ID
		states := map[civic.State]bool{}
		for _, s := range steps {
			states[s.From], states[s.To] = true, true
		}
		for state := range states {
			for _, action := range civic.Actions() {
				if !isStepOfAnyKind(action) {
					continue
				}
				if _, err := h.conn.Exec(t.Context(), `update things set state = $2 where thing_id = $1`, id, state.String()); err != nil {
					t.Fatal(err)
				}
				if outcome, ok := action.ReplyOutcome(); ok && kind == civic.RecommendationThing {
					h.reply(id, outcome)
				}
				var want civic.State
				for _, s := range steps {
					if s.From == state && s.Action == action {
						want = s.To
					}
				}
				_, err := h.Do(t.Context(), h.d, civic.Actor{Kind: civic.Operator, Name: "root"}, said(action, id))
				got := thing(t, h.Store, h.d, id).State
				switch {
				case want == "" && (!errors.Is(err, civic.ErrConflict) || got != state):
					t.Errorf("%s, %s: %s leads to %s, %v", kind, state, action, got, err)
				case want != "" && (err != nil || got != want):
					t.Errorf("%s, %s: %s leads to %s, want %s: %v", kind, state, action, got, want, err)
				}
			}
		}
	}
}

// enrol lets people enrol for a programme.
func (h threaded) enrol(programme int64) {
	h.t.Helper()
	for _, statement := range []string{
		`update things set state = 'enrolling' where thing_id = $1`,
		`update contents set content = jsonb_set(content, '{words,enrol_until}', '"2149-01-01"') where thing_id = $1`,
	} {
		if _, err := h.conn.Exec(h.t.Context(), statement, programme); err != nil {
			h.t.Fatal(err)
		}
	}
}

// said returns the command of an action, with what it has to say.
func said(action civic.Action, id int64) civic.Command {
	c := civic.Command{Action: action, Things: []int64{id}, Reason: "because"}
	if action.NeedsText() {
		c.Text = "a text"
	}
	return c
}

// reply sets the reply to the only paragraph of a recommendation.
func (h threaded) reply(id int64, outcome string) {
	h.t.Helper()
	if _, err := h.conn.Exec(h.t.Context(), `
		update contents
		set content = content || jsonb_build_object('rows', jsonb_build_object('paragraphs', jsonb_build_array(
		  jsonb_build_object('texts', '{"text": {"en": "Thing"}, "reasons": {"en": "because"}}'::jsonb, 'words', jsonb_build_object('reply', $2::text)))))
		where thing_id = $1`, id, outcome); err != nil {
		h.t.Fatal(err)
	}
}

// isStepOfAnyKind reports whether an action is a step of a kind other than pins.
func isStepOfAnyKind(action civic.Action) bool {
	for _, kind := range civic.ThingKinds() {
		for _, s := range kind.Rules().Steps {
			if s.Action == action && kind != civic.PinThing {
				return true
			}
		}
	}
	return false
}

// TestThreadOfHexOnlyPins checks that a pin that the public only counts is in no
// public thread, and has no place in links.
func TestThreadOfHexOnlyPins(t *testing.T) {
	h := openThreaded(t)
	shown, hidden := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, fear, civic.Published)
	id := h.submit(civic.DiagnosisThing, "Fear", civic.FieldLinks{Field: "evidence", Things: []int64{shown, hidden}})
	thread, err := h.Thread(t.Context(), h.d, id)
	if err != nil || len(thread.Things) != 3 {
		t.Fatalf("%d things: %v", len(thread.Things), err)
	}
	public := thread.Public()
	for _, found := range public.Things {
		if found.ID == hidden {
			t.Error("the public thread has it")
		}
	}
	for _, e := range public.Entries {
		if e.ThingID == hidden {
			t.Errorf("the public thread tells of it: %+v", e)
		}
	}
	if diff := cmp.Diff([]civic.Link{{From: shown, Relation: civic.EvidenceFor, To: id}}, public.Links, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	linked, err := h.Links(t.Context(), h.d, []int64{id})
	if err != nil || !linked.Ends[hidden].HexOnly || linked.Ends[hidden].Shown != [2]float64{} || linked.Ends[shown].Shown == [2]float64{} {
		t.Errorf("%+v, %v", linked, err)
	}
}

// TestEditKeepsUnknownLinks checks that an edit by somebody who may not know what a
// thing is linked to ends none of these links, and those that it does not name.
func TestEditKeepsUnknownLinks(t *testing.T) {
	h := openThreaded(t)
	owner := add(t, h.Store, h.d, club, civic.Published)
	member := civic.Actor{Kind: civic.Account, ID: 12, Grants: []civic.Grant{{Role: civic.Member, DistrictID: h.d.ID, OrganisationID: owner}}}
	shown, counted, hidden := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, fear, civic.Published), add(t, h.Store, h.d, tree, civic.Published)
	c := h.submission(civic.InitiativeThing, "Light", civic.FieldLinks{Field: "answers", Things: []int64{shown, counted, hidden}})
	c.Owner = owner
	out, err := h.Do(t.Context(), h.d, h.moderator, c)
	if err != nil {
		t.Fatal(err)
	}
	id := out.Changed[0].ID
	h.act(civic.Hide, hidden, civic.NewLink{})
	answers := func() (ids []int64) {
		linked, err := h.Links(t.Context(), h.d, []int64{id})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range linked.Links {
			ids = append(ids, l.To)
		}
		slices.Sort(ids)
		return ids
	}
	edit := civic.Command{
		Action: civic.Edit, Things: []int64{id}, Content: c.Content,
		Version: thing(t, h.Store, h.d, id).Version, Links: []civic.FieldLinks{{Field: "answers"}},
	}
	if _, err := h.Do(t.Context(), h.d, member, edit); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int64{counted, hidden}, answers()); diff != "" {
		t.Errorf("edited by a member (-want +got):\n%s", diff)
	}
	edit.Version++
	if _, err := h.Do(t.Context(), h.d, h.moderator, edit); err != nil {
		t.Fatal(err)
	}
	if got := answers(); len(got) != 0 {
		t.Errorf("edited by a moderator, who knows them: %v", got)
	}
}
