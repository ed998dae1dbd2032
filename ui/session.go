// The session is where the desk stands: the connections there are, the one
// that is chosen, its instances, and what was loaded of the chosen instance.

package ui

import (
	"context"
	"slices"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// sandboxID is the connection to the sandbox that runs in this process.
const sandboxID = settings.SandboxID

// Session is used on the UI goroutine only; its reads run as Latest. What was
// loaded stays when loading it again does not work.
type Session struct {
	env   *Env
	dial  func(settings.Connection) (*access.Link, error)
	guard func(connection string, in metadata.Instance) GuardState

	connections []settings.Connection
	links       map[string]*access.Link // by connection
	known       map[string]Place        // what was loaded before, by placeKey

	place        Place
	instances    []metadata.Instance
	instancesErr error

	listing *tasks.Latest[[]metadata.Instance]
	loading *tasks.Latest[loaded]
	asking  *tasks.Latest[about]
	watch   []func()
}

// NewSession makes a session without a connection.
func NewSession(env *Env, dial func(settings.Connection) (*access.Link, error), guard func(string, metadata.Instance) GuardState) *Session {
	return &Session{
		env:     env,
		dial:    dial,
		guard:   guard,
		links:   map[string]*access.Link{},
		known:   map[string]Place{},
		listing: newLatest[[]metadata.Instance](env),
		loading: newLatest[loaded](env),
		asking:  newLatest[about](env),
	}
}

// OnChange adds a function that is called whenever anything of the session has
// changed.
func (s *Session) OnChange(f func()) { s.watch = append(s.watch, f) }

func (s *Session) changed() {
	for _, f := range s.watch {
		f()
	}
}

// Place is where the desk stands.
func (s *Session) Place() Place { return s.place }

// Connections lists what can be chosen.
func (s *Session) Connections() []settings.Connection { return slices.Clone(s.connections) }

// Instances answers the connection's instances, whether they are being loaded,
// and why the newest load failed, or the connection cannot be used. The list
// may be an older one.
func (s *Session) Instances() ([]metadata.Instance, bool, error) {
	return slices.Clone(s.instances), s.listing.Running(), s.instancesErr
}

// GuardOf is how an instance of the chosen connection may be written to.
func (s *Session) GuardOf(in metadata.Instance) GuardState {
	return s.guard(s.place.Connection.ID, in)
}

// Link is the chosen connection's, nil where there is none.
func (s *Session) Link() *access.Link { return s.links[s.place.Connection.ID] }

// SetConnections says which connections there are. The chosen one is opened
// anew where it was changed, and left where it is gone.
func (s *Session) SetConnections(list []settings.Connection) {
	chosen := s.place.Connection.ID
	for id, link := range s.links {
		i := slices.IndexFunc(list, func(c settings.Connection) bool { return c.ID == id })
		if i < 0 || list[i] != link.Connection {
			s.drop(id)
		}
	}
	s.connections = slices.Clone(list)
	if chosen == "" || s.links[chosen] != nil {
		s.changed()
		return
	}
	if slices.ContainsFunc(list, func(c settings.Connection) bool { return c.ID == chosen }) {
		s.ChooseConnection(chosen)
		return
	}
	s.leave()
	s.place = Place{}
	s.changed()
}

// Reopen makes the connection anew, for example after its secrets changed.
func (s *Session) Reopen(id string) {
	s.drop(id)
	if s.place.Connection.ID == id {
		s.ChooseConnection(id)
	}
}

func (s *Session) drop(id string) {
	if link := s.links[id]; link != nil {
		link.Close()
		delete(s.links, id)
	}
}

// ChooseConnection goes to a connection and loads its instances. An unknown id
// changes nothing.
func (s *Session) ChooseConnection(id string) {
	i := slices.IndexFunc(s.connections, func(c settings.Connection) bool { return c.ID == id })
	if i < 0 {
		return
	}
	s.leave()
	s.place = Place{Connection: s.connections[i]}
	if s.links[id] == nil {
		link, err := s.dial(s.connections[i])
		if err != nil {
			s.instancesErr, s.place.Err = err, err
			s.changed()
			return
		}
		s.links[id] = link
	}
	s.env.Remember(func(to *settings.Settings) { to.LastConnection = id })
	s.loadInstances()
}

// leave cancels what runs and forgets what belongs to the connection.
func (s *Session) leave() {
	s.listing.Cancel()
	s.loading.Cancel()
	s.asking.Cancel()
	s.instances, s.instancesErr = nil, nil
}

// Loading says whether the desk waits for instances or entities.
func (s *Session) Loading() bool { return s.listing.Running() || s.place.Loading }

// Stop ends that: a person does not want to wait. What was loaded before stays.
func (s *Session) Stop() {
	if !s.Loading() {
		return
	}
	if s.listing.Running() {
		s.instancesErr = tasks.ErrStopped
	}
	s.listing.Cancel()
	s.loading.Cancel()
	s.asking.Cancel()
	if s.place.Loading {
		s.place.Loading, s.place.Err = false, tasks.ErrStopped
	}
	s.changed()
}

// EndLoading ends what is being loaded because of an error, which is said in the
// place of a newer list. What was loaded stays, as old as it is.
func (s *Session) EndLoading(err error) {
	s.listing.Cancel()
	s.loading.Cancel()
	s.asking.Cancel()
	s.instancesErr = err
	s.place.Loading, s.place.Err = false, err
	s.changed()
}

// Reload loads again what is shown: the instances, and the entities of the
// chosen one.
func (s *Session) Reload() {
	switch {
	case s.place.Connection.ID == "":
	case s.Link() == nil:
		s.ChooseConnection(s.place.Connection.ID)
	default:
		s.loadInstances()
		if s.place.Chosen() {
			s.loadPlace()
		}
	}
}

func (s *Session) loadInstances() {
	c, connection := s.Link().Client, s.place.Connection.ID
	if !s.place.Chosen() {
		s.place.Loading, s.place.Err = true, nil
	}
	s.listing.Run(c.Instances, func(list []metadata.Instance, err error) {
		s.instancesErr = err
		if !s.place.Chosen() {
			s.place.Loading, s.place.Err = false, err
		}
		if err == nil {
			s.instances = list
			s.chooseAtOnce(connection)
		}
		s.changed()
	})
	s.changed()
}

// chooseAtOnce chooses an instance where none is: the one of last time, or the
// only one, or the sandbox's first. It never falls into a foreign instance
// because that came first in a list.
func (s *Session) chooseAtOnce(connection string) {
	if s.place.Instance.ID != "" {
		return
	}
	last := s.env.Settings().LastInstance[connection]
	for _, instance := range s.instances {
		if last != "" && instance.ID == last {
			s.ChooseInstance(instance.ID)
			return
		}
	}
	if len(s.instances) == 1 || (connection == sandboxID && len(s.instances) > 0) {
		s.ChooseInstance(s.instances[0].ID)
	}
}

// ChooseInstance goes to an instance of the chosen connection and loads its
// entities. An id that is unknown, or that no request can name, changes nothing.
func (s *Session) ChooseInstance(id string) {
	link := s.Link()
	i := slices.IndexFunc(s.instances, func(in metadata.Instance) bool { return in.ID == id })
	if i < 0 || link == nil || !s.instances[i].Addressable() {
		return
	}
	s.loading.Cancel()
	s.asking.Cancel()
	instance, connection := s.instances[i], s.place.Connection
	s.place = Place{
		Connection: connection,
		Instance:   instance,
		Service:    link.Client.For(instance),
		Guard:      func() GuardState { return s.guard(connection.ID, instance) },
	}
	if before, ok := s.known[placeKey(s.place)]; ok {
		s.place.Entities, s.place.Relationships = before.Entities, before.Relationships
		s.place.LoadedAt, s.place.Role = before.LoadedAt, before.Role
	}
	s.env.Remember(func(to *settings.Settings) { to.LastInstance[connection.ID] = id })
	s.loadPlace()
}

func placeKey(p Place) string { return p.Connection.ID + "\x00" + p.Instance.ID }

// loadPlace loads what pages need, and asks beside it what is good to know.
func (s *Session) loadPlace() {
	service, now := s.place.Service, s.env.Now
	s.place.Loading, s.place.Err = true, nil
	s.loading.Run(func(ctx context.Context) (loaded, error) {
		return load(ctx, service, now)
	}, func(l loaded, err error) {
		s.place.Loading, s.place.Err = false, err
		if err == nil {
			s.place.Entities, s.place.Relationships, s.place.LoadedAt = l.entities, l.relationships, l.at
			s.known[placeKey(s.place)] = s.place
		}
		s.changed()
	})
	s.asking.Run(func(ctx context.Context) (about, error) {
		return ask(ctx, service), nil
	}, func(a about, _ error) {
		s.place = a.in(s.place)
		s.known[placeKey(s.place)] = s.place
		s.changed()
	})
	s.changed()
}

// Close cancels what runs and closes all connections.
func (s *Session) Close() {
	s.leave()
	for id := range s.links {
		s.drop(id)
	}
}
