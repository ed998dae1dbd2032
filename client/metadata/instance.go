// Instances, roles and key rings out of JSON, and what an instance's type means.

package metadata

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

type instanceJSON struct {
	InstanceID        text   `json:"instanceId"`
	Name              text   `json:"name"`
	InstanceType      text   `json:"instanceType"`
	ExpiryTimeUTC     moment `json:"expiryTimeUtc"`
	TenantID          text   `json:"tenantId"`
	TenantName        text   `json:"tenantName"`
	ScaleUnitURI      text   `json:"scaleUnitUri"`
	Region            text   `json:"region"`
	AzureRegion       text   `json:"azureRegion"`
	ProvisioningState text   `json:"provisioningState"`
	IsB2B             flag   `json:"isB2B"`
	Version           whole  `json:"version"`
	CreatedUTC        moment `json:"createdUtc"`
	UpdatedUTC        moment `json:"updatedUtc"`
}

func (j instanceJSON) instance() Instance {
	region := j.Region
	if region == "" {
		region = j.AzureRegion
	}
	return Instance{
		ID:                string(j.InstanceID),
		Name:              strings.TrimSpace(string(j.Name)),
		Type:              string(j.InstanceType),
		ExpiresAt:         j.ExpiryTimeUTC.Time,
		TenantID:          string(j.TenantID),
		TenantName:        string(j.TenantName),
		ScaleUnitURI:      strings.TrimSpace(string(j.ScaleUnitURI)),
		Region:            string(region),
		ProvisioningState: string(j.ProvisioningState),
		B2B:               bool(j.IsB2B),
		Version:           int64(j.Version),
		CreatedAt:         j.CreatedUTC.Time,
		UpdatedAt:         j.UpdatedUTC.Time,
	}
}

// ParseInstances reads the answer of GET /instances (contract, section 3). An
// entry that cannot be read stays in the list as an unnamed instance without
// id, so that a person sees that something is there. Of several entries with one
// id the first counts; where they are not of one type, none is known.
func ParseInstances(data []byte) ([]Instance, error) {
	entries, err := list("instances", data, "value", "instances")
	if err != nil {
		return nil, err
	}
	instances, places := make([]Instance, 0, len(entries)), map[string]int{}
	for _, entry := range entries {
		var j instanceJSON
		if err := json.Unmarshal(entry, &j); err != nil {
			j = instanceJSON{}
		}
		in := j.instance()
		id := strings.ToLower(in.ID)
		at, there := places[id]
		switch {
		case !there || id == "":
			places[id] = len(instances)
			instances = append(instances, in)
		case instances[at].Environment() != in.Environment():
			instances[at].Type = ""
		}
	}
	return instances, nil
}

// Addressable says whether the id can stand in the address of a request. Of an
// instance where it cannot, nothing can be asked.
func (i Instance) Addressable() bool { return i.ID != "" && i.ID != "." && i.ID != ".." }

// ParseInstance reads the answer of GET /instances/{instanceId}.
func ParseInstance(data []byte) (Instance, error) {
	var j instanceJSON
	if err := object("instance", data, &j); err != nil {
		return Instance{}, err
	}
	return j.instance(), nil
}

// Label is what people see, and type to unlock the instance: the name without
// what would not show of it, or "Unnamed instance ce759201" with the beginning of
// the id.
func (i Instance) Label() string {
	if name := seen(i.Name); name != "" {
		return name
	}
	const shown = 8
	id := seen(i.ID)
	if utf8.RuneCountInString(id) > shown {
		id = string([]rune(id)[:shown])
	}
	return strings.TrimSpace("Unnamed instance " + id)
}

// Environment reads the instance's type: exactly sandbox, trial or production,
// compared without case. Anything else is EnvironmentUnknown.
func (i Instance) Environment() Environment {
	switch strings.ToLower(i.Type) {
	case "sandbox":
		return EnvironmentSandbox
	case "trial":
		return EnvironmentTrial
	case "production":
		return EnvironmentProduction
	default:
		return EnvironmentUnknown
	}
}

// Free says whether writing needs no unlock: only in a sandbox or a trial.
func (e Environment) Free() bool {
	return e == EnvironmentSandbox || e == EnvironmentTrial
}

// String is the word for people.
func (e Environment) String() string {
	switch e {
	case EnvironmentSandbox:
		return "sandbox"
	case EnvironmentTrial:
		return "trial"
	case EnvironmentProduction:
		return "production"
	default:
		return "unknown type"
	}
}

// ParseRole reads the answer of GET …/rbac/myrole.
func ParseRole(data []byte) (Role, error) {
	var j struct {
		PrincipalID   text  `json:"principalId"`
		PrincipalType text  `json:"principalType"`
		Roles         texts `json:"roles"`
		InstanceID    text  `json:"instanceId"`
	}
	if err := object("role", data, &j); err != nil {
		return Role{}, err
	}
	return Role{
		PrincipalID:   string(j.PrincipalID),
		PrincipalType: string(j.PrincipalType),
		Roles:         j.Roles,
		InstanceID:    string(j.InstanceID),
	}, nil
}

// ParseKeyRing reads the answer of GET …/profile/keyring.
func ParseKeyRing(data []byte) (KeyRing, error) {
	var j struct {
		InstanceID text            `json:"instanceId"`
		CustomerID text            `json:"customerId"`
		KeyRing    json.RawMessage `json:"keyRing"`
	}
	if err := object("key ring", data, &j); err != nil {
		return KeyRing{}, err
	}
	return KeyRing{InstanceID: string(j.InstanceID), CustomerID: string(j.CustomerID), Keys: j.KeyRing}, nil
}
