// Package sandbox is a Customer Insights service that runs on this computer,
// with invented data or with files of one's own. It is held against the same
// contract as the client, and is what people rehearse with and tests talk to.
//
// This file puts the service together and takes its requests.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/csvdata"
	"github.com/activitydesk/activitydesk/client/sandbox/internal/invent"
	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// What a sandbox answers to when nothing else is said.
const (
	DefaultKey   = "sandbox-key"
	DefaultToken = "sandbox-token"
	DefaultRate  = 100 // calls in any 60 s
)

// Options is how a sandbox behaves. The zero Options is one with invented data
// that is never slow, never fails and has no limit of calls.
type Options struct {
	Style        Style
	Key          string        // subscription key; empty: DefaultKey
	Token        string        // access token; empty: DefaultToken
	Role         string        // the caller's role; empty: Contributor. Viewer may not write
	Rate         int           // calls in any 60 s; 0: no limit
	Latency      time.Duration // every answer is this late
	VisibleAfter time.Duration // from storing an activity to its being read
	IndexAfter   time.Duration // from then to its being on the timeline, which comes out of the search index
	Unseen       []string      // entities that the caller's role does not show, see SetUnseen
	Merged       []Merge       // profiles that went into others, see Merge
	Faults       []Fault       // what goes wrong, see ParseFaults
	Data         string        // folder of CSV files in place of the invented data
	Now          func() time.Time
	Logger       *slog.Logger // one line per request at debug level; nil: none
}

// Service is the sandbox as an http.Handler. It serves the current root under
// /v1 and the one of 2020 under /api, whichever style was asked for.
type Service struct {
	options   Options
	clock     *clock
	limit     *window
	faults    *faultPlan
	instances []*instance
	readings  []string
	unseen    atomic.Pointer[[]string]
	routes    http.Handler
}

// New builds a service. It fails where the folder of Options.Data cannot be
// read, or where its sandbox.yaml is wrong.
func New(options Options) (*Service, error) {
	if options.Key == "" {
		options.Key = DefaultKey
	}
	if options.Token == "" {
		options.Token = DefaultToken
	}
	if options.Role == "" {
		options.Role = roleContributor
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	s := &Service{options: options, clock: newClock(options.Now)}
	s.limit = newWindow(options.Rate, time.Minute)
	s.faults = newFaultPlan(options.Faults)
	if err := s.populate(); err != nil {
		return nil, err
	}
	s.SetUnseen(options.Unseen...)
	for _, m := range options.Merged {
		if err := s.Merge(m); err != nil {
			return nil, err
		}
	}
	s.routes = s.newRoutes()
	return s, nil
}

// populate gives every instance its data. Files are read once: a world is not
// changed, what is posted is kept by each instance.
func (s *Service) populate() error {
	timeField := s.options.Style.timeField()
	var shared *world.World
	if s.options.Data != "" {
		loaded, err := csvdata.Load(s.options.Data, timeField)
		if err != nil {
			return fmt.Errorf("load %s: %w", s.options.Data, err)
		}
		shared, s.readings = loaded.World, loaded.Readings
	}
	for _, about := range s.options.Style.instances(s.clock.now()) {
		w := shared
		if w == nil {
			invented, err := invent.World(about.ID, s.clock.now(), timeField)
			if err != nil {
				return fmt.Errorf("invent %s: %w", about.ID, err)
			}
			w = invented
		}
		s.instances = append(s.instances, &instance{about: about, store: newStore(w)})
	}
	return nil
}

// ServeHTTP answers one request.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.routes.ServeHTTP(w, r)
}

// AdvanceClock moves the service's clock: activities expire, calls fall out of
// the window, trials end. A negative duration moves it back.
func (s *Service) AdvanceClock(by time.Duration) { s.clock.advance(by) }

// SetFaults replaces what goes wrong from now on, and begins counting anew. Calls
// that were slow by those before go on.
func (s *Service) SetFaults(faults ...Fault) { s.faults.set(faults) }

// Readings says how each file of Options.Data was read, one line or more for
// each file. It is empty for invented data.
func (s *Service) Readings() []string { return append([]string(nil), s.readings...) }

// RootPath is the path of the root that the style announces: /v1 or /api.
func (s *Service) RootPath() string {
	if s.options.Style == Style2020 {
		return prefix2020
	}
	return prefixCurrent
}

// Posted lists what was posted to an instance's entity and is still kept, as
// the JSON objects that were stored, oldest first. Tests count with it.
func (s *Service) Posted(instanceID, entity string) []string {
	in, ok := s.instance(instanceID)
	if !ok {
		return nil
	}
	e, ok := in.store.world.Entity(entity)
	if !ok {
		return nil
	}
	var objects []string
	for _, row := range in.store.postedTo(e, s.clock.now()) {
		objects = append(objects, string(encodeRow(e, row, nil)))
	}
	return objects
}

func (s *Service) instance(id string) (*instance, bool) {
	for _, in := range s.instances {
		if strings.EqualFold(in.about.ID, id) {
			return in, true
		}
	}
	return nil, false
}

// pause waits until a time has passed or it is over before, unless the caller goes
// away first.
func pause(ctx context.Context, over <-chan struct{}, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-over:
		return nil
	case <-ctx.Done():
		return errors.Join(errGone, ctx.Err())
	}
}

// errGone is the end of a request whose caller did not wait for the answer.
var errGone = errors.New("the caller went away")
