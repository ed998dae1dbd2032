// A service that tells whatever metadata a test has it tell, and takes every
// activity.

package ui

import (
	"net/http"
	"strings"
	"sync"
	"testing"
)

// rawWorld answers with JSON as it was written down.
type rawWorld struct {
	mu            sync.Mutex
	instances     string
	entities      string
	relationships string
}

// rawInstance is the instance in which odd metadata is looked at.
const (
	rawInstance   = "Odd world"
	rawInstanceID = "00000000-0000-4000-8000-00000000000f"
)

func newRawWorld() *rawWorld {
	return &rawWorld{
		instances:     `[{"instanceId":"` + rawInstanceID + `","name":"` + rawInstance + `","instanceType":"sandbox"}]`,
		entities:      `{"entities":[]}`,
		relationships: `[]`,
	}
}

// tell changes what it tells.
func (r *rawWorld) tell(entities, relationships string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entities, r.relationships = entities, relationships
}

// ServeHTTP answers one request.
func (r *rawWorld) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	instances, entities, relationships := r.instances, r.entities, r.relationships
	r.mu.Unlock()
	path := request.URL.EscapedPath()
	status, answer := http.StatusOK, `{"value":[]}`
	switch {
	case request.Method == http.MethodPost:
		status, answer = http.StatusCreated, `{"statusCode":201}`
	case strings.HasSuffix(path, "/instances"):
		answer = instances
	case strings.HasSuffix(path, "/manage/entities"):
		answer = entities
	case strings.HasSuffix(path, "/manage/relationships"):
		answer = relationships
	case strings.Contains(path, "/data/"):
	default:
		status, answer = http.StatusNotFound, `{"errorCode":"x","message":"not here"}`
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(answer)) // the caller may have gone away
}

// oddWorld is a desk at a service whose metadata a test changes.
type oddWorld struct {
	*working
	raw  *rawWorld
	wire *recorder
}

func newOddWorld(t *testing.T) *oddWorld {
	t.Helper()
	o := &oddWorld{raw: newRawWorld()}
	o.wire = newRecorder(t, o.raw)
	o.working = workingAt(t, t.TempDir(), o.wire, rawInstance)
	o.chooseZone("UTC")
	return o
}

// tell has the service tell other metadata, and waits until the desk knows it.
func (o *oddWorld) tell(entities, relationships string) {
	o.t.Helper()
	o.raw.tell(entities, relationships)
	before := o.session.Place().LoadedAt
	o.session.Reload()
	o.queue.until(o.t, "the metadata", func() bool {
		p := o.session.Place()
		return !p.Loading && (p.LoadedAt != before || p.Err != nil)
	})
}

// listed are the names in the list of entities, in its order.
func (o *oddWorld) listed() []string {
	var names []string
	for _, group := range groupEntities(o.session.Place().Entities, nil) {
		for _, row := range group.Rows {
			names = append(names, row.Name)
		}
	}
	return names
}

// fields are the form's, in its order.
func (o *oddWorld) fields() []string {
	var names []string
	for _, field := range o.form().Fields() {
		names = append(names, field.Name)
	}
	return names
}
