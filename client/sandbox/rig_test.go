// What the tests of this package share: a running service whose every answer
// is held against openapi.yaml, and a caller with credentials.

package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/openapitest"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/withstand"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(withstand.Patient(m)) }

// start is a moment to which the tests set the service's clock.
var start = time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)

var styles = []sandbox.Style{sandbox.StyleCurrent, sandbox.Style2020, sandbox.StyleAwkward}

// rig is a service and its address.
type rig struct {
	t       *testing.T
	service *sandbox.Service
	origin  string
	client  *http.Client
}

// newRig starts a service. Answers that mean not to conform are excepted.
func newRig(t *testing.T, o sandbox.Options, except ...openapitest.Option) *rig {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return start }
	}
	service, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if o.Style == sandbox.StyleAwkward {
		except = append(except, openapitest.Except(meansNotTo))
	}
	server := httptest.NewServer(openapitest.Handler(t, service, except...))
	t.Cleanup(server.Close)
	client := server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &rig{t: t, service: service, origin: server.URL, client: client}
}

// meansNotTo says where the awkward style leaves openapi.yaml on purpose: it
// wraps the errors of the management side as well, and answers 403 in OData's
// form.
func meansNotTo(r *http.Request, status int) bool {
	data := strings.Contains(r.URL.Path, "/data/")
	return status >= http.StatusBadRequest && !(data && status < http.StatusInternalServerError && status != http.StatusForbidden)
}

// reply is an answer in full.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// object decodes the answer's body.
func (a reply) object(t *testing.T) map[string]any {
	t.Helper()
	var out map[string]any
	dec := json.NewDecoder(strings.NewReader(string(a.body)))
	dec.UseNumber()
	if err := dec.Decode(&out); err != nil {
		t.Fatalf("%d is no JSON object: %v\n%s", a.status, err, a.body)
	}
	return out
}

// rows are the objects of an OData answer.
func (a reply) rows(t *testing.T) []map[string]any {
	t.Helper()
	if a.status != http.StatusOK {
		t.Fatalf("answered %d: %s", a.status, a.body)
	}
	list, _ := a.object(t)["value"].([]any)
	out := make([]map[string]any, 0, len(list))
	for _, item := range list {
		out = append(out, item.(map[string]any))
	}
	return out
}

// code is the service code in whichever form the error has.
func (a reply) code(t *testing.T) string {
	t.Helper()
	object := a.object(t)
	if wrapped, ok := object["error"].(map[string]any); ok {
		object = map[string]any{"errorCode": wrapped["code"]}
	}
	code, _ := object["errorCode"].(string)
	return code
}

// root is the root that the service announces.
func (r *rig) root() string { return r.origin + r.service.RootPath() }

// in is a path within Contoso Coffee.
func in(path string) string { return "/instances/" + sandbox.InstanceCoffee + path }

// data is a path to an entity's rows, with OData options in pairs.
func data(entity string, options ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(options); i += 2 {
		values.Set(options[i], options[i+1])
	}
	path := in("/data/" + entity)
	if len(values) > 0 {
		path += "?" + strings.ReplaceAll(values.Encode(), "+", "%20")
	}
	return path
}

func (r *rig) get(path string) reply { return r.do(http.MethodGet, path, "", nil) }

func (r *rig) post(path, body string) reply {
	return r.do(http.MethodPost, path, body, http.Header{"Content-Type": {"application/json"}})
}

func (r *rig) patch(path, body string) reply {
	return r.do(http.MethodPatch, path, body, http.Header{"Content-Type": {"application/json"}})
}

// do calls with credentials; header may replace them.
func (r *rig) do(method, path, body string, header http.Header) reply {
	r.t.Helper()
	resp, err := r.try(method, path, body, header)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp
}

// try is do for calls that may break.
func (r *rig) try(method, path, body string, header http.Header) (reply, error) {
	r.t.Helper()
	if !strings.HasPrefix(path, "http") {
		path = r.root() + path
	}
	req, err := http.NewRequestWithContext(r.t.Context(), method, path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+sandbox.DefaultToken)
	req.Header.Set("Ocp-Apim-Subscription-Key", sandbox.DefaultKey)
	for name, values := range header {
		req.Header[name] = values
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	received, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, received}, err
}

// must fails the test when a status is another one.
func (a reply) must(t *testing.T, status int) reply {
	t.Helper()
	if a.status != status {
		t.Fatalf("answered %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// mustFail checks an error's status and code.
func (a reply) mustFail(t *testing.T, status int, code string) {
	t.Helper()
	a.must(t, status)
	if got := a.code(t); got != code {
		t.Fatalf("the code is %q, want %q: %s", got, code, a.body)
	}
}

// purchase is a body that the shop's purchases take.
func purchase(key string) string {
	return `{"PurchaseId":"` + key + `","ContactId":"CNTID_1000","PurchasedOn":"2026-11-23T13:05:00Z","TotalPrice":12.50,"ProductId":"ProdID_1032"}`
}

const purchases = "eCommerce_eCommercePurchases"

// firstCustomer is the id of the customer behind CNTID_1000.
func (r *rig) firstCustomer() string {
	r.t.Helper()
	rows := r.get(data("Customer", "$filter", "eCommerce_eCommerceContacts_ContactId eq 'CNTID_1000'")).rows(r.t)
	if len(rows) != 1 {
		r.t.Fatalf("CNTID_1000 leads to %d customers", len(rows))
	}
	return rows[0]["CustomerId"].(string)
}
