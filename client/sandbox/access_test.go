package sandbox_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

func TestTheCurrentRootAsksForKeyAndTokenAndTheOldOneForATokenOnly(t *testing.T) {
	r := newRig(t, sandbox.Options{Key: "my-key", Token: "my-token"})
	for _, call := range []struct {
		name, root, key, token string
		status                 int
	}{
		{"both right", "/v1", "my-key", "Bearer my-token", http.StatusOK},
		{"bearer in another case", "/v1", "my-key", "bearer my-token", http.StatusOK},
		{"no key", "/v1", "", "Bearer my-token", http.StatusUnauthorized},
		{"wrong key", "/v1", "sandbox-key", "Bearer my-token", http.StatusUnauthorized},
		{"no token", "/v1", "my-key", "", http.StatusUnauthorized},
		{"wrong token", "/v1", "my-key", "Bearer sandbox-token", http.StatusUnauthorized},
		{"another scheme", "/v1", "my-key", "Basic my-token", http.StatusUnauthorized},
		{"old root without a key", "/api", "", "Bearer my-token", http.StatusOK},
		{"old root with a wrong token", "/api", "my-key", "Bearer x", http.StatusUnauthorized},
	} {
		t.Run(call.name, func(t *testing.T) {
			got := r.do(http.MethodGet, r.origin+call.root+"/instances", "", http.Header{
				"Authorization": {call.token}, "Ocp-Apim-Subscription-Key": {call.key},
			}).must(t, call.status)
			if call.status != http.StatusUnauthorized {
				return
			}
			if got.header.Get("WWW-Authenticate") == "" {
				t.Error("no WWW-Authenticate")
			}
			if body := got.object(t); body["statusCode"] == nil || body["message"] == "" {
				t.Errorf("not in the gateway's form: %s", got.body)
			}
		})
	}
}

func TestAViewerReadsAndDoesNotWrite(t *testing.T) {
	r := newRig(t, sandbox.Options{Role: "Viewer"})
	role := r.get(in("/rbac/myrole")).must(t, http.StatusOK).object(t)
	if roles := role["roles"].([]any); len(roles) != 1 || roles[0] != "Viewer" {
		t.Errorf("roles are %v", roles)
	}
	r.get(data("Customer")).must(t, http.StatusOK)
	r.post(data(purchases), purchase("OPID_V1")).mustFail(t, http.StatusForbidden, "")
	r.patch(in("/data/Customer/"+r.firstCustomer()), `{"City":"Bern"}`).mustFail(t, http.StatusForbidden, "")
}

func TestTheLimitIsASlidingWindow(t *testing.T) {
	r := newRig(t, sandbox.Options{Rate: 3})
	call := func(status int) reply { t.Helper(); return r.get("/instances").must(t, status) }
	call(http.StatusOK) // at 0 s
	r.service.AdvanceClock(40 * time.Second)
	call(http.StatusOK) // at 40 s
	call(http.StatusOK)

	refused := call(http.StatusTooManyRequests)
	if got := refused.header.Get("Retry-After"); got != "20" {
		t.Errorf("Retry-After is %q, want the 20 s until the first call is 60 s old", got)
	}
	if got := refused.object(t)["message"]; got != "Rate limit is exceeded. Try again in 20 seconds." {
		t.Errorf("the message is %v", got)
	}
	r.service.AdvanceClock(20*time.Second - time.Nanosecond)
	call(http.StatusTooManyRequests)
	r.service.AdvanceClock(time.Nanosecond)
	call(http.StatusOK) // in the place of the first call only
	call(http.StatusTooManyRequests)
	r.service.AdvanceClock(40 * time.Second)
	call(http.StatusOK)
	call(http.StatusOK)
	call(http.StatusTooManyRequests)
}

func TestWhoIsNotLetInDoesNotUseUpTheLimit(t *testing.T) {
	r := newRig(t, sandbox.Options{Rate: 1})
	for range 5 {
		r.do(http.MethodGet, r.root()+"/instances", "", http.Header{"Authorization": {"Bearer x"}}).must(t, http.StatusUnauthorized)
	}
	r.get("/instances").must(t, http.StatusOK)
	r.get("/instances").must(t, http.StatusTooManyRequests)
}

func TestTheTrialEndsWhenItsTimeComes(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	path := "/instances/" + sandbox.InstanceTrial
	r.get(path+"/data/Customer").must(t, http.StatusOK)
	r.service.AdvanceClock(5*24*time.Hour - time.Second)
	r.get(path+"/data/Customer").must(t, http.StatusOK)
	r.service.AdvanceClock(time.Second)
	r.get(path+"/data/Customer").mustFail(t, http.StatusForbidden, "instanceExpired")
	r.get(path).must(t, http.StatusOK) // what it is can still be asked
	r.get(data("Customer")).must(t, http.StatusOK)
}

func TestInstancesThatCannotBeUsedSayWhy(t *testing.T) {
	r := newRig(t, sandbox.Options{Style: sandbox.StyleAwkward})
	for _, c := range []struct {
		id, code string
		status   int
	}{
		{sandbox.InstanceExpired, "instanceExpired", http.StatusForbidden},
		{sandbox.InstanceCreating, "instanceNotActive", http.StatusForbidden},
		{sandbox.InstanceBroken, "internalServerError", http.StatusInternalServerError},
		{"not-an-id", "invalidInstanceId", http.StatusNotFound},
		{"00000000-0000-0000-0000-000000000000", "instanceNotFound", http.StatusNotFound},
	} {
		r.get("/instances/"+c.id+"/manage/tables").mustFail(t, c.status, c.code)
	}
	r.get("/instances/"+sandbox.InstanceBroken).must(t, http.StatusInternalServerError)
	r.get("/instances/"+sandbox.InstanceExpired).must(t, http.StatusOK)
}

func TestStylesListInstancesInTheirOwnWay(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, style sandbox.Style) {
		body := r.get("/instances").must(t, http.StatusOK).body
		list := reply{body: []byte(`{"list":` + string(body) + `}`)}.object(t)["list"].([]any)
		first := list[0].(map[string]any)
		want := map[sandbox.Style]struct {
			kind  any
			scale any
			count int
		}{
			sandbox.StyleCurrent: {"sandbox", nil, 3},
			sandbox.Style2020:    {"Sandbox", r.origin, 3},
			sandbox.StyleAwkward: {"SANDBOX", nil, 7},
		}[style]
		if first["name"] != "Contoso Coffee" || first["instanceType"] != want.kind || first["scaleUnitUri"] != want.scale || len(list) != want.count {
			t.Errorf("%d instances, the first is %v", len(list), first)
		}
		if style != sandbox.StyleAwkward {
			return
		}
		if broken := list[3].(map[string]any); broken["name"] != nil {
			t.Errorf("the nameless instance is called %v", broken["name"])
		}
	})
}

func TestDataOfInstancesIsSeparate(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	r.post(data(purchases), purchase("OPID_SEP")).must(t, http.StatusCreated)
	r.post("/instances/"+sandbox.InstanceTrial+"/data/"+purchases, purchase("OPID_SEP")).must(t, http.StatusCreated)
	if n := len(r.service.Posted(sandbox.InstanceProduction, purchases)); n != 0 {
		t.Errorf("%d activities came into an instance that nobody posted to", n)
	}
}

func TestRetryAfterIsNeverLessThanTheWait(t *testing.T) {
	r := newRig(t, sandbox.Options{Rate: 1})
	r.get("/instances").must(t, http.StatusOK)
	r.service.AdvanceClock(59500 * time.Millisecond)
	seconds, err := strconv.Atoi(r.get("/instances").must(t, http.StatusTooManyRequests).header.Get("Retry-After"))
	if err != nil || seconds != 1 {
		t.Errorf("Retry-After is %d for half a second (%v)", seconds, err)
	}
}

func TestTheAwkwardStyleSaysNoWithoutAWord(t *testing.T) {
	r := newRig(t, sandbox.Options{Style: sandbox.StyleAwkward})
	got := r.do(http.MethodGet, r.root()+"/instances", "", http.Header{"Authorization": {"Bearer x"}}).must(t, http.StatusUnauthorized)
	if len(got.body) != 0 || got.header.Get("WWW-Authenticate") == "" {
		t.Errorf("answered %q", got.body)
	}
}

func TestOneInstanceIsForBusinessAccounts(t *testing.T) {
	r := newRig(t, sandbox.Options{Style: sandbox.StyleAwkward})
	for id, want := range map[string]bool{sandbox.InstanceWholesale: true, sandbox.InstanceCoffee: false} {
		about := r.get("/instances/"+id).must(t, http.StatusOK).object(t)
		if about["isB2B"] != want || about["isB2C"] == want {
			t.Errorf("%v is for businesses: %v", about["name"], about["isB2B"])
		}
	}
}
