// Instances: the list, one instance as a place that requests go to, and what
// is read about it.

package client

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// Instances lists the instances that the caller can see: GET /instances.
func (c *Client) Instances(ctx context.Context) ([]metadata.Instance, error) {
	const op = "list instances"
	a, err := c.read(ctx, op, c.root, c.root.String()+"/instances")
	return parsed(c, op, a, err, metadata.ParseInstances)
}

// parsed decodes an answer, or says in an *Error that it is not what the
// contract says.
func parsed[T any](c *Client, op string, a answer, err error, parse func([]byte) (T, error)) (T, error) {
	var zero T
	if err != nil {
		return zero, err
	}
	value, err := parse(a.body)
	if err != nil {
		return zero, c.answerError(op, a, KindUnexpected, c.redacted(err))
	}
	return value, nil
}

// Instance is one instance as a place that requests go to. Root or scale unit
// were chosen when it was made and do not change. It is safe for concurrent use.
type Instance struct {
	client  *Client
	info    metadata.Instance
	base    Root
	warning string
	tables  atomic.Bool // manage/entities answered 404 and manage/tables did not
}

// Pacer is the budget that requests to the instance are counted in: its
// connection's.
func (i *Instance) Pacer() *Pacer { return i.client.pacer }

// For gives the place of an instance. Its scale unit is used under the
// contract's rule (section 1); where that forbids it, the root is used and
// Warning says why.
func (c *Client) For(info metadata.Instance) *Instance {
	i := &Instance{client: c, info: info, base: c.root}
	if info.ScaleUnitURI == "" {
		return i
	}
	unit, err := c.root.scaleUnit(info.ScaleUnitURI)
	if err != nil {
		i.warning = fmt.Sprintf("The scale unit that the service names for %s is not trusted: %v. Requests go to %s instead.", info.Label(), err, c.root.Host())
		return i
	}
	i.base = unit
	return i
}

// Base is where the instance's requests go: {root} or {scaleUnitUri}/api.
func (i *Instance) Base() string { return i.base.String() }

// Warning says that the scale unit was not trusted, in a sentence for people;
// empty when all is well.
func (i *Instance) Warning() string { return i.warning }

// Info is what was known of the instance when the place was made.
func (i *Instance) Info() metadata.Instance { return i.info }

// Details reads the instance's own metadata: GET …/instances/{instanceId}.
// What only the list tells (tenant, scale unit) is kept from there.
func (i *Instance) Details(ctx context.Context) (metadata.Instance, error) {
	const op = "get instance"
	a, err := i.get(ctx, op, nil)
	details, err := parsed(i.client, op, a, err, metadata.ParseInstance)
	if err != nil {
		return metadata.Instance{}, err
	}
	for _, kept := range []struct {
		to   *string
		from string
	}{
		{&details.ID, i.info.ID},
		{&details.TenantID, i.info.TenantID},
		{&details.TenantName, i.info.TenantName},
		{&details.ScaleUnitURI, i.info.ScaleUnitURI},
		{&details.Region, i.info.Region},
	} {
		if *kept.to == "" {
			*kept.to = kept.from
		}
	}
	return details, nil
}

// MyRole reads the caller's assignment: GET …/rbac/myrole.
func (i *Instance) MyRole(ctx context.Context) (metadata.Role, error) {
	const op = "get role"
	a, err := i.get(ctx, op, nil, "rbac", "myrole")
	return parsed(i.client, op, a, err, metadata.ParseRole)
}

// EntitiesOptions says what the list of entities is to hold besides.
type EntitiesOptions struct {
	Annotations bool // the marks ReadOnly and Mandatory
	Quarantined bool
}

// Entities reads the entity model: GET …/manage/entities.
func (i *Instance) Entities(ctx context.Context, o EntitiesOptions) ([]metadata.Entity, error) {
	const op = "list entities"
	a, err := i.manage(ctx, op, []parameter{
		{"attributesAnnotations", onlyTrue(o.Annotations)},
		{"includeQuarantined", onlyTrue(o.Quarantined)},
	})
	return parsed(i.client, op, a, err, metadata.ParseEntities)
}

// Entity reads one entity's metadata by its name for data requests.
func (i *Instance) Entity(ctx context.Context, name string, annotations bool) (metadata.Entity, error) {
	op := "get entity " + name
	a, err := i.manage(ctx, op, []parameter{{"attributesAnnotations", onlyTrue(annotations)}}, name)
	return parsed(i.client, op, a, err, metadata.ParseEntity)
}

// EntitySize reads how many rows and bytes an entity has.
func (i *Instance) EntitySize(ctx context.Context, name string) (metadata.EntitySize, error) {
	op := "get size of " + name
	a, err := i.manage(ctx, op, nil, name, "entitysize")
	return parsed(i.client, op, a, err, metadata.ParseEntitySize)
}

// Relationships lists the relationships between entities.
func (i *Instance) Relationships(ctx context.Context) ([]metadata.Relationship, error) {
	const op = "list relationships"
	a, err := i.get(ctx, op, nil, "manage", "relationships")
	return parsed(i.client, op, a, err, metadata.ParseRelationships)
}

// KeyRing finds the unified customer behind a source's key.
func (i *Instance) KeyRing(ctx context.Context, dataSource, entity, key string) (metadata.KeyRing, error) {
	const op = "get key ring"
	if dataSource == "" || entity == "" || key == "" {
		return metadata.KeyRing{}, &Error{Op: op, Kind: KindBadRequest, Err: errors.New("data source, entity and key are all needed")}
	}
	a, err := i.get(ctx, op, []parameter{{"dataSourceName", dataSource}, {"entityName", entity}, {"key", key}}, "profile", "keyring")
	return parsed(i.client, op, a, err, metadata.ParseKeyRing)
}

// manage asks manage/entities. Only where that answers 404 without saying that
// it looked for something and did not find it, manage/tables is tried, the name
// of documents since 2023 (contract, section 4, open); what answered is remembered.
func (i *Instance) manage(ctx context.Context, op string, query []parameter, rest ...string) (answer, error) {
	with := func(name string) (answer, error) {
		return i.get(ctx, op, query, append([]string{"manage", name}, rest...)...)
	}
	if i.tables.Load() {
		return with("tables")
	}
	a, err := with("entities")
	if !pathMissing(err) {
		return a, err
	}
	other, otherErr := with("tables")
	if otherErr != nil {
		return a, err
	}
	i.tables.Store(true)
	return other, nil
}

// pathMissing says whether err is a 404 of the path rather than of the thing.
func pathMissing(err error) bool {
	var e *Error
	if !errors.As(err, &e) || e.Kind != KindNotFound {
		return false
	}
	switch {
	case strings.EqualFold(e.Code, "instanceNotFound"), strings.EqualFold(e.Code, "invalidInstanceId"),
		strings.EqualFold(e.Code, "entityMetaDataNotFound"), strings.EqualFold(e.Code, "recordDoesNotExist"):
		return false
	}
	return true
}

// get reads a path below the instance.
func (i *Instance) get(ctx context.Context, op string, query []parameter, segments ...string) (answer, error) {
	target, err := i.address(query, segments...)
	if err != nil {
		return answer{}, &Error{Op: op, Kind: KindBadRequest, Err: err}
	}
	return i.client.read(ctx, op, i.base, target)
}

// address composes {base}/instances/{id}/segments?query. Each segment is one
// segment whatever it holds; the ones that would lead elsewhere are refused.
func (i *Instance) address(query []parameter, segments ...string) (string, error) {
	var b strings.Builder
	b.WriteString(i.base.String())
	for _, segment := range append([]string{"instances", i.info.ID}, segments...) {
		if segment == "" || segment == "." || segment == ".." {
			return "", errors.New("a name or id in the address is " + strconv.Quote(segment))
		}
		b.WriteByte('/')
		b.WriteString(url.PathEscape(segment))
	}
	b.WriteString(encode(query))
	return b.String(), nil
}
