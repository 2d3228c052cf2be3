package contract_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pinezka/pinezka/web/contract"
	"github.com/pinezka/pinezka/web/serve"
)

// greetings is the part of the contract of a subject.
const greetings = `
paths:
  /greet:
    get:
      operationId: greet
      parameters:
        - {name: times, in: query, schema: {type: integer, minimum: 1}}
      responses:
        "200": {description: A greeting}
        default: {$ref: "#/components/responses/Problem"}
components:
  schemas:
    Greeting: {type: string}
`

func part(yaml string) fstest.MapFS { return fstest.MapFS{"openapi.yaml": {Data: []byte(yaml)}} }

// The check of a request that does not conform to the contract returns a
// problem that names what is wrong.
func Example() {
	c, err := contract.Load(contract.Files, part(greetings), fstest.MapFS{})
	if err != nil {
		fmt.Println(err)
		return
	}
	check := c.Check("GET", "/greet")
	for _, query := range []string{"times=2", "times=0"} {
		fmt.Println(check(httptest.NewRequest(http.MethodGet, "/greet?"+query, nil)))
	}
	fmt.Println(c.Query("GET", "/greet").Check("often=yes"))
	// Output:
	// <nil>
	// Bad parameter: times: number must be at least 1
	// Bad parameter: often: there is no such parameter
}

// TestLoadFindsCollisions checks that Load returns an error when two subjects
// define the same path or component, and for a reference to a component that
// does not exist.
func TestLoadFindsCollisions(t *testing.T) {
	for name, test := range map[string]struct{ yaml, want string }{
		"path":      {"paths: {/greet: {get: {responses: {}}}}", "/paths//greet"},
		"component": {"components: {schemas: {Greeting: {type: integer}}}", "/components/schemas/Greeting"},
		"title":     {"info: {title: Other, version: \"1\"}", "/info/title"},
		"reference": {strings.ReplaceAll(strings.ReplaceAll(greetings, "/greet", "/other"), "Greeting:", "Other: {$ref: \"#/components/schemas/Lost\"}\n    Third:"), "Lost"},
		"malformed": {"paths: [", "yaml"},
	} {
		if _, err := contract.Load(contract.Files, part(greetings), part(test.yaml)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, test.want)
		}
	}
}

func TestHas(t *testing.T) {
	c, err := contract.Load(contract.Files, part(greetings))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Operations(); len(got) != 1 || got[0] != "GET /greet" || !c.Has("GET", "/greet") || c.Has("POST", "/greet") {
		t.Errorf("operations: %q", got)
	}
	var p *serve.Problem
	if err := c.Check(http.MethodGet, "/greet")(httptest.NewRequest(http.MethodGet, "/greet?times=x", nil)); !errors.As(err, &p) || p.Errors[0].Parameter != "times" {
		t.Errorf("got %v", err)
	}
	if err := c.Check(http.MethodGet, "/unknown")(httptest.NewRequest(http.MethodGet, "/unknown?x=1", nil)); err != nil {
		t.Errorf("a path that is not in the contract: %v", err)
	}
}
