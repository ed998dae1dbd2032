package sandbox_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// The requests here have the form in which the client libraries that the
// vendor generated in 2020 and 2021 put them on the wire: their content type,
// their header for the key, the body wrapped in a JSON string, and Boolean
// parameters as the language writes them. What their models make of the
// answers is in vendor_models_test.go.

var vendorHeader = http.Header{
	"Content-Type": {"application/json-patch+json; charset=utf-8"},
	"Accept":       {"application/json"},
}

func wrapped(t *testing.T, body string) string {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestVendorClientsPostBothForms(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, _ sandbox.Style) {
		for name, body := range map[string]string{
			"the libraries wrap the object":  wrapped(t, purchase("OPID_WRAPPED")),
			"documentation sends the object": purchase("OPID_PLAIN"),
		} {
			got := r.do(http.MethodPost, data(purchases)+"?validUntil=2026-12-01T00%3A00%3A00.000Z&caller=sample", body, vendorHeader)
			if got.status != http.StatusCreated && got.status != http.StatusAccepted {
				t.Errorf("%s: answered %d: %s", name, got.status, got.body)
			}
			// Their model of the answer has these members and no other types.
			var created struct {
				Location   *string        `json:"location"`
				Value      map[string]any `json:"value"`
				StatusCode *int           `json:"statusCode"`
			}
			if err := json.Unmarshal(got.body, &created); err != nil || created.StatusCode == nil || *created.StatusCode != got.status {
				t.Errorf("%s: %v: %s", name, err, got.body)
			}
		}
		if n := len(r.service.Posted(sandbox.InstanceCoffee, purchases)); n != 2 {
			t.Errorf("%d are stored", n)
		}
	})
}

func TestVendorClientsUpdateWrapped(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	id := r.firstCustomer()
	r.do(http.MethodPatch, in("/data/Customer/"+id), wrapped(t, `{"City":"Bern"}`), vendorHeader).must(t, http.StatusNoContent)
}

func TestVendorClientsUnderstandRefusals(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	// ODataError and ApiError of the generated models: these texts, or nothing.
	var refused struct {
		ErrorCode *string `json:"errorCode"`
		Message   *string `json:"message"`
		Target    *string `json:"target"`
		Details   []struct {
			ErrorCode string `json:"errorCode"`
			Target    string `json:"target"`
			Message   string `json:"message"`
		} `json:"details"`
	}
	body := r.do(http.MethodPost, data(purchases), wrapped(t, `{}`), vendorHeader).must(t, http.StatusBadRequest).body
	if err := json.Unmarshal(body, &refused); err != nil || refused.ErrorCode == nil || *refused.ErrorCode != "mandatoryFieldsMissing" || len(refused.Details) == 0 {
		t.Errorf("%v: %s", err, body)
	}
	for _, path := range []string{in("/manage/entities/x"), "/instances/00000000-0000-0000-0000-000000000000"} {
		body := r.get(path).must(t, http.StatusNotFound).body
		if err := json.Unmarshal(body, &refused); err != nil || refused.ErrorCode == nil {
			t.Errorf("%v: %s", err, body)
		}
	}
}

func TestVendorClientsReadMetadata(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	// Their models take ids of dataflows and data sources as uuids or null, and
	// attributes, types and keys as objects.
	type attribute struct {
		Name     string `json:"name"`
		DataType struct {
			CdsaType    string  `json:"cdsaType"`
			EdmTypeName *string `json:"edmTypeName"`
			IsNumber    *bool   `json:"isNumber"`
			ODataType   *struct {
				TypeKind string `json:"typeKind"`
			} `json:"oDataType"`
		} `json:"dataType"`
		SemanticType *string `json:"semanticType"`
	}
	var model struct {
		InstanceID string  `json:"instanceId"`
		DataflowID *string `json:"dataflowId"`
		Entities   []struct {
			Name          string        `json:"name"`
			DatasourceID  *string       `json:"datasourceId"`
			Attributes    []attribute   `json:"attributes"`
			Keys          [][]attribute `json:"keys"`
			Timestamp     *attribute    `json:"timestampAttribute"`
			Relationships []struct {
				FromAttribute attribute `json:"fromAttribute"`
				ToAttribute   attribute `json:"toAttribute"`
				Entity        struct {
					Name string `json:"name"`
				} `json:"dataSourceEntity"`
			} `json:"relationships"`
		} `json:"entities"`
	}
	// msrest writes a Boolean as true, others as True.
	body := r.get(in("/manage/entities?attributesAnnotations=True&includeQuarantined=false")).must(t, http.StatusOK).body
	if err := json.Unmarshal(body, &model); err != nil {
		t.Fatal(err)
	}
	for _, e := range model.Entities {
		if e.DatasourceID != nil && len(*e.DatasourceID) != 36 {
			t.Errorf("%s: the data source's id %q is no uuid", e.Name, *e.DatasourceID)
		}
		for _, a := range append(e.Attributes, attribute{}) {
			if a.Name != "" && a.DataType.CdsaType == "" {
				t.Errorf("%s.%s has no type", e.Name, a.Name)
			}
		}
		for _, rel := range e.Relationships {
			if rel.FromAttribute.Name == "" || rel.ToAttribute.Name == "" || rel.Entity.Name == "" {
				t.Errorf("%s has a relationship without ends: %+v", e.Name, rel)
			}
		}
	}
}

func TestVendorSampleApplicationReadsProfiles(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	got := r.do(http.MethodGet, data("Customer", "forceSearch", "true",
		"$expand", "UnifiedActivity,Customer_Measure", "$filter", "EMail eq 'nora.lindqvist@example.com'"), "", vendorHeader)
	var payload struct {
		Context string `json:"@odata.context"`
		Value   []struct {
			CustomerID string `json:"CustomerId"`
			Measures   struct {
				CustomerID string `json:"CustomerId"`
			} `json:"Customer_Measure"`
			Activities []struct {
				Time  string `json:"ActivityTime"`
				Title string `json:"Title"`
			} `json:"UnifiedActivity"`
		} `json:"value"`
	}
	if err := json.Unmarshal(got.must(t, http.StatusOK).body, &payload); err != nil {
		t.Fatal(err)
	}
	if len(payload.Value) != 1 || payload.Value[0].Measures.CustomerID != payload.Value[0].CustomerID || len(payload.Value[0].Activities) == 0 {
		t.Errorf("the payload is %+v", payload)
	}
}

func TestOtherContentTypesAreRefused(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	for _, kind := range []string{"", "text/plain", "application/xml", "application/x-www-form-urlencoded"} {
		r.do(http.MethodPost, data(purchases), purchase("OPID_TYPE"), http.Header{"Content-Type": {kind}}).
			mustFail(t, http.StatusBadRequest, "malformedInputParameters")
	}
}
