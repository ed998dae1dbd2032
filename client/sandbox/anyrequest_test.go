// Whatever is asked, the answer is one of openapi.yaml's: a wide table of
// requests in every style, and a fuzz target for those that nobody thought of.

package sandbox_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/openapitest"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

// oddValues are what callers write into paths and parameters.
var oddValues = []string{
	"", "x", "Customer", "UnifiedActivity", "Customer_Measure", purchases, "ecommerce_ecommercepurchases", "Hotel_stays",
	"true", "TRUE", "maybe", "0", "5", "101", "-1", "2147483648", "1e9", "'", "''", "a;b", "a%zzb", "a+b", "%00", "%ff", "é ü",
	"CustomerId", "CustomerId eq 'x'", "CustomerId eq 'O''Neill; or so'", "CustomerId in ('a','b')", "CustomerId in ()",
	"IsMemberOfSegment('Newsletter')", "IsMemberOfSegment('Nobody')", "ActivityTime gt 2026-01-01T00:00:00.000Z", "not (a)",
	"UnifiedActivity,Customer_Measure", "ActivityTime desc,ActivityId", "*", `"kotlar"`, "2026-12-01T00:00:00Z", "2020-01-01T00:00:00Z",
	"UnifiedActivity('x')", "Customer('')", strings.Repeat("(", 9000), "../..", "a/b",
}

// parameters of each operation's query.
var parameters = map[string][]string{
	"/manage/entities": {"attributesAnnotations", "includeQuarantined", "includeSelfConflatedEntity"},
	"/manage/tables":   {"attributesAnnotations", "includeQuarantined"},
	"/manage/entities/Customer": {
		"attributesAnnotations",
	},
	"/data/Customer": {
		"$filter", "$select", "$orderby", "$expand", "$top", "$skip", "$skiptoken", "$search", "$count", "forceSearch", "proxy", "$apply",
	},
	"/data/UnifiedActivity":                {"$filter", "$select", "$orderby", "$expand", "$top", "$skip", "$search", "$count"},
	"/data/" + purchases:                   {"$filter", "$select", "$orderby", "$top"},
	"/profile/activityresponsemetadata":    {"customerId"},
	"/profile/keyring":                     {"key", "dataSourceName"},
	"/rbac/myrole":                         {"x"},
	"/manage/relationships":                {"x"},
	"/manage/entities/Customer/entitysize": {"x"},
}

func TestReadsAnswerAsTheDocumentSaysWhateverTheyAsk(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, style sandbox.Style) {
		for path, names := range parameters {
			for _, name := range names {
				for i, value := range oddValues {
					if style == sandbox.StyleCurrent || i%4 == len(name)%4 { // the others differ in their answers' form
						mustBeJSON(t, r.get(in(path)+"?"+name+"="+escaped(value)))
					}
				}
			}
		}
		for _, value := range oddValues {
			if value == "" || strings.Contains(value, "%z") {
				continue // another path, and none
			}
			for _, path := range []string{
				"/manage/entities/%", "/manage/entities/%/entitysize", "/data/%", "/data/%?$top=1&$count=true",
				"/profile/keyring?dataSourceName=%&entityName=%&key=%",
			} {
				mustBeJSON(t, r.get(in(strings.ReplaceAll(path, "%", escaped(value)))))
			}
			mustBeJSON(t, r.get("/instances/"+escaped(value)))
			mustBeJSON(t, r.get("/instances/"+escaped(value)+"/data/Customer"))
		}
	})
}

func TestWritesAnswerAsTheDocumentSaysWhateverTheySend(t *testing.T) {
	bodies := []string{
		"", "null", "1", "[]", "{}", `""`, `"{}"`, "{", `{"a":1}{`, `{"a":1,"a":2}`, "\xff", `{"PurchaseId":"\ud800"}`,
		purchase("ODD_1"), purchase("ODD_1"), purchase("OPID_1000"), `{"City":null}`, `{"CustomerId":"x"}`, `{"City":1}`,
		strings.Repeat(" ", 2<<20), `{"a":` + strings.Repeat("[", 20000), strings.Replace(purchase("ODD_2"), "12.50", "1e999999999", 1),
	}
	inEveryStyle(t, func(t *testing.T, r *rig, _ sandbox.Style) {
		customer := r.firstCustomer()
		for _, body := range bodies {
			for _, entity := range []string{purchases, "UnifiedActivity", "Customer", "Hotel_stays", "Kiosk_kioskVisits", "Survey_wideResponses", "none"} {
				mustBeJSON(t, r.post(data(entity), body))
			}
			for _, path := range []string{"Customer/" + customer, "Customer/x", "Customer/a%2Fb", purchases + "/x", "UnifiedActivity/x"} {
				mustBeJSON(t, r.patch(in("/data/"+path), body))
			}
		}
		for _, value := range oddValues {
			mustBeJSON(t, r.post(data(purchases)+"?caller=c&validUntil="+escaped(value), purchase("UNTIL_"+value)))
			mustBeJSON(t, r.patch(in("/data/Customer/"+customer)+"?validUntil="+escaped(value), `{"City":"Bern"}`))
		}
	})
}

func TestASemicolonStandsForItself(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	if rows := r.get(in("/data/Customer?$filter=City%20eq%20'a;b'&$top=1")).rows(t); len(rows) != 0 {
		t.Errorf("found %v", rows)
	}
	customer := r.firstCustomer()
	r.patch(in("/data/Customer/"+customer), `{"City":"a;b"}`).must(t, http.StatusNoContent)
	if rows := r.get(in("/data/Customer?$filter=City%20eq%20'a;b'&$top=1")).rows(t); len(rows) != 1 {
		t.Errorf("found %d customers", len(rows))
	}
}

// escaped is a value as most callers write it; what is escaped already, right
// or wrong, stays.
func escaped(value string) string {
	if strings.Contains(value, "%") || strings.Contains(value, ";") {
		return strings.NewReplacer(" ", "%20", "/", "%2F").Replace(value)
	}
	return url.PathEscape(value)
}

// mustBeJSON holds against an answer what openapi.yaml does not say: every
// body is JSON, and nothing fails inside the service.
func mustBeJSON(t *testing.T, a reply) {
	t.Helper()
	if a.status >= http.StatusInternalServerError {
		t.Errorf("answered %d: %s", a.status, a.body)
	}
	if len(a.body) > 0 && !json.Valid(a.body) {
		t.Errorf("answered %d with %.200q", a.status, a.body)
	}
}

func FuzzAnyRequest(f *testing.F) {
	checker := openapitest.NewChecker(f)
	services := make([]*sandbox.Service, 0, len(styles))
	for _, style := range styles {
		service, err := sandbox.New(sandbox.Options{Style: style})
		if err != nil {
			f.Fatal(err)
		}
		services = append(services, service)
	}
	f.Add(uint8(0), "GET", "/v1"+data("Customer"), "$filter=City%20eq%20'a;b'&$expand=UnifiedActivity", "application/json", []byte(nil))
	f.Add(uint8(1), "POST", "/api"+data(purchases), "validUntil=x", "application/json", []byte(purchase("F_1")))
	f.Add(uint8(2), "PATCH", "/v1"+in("/data/Customer/x"), "", "application/json-patch+json", []byte(`"{\"City\":null}"`))
	f.Add(uint8(0), "GET", "/v1"+in("/manage/entities/Customer"), "attributesAnnotations=1", "", []byte("x"))
	f.Add(uint8(2), "GET", "/v1"+in("/data/UnifiedActivity('')"), "$skiptoken=MTAw&$top=7", "", []byte(nil))
	f.Add(uint8(1), "OPTIONS", "//api/./instances/%2F", "%zz;", "x", []byte("\xff"))
	f.Add(uint8(0), "GET", "instances", "0", "", []byte("0")) // below neither root
	f.Fuzz(func(t *testing.T, which uint8, method, path, query, kind string, body []byte) {
		style := styles[int(which)%len(styles)]
		u, err := url.ParseRequestURI("/" + strings.TrimPrefix(path, "/") + "?" + query)
		if err != nil || method == "" || strings.Contains(u.Path+"/", "//") {
			return // doubled slashes are one here, and a name of no letters in the document
		}
		request := func() *http.Request {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", strings.NewReader(string(body)))
			r.Method, r.URL, r.RequestURI = method, u, u.RequestURI()
			r.Header.Set("Authorization", "Bearer "+sandbox.DefaultToken)
			r.Header.Set("Ocp-Apim-Subscription-Key", sandbox.DefaultKey)
			r.Header.Set("Content-Type", kind)
			return r
		}
		w := httptest.NewRecorder()
		services[int(which)%len(styles)].ServeHTTP(w, request())
		if w.Body.Len() > 0 && !json.Valid(w.Body.Bytes()) {
			t.Fatalf("%s %s answers %d with %.200q", method, u, w.Code, w.Body)
		}
		if style == sandbox.StyleAwkward && meansNotTo(request(), w.Code) {
			return
		}
		if !strings.HasPrefix(u.Path, "/v1/instances") && !strings.HasPrefix(u.Path, "/api/instances") {
			if w.Code != http.StatusNotFound {
				t.Fatalf("%s %s answers %d", method, u, w.Code)
			}
			return // the document has nothing to say of it
		}
		if err := checker.Response(request(), w.Code, w.Header(), w.Body.Bytes()); err != nil && !errors.Is(err, openapitest.ErrNoOperation) {
			t.Fatal(err)
		}
	})
}
