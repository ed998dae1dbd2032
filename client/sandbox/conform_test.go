package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// entityNames lists an instance's entities by the name for data requests.
func (r *rig) entityNames(query string) []string {
	r.t.Helper()
	var names []string
	for _, e := range r.entities(query) {
		name, _ := e["name"].(string)
		if source, _ := e["dataSourceName"].(string); source != "" {
			name = source + "_" + name
		}
		names = append(names, name)
	}
	return names
}

func (r *rig) entities(query string) []map[string]any {
	r.t.Helper()
	path := "/manage/entities"
	if r.get(in(path)).status == http.StatusNotFound {
		path = "/manage/tables"
	}
	model := r.get(in(path+query)).must(r.t, http.StatusOK).object(r.t)
	var list []map[string]any
	for _, item := range model["entities"].([]any) {
		list = append(list, item.(map[string]any))
	}
	return list
}

func inEveryStyle(t *testing.T, test func(t *testing.T, r *rig, style sandbox.Style)) {
	for _, style := range styles {
		t.Run(style.String(), func(t *testing.T) {
			test(t, newRig(t, sandbox.Options{Style: style}), style)
		})
	}
}

func TestEveryEntityConformsInMetadataSizeAndRows(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, style sandbox.Style) {
		word := "entities"
		if style == sandbox.StyleAwkward {
			word = "tables"
		}
		names := r.entityNames("?attributesAnnotations=true&includeQuarantined=true")
		if len(names) < 25 {
			t.Fatalf("there are only %d entities", len(names))
		}
		for _, name := range names {
			r.get(in("/manage/"+word+"/"+name+"?attributesAnnotations=true")).must(t, http.StatusOK)
			size := r.get(in("/manage/"+word+"/"+name+"/entitysize")).must(t, http.StatusOK).object(t)
			if !strings.HasSuffix(size["qualifiedEntityName"].(string), name[strings.Index(name, "_")+1:]) {
				t.Errorf("the size of %s is said of %v", name, size["qualifiedEntityName"])
			}
			r.get(data(name, "$top", "5")).must(t, http.StatusOK)
		}
		r.get(in("/manage/relationships")).must(t, http.StatusOK)
	})
}

func TestEveryEntityTypeOfTheContractIsThere(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, _ sandbox.Style) {
		seen := map[string]bool{}
		for _, e := range r.entities("?includeQuarantined=true") {
			seen[strings.ToLower(e["entityType"].(string))] = true
		}
		for _, want := range []string{
			"unspecified", "profile", "conflationmap", "activity", "aggregatekpi", "profilekpi", "unifiedactivity",
			"segment", "intelligence", "genericprediction", "enrichment", "insights", "derivedentity", "quarantine",
		} {
			if !seen[want] {
				t.Errorf("no entity is of type %s", want)
			}
		}
	})
}

func TestQuarantinedEntitiesAreShownOnRequestOnly(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	with, without := r.entityNames("?includeQuarantined=true"), r.entityNames("")
	if len(with) != len(without)+1 {
		t.Errorf("%d entities with the quarantined one, %d without", len(with), len(without))
	}
}

func TestInstancesConformUnderBothRoots(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, _ sandbox.Style) {
		for _, root := range []string{"/v1", "/api"} {
			r.get(r.origin+root+"/instances").must(t, http.StatusOK)
			for _, id := range []string{sandbox.InstanceCoffee, sandbox.InstanceTrial, sandbox.InstanceProduction} {
				r.get(r.origin+root+"/instances/"+id).must(t, http.StatusOK)
				r.get(r.origin+root+"/instances/"+id+"/rbac/myrole").must(t, http.StatusOK)
			}
		}
	})
}

func TestErrorsConformWhereverTheyCome(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, _ sandbox.Style) {
		none := http.Header{"Authorization": {""}}
		for _, call := range []struct {
			method, path, body string
			header             http.Header
			status             int
		}{
			{"GET", "/instances", "", none, http.StatusUnauthorized},
			{"GET", in(""), "", none, http.StatusUnauthorized},
			{"GET", data("Customer"), "", none, http.StatusUnauthorized},
			{"GET", "/instances/00000000-0000-0000-0000-000000000000", "", nil, http.StatusNotFound},
			{"GET", data("Nobody_knows"), "", nil, http.StatusNotFound},
			{"GET", data("Customer", "$filter", "Nope eq 1"), "", nil, http.StatusBadRequest},
			{"GET", data("Customer", "$top", "many"), "", nil, http.StatusBadRequest},
			{"GET", in("/profile/keyring"), "", nil, http.StatusBadRequest},
			{"GET", in("/profile/keyring?dataSourceName=eCommerce&entityName=eCommerceContacts&key=x"), "", nil, http.StatusNotFound},
			{"GET", in("/profile/activityresponsemetadata"), "", nil, http.StatusBadRequest},
			{"GET", in("/profile/activityresponsemetadata?customerId=x"), "", nil, http.StatusNotFound},
			{"POST", data(purchases), "{", nil, http.StatusBadRequest},
			{"POST", data("Nobody_knows"), "{}", nil, http.StatusNotFound},
			{"PATCH", in("/data/Customer/nobody"), "{}", nil, http.StatusNotFound},
			{"PATCH", in("/data/" + purchases + "/x"), "{}", nil, http.StatusBadRequest},
		} {
			header := http.Header{"Content-Type": {"application/json"}}
			for name, values := range call.header {
				header[name] = values
			}
			r.do(call.method, call.path, call.body, header).must(t, call.status)
		}
	})
}

func TestPathsThatAreNoneAnswerLikeAGateway(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	for _, path := range []string{"/", "/v2/entities", "/v1", "/v1/instances/x/y", "/v1/a%2Fb"} {
		answer := r.get(r.origin+path).must(t, http.StatusNotFound).object(t)
		if answer["message"] != "Resource not found" {
			t.Errorf("%s answers %v", path, answer)
		}
	}
	r.do(http.MethodDelete, r.root()+"/instances", "", nil).must(t, http.StatusNotFound)
	// Doubled slashes, as some clients make of a root that ends in one, do no harm.
	r.get(r.origin+"/v1//instances/"+sandbox.InstanceCoffee+"//data/Customer").must(t, http.StatusOK)
}

func TestAnswersAreCompressedOnRequestOnly(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	plain := r.do(http.MethodGet, in("/manage/entities"), "", http.Header{"Accept-Encoding": {"identity"}})
	packed := r.do(http.MethodGet, in("/manage/entities"), "", http.Header{"Accept-Encoding": {"br, gzip"}})
	if plain.header.Get("Content-Encoding") != "" || packed.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("encodings are %q and %q", plain.header.Get("Content-Encoding"), packed.header.Get("Content-Encoding"))
	}
	if len(packed.body) >= len(plain.body) {
		t.Errorf("packed %d bytes, plain %d", len(packed.body), len(plain.body))
	}
	refused := r.do(http.MethodGet, in("/manage/entities"), "", http.Header{"Accept-Encoding": {"gzip;q=0"}})
	if refused.header.Get("Content-Encoding") != "" {
		t.Error("compressed for a caller who refused it")
	}
}

func TestEveryAnswerHasARequestIDOfItsOwn(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	a, b := r.get("/instances").header.Get("x-ms-request-id"), r.get("/instances").header.Get("x-ms-request-id")
	if a == "" || a == b {
		t.Errorf("request ids are %q and %q", a, b)
	}
}
