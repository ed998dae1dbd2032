// Requests find their way here: root, path, credentials, limit, faults, and
// then the operation.

package sandbox

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
)

// call is one request while it is answered.
type call struct {
	*Service
	request *http.Request
	prefix  string // of the root
	style   Style  // of the answer
	name    string // of the operation
	params  map[string]string
	in      *instance // nil where the path names none
	out     *answer
	now     time.Time
	effects effects // the faults that this call meets
}

// operation is one of the contract's, by the name that faults use.
type operation struct {
	name   string
	method string
	path   []string // below the root; {name} stands for one segment
	handle func(*call) error
}

func op(name, method, path string, handle func(*call) error) operation {
	return operation{name, method, strings.Split(path, "/"), handle}
}

// operations lists what the service can do. The names after tables are those
// that documentation gives the same paths since 2023 (contract, section 4).
func (s *Service) operations() []operation {
	entities, other := "entities", "tables"
	if s.options.Style == StyleAwkward {
		entities, other = other, ""
	}
	in := "instances/{instanceId}"
	list := []operation{
		op("instances", http.MethodGet, "instances", (*call).listInstances),
		op("instance", http.MethodGet, in, (*call).describeInstance),
		op("role", http.MethodGet, in+"/rbac/myrole", (*call).describeRole),
		op("entities", http.MethodGet, in+"/manage/"+entities, (*call).listEntities),
		op("entity", http.MethodGet, in+"/manage/"+entities+"/{entityName}", (*call).describeEntity),
		op("size", http.MethodGet, in+"/manage/"+entities+"/{entityName}/entitysize", (*call).sizeOfEntity),
		op("relationships", http.MethodGet, in+"/manage/relationships", (*call).listRelationships),
		op("query", http.MethodGet, in+"/data/{entityName}", (*call).query),
		op("post", http.MethodPost, in+"/data/{entityName}", (*call).post),
		op("patch", http.MethodPatch, in+"/data/{entityName}/{entityId}", (*call).patch),
		op("keyring", http.MethodGet, in+"/profile/keyring", (*call).keyRing),
		op("counts", http.MethodGet, in+"/profile/activityresponsemetadata", (*call).activityCounts),
	}
	if other != "" {
		list = append(list,
			op("entities", http.MethodGet, in+"/manage/"+other, (*call).listEntities),
			op("entity", http.MethodGet, in+"/manage/"+other+"/{entityName}", (*call).describeEntity))
	}
	return list
}

// operationNames lists what a fault can name, in the order of the help.
func operationNames() []string {
	return []string{
		"instances", "instance", "role", "entities", "entity", "size", "relationships",
		"query", "post", "patch", "keyring", "counts",
	}
}

// newRoutes makes the handler. Paths are taken apart here and not by
// http.ServeMux, which would answer an unusual one with a redirect.
func (s *Service) newRoutes() http.Handler {
	operations := s.operations()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{Service: s, request: r, out: newAnswer(), now: s.clock.now()}
		c.out.header.Set("x-ms-request-id", uuid.NewString())
		prefix, segments := splitPath(r.URL)
		c.prefix, c.style = prefix, s.options.Style.of(prefix)
		found := c.find(operations, segments)
		if found.handle == nil {
			c.fail(&failure{status: http.StatusNotFound, gateway: true, message: "Resource not found"})
			c.finish(w)
			return
		}
		c.serve(w, found)
	})
}

// splitPath takes the root off a path and unescapes each segment of the rest.
func splitPath(u *url.URL) (prefix string, segments []string) {
	for part := range strings.SplitSeq(u.EscapedPath(), "/") {
		if part == "" {
			continue
		}
		text, err := url.PathUnescape(part)
		if err != nil {
			return "", nil
		}
		segments = append(segments, text)
	}
	if len(segments) == 0 {
		return "", nil
	}
	return "/" + segments[0], segments[1:]
}

func (c *call) find(operations []operation, segments []string) operation {
	if c.prefix != prefixCurrent && c.prefix != prefix2020 {
		return operation{}
	}
	for _, o := range operations {
		if params, ok := o.match(c.request.Method, segments); ok {
			c.params = params
			return o
		}
	}
	return operation{}
}

func (o operation) match(method string, segments []string) (map[string]string, bool) {
	if method != o.method || len(segments) != len(o.path) {
		return nil, false
	}
	params := map[string]string{}
	for i, part := range o.path {
		name, isParam := strings.CutPrefix(part, "{")
		switch {
		case isParam:
			params[strings.TrimSuffix(name, "}")] = segments[i]
		case part != segments[i]:
			return nil, false
		}
	}
	return params, true
}

// serve carries out an operation with what goes wrong on the way.
func (c *call) serve(w http.ResponseWriter, o operation) {
	c.name = o.name
	c.effects = c.faults.meet(o)
	if err := pause(c.request.Context(), c.effects.over, c.options.Latency+c.effects.delay); err != nil {
		hangUp()
	}
	if c.effects.drop == DropAtOnce {
		hangUp()
	}
	c.run(o)
	if c.effects.drop == DropBeforeStore {
		_, _ = io.Copy(io.Discard, io.LimitReader(c.request.Body, maxDrained)) // as with drain
		hangUp()
	}
	if c.effects.drop == DropAfterStore {
		hangUp()
	}
	c.finish(w)
}

// run checks who calls and how often, and lets the operation answer, unless a
// fault answers in its place.
func (c *call) run(o operation) {
	if f := c.admit(); f != nil {
		c.fail(f)
		return
	}
	if c.effects.instead() {
		c.effects.answer(c)
		return
	}
	if c.effects.drop == DropBeforeStore {
		return
	}
	err := c.resolveInstance()
	if err == nil {
		err = o.handle(c)
	}
	var f *failure
	switch {
	case err == nil:
	case errors.As(err, &f):
		c.fail(f)
	default:
		c.fail(&failure{status: http.StatusInternalServerError, code: "internalServerError", message: err.Error()})
	}
	if c.effects.afterwards() && c.out.status < http.StatusBadRequest {
		c.effects.answer(c)
	}
}

// fail answers with an error, in the form that fits unless a fault chose one.
func (c *call) fail(f *failure) {
	form := c.effects.form
	if form == FormAsStyle {
		form = f.form(c.style)
	}
	f.write(c.out, form)
}

// finish sends the answer and logs that it did. Entity ids and queries are
// personal data and stay out.
func (c *call) finish(w http.ResponseWriter) {
	c.options.Logger.LogAttrs(c.request.Context(), slog.LevelDebug, "sandbox answers",
		slog.String("method", c.request.Method), slog.String("op", c.name),
		slog.String("entity", c.params["entityName"]),
		slog.Int("status", c.out.status), slog.Int("bytes", len(c.out.body)))
	c.out.send(w, c.request, c.effects.cut)
}

// base is the address of the root that was called, as the caller wrote it.
func (c *call) base() string { return c.origin() + c.prefix }

func (c *call) origin() string {
	scheme := "http"
	if c.request.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + c.request.Host
}
