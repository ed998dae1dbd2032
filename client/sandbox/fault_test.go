package sandbox_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/activitydesk/activitydesk/client/openapitest"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

// faulty is a service with faults; what they answer is not meant to conform.
func faulty(t *testing.T, spec string) *rig {
	t.Helper()
	faults, err := sandbox.ParseFaults(spec)
	if err != nil {
		t.Fatal(err)
	}
	return newRig(t, sandbox.Options{Faults: faults}, openapitest.RequestsOnly())
}

func (r *rig) stored() int { return len(r.service.Posted(sandbox.InstanceCoffee, purchases)) }

func TestDroppedConnectionsStoreOrNotAsSaid(t *testing.T) {
	for spec, stored := range map[string]int{
		"post:drop:1": 0, "post:drop-before-store:1": 0, "post:drop-after-store:1": 1, "post:cut:1": 1,
	} {
		t.Run(spec, func(t *testing.T) {
			r := faulty(t, spec)
			answer, err := r.try(http.MethodPost, data(purchases), purchase("OPID_DROP"), http.Header{"Content-Type": {"application/json"}})
			if err == nil {
				t.Errorf("answered %d: %s", answer.status, answer.body)
			}
			if cut := strings.Contains(spec, "cut"); cut != (answer.status == http.StatusCreated) {
				t.Errorf("the status is %d", answer.status)
			}
			if r.stored() != stored {
				t.Errorf("%d are stored, want %d", r.stored(), stored)
			}
			again := r.post(data(purchases), purchase("OPID_DROP")) // the fault is over
			if want := http.StatusCreated + stored*(http.StatusConflict-http.StatusCreated); again.status != want {
				t.Errorf("the second post is answered %d, want %d", again.status, want)
			}
		})
	}
}

func TestFailingStatusesStoreNothingUnlessSaid(t *testing.T) {
	for _, c := range []struct {
		spec       string
		status     int
		code       string
		retryAfter string
		stored     int
	}{
		{"post:503", http.StatusServiceUnavailable, "bcdrReadOnly", "1", 0},
		{"post:500-after-store", http.StatusInternalServerError, "internalServerError", "", 1},
		{"write:400=mandatoryFieldsMissing", http.StatusBadRequest, "mandatoryFieldsMissing", "", 0},
		{"all:503=7s", http.StatusServiceUnavailable, "bcdrReadOnly", "7", 0},
		{"post:418", http.StatusTeapot, "internalServerError", "", 0},
	} {
		t.Run(c.spec, func(t *testing.T) {
			r := faulty(t, c.spec)
			got := r.post(data(purchases), purchase("OPID_STATUS"))
			got.mustFail(t, c.status, c.code)
			if got.header.Get("Retry-After") != c.retryAfter || r.stored() != c.stored {
				t.Errorf("Retry-After %q, %d stored", got.header.Get("Retry-After"), r.stored())
			}
		})
	}
	limited := faulty(t, "post:429=23s").post(data(purchases), purchase("OPID_STATUS")).must(t, http.StatusTooManyRequests)
	if limited.header.Get("Retry-After") != "23" || limited.object(t)["statusCode"] == nil {
		t.Errorf("429 is not the gateway's: %s", limited.body)
	}
}

func TestErrorsTakeTheFormThatIsAskedFor(t *testing.T) {
	for form, want := range map[string]string{
		"service": `"errorCode":"entityMetaDataNotFound"`, "odata": `"error":{"code":"entityMetaDataNotFound"`,
		"gateway": `"statusCode":404`, "html": "<h1>Not Found</h1>", "text": "404 Not Found", "empty": "",
	} {
		r := faulty(t, "error-form:"+form)
		got := r.get(data("Nobody_knows")).must(t, http.StatusNotFound)
		if form == "empty" && len(got.body) != 0 || !bytes.Contains(got.body, []byte(want)) {
			t.Errorf("%s: %s", form, got.body)
		}
		r.get(data("Customer")).must(t, http.StatusOK)
	}
}

func TestOtherBodiesThanJSON(t *testing.T) {
	for what, check := range map[string]func(reply) bool{
		"html":  func(a reply) bool { return strings.HasPrefix(a.header.Get("Content-Type"), "text/html") },
		"text":  func(a reply) bool { return string(a.body) == "It works!\n" },
		"empty": func(a reply) bool { return len(a.body) == 0 },
		"huge":  func(a reply) bool { return len(a.body) > 10<<20 },
	} {
		got := faulty(t, "read:"+what).get(data("Customer")).must(t, http.StatusOK)
		if !check(got) {
			t.Errorf("%s: %.80s", what, got.body)
		}
	}
}

func TestRedirectsPointToAnotherHost(t *testing.T) {
	for spec, status := range map[string]int{"all:redirect": http.StatusTemporaryRedirect, "all:redirect=302": http.StatusFound} {
		r := faulty(t, spec)
		got := r.post(data(purchases), purchase("OPID_AWAY")).must(t, status)
		if !strings.HasPrefix(got.header.Get("Location"), "https://elsewhere.invalid/v1/instances/") || r.stored() != 0 {
			t.Errorf("Location is %q", got.header.Get("Location"))
		}
	}
}

func TestFaultsKeepToTheirCallsAndLimits(t *testing.T) {
	r := faulty(t, "query:503:2,keyring:404,post:500:after=1")
	r.get(data("Customer")).must(t, http.StatusServiceUnavailable)
	r.get("/instances").must(t, http.StatusOK)
	r.get(data("Customer")).must(t, http.StatusServiceUnavailable)
	r.get(data("Customer")).must(t, http.StatusOK)
	r.get(in("/profile/keyring")).must(t, http.StatusNotFound)
	r.post(data(purchases), purchase("OPID_1")).must(t, http.StatusCreated)
	r.post(data(purchases), purchase("OPID_2")).must(t, http.StatusInternalServerError)
	r.service.SetFaults()
	r.post(data(purchases), purchase("OPID_2")).must(t, http.StatusCreated)
}

func TestChancesAreTheSameInEveryRun(t *testing.T) {
	run := func(spec string) string {
		r := faulty(t, spec)
		var b strings.Builder
		for range 60 {
			b.WriteByte("01"[btoi(r.get("/instances").status == http.StatusServiceUnavailable)])
		}
		return b.String()
	}
	first := run("all:503:20%")
	if n := strings.Count(first, "1"); n < 4 || n > 24 {
		t.Errorf("%d of 60 calls failed at 20%%", n)
	}
	if run("all:503:20%") != first {
		t.Error("a second run failed elsewhere")
	}
	if run("seed=7,all:503:20%") == first {
		t.Error("another seed failed at the same calls")
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestSlownessAddsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		faults, err := sandbox.ParseFaults("instances:slow=2s,read:slow=500ms,post:slow=1h")
		if err != nil {
			t.Fatal(err)
		}
		service, err := sandbox.New(sandbox.Options{Latency: 250 * time.Millisecond, Faults: faults})
		if err != nil {
			t.Fatal(err)
		}
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/instances", nil)
		req.Header.Set("Authorization", "Bearer "+sandbox.DefaultToken)
		answer, before := httptest.NewRecorder(), time.Now()
		service.ServeHTTP(answer, req)
		if took := time.Since(before); answer.Code != http.StatusOK || took != 2750*time.Millisecond {
			t.Errorf("answered %d after %s", answer.Code, took)
		}
	})
}

func TestACallThatIsSlowGoesOnWhenOtherFaultsAreSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		faults, err := sandbox.ParseFaults("instances:slow=1h")
		if err != nil {
			t.Fatal(err)
		}
		service, err := sandbox.New(sandbox.Options{Faults: faults})
		if err != nil {
			t.Fatal(err)
		}
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/instances", nil)
		req.Header.Set("Authorization", "Bearer "+sandbox.DefaultToken)
		answer, before := httptest.NewRecorder(), time.Now()
		time.AfterFunc(time.Minute, func() { service.SetFaults() })
		service.ServeHTTP(answer, req)
		if took := time.Since(before); answer.Code != http.StatusOK || took != time.Minute {
			t.Errorf("answered %d after %s", answer.Code, took)
		}
	})
}

func TestTheHelpNamesEveryCallAndItsExamplesAreRight(t *testing.T) {
	for _, call := range []string{
		"all", "read", "write", "instances", "instance", "role", "entities", "entity", "size", "relationships",
		"query", "post", "patch", "keyring", "counts",
	} {
		if _, err := sandbox.ParseFaults(call + ":503"); err != nil || !strings.Contains(sandbox.FaultHelp, call) {
			t.Errorf("%s: %v", call, err)
		}
	}
	examples := 0
	for line := range strings.SplitSeq(sandbox.FaultHelp, "\n") {
		spec, _, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if !strings.Contains(spec, ":") || strings.Contains(spec, "CALLS") || strings.Contains(spec, "FORM") || strings.Contains(spec, " ") {
			continue
		}
		examples++
		if _, err := sandbox.ParseFaults(spec); err != nil {
			t.Errorf("an example of the help is wrong: %v", err)
		}
	}
	if examples < 3 {
		t.Errorf("%d examples were found", examples)
	}
}

func TestParseFaultsSaysWhatIsRight(t *testing.T) {
	for spec, want := range map[string]string{
		"":                     "write CALLS:WHAT",
		"post":                 "write CALLS:WHAT",
		"nothing:503":          "all, read, write, instances",
		"post:broken":          "drop-after-store",
		"post:200":             "400 to 599",
		"post:503=?":           "service code",
		"post:slow":            "slow=2s",
		"post:slow=-1s":        "slow=2s",
		"post:drop=1":          "takes no value",
		"post:html=1":          "takes no value",
		"post:redirect=200":    "300 to 399",
		"post:form=xml":        "service, odata, gateway",
		"error-form:xml":       "service, odata, gateway",
		"post:503:0":           "a count such as 3",
		"post:503:0%":          "more than 0%",
		"post:503:NaN%":        "more than 0%",
		"post:503:101%":        "at most 100%",
		"post:503:after=x":     "whole number from 0",
		"seed=x,post:503":      "whole number",
		"post:503,,query:html": "write CALLS:WHAT",
	} {
		if _, err := sandbox.ParseFaults(spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want a word of %q", spec, err, want)
		}
	}
}

func FuzzParseFaults(f *testing.F) {
	for _, spec := range []string{
		"post:drop-after-store:1", "all:503:20%", "error-form:odata", "read:html", "write:slow=2s,post:429=5s:2",
		"seed=7,query:redirect=302:after=2", "post:400=mandatoryFieldsMissing:3", "::", "post:503:%",
	} {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		faults, err := sandbox.ParseFaults(spec)
		if err != nil {
			return
		}
		for _, fault := range faults {
			if fault.Calls == "" || fault.Chance < 0 || fault.Chance > 1 || fault.Count < 0 || fault.Skip < 0 || fault.Delay < 0 {
				t.Errorf("%q is read as %+v", spec, fault)
			}
			if fault.Delay == 0 && fault.Drop == sandbox.DropNowhere && fault.Answer == sandbox.AnswerRight && fault.Form == sandbox.FormAsStyle {
				t.Errorf("%q: nothing goes wrong in %+v", spec, fault)
			}
		}
	})
}
