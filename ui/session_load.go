// What is read of an instance when it is chosen.

package ui

import (
	"context"
	"errors"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// loaded is what pages cannot do without.
type loaded struct {
	entities      []metadata.Entity
	relationships []metadata.Relationship
	at            time.Time
}

// entityReader is what load needs of an instance of the service.
type entityReader interface {
	Entities(ctx context.Context, o client.EntitiesOptions) ([]metadata.Entity, error)
	Relationships(ctx context.Context) ([]metadata.Relationship, error)
}

// load reads entities and relationships. Without relationships the desk still
// works: a narrow role does not see them.
func load(ctx context.Context, service entityReader, now func() time.Time) (loaded, error) {
	entities, err := service.Entities(ctx, client.EntitiesOptions{Annotations: true})
	if err != nil {
		return loaded{}, err
	}
	relationships, err := service.Relationships(ctx)
	if err != nil && !tolerable(err) {
		return loaded{}, err
	}
	return loaded{entities: entities, relationships: relationships, at: now()}, nil
}

// about is what is good to know of an instance.
type about struct {
	role    metadata.Role
	details metadata.Instance // zero: not given
}

// describer is what ask needs of an instance of the service.
type describer interface {
	Details(ctx context.Context) (metadata.Instance, error)
	MyRole(ctx context.Context) (metadata.Role, error)
}

// ask reads role and details. What the service does not give is left empty:
// some instances answer 500 to it, and nothing waits for it.
func ask(ctx context.Context, service describer) about {
	var a about
	if role, err := service.MyRole(ctx); err == nil {
		a.role = role
	}
	if details, err := service.Details(ctx); err == nil {
		a.details = details
	}
	return a
}

// in puts what is known into a place. Name and type stay those of the list:
// they are what the person chose by, and what the guard goes by.
func (a about) in(p Place) Place {
	if a.role.Roles != nil {
		p.Role = a.role
	}
	if a.details.ID == "" {
		return p
	}
	p.Instance.ProvisioningState = a.details.ProvisioningState
	p.Instance.B2B = a.details.B2B
	p.Instance.Version = a.details.Version
	p.Instance.CreatedAt = a.details.CreatedAt
	p.Instance.UpdatedAt = a.details.UpdatedAt
	if p.Instance.ExpiresAt.IsZero() {
		p.Instance.ExpiresAt = a.details.ExpiresAt
	}
	return p
}

// tolerable says whether the service answered, only not with what was asked.
func tolerable(err error) bool {
	var e *client.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Kind {
	case client.KindForbidden, client.KindNotFound, client.KindBadRequest, client.KindServer, client.KindUnexpected:
		return true
	default:
		return false
	}
}
