// Package contract bundles the OpenAPI documents of all subjects into the
// contract of the API, serves it, and checks requests against it.
package contract

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	yaml "github.com/oasdiff/yaml3"

	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the part of the contract that all subjects share.
//
//go:embed openapi.yaml
var Files embed.FS

// Contract is the contract of the API: its OpenAPI document.
type Contract struct {
	doc *openapi3.T
	raw []byte // YAML
}

// Load bundles the files openapi.yaml of all parts. The first part contains the
// title of the document. It returns an error for a path or a component that two
// parts define, and for a contract that is not valid.
func Load(parts ...fs.FS) (*Contract, error) {
	bundle := map[string]any{}
	for _, part := range parts {
		b, err := fs.ReadFile(part, "openapi.yaml")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the contract: %w", err)
		}
		var doc map[string]any
		if err := yaml.Unmarshal(b, &doc); err != nil {
			return nil, fmt.Errorf("parse the contract: %w", err)
		}
		if err := merge(bundle, doc, "", 2); err != nil {
			return nil, fmt.Errorf("bundle the contract: %w", err)
		}
	}
	raw, err := yaml.Marshal(bundle)
	if err != nil {
		return nil, fmt.Errorf("bundle the contract: %w", err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		return nil, fmt.Errorf("parse the contract: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil { //nolint:forbidigo // it only takes options from the context
		return nil, fmt.Errorf("check the contract: %w", err)
	}
	return &Contract{doc, raw}, nil
}

// merge adds the members of from to into. Down to the depth, it merges objects
// that both have; any other member that both have is an error.
func merge(into, from map[string]any, path string, depth int) error {
	for _, name := range slices.Sorted(maps.Keys(from)) {
		mine, taken := into[name]
		object, isObject := mine.(map[string]any)
		other, bothObjects := from[name].(map[string]any)
		switch {
		case !taken:
			into[name] = from[name]
		case isObject && bothObjects && depth > 0:
			if err := merge(object, other, path+"/"+name, depth-1); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s/%s is defined twice", path, name)
		}
	}
	return nil
}

// Routes returns the route of the contract itself.
func (c *Contract) Routes(s *serve.Service) []serve.Route {
	return []serve.Route{
		serve.API("GET", "/openapi.yaml", serve.Public, serve.Read, func(w http.ResponseWriter, r *http.Request) error {
			return s.SendContent(w, r, serve.Content{Type: "application/yaml; charset=utf-8", CacheControl: serve.NoCache, Body: c.raw})
		}),
	}
}

// Has reports whether the contract has an operation.
func (c *Contract) Has(method, pattern string) bool {
	item := c.doc.Paths.Value(pattern)
	return item != nil && item.GetOperation(method) != nil
}

// Operations returns the operations of the contract, such as "GET
// /openapi.yaml", in alphabetical order.
func (c *Contract) Operations() []string {
	var all []string
	for pattern, item := range c.doc.Paths.Map() {
		for method := range item.Operations() {
			all = append(all, method+" "+pattern)
		}
	}
	slices.Sort(all)
	return all
}

// parameters returns the parameters of an operation.
func parameters(item *openapi3.PathItem, method string) (all []*openapi3.Parameter) {
	for _, p := range slices.Concat(item.Parameters, item.GetOperation(method).Parameters) {
		all = append(all, p.Value)
	}
	return all
}

// Query returns the parameters that an operation of the contract has in the
// query. Those that are arrays may be repeated.
func (c *Contract) Query(method, pattern string) serve.Parameters {
	var out serve.Parameters
	for _, p := range parameters(c.doc.Paths.Value(pattern), method) {
		switch {
		case p.In != openapi3.ParameterInQuery:
		case p.Schema.Value.Type.Is(openapi3.TypeArray):
			out.Repeated = append(out.Repeated, p.Name)
		default:
			out.Single = append(out.Single, p.Name)
		}
	}
	return out
}

// Check returns a function that checks requests to a route, whose query has the
// right parameters: that these are well-formed, and that the body conforms to
// the schema. The problem that the function returns names what is wrong. It does
// not check routes that are not in the contract, such as pages, or tiles, whose
// handler checks requests without allocations.
func (c *Contract) Check(method, pattern string) func(*http.Request) error {
	if !c.Has(method, pattern) || strings.HasPrefix(pattern, "/tiles/") {
		return func(*http.Request) error { return nil }
	}
	item := c.doc.Paths.Value(pattern)
	route := &routers.Route{Spec: c.doc, Path: pattern, PathItem: item, Method: method, Operation: item.GetOperation(method)}
	var path []string
	for _, p := range parameters(item, method) {
		if p.In == openapi3.ParameterInPath {
			path = append(path, p.Name)
		}
	}
	hasBody := route.Operation.RequestBody != nil
	return func(r *http.Request) error {
		if hasBody {
			if err := checkJSON(r); err != nil {
				return err
			}
		}
		values := map[string]string{}
		for _, name := range path {
			values[name] = r.PathValue(name)
		}
		return problem(openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
			Request: r, PathParams: values, Route: route,
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
		}))
	}
}

// unknownMember returns the name of a member that an object must not have, if
// that is what is wrong with it.
func unknownMember(err *openapi3.SchemaError) []string {
	object, isObject := err.Value.(map[string]any)
	if !isObject || err.SchemaField != "properties" {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if err.Schema.Properties[name] == nil {
			return []string{name}
		}
	}
	return nil
}

// problem returns the error of a validation as a problem.
func problem(err error) error {
	if err == nil {
		return nil
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	var request *openapi3filter.RequestError
	if !errors.As(err, &request) {
		return &serve.Problem{Status: http.StatusBadRequest, Title: "Bad request", Detail: "the request does not conform to the contract", Cause: err}
	}
	detail := request.Reason
	var schema *openapi3.SchemaError
	if errors.As(request.Err, &schema) {
		detail = schema.Reason
		if field := strings.Join(append(schema.JSONPointer(), unknownMember(schema)...), "."); field != "" && request.Parameter == nil {
			return &serve.Problem{
				Status: http.StatusBadRequest, Title: "Bad body", Detail: fmt.Sprintf("%s: %s", field, detail),
				Errors: []serve.Fault{{Field: field, Detail: detail}},
			}
		}
	} else if request.Err != nil {
		detail = strings.TrimSpace(detail + " " + request.Err.Error())
	}
	if request.Parameter != nil {
		return serve.BadParameter(request.Parameter.Name, detail)
	}
	return &serve.Problem{Status: http.StatusBadRequest, Title: "Bad body", Detail: detail}
}
