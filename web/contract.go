package web

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

//go:embed openapi.yaml
var openapiYAML []byte

// contract is openapi.yaml: what the API promises, checked at the door.
type contract struct{ doc *openapi3.T }

func loadContract() (*contract, error) {
	doc, err := openapi3.NewLoader().LoadFromData(openapiYAML)
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	return &contract{doc}, nil
}

// route of the contract, nil for one that it does not hold (pages, assets).
func (c *contract) route(method, pattern string) *routers.Route {
	item := c.doc.Paths.Value(pattern)
	if item == nil || item.GetOperation(method) == nil {
		return nil
	}
	return &routers.Route{Spec: c.doc, Path: pattern, PathItem: item, Method: method, Operation: item.GetOperation(method)}
}

// check of requests to a route: parameters that there are, of the right form,
// and a body of the right shape. It answers a 400 that names what is wrong.
// Tiles have a check of their own, which costs no allocation.
func (c *contract) check(method, pattern string) func(*http.Request) error {
	route := c.route(method, pattern)
	if route == nil || strings.HasPrefix(pattern, "/tiles/") {
		return func(*http.Request) error { return nil }
	}
	var path, query []string
	for _, list := range []openapi3.Parameters{route.PathItem.Parameters, route.Operation.Parameters} {
		for _, p := range list {
			switch p.Value.In {
			case openapi3.ParameterInPath:
				path = append(path, p.Value.Name)
			case openapi3.ParameterInQuery:
				query = append(query, p.Value.Name)
			}
		}
	}
	return func(r *http.Request) error {
		for name := range r.URL.Query() {
			if !slices.Contains(query, name) {
				return badParameter(name, "there is no such parameter")
			}
		}
		values := map[string]string{}
		for _, name := range path {
			values[name] = r.PathValue(name)
		}
		err := openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
			Request: r, PathParams: values, Route: route,
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
		})
		return requestProblem(err)
	}
}

// requestProblem says in plain words what the contract found wrong.
func requestProblem(err error) error {
	if err == nil {
		return nil
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	var request *openapi3filter.RequestError
	if !errors.As(err, &request) {
		return &problem{Status: http.StatusBadRequest, Title: "Bad request", Detail: "the request does not fit the contract", cause: err}
	}
	detail := request.Reason
	var schema *openapi3.SchemaError
	if errors.As(request.Err, &schema) {
		detail = schema.Reason
		if field := strings.Join(schema.JSONPointer(), "."); field != "" && request.Parameter == nil {
			return &problem{
				Status: http.StatusBadRequest, Title: "Bad body", Detail: fmt.Sprintf("%s: %s", field, detail),
				Errors: []problemFault{{Field: field, Detail: detail}},
			}
		}
	} else if request.Err != nil {
		detail = strings.TrimSpace(detail + " " + request.Err.Error())
	}
	if request.Parameter != nil {
		return badParameter(request.Parameter.Name, detail)
	}
	return &problem{Status: http.StatusBadRequest, Title: "Bad body", Detail: detail}
}

func (s *Server) openAPI(w http.ResponseWriter, r *http.Request) error {
	return s.respond(w, r, content{"application/yaml; charset=utf-8", cacheNone, openapiYAML})
}
