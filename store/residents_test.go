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

func TestResident(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	s, d := erasable(t, url, storetest.Keys(t), storetest.Erasures(t))
	ids := report(t, s, d)
	contact := contactOf(t, s, d, ids[0])
	r, err := s.Resident(t.Context(), d, contact)
	if err != nil || r.Email != person || r.Language != "en" || r.Cadence != civic.Instant || !r.ConfirmedAt.IsZero() {
		t.Errorf("the contact is %+v (%v)", r, err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `update contacts set confirmed_at = now() where contact_id = $1`, contact); err != nil {
		t.Fatal(err)
	}
	if err := s.SetResident(t.Context(), d, contact, "uk", civic.Weekly); err != nil {
		t.Fatal(err)
	}
	r, err = s.Resident(t.Context(), d, contact)
	if err != nil || r.Language != "uk" || r.Cadence != civic.Weekly || r.ConfirmedAt.IsZero() {
		t.Errorf("the contact became %+v (%v)", r, err)
	}
	pins, err := s.ResidentPins(t.Context(), d, contact)
	if err != nil || len(pins) != 3 || pins[0].Publication != civic.Hidden || pins[2].Category.Visibility != civic.HexOnly {
		t.Errorf("the pins of the contact are %+v (%v), want three, the last one hex-only", pins, err)
	}

	export, err := s.ExportResident(t.Context(), d, contact)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(export)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{person, "Skarbonka", "Kalosz", "To pani Trzmielewska.", `"submit"`, `"hide"`, "19.951"} {
		if !strings.Contains(string(encoded), part) {
			t.Errorf("the export lacks %s", part)
		}
	}
	if strings.Contains(string(encoded), "lime") {
		t.Error("the export has the pin of somebody else")
	}

	elsewhere := *d
	elsewhere.ID++
	if _, err := s.Resident(t.Context(), &elsewhere, contact); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("another district has the contact too: %v", err)
	}
	if err := s.SetResident(t.Context(), &elsewhere, contact, "pl", civic.Daily); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("another district changes the contact: %v", err)
	}
}
