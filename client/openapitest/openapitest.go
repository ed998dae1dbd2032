// Package openapitest holds requests and responses against openapi.yaml in
// tests: a round tripper for what a client sends and receives, and a handler
// wrapper for what a service answers. Only tests import it.
package openapitest

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

//go:embed openapi.yaml
var document []byte

// uuidPattern accepts every version and variant: the service's ids are opaque.
const uuidPattern = `^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`

// ErrNoOperation is given for a request that no operation of openapi.yaml
// describes.
var ErrNoOperation = errors.New("no operation of openapi.yaml")

// Checker compares requests and responses with openapi.yaml. It is safe for
// concurrent use.
type Checker struct {
	doc  *openapi3.T
	uuid openapi3.SchemaValidationOption
}

// NewChecker reads the document; a document that cannot be used ends the test.
func NewChecker(t testing.TB) *Checker {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		t.Fatalf("openapi.yaml: %v", err)
	}
	return &Checker{
		doc:  doc,
		uuid: openapi3.WithStringFormatValidator("uuid", openapi3.NewRegexpFormatValidator(uuidPattern)),
	}
}

// Request says how r does not conform. The root may be anything: the path is
// compared from its segment "instances" on. Query parameters that the document
// does not name are refused, and a request needs a bearer token. The body of r
// is read and put back.
func (c *Checker) Request(r *http.Request) error {
	input, err := c.input(r)
	if err != nil {
		return err
	}
	if err := knownParameters(input); err != nil {
		return err
	}
	if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
		return fmt.Errorf("%s %s: %w", r.Method, r.URL.Path, err)
	}
	return nil
}

// Response says how an answer to r does not conform. An empty body is right
// for an error (contract, sections 2 and 5) and wrong where an object is due.
func (c *Checker) Response(r *http.Request, status int, header http.Header, body []byte) error {
	input, err := c.input(r)
	if err != nil {
		return err
	}
	answer := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input,
		Status:                 status,
		Header:                 header,
		Options:                input.Options,
	}
	if len(body) == 0 && status >= http.StatusBadRequest {
		options := *input.Options
		options.ExcludeResponseBody = true
		answer.Options = &options
	}
	answer.SetBodyBytes(body)
	if err := openapi3filter.ValidateResponse(r.Context(), answer); err != nil {
		return fmt.Errorf("answer %d to %s %s: %w", status, r.Method, r.URL.Path, err)
	}
	return nil
}

func (c *Checker) input(r *http.Request) (*openapi3filter.RequestValidationInput, error) {
	route, params := c.route(r)
	if route == nil {
		return nil, fmt.Errorf("%s %s: %w", r.Method, r.URL.Path, ErrNoOperation)
	}
	return &openapi3filter.RequestValidationInput{
		Request:     r,
		PathParams:  params,
		Route:       route,
		QueryParams: r.URL.Query(),
		Options: &openapi3filter.Options{
			IncludeResponseStatus:             true,
			RejectWhenRequestBodyNotSpecified: true,
			SkipSettingDefaults:               true,
			AuthenticationFunc:                authenticated,
			SchemaValidationOptions:           []openapi3.SchemaValidationOption{c.uuid},
		},
	}, nil
}

// route finds the operation. The document's servers are not used, so that a
// test server under any prefix will do.
func (c *Checker) route(r *http.Request) (*routers.Route, map[string]string) {
	segments := operationSegments(r.URL)
	for path, item := range c.doc.Paths.Map() {
		operation := item.GetOperation(r.Method)
		if operation == nil {
			continue
		}
		if params, ok := matchPath(path, segments); ok {
			return &routers.Route{Spec: c.doc, Path: path, PathItem: item, Method: r.Method, Operation: operation}, params
		}
	}
	return nil, nil
}

// operationSegments gives the decoded segments from "instances" on. Documents
// since 2023 name manage/tables for manage/entities (contract, section 4); it
// is held to the same operation.
func operationSegments(u *url.URL) []string {
	raw := strings.Split(u.EscapedPath(), "/")
	for len(raw) > 0 && raw[0] != "instances" {
		raw = raw[1:]
	}
	segments := make([]string, 0, len(raw))
	for _, segment := range raw {
		decoded, err := url.PathUnescape(segment)
		if err != nil {
			return nil
		}
		segments = append(segments, decoded)
	}
	if len(segments) > 3 && segments[2] == "manage" && segments[3] == "tables" {
		segments[3] = "entities"
	}
	return segments
}

func matchPath(path string, segments []string) (map[string]string, bool) {
	template := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(template) != len(segments) {
		return nil, false
	}
	params := map[string]string{}
	for i, want := range template {
		switch {
		case strings.HasPrefix(want, "{"):
			params[strings.Trim(want, "{}")] = segments[i]
		case want != segments[i]:
			return nil, false
		}
	}
	return params, true
}

func knownParameters(input *openapi3filter.RequestValidationInput) error {
	for name, values := range input.QueryParams {
		parameter := input.Route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name)
		if parameter == nil {
			return fmt.Errorf("%s %s: query parameter %q is not in openapi.yaml", input.Request.Method, input.Request.URL.Path, name)
		}
		if len(values) > 1 {
			return fmt.Errorf("%s %s: query parameter %q is given %d times", input.Request.Method, input.Request.URL.Path, name, len(values))
		}
	}
	return nil
}

// authenticated looks only for the presence of credentials; whether they are
// the right ones is for the service to say.
func authenticated(_ context.Context, input *openapi3filter.AuthenticationInput) error {
	header := input.RequestValidationInput.Request.Header
	switch input.SecuritySchemeName {
	case "bearer":
		if token, ok := strings.CutPrefix(header.Get("Authorization"), "Bearer "); ok && token != "" {
			return nil
		}
	case "subscriptionKey":
		if header.Get("Ocp-Apim-Subscription-Key") != "" {
			return nil
		}
	}
	return input.NewError(nil)
}

func isJSON(header http.Header) bool {
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	return err == nil && (kind == "application/json" || strings.HasSuffix(kind, "+json"))
}

// readAll reads a request's body without leaving it empty.
func readAll(body io.ReadCloser) ([]byte, error) {
	if body == nil || body == http.NoBody {
		return nil, nil
	}
	var kept bytes.Buffer
	_, err := kept.ReadFrom(body)
	if closeErr := body.Close(); err == nil {
		err = closeErr
	}
	return kept.Bytes(), err
}
