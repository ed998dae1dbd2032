// The two writes. Only client/outbox calls them: it holds the guard, the
// journal and the word on what may be sent again.

package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// WriteOptions go with a write as its query.
type WriteOptions struct {
	ValidUntil time.Time // when it stops being kept; zero: left out, so 30 days
	Caller     string    // names who writes; empty: left out

	// Started is called once, when the request has its credentials and its
	// place in the budget, right before a connection is asked for: until then
	// nothing can have left. Its error stops the request, as a KindCancelled
	// that nothing is uncertain about. nil: not called.
	Started func(ctx context.Context) error
}

func (o WriteOptions) parameters() []parameter {
	until := ""
	if !o.ValidUntil.IsZero() {
		until = o.ValidUntil.UTC().Format(time.RFC3339)
	}
	return []parameter{{"validUntil", until}, {"caller", o.Caller}}
}

// Answer is what the service said to a write that it took.
type Answer struct {
	Status    int         // 201 or 202 for an activity, 204 for a profile
	Header    http.Header // redacted
	Body      []byte      // at most 1 MiB, redacted
	Truncated bool        // the body was longer, or broke off
	Location  string      // of what was created, where the service says it
	RequestID string
	Took      time.Duration // from the start of the request to the end of its answer
	Progress  Progress
}

// errNotObjectBody is for a body that the service cannot take.
var errNotObjectBody = errors.New("the body is not one JSON object")

// PostActivity sends one activity: POST …/data/{entityName} (contract, section
// 5). It is sent exactly once. body is one JSON object, sent as it is. Any
// error is an *Error; its Uncertain says whether the activity may be stored.
func (i *Instance) PostActivity(ctx context.Context, entity string, body []byte, o WriteOptions) (Answer, error) {
	return i.write(ctx, call{
		op:     "post " + entity,
		method: http.MethodPost,
		body:   body,
		good:   []int{http.StatusCreated, http.StatusAccepted},
	}, o, "data", entity)
}

// PatchProfile changes fields of a profile: PATCH …/data/{entityName}/{id}
// (contract, section 6). It is sent exactly once, like PostActivity.
func (i *Instance) PatchProfile(ctx context.Context, entity, id string, body []byte, o WriteOptions) (Answer, error) {
	return i.write(ctx, call{
		op:     "patch " + entity,
		method: http.MethodPatch,
		body:   body,
		good:   []int{http.StatusNoContent},
	}, o, "data", entity, id)
}

// PostURL is the address that PostActivity sends to, for preview and copies.
// It holds no secret; it is empty where the entity or instance has no name.
func (i *Instance) PostURL(entity string, o WriteOptions) string {
	target, err := i.address(o.parameters(), "data", entity)
	if err != nil {
		return ""
	}
	return target
}

func (i *Instance) write(ctx context.Context, call call, o WriteOptions, segments ...string) (Answer, error) {
	target, err := i.address(o.parameters(), segments...)
	if err == nil && (!isObject(call.body) || !json.Valid(call.body)) {
		err = errNotObjectBody
	}
	if err != nil {
		return Answer{}, &Error{Op: call.op, Kind: KindBadRequest, Err: err}
	}
	call.base, call.url, call.started = i.base, target, o.Started
	a, err := i.client.attempt(ctx, call, 1)
	if err != nil {
		return Answer{}, err
	}
	header := i.client.redact.Header(a.header)
	return Answer{
		Status:    a.status,
		Header:    header,
		Body:      i.client.redact.Bytes(a.body),
		Truncated: a.truncated,
		Location:  i.client.redact.String(createdAt(a)),
		RequestID: requestID(header),
		Took:      a.took,
		Progress:  a.progress,
	}, nil
}

// createdAt is the header's location or the body's {location, value, statusCode}.
func createdAt(a answer) string {
	if location := a.header.Get("Location"); location != "" {
		return clip(location, maxText)
	}
	var j struct {
		Location word `json:"location"`
	}
	if isObject(a.body) && json.Unmarshal(a.body, &j) == nil {
		return string(j.Location)
	}
	return ""
}
