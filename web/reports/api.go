package reports

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// create stores a report of a thing of any kind.
func (h handlers) create(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	var body struct{ Kind, Ground, Text, Name, Email string }
	if err := serve.ReadJSON(r, &body); err != nil {
		return err
	}
	report := civic.NewReport{Kind: civic.ContentNotice, Name: body.Name, Email: body.Email}
	if body.Kind == civic.ErasureRequest.String() {
		report.Kind = civic.ErasureRequest
	}
	if report.Ground, err = civic.ParseGround(body.Ground); err != nil {
		return err
	}
	key, err := serve.RequestKey(r.Header)
	if err != nil {
		return err
	}
	id, err := h.add(r, in, key, body.Text, report)
	if err != nil {
		return err
	}
	encoded, err := json.Marshal(struct {
		ID    int64        `json:"id"`
		Thing int64        `json:"thing"`
		Kind  string       `json:"kind"`
		Links []serve.Link `json:"links"`
	}{id, in.thing.ID, report.Kind.String(), []serve.Link{{Rel: "about", Href: in.path(), Type: "text/html"}}})
	if err != nil {
		return fmt.Errorf("encode response: %w", err)
	}
	w.Header().Set("Content-Type", serve.TypeJSON)
	w.Header().Set("Cache-Control", serve.NoStore)
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(append(encoded, '\n')) // fails only if the client has disconnected
	return nil
}
