package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// The four client libraries differ in headers and in how they escape a query;
// they agree on paths, on the body of a write (the object's text, once more as
// a JSON string) and on the members of their models. C# and Java are strict
// about these: an id has to be a uuid, a list is no object, a text is no
// object. encoding/json is as strict with the types below.

// library is how one of the vendor's libraries writes a request.
type library struct {
	name  string
	read  http.Header
	query func(name, value string) string
}

func libraries() []library {
	plain := func(name, value string) string {
		return name + "=" + strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
	}
	javascript := strings.NewReplacer("%27", "'", "%28", "(", "%29", ")", "%2A", "*", "%21", "!")
	return []library{
		{"C#", http.Header{}, plain},
		{"Java", http.Header{
			"Content-Type":         {"application/json; charset=utf-8"},
			"X-Ms-Logging-Context": {"com.microsoft.dynamics.customerinsights.apiclient.CustomerInsights"},
		}, func(name, value string) string { return plain(url.QueryEscape(name), value) }}, // %24filter
		{"Node.js", http.Header{"Content-Type": {"application/json; charset=utf-8"}}, func(name, value string) string {
			return javascript.Replace(plain(name, value))
		}},
		{"Python", http.Header{"Accept": {"application/json"}}, plain},
	}
}

// options joins pairs of names and values into a query.
func (l library) options(pairs ...string) string {
	var parts []string
	for i := 0; i+1 < len(pairs); i += 2 {
		parts = append(parts, l.query(pairs[i], pairs[i+1]))
	}
	return "?" + strings.Join(parts, "&")
}

func (l library) write() http.Header {
	header := l.read.Clone()
	header.Set("Content-Type", "application/json-patch+json; charset=utf-8")
	return header
}

// Models, as far as their members decide whether an answer can be read.
type (
	vendorInstance struct {
		InstanceID        *uuid.UUID `json:"instanceId"`
		Name              *string    `json:"name"`
		InstanceType      *string    `json:"instanceType"`
		ProvisioningState *string    `json:"provisioningState"`
		Region            *string    `json:"region"`
		Version           *int64     `json:"version"`
		Expiry            *time.Time `json:"expiryTimeUtc"`
		CreatedUTC        *time.Time `json:"createdUtc"`
		UpdatedUTC        *time.Time `json:"updatedUtc"`
	}
	vendorRole struct {
		PrincipalID   *string    `json:"principalId"`
		PrincipalType *string    `json:"principalType"`
		Roles         []string   `json:"roles"`
		InstanceID    *uuid.UUID `json:"instanceId"`
	}
	// vendorType is what 1.0.2 to 1.0.4 read a data type into; later ones take a text.
	vendorType struct {
		ClrType     *string                     `json:"clrType"`
		CdsaType    *string                     `json:"cdsaType"`
		EdmTypeName *string                     `json:"edmTypeName"`
		IsNumber    *bool                       `json:"isNumber"`
		ODataType   *struct{ TypeKind *string } `json:"oDataType"`
	}
	vendorAttribute[T any] struct {
		Name         *string `json:"name"`
		FriendlyName *string `json:"friendlyName"`
		DataType     T       `json:"dataType"`
		SemanticType *string `json:"semanticType"`
		Search       *struct {
			IsSearchable, IsFilterable, IsFacetable, IsSortable *bool
			FacetSpecification                                  *string
		} `json:"searchProperties"`
	}
	vendorRelationship[T any] struct {
		Name             *string             `json:"name"`
		RelationshipType *string             `json:"relationshipType"`
		From             *vendorAttribute[T] `json:"fromAttribute"`
		To               *vendorAttribute[T] `json:"toAttribute"`
		Entity           *vendorEntity[T]    `json:"dataSourceEntity"`
	}
	vendorEntity[T any] struct {
		Name          *string                 `json:"name"`
		Qualified     *string                 `json:"qualifiedEntityName"`
		DatasourceID  *uuid.UUID              `json:"datasourceId"`
		DataflowType  *string                 `json:"dataflowType"`
		EntityType    *string                 `json:"entityType"`
		Attributes    []vendorAttribute[T]    `json:"attributes"`
		Keys          [][]vendorAttribute[T]  `json:"keys"`
		Relationships []vendorRelationship[T] `json:"relationships"`
		Timestamp     *vendorAttribute[T]     `json:"timestampAttribute"`
		RefreshTime   *time.Time              `json:"refreshTime"`
	}
	vendorModel[T any] struct {
		InstanceID   *uuid.UUID        `json:"instanceId"`
		DataflowID   *uuid.UUID        `json:"dataflowId"`
		DatasourceID *uuid.UUID        `json:"datasourceId"`
		Entities     []vendorEntity[T] `json:"entities"`
	}
	vendorSize struct {
		Qualified *string `json:"qualifiedEntityName"`
		Size      *int64  `json:"size"`
		RowCount  *int64  `json:"rowCount"`
	}
	vendorLink struct {
		Name, FromEntityName, FromAttributeName, ToEntityName, ToAttributeName, Cardinality *string
		Version                                                                             *int64
	}
	vendorPayload struct {
		Context *string          `json:"@odata.context"`
		Count   *int32           `json:"@odata.count"`
		Value   []map[string]any `json:"value"`
	}
	// vendorRing is the model of the key ring, and of the counts of activities as well.
	vendorRing struct {
		InstanceID *uuid.UUID `json:"instanceId"`
		CustomerID *string    `json:"customerId"`
		KeyRing    any        `json:"keyRing"`
	}
	vendorCreated struct {
		Location   *string `json:"location"`
		Value      any     `json:"value"`
		StatusCode *int32  `json:"statusCode"`
	}
	// vendorRefused has the members that ApiErrorResult and ODataError need.
	vendorRefused struct {
		HTTPStatusCode *string `json:"httpStatusCode"`
		ErrorCode      *string `json:"errorCode"`
		Message        *string `json:"message"`
		Target         *string `json:"target"`
		Details        []struct{ ErrorCode, Message, Target *string }
	}
)

// read decodes an answer with the wanted status into a model, and checks the
// headers that the models of headers name.
func read[T any](t *testing.T, a reply, status int) T {
	t.Helper()
	var model T
	a.must(t, status)
	if n := len(a.header.Values("WWW-Authenticate")); n > 1 {
		t.Errorf("WWW-Authenticate is there %d times and would be no text", n)
	}
	if err := json.Unmarshal(a.body, &model); err != nil {
		t.Errorf("%T: %v: %.300s", model, err, a.body)
	}
	return model
}

func inEveryLibrary(t *testing.T, test func(*testing.T, *rig, library)) {
	for _, style := range []sandbox.Style{sandbox.StyleCurrent, sandbox.Style2020} {
		for _, l := range libraries() {
			t.Run(style.String()+"/"+l.name, func(t *testing.T) { test(t, newRig(t, sandbox.Options{Style: style}), l) })
		}
	}
}

// all says whether every one of an object's members came.
func all(members ...any) bool {
	return !slices.ContainsFunc(members, func(member any) bool { return reflect.ValueOf(member).IsNil() })
}

func TestVendorModelsReadWhatInstancesAre(t *testing.T) {
	inEveryLibrary(t, func(t *testing.T, r *rig, l library) {
		get := func(path string) reply { return r.do(http.MethodGet, path, "", l.read) }
		for _, listed := range read[[]vendorInstance](t, get("/instances"), http.StatusOK) {
			if !all(listed.InstanceID, listed.Name, listed.InstanceType) {
				t.Fatalf("an instance lacks a member: %+v", listed)
			}
			about := read[vendorInstance](t, get("/instances/"+listed.InstanceID.String()), http.StatusOK)
			if !all(about.ProvisioningState, about.CreatedUTC, about.Version) || *about.ProvisioningState != "active" {
				t.Errorf("%s lacks a member: %+v", *listed.Name, about)
			}
		}
		if role := read[vendorRole](t, get(in("/rbac/myrole")), http.StatusOK); len(role.Roles) != 1 || role.InstanceID == nil {
			t.Errorf("the role is %+v", role)
		}
		if size := read[vendorSize](t, get(in("/manage/entities/"+purchases+"/entitysize")), http.StatusOK); size.RowCount == nil || *size.RowCount == 0 {
			t.Errorf("the size is %+v", size)
		}
		for _, link := range read[[]vendorLink](t, get(in("/manage/relationships")), http.StatusOK) {
			if !all(link.Name, link.FromEntityName, link.ToAttributeName) {
				t.Errorf("a relationship lacks a member: %+v", link)
			}
		}
		unknown := read[vendorRefused](t, get("/instances/"+uuid.NewString()), http.StatusNotFound)
		if !all(unknown.ErrorCode, unknown.HTTPStatusCode) || *unknown.ErrorCode != "instanceNotFound" {
			t.Errorf("an unknown instance answers %+v", unknown)
		}
	})
}

// Libraries up to 1.0.4 take a data type as an object, as the current root
// writes it; from 1.0.5 on they take a text, as the root of 2020 does. No
// answer suits both.
func TestVendorModelsReadEntities(t *testing.T) {
	for _, l := range libraries() {
		t.Run(l.name, func(t *testing.T) {
			readEntities(t, newRig(t, sandbox.Options{Style: sandbox.StyleCurrent}), l, func(v *vendorType) bool {
				return v != nil && v.CdsaType != nil && v.ClrType != nil && v.IsNumber != nil
			})
			readEntities(t, newRig(t, sandbox.Options{Style: sandbox.Style2020}), l, func(v *string) bool {
				return v != nil && (strings.HasPrefix(*v, "Edm.") || *v == "json")
			})
		})
	}
}

func readEntities[T any](t *testing.T, r *rig, l library, typed func(T) bool) {
	t.Helper()
	query := l.options("attributesAnnotations", "true", "includeQuarantined", "true", "includeSelfConflatedEntity", "false")
	list := read[vendorModel[T]](t, r.do(http.MethodGet, in("/manage/entities")+query, "", l.read), http.StatusOK)
	if len(list.Entities) == 0 || list.InstanceID == nil {
		t.Fatalf("the model has %d entities", len(list.Entities))
	}
	for _, e := range list.Entities {
		if !all(e.Name, e.Qualified, e.EntityType, e.RefreshTime) || e.Keys == nil {
			t.Fatalf("an entity lacks a member: %+v", e)
		}
		for _, a := range e.Attributes {
			if a.Name == nil || !typed(a.DataType) {
				t.Errorf("%s has an attribute without name or type: %+v", *e.Name, a)
			}
		}
	}
	path := in("/manage/entities/" + purchases)
	one := read[vendorEntity[T]](t, r.do(http.MethodGet, path+l.options("attributesAnnotations", "false"), "", l.read), http.StatusOK)
	if one.Timestamp == nil || len(one.Keys) != 1 || len(one.Relationships) == 0 || !all(one.Relationships[0].From, one.Relationships[0].Entity) {
		t.Errorf("%s lacks a member: %+v", purchases, one)
	}
}

func TestVendorModelsReadRows(t *testing.T) {
	inEveryLibrary(t, func(t *testing.T, r *rig, l library) {
		id := r.firstCustomer()
		get := func(path string, pairs ...string) reply {
			return r.do(http.MethodGet, in(path)+l.options(pairs...), "", l.read)
		}
		rows := read[vendorPayload](t, get("/data/UnifiedActivity", "$filter", "CustomerId eq '"+id+"' and ActivityTime gt 2020-01-01T00:00:00.000Z",
			"$orderby", "ActivityTime desc", "$top", "3", "$skip", "0", "$select", "*"), http.StatusOK).Value
		if len(rows) != 3 || rows[0]["ActivityTime"].(string) < rows[2]["ActivityTime"].(string) {
			t.Errorf("the newest three are %v", rows)
		}
		found := read[vendorPayload](t, get("/data/Customer", "forceSearch", "true", "$search", `"lindqvist"`, "$top", "10"), http.StatusOK)
		if len(found.Value) == 0 || found.Context == nil {
			t.Errorf("the search finds %+v", found)
		}
		ring := read[vendorRing](t, get("/profile/keyring", "dataSourceName", "eCommerce", "entityName", "eCommerceContacts", "key", "CNTID_1000"), http.StatusOK)
		counts := read[vendorRing](t, get("/profile/activityresponsemetadata", "customerId", id), http.StatusOK)
		for name, answer := range map[string]vendorRing{"key ring": ring, "counts": counts} {
			if answer.InstanceID == nil || answer.CustomerID == nil || *answer.CustomerID != id {
				t.Errorf("the %s is %+v", name, answer)
			}
		}
		refused := read[vendorRefused](t, get("/data/Customer", "$filter", "nonsense"), http.StatusBadRequest)
		if refused.ErrorCode == nil || refused.Target == nil {
			t.Errorf("a bad filter answers %+v", refused)
		}
	})
}

func TestVendorModelsReadWhatPostsAnswer(t *testing.T) {
	inEveryLibrary(t, func(t *testing.T, r *rig, l library) {
		path := in("/data/"+purchases) + l.options("validUntil", "2026-12-01T00:00:00.000Z", "caller", "a sample's caller")
		post := func(body string) reply { return r.do(http.MethodPost, path, wrapped(t, body), l.write()) }
		created := read[vendorCreated](t, post(purchase("OPID_VENDOR")), http.StatusCreated)
		if created.Location == nil || created.StatusCode == nil || *created.StatusCode != http.StatusCreated || created.Value == nil {
			t.Errorf("created is %+v", created)
		}
		back := in("/data/UnifiedActivity") + l.options("$filter", "SourceActivityId eq 'OPID_VENDOR'")
		if rows := read[vendorPayload](t, r.do(http.MethodGet, back, "", l.read), http.StatusOK).Value; len(rows) != 1 {
			t.Errorf("%d rows are read back", len(rows))
		}
		for body, want := range map[string]struct {
			status int
			code   string
		}{
			purchase("OPID_VENDOR"): {http.StatusConflict, "storeDuplicateItem"},
			strings.ReplaceAll(purchase("OPID_NOBODY"), "CNTID_1000", "CNTID_NOBODY"): {http.StatusBadRequest, "customerForActivityNotFound"},
			"{}": {http.StatusBadRequest, "mandatoryFieldsMissing"},
		} {
			refused := read[vendorRefused](t, post(body), want.status)
			if refused.ErrorCode == nil || *refused.ErrorCode != want.code || refused.Message == nil {
				t.Errorf("%s: refused with %+v", want.code, refused)
			}
		}
		profile := in("/data/Customer/" + r.firstCustomer())
		patched := r.do(http.MethodPatch, profile, wrapped(t, `{"City":"Bern"}`), l.write()).must(t, http.StatusNoContent)
		if len(patched.body) != 0 {
			t.Errorf("204 comes with %s", patched.body)
		}
		unknown := read[vendorRefused](t, r.do(http.MethodPatch, in("/data/Customer/none"), wrapped(t, `{"City":"Bern"}`), l.write()), http.StatusNotFound)
		if unknown.ErrorCode == nil || *unknown.ErrorCode != "recordDoesNotExist" {
			t.Errorf("an unknown customer answers %+v", unknown)
		}
		header := l.write()
		header.Set("Authorization", "Bearer wrong")
		r.do(http.MethodPost, path, wrapped(t, purchase("OPID_REFUSED")), header).must(t, http.StatusUnauthorized)
	})
}
