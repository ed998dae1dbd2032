// Every reading operation, where it goes and what comes of its answer.

package client

import (
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/openapitest"
)

const below = "/v1/instances/" + instanceID

const entityJSON = `{"name":"purchases","qualifiedEntityName":"shop_purchases","dataSourceName":"shop","entityType":"activity","attributes":[{"name":"Id","dataType":"Edm.String"}]}`

// readCase is an operation, the path that it must ask for, and its answer.
type readCase struct {
	name, path, body string
	ask              func(*testing.T, *Instance) (any, error)
	want             any
}

func (c readCase) run(t *testing.T) {
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.RequestURI != c.path {
			t.Errorf("asked for %s %s, want GET %s", r.Method, r.RequestURI, c.path)
		}
		if got := r.Header.Get("Accept"); got != "application/json" {
			t.Errorf("accepts %q", got)
		}
		answerJSON(200, c.body)(w, r)
	}))
	got, err := c.ask(t, s.instance())
	if err != nil || !reflect.DeepEqual(got, c.want) {
		t.Errorf("got %+v (%v), want %+v", got, err, c.want)
	}
}

func TestManagementIsReadWhereTheContractSays(t *testing.T) {
	for _, c := range []readCase{
		{
			"details", below, `{"instanceId":"` + instanceID + `","name":"Contoso","isB2B":true}`,
			func(t *testing.T, i *Instance) (any, error) { return i.Details(t.Context()) },
			metadata.Instance{ID: instanceID, Name: "Contoso", B2B: true},
		},
		{
			"role", below + "/rbac/myrole", `{"principalId":"p","roles":["Viewer"]}`,
			func(t *testing.T, i *Instance) (any, error) { return i.MyRole(t.Context()) },
			metadata.Role{PrincipalID: "p", Roles: []string{"Viewer"}},
		},
		{
			"entities", below + "/manage/entities?attributesAnnotations=true&includeQuarantined=true", `{"entities":[]}`,
			func(t *testing.T, i *Instance) (any, error) {
				return i.Entities(t.Context(), EntitiesOptions{Annotations: true, Quarantined: true})
			},
			[]metadata.Entity{},
		},
		{
			"entities, plain", below + "/manage/entities", `{"entities":[` + entityJSON + `]}`,
			func(t *testing.T, i *Instance) (any, error) {
				list, err := i.Entities(t.Context(), EntitiesOptions{})
				return len(list), err
			},
			1,
		},
		{
			"entity", below + "/manage/entities/shop_purchases?attributesAnnotations=true", entityJSON,
			func(t *testing.T, i *Instance) (any, error) {
				e, err := i.Entity(t.Context(), "shop_purchases", true)
				return e.DataName(), err
			},
			"shop_purchases",
		},
		{
			"entity size", below + "/manage/entities/shop_purchases/entitysize", `{"qualifiedEntityName":"shop_purchases","size":5,"rowCount":2}`,
			func(t *testing.T, i *Instance) (any, error) { return i.EntitySize(t.Context(), "shop_purchases") },
			metadata.EntitySize{QualifiedName: "shop_purchases", Bytes: 5, Rows: 2},
		},
		{
			"relationships", below + "/manage/relationships", `[{"name":"r","fromEntityName":"A"}]`,
			func(t *testing.T, i *Instance) (any, error) { return i.Relationships(t.Context()) },
			[]metadata.Relationship{{Name: "r", FromEntity: "A"}},
		},
	} {
		t.Run(c.name, c.run)
	}
}

func TestDataAreReadWhereTheContractSays(t *testing.T) {
	for _, c := range []readCase{
		{
			"key ring", below + "/profile/keyring?dataSourceName=my%20shop&entityName=contacts&key=O%27Neill%26%2B", `{"instanceId":"` + instanceID + `","customerId":"c","keyRing":[1]}`,
			func(t *testing.T, i *Instance) (any, error) {
				ring, err := i.KeyRing(t.Context(), "my shop", "contacts", "O'Neill&+")
				return ring.CustomerID + string(ring.Keys), err
			},
			"c[1]",
		},
		{
			"counts", below + "/profile/activityresponsemetadata?customerId=c%201", `[{"activityType":"SalesOrder","count":3}]`,
			func(t *testing.T, i *Instance) (any, error) {
				counts, _, err := i.ActivityCounts(t.Context(), "c 1")
				return counts, err
			},
			[]ActivityCount{{Type: "SalesOrder", Count: 3}},
		},
		{
			"rows", below + "/data/odd%2Fname%20%C3%A4%23%3F?$filter=CustomerId%20eq%20%27a%27&$top=5", `{"value":[{"a":1}]}`,
			func(t *testing.T, i *Instance) (any, error) {
				page, err := i.Query(t.Context(), "odd/name ä#?", Query{Filter: Eq("CustomerId", Text("a")), Top: 5})
				return len(page.Rows), err
			},
			1,
		},
	} {
		t.Run(c.name, c.run)
	}
}

func TestInstancesAreListed(t *testing.T) {
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/instances" || r.Header.Get("Authorization") != "Bearer "+secretToken || r.Header.Get("Ocp-Apim-Subscription-Key") != secretKey {
			t.Errorf("asked for %s with %v", r.URL, r.Header)
		}
		answerJSON(200, `[{"instanceId":"`+instanceID+`","name":null,"instanceType":"Trial"}]`)(w, r)
	}))
	list, err := s.Instances(t.Context())
	if err != nil || len(list) != 1 || list[0].Environment() != metadata.EnvironmentTrial || list[0].Label() != "Unnamed instance 11111111" {
		t.Errorf("list = %+v (%v)", list, err)
	}
	if s.Root() != s.server.URL+"/v1" || !strings.Contains(s.String(), s.server.URL) || strings.Contains(s.String(), secretToken) {
		t.Errorf("root %q, printed as %q", s.Root(), s.String())
	}
}

func TestDetailsKeepWhatOnlyTheListTells(t *testing.T) {
	s := serve(t, answerJSON(200, `{"instanceId":"`+instanceID+`","name":"New name","region":null}`))
	listed := metadata.Instance{ID: instanceID, Name: "Old name", TenantID: "t", TenantName: "tn", ScaleUnitURI: s.server.URL, Region: "weu"}
	got, err := s.For(listed).Details(t.Context())
	want := listed
	want.Name = "New name"
	if err != nil || got != want {
		t.Errorf("details = %+v (%v), want %+v", got, err, want)
	}
}

func TestTablesAreTriedOnlyWhenEntitiesIsNotThere(t *testing.T) {
	t.Run("path missing", func(t *testing.T) {
		var paths []string
		s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			paths = append(paths, strings.TrimPrefix(r.URL.Path, below))
			if strings.Contains(r.URL.Path, "/manage/entities") {
				answerJSON(404, `{"statusCode":404,"message":"Resource not found"}`)(w, r)
				return
			}
			answerJSON(200, entityJSON)(w, r)
		}), openapitest.RequestsOnly())
		i := s.instance()
		for range 2 {
			if e, err := i.Entity(t.Context(), "shop_purchases", false); err != nil || e.Name != "purchases" {
				t.Fatalf("entity = %+v (%v)", e, err)
			}
		}
		want := []string{"/manage/entities/shop_purchases", "/manage/tables/shop_purchases", "/manage/tables/shop_purchases"}
		if !reflect.DeepEqual(paths, want) {
			t.Errorf("asked for %q, want %q", paths, want)
		}
	})
	for name, body := range map[string]string{
		"entity missing":   `{"errorCode":"entityMetaDataNotFound","message":"no such entity"}`,
		"instance missing": `{"errorCode":"InstanceNotFound"}`,
	} {
		t.Run(name, func(t *testing.T) {
			h, count := inTurn(t, answerJSON(404, body))
			_, err := serve(t, h).instance().Entity(t.Context(), "x", false)
			if e := asError(t, err, KindNotFound); e.Code == "" || count() != 1 {
				t.Errorf("%v after %d requests", err, count())
			}
		})
	}
	t.Run("both missing", func(t *testing.T) {
		h, _ := inTurn(t, answerJSON(404, `{"errorCode":"first"}`), answerJSON(404, `{"errorCode":"second"}`))
		_, err := serve(t, h).instance().Entities(t.Context(), EntitiesOptions{})
		if e := asError(t, err, KindNotFound); e.Code != "first" {
			t.Errorf("error is %v, want the first one", err)
		}
	})
	t.Run("other error", func(t *testing.T) {
		h, _ := inTurn(t, answerJSON(403, `{"errorCode":"x"}`))
		_, err := serve(t, h).instance().Entities(t.Context(), EntitiesOptions{})
		wantKind(t, err, KindForbidden)
	})
}

func TestAScaleUnitGetsTheTokenOnlyWhenTrusted(t *testing.T) {
	const key = "Ocp-Apim-Subscription-Key"
	cases := []struct{ name, root, unit, want, key string }{
		{"root without scale unit", RootCurrent, "", "https://api.ci.ai.dynamics.com/v1/instances/" + instanceID, secretKey},
		{"trusted", Root2020, "https://su1.api.ci.ai.dynamics.com", "https://su1.api.ci.ai.dynamics.com/api/instances/" + instanceID, ""},
		{"the root's own host", Root2020, "https://global.api.ci.ai.dynamics.com/su2", "https://global.api.ci.ai.dynamics.com/su2/api/instances/" + instanceID, secretKey},
		{"not trusted", Root2020, "https://evil-dynamics.com", Root2020 + "/instances/" + instanceID, secretKey},
		{"user trick", Root2020, "https://x.dynamics.com@evil.com", Root2020 + "/instances/" + instanceID, secretKey},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			net := &canned{answer: func(*http.Request) *http.Response { return response(200, `{"instanceId":"`+instanceID+`"}`) }}
			i := connect(t, c.root, net).For(metadata.Instance{ID: instanceID, Name: "Contoso", ScaleUnitURI: c.unit})
			if _, err := i.Details(t.Context()); err != nil {
				t.Fatal(err)
			}
			r := net.last(t)
			if r.URL.String() != c.want || r.Header.Get("Authorization") != "Bearer "+secretToken || r.Header.Get(key) != c.key {
				t.Errorf("went to %s with key %q, want %s with %q", r.URL, r.Header.Get(key), c.want, c.key)
			}
			if warned := i.Warning() != ""; warned != strings.Contains(c.unit, "evil") {
				t.Errorf("warning = %q", i.Warning())
			}
			if want := strings.TrimSuffix(c.want, "/instances/"+instanceID); i.Base() != want || i.Info().Name != "Contoso" {
				t.Errorf("base = %s, want %s", i.Base(), want)
			}
		})
	}
}

func TestNamesThatLeadElsewhereAreRefused(t *testing.T) {
	s := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s was asked for", r.URL) }))
	for _, name := range []string{"", ".", ".."} {
		_, err := s.instance().Entity(t.Context(), name, false)
		wantKind(t, err, KindBadRequest)
		_, err = s.instance().Query(t.Context(), name, Query{})
		wantKind(t, err, KindBadRequest)
		_, err = s.For(metadata.Instance{ID: name}).MyRole(t.Context())
		wantKind(t, err, KindBadRequest)
		if got := s.instance().PostURL(name, WriteOptions{}); got != "" {
			t.Errorf("address for %q is %q", name, got)
		}
	}
	_, err := s.instance().KeyRing(t.Context(), "a", "", "c")
	wantKind(t, err, KindBadRequest)
	_, _, err = s.instance().ActivityCounts(t.Context(), "")
	wantKind(t, err, KindBadRequest)
}

func TestAnAnswerOfAnotherShapeIsUnexpected(t *testing.T) {
	s := serve(t, answerJSON(200, `"text"`), openapitest.RequestsOnly())
	i := s.instance()
	for name, ask := range map[string]func() error{
		"instances":     func() error { _, err := s.Instances(t.Context()); return err },
		"details":       func() error { _, err := i.Details(t.Context()); return err },
		"role":          func() error { _, err := i.MyRole(t.Context()); return err },
		"entities":      func() error { _, err := i.Entities(t.Context(), EntitiesOptions{}); return err },
		"entity":        func() error { _, err := i.Entity(t.Context(), "x", false); return err },
		"entity size":   func() error { _, err := i.EntitySize(t.Context(), "x"); return err },
		"relationships": func() error { _, err := i.Relationships(t.Context()); return err },
		"key ring":      func() error { _, err := i.KeyRing(t.Context(), "a", "b", "c"); return err },
		"rows":          func() error { _, err := i.Query(t.Context(), "x", Query{}); return err },
	} {
		e := asError(t, ask(), KindUnexpected)
		if e.Status != 200 || string(e.Body) != `"text"` || e.Err == nil {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestCountsInSeveralShapes(t *testing.T) {
	two := []ActivityCount{{"SalesOrder", "shop_purchases", 3}, {"Feedback", "web_reviews", 1}}
	cases := map[string][]ActivityCount{
		`[{"activityType":"SalesOrder","sourceTableName":"shop_purchases","count":3},{"ActivityType":"Feedback","entityName":"web_reviews","recordCount":1}]`:                            two,
		`{"customerId":"c","activityTypes":[{"type":"SalesOrder","entities":[{"entityName":"shop_purchases","count":3}]},{"type":"Feedback","entity":"web_reviews","activityCount":1}]}`: two,
		`{"value":{"SalesOrder":{"shop_purchases":3},"Feedback":{"web_reviews":1}}}`:                                                                                                     two,
		`{"SalesOrder":3,"Feedback":1,"totalCount":4,"statusCode":200}`:                                                                                                                  {{"SalesOrder", "", 3}, {"Feedback", "", 1}},
		`{"SalesOrder":"many"}`: nil, `[]`: nil, `7`: nil, `null`: nil, `[[[[[[[[{"count":1}]]]]]]]]`: nil,
		`[{"type":"A","count":-1},{"type":"B","count":1.5}]`: nil,
	}
	for body, want := range cases {
		s := serve(t, answerJSON(200, body), openapitest.RequestsOnly()) // null is no value to openapi.yaml
		counts, raw, err := s.instance().ActivityCounts(t.Context(), "c")
		if err != nil || !reflect.DeepEqual(counts, want) || string(raw) != body {
			t.Errorf("%s: %+v, raw %s (%v), want %+v", body, counts, raw, err, want)
		}
	}
}

func TestPagesAreFollowedWithinTheInstanceOnly(t *testing.T) {
	var asked string
	next := ""
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.RequestURI
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"value":[]}`)
	}))
	home := s.server.URL + below + "/data/"
	first := home + "Customer?$top=1"
	cases := []struct{ name, link, want string }{
		{"absolute", home + "Customer?$skiptoken=2", below + "/data/Customer?$skiptoken=2"},
		{"relative", "Customer?$skiptoken=2", below + "/data/Customer?$skiptoken=2"},
		{"query only", "?$skiptoken=2", below + "/data/Customer?$skiptoken=2"},
		{"path", below + "/data/Customer?$skiptoken=2", below + "/data/Customer?$skiptoken=2"},
		{"spaces in the query", "Customer?$filter=a eq 'b'", below + "/data/Customer?$filter=a%20eq%20'b'"},
		{"other case", strings.ToUpper(s.server.URL) + strings.ToUpper(below) + "/data/Customer", below + "/data/Customer"},
		{"fragment", "Customer?$skip=1#x", below + "/data/Customer?$skip=1"},
		{"other host", "https://evil.com" + below + "/data/Customer", ""},
		{"other scheme", strings.Replace(home, "http:", "https:", 1) + "Customer", ""},
		{"no scheme", "//evil.com" + below + "/data/Customer", ""},
		{"user", strings.Replace(home, "http://", "http://a:b@", 1) + "Customer", ""},
		{"host as user", strings.Replace(home, "http://", "http://evil.com\\@", 1) + "Customer", ""},
		{"other port", strings.Replace(home, "/v1", ":1/v1", 1) + "Customer", ""},
		{"other instance", strings.Replace(home, "1111", "2222", 1) + "Customer", ""},
		{"other root", strings.Replace(home, "/v1", "/v2", 1) + "Customer", ""},
		{"not data", s.server.URL + below + "/manage/entities", ""},
		{"data itself", home, ""},
		{"dots", home + "../manage/entities", ""},
		{"encoded dots", home + "%2e%2e/manage/entities", ""},
		{"encoded slash", home + "..%2fmanage", ""},
		{"empty segment", home + "/Customer", ""},
		{"the same page", first, ""},
		{"no address", "http://[::1", ""},
		{"line break", "Customer?\n", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			asked, next = "", c.link
			page, err := s.instance().Next(t.Context(), Page{NextLink: next, from: first})
			if c.want == "" {
				if e := asError(t, err, KindUnexpected); asked != "" {
					t.Errorf("%v, and yet %s was asked for", e, asked)
				}
				return
			}
			if err != nil || asked != c.want || page.from == "" {
				t.Errorf("asked for %q (%v), want %q", asked, err, c.want)
			}
		})
	}
	_, err := s.instance().Next(t.Context(), Page{})
	wantKind(t, err, KindBadRequest)
	if _, err := s.instance().Next(t.Context(), Page{NextLink: "Customer?$skip=1"}); err != nil || asked != below+"/data/Customer?$skip=1" {
		t.Errorf("a link of a page from elsewhere: %q (%v)", asked, err)
	}
}
