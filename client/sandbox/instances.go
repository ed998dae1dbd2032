// The instances: what they are called, what state they are in, who one is there.

package sandbox

import (
	"net/http"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// Ids of the instances. The last four are listed in the awkward style alone.
const (
	InstanceCoffee     = "6f0c51d2-3f0e-4c8b-9a51-c0ffee000001" // Contoso Coffee, sandbox
	InstanceTrial      = "6f0c51d2-3f0e-4c8b-9a51-c0ffee000002" // Contoso Trial, trial, ends in five days
	InstanceProduction = "6f0c51d2-3f0e-4c8b-9a51-c0ffee000003" // Contoso production, production
	InstanceBroken     = "ce759201-3f0e-4c8b-9a51-c0ffee000004" // no name; answers 500
	InstanceExpired    = "6f0c51d2-3f0e-4c8b-9a51-c0ffee000005" // a trial that ended
	InstanceCreating   = "6f0c51d2-3f0e-4c8b-9a51-c0ffee000006" // not active yet
	InstanceWholesale  = "6f0c51d2-3f0e-4c8b-9a51-c0ffee000007" // Contoso Wholesale, for business accounts
)

const (
	tenantID   = "72f988bf-5a1d-4c0e-8d64-c0ffee00007e"
	tenantName = "Contoso"
	stateReady = "active"
)

// instance is one environment with its data.
type instance struct {
	about instanceInfo
	store *store
}

// instanceInfo is what the sandbox says about an instance.
type instanceInfo struct {
	ID      string
	Name    string // empty: null
	Type    string
	Expires time.Time // zero: never
	State   string
	Broken  bool
	B2B     bool
	Created time.Time
}

// instances lists what a style has.
func (s Style) instances(now time.Time) []instanceInfo {
	created := now.AddDate(-1, 0, 0).Truncate(time.Hour)
	list := []instanceInfo{
		{ID: InstanceCoffee, Name: "Contoso Coffee", Type: "sandbox", State: stateReady, Created: created},
		{
			ID: InstanceTrial, Name: "Contoso Trial", Type: "trial", State: stateReady,
			Created: now.AddDate(0, 0, -25).Truncate(time.Hour), Expires: now.AddDate(0, 0, 5).Truncate(time.Second),
		},
		{ID: InstanceProduction, Name: "Contoso production", Type: "production", State: stateReady, Created: created},
	}
	if s != StyleAwkward {
		return list
	}
	return append(
		list,
		instanceInfo{ID: InstanceBroken, State: stateReady, Broken: true, Created: created},
		instanceInfo{
			ID: InstanceExpired, Name: "Contoso Trial 2025", Type: "trial", State: stateReady,
			Created: created, Expires: now.AddDate(0, 0, -3).Truncate(time.Second),
		},
		instanceInfo{ID: InstanceCreating, Name: "Contoso Tea", Type: "sandbox", State: "creating", Created: now},
		instanceInfo{ID: InstanceWholesale, Name: "Contoso Wholesale", Type: "sandbox", State: stateReady, Created: created, B2B: true},
	)
}

type instanceJSON struct {
	InstanceID   string  `json:"instanceId"`
	Name         *string `json:"name"`
	InstanceType string  `json:"instanceType,omitempty"`
	Expiry       *string `json:"expiryTimeUtc,omitempty"`
	TenantID     string  `json:"tenantId,omitempty"`
	TenantName   string  `json:"tenantName,omitempty"`
	ScaleUnitURI string  `json:"scaleUnitUri,omitempty"`
	Region       string  `json:"region,omitempty"`

	*instanceDetails
}

type instanceDetails struct {
	ProvisioningState string `json:"provisioningState"`
	AzureRegion       string `json:"azureRegion,omitempty"`
	IsB2B             bool   `json:"isB2B"`
	IsB2C             bool   `json:"isB2C"`
	Version           int64  `json:"version"`
	CreatedUTC        string `json:"createdUtc"`
	UpdatedUTC        string `json:"updatedUtc"`
}

// json is an instance in the list of a root.
func (i instanceInfo) json(c *call) instanceJSON {
	out := instanceJSON{InstanceID: i.ID, InstanceType: c.style.instanceType(i.Type)}
	if i.Name != "" {
		out.Name = &i.Name
	}
	if !i.Expires.IsZero() {
		at := world.FormatTime(i.Expires)
		out.Expiry = &at
	}
	if c.prefix == prefix2020 {
		out.TenantID, out.TenantName, out.Region = tenantID, tenantName, "westeurope"
		out.ScaleUnitURI = c.origin()
	}
	return out
}

func (c *call) listInstances() error {
	list := make([]instanceJSON, 0, len(c.instances))
	for _, in := range c.instances {
		list = append(list, in.about.json(c))
	}
	c.out.json(http.StatusOK, encode(list))
	return nil
}

func (c *call) describeInstance() error {
	about := c.in.about
	out := about.json(c)
	out.ScaleUnitURI, out.TenantID, out.TenantName = "", "", ""
	out.instanceDetails = &instanceDetails{
		ProvisioningState: about.State, IsB2B: about.B2B, IsB2C: !about.B2B, Version: 7,
		CreatedUTC: world.FormatTime(about.Created), UpdatedUTC: world.FormatTime(about.Created.Add(time.Hour)),
	}
	if c.style == StyleCurrent {
		out.Region = "westeurope"
	} else {
		out.Region, out.AzureRegion = "", "westeurope"
	}
	c.out.json(http.StatusOK, encode(out))
	return nil
}

func (c *call) describeRole() error {
	c.out.json(http.StatusOK, encode(map[string]any{
		"principalId":   "3d4f7c10-52a7-4a0c-9b1e-c0ffee0000a1",
		"principalType": "user",
		"roles":         []string{c.options.Role},
		"instanceId":    c.in.about.ID,
	}))
	return nil
}

// resolveInstance finds the instance that a path names and says whether it can
// be used. One that ended or is not ready can still be asked what it is.
func (c *call) resolveInstance() error {
	id, named := c.params["instanceId"]
	if !named {
		return nil
	}
	if !world.IsGUID(id) {
		return notFound("invalidInstanceId", "instanceId", "%q is not the id of an instance.", id)
	}
	in, ok := c.instance(id)
	if !ok {
		return notFound("instanceNotFound", "instanceId", "There is no instance %s.", id)
	}
	c.in = in
	about := in.about
	switch {
	case about.Broken:
		return &failure{
			status: http.StatusInternalServerError, code: "internalServerError",
			message: "The instance cannot be read.",
		}
	case c.name == "instance":
		return nil
	case !about.Expires.IsZero() && !c.now.Before(about.Expires):
		return forbidden("instanceExpired", "The instance expired on %s.", world.FormatTime(about.Expires))
	case about.State != stateReady:
		return forbidden("instanceNotActive", "The instance is not active: %s.", about.State)
	}
	return nil
}
