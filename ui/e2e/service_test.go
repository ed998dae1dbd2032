package e2e

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"
)

// service is a sandbox that runs as a process of its own, as a service
// elsewhere would.
type service struct {
	t                *testing.T
	root, key, token string
}

// serve starts `activitydesk sandbox` with the flags.
func serve(t *testing.T, args ...string) *service {
	t.Helper()
	program := needWindow(t)
	cmd := exec.CommandContext(t.Context(), program, append([]string{"sandbox", "--listen", "127.0.0.1:0"}, args...)...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // ended with the test's context
	said := map[string]string{}
	lines := bufio.NewScanner(stdout)
	for (said["root"] == "" || said["key"] == "" || said["token"] == "") && lines.Scan() {
		if name, value, ok := strings.Cut(lines.Text(), ": "); ok {
			said[name] = value
		}
	}
	go func() {
		for lines.Scan() { // what else it says must not fill the pipe
			continue
		}
	}()
	return &service{t: t, root: said["root"], key: said["key"], token: said["token"]}
}

// get asks the service, past the desk, and decodes its answer.
func (s *service) get(path string, query url.Values, into any) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.root+path+"?"+query.Encode(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	request.Header.Set("Ocp-Apim-Subscription-Key", s.key)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // nothing is lost by it
	if answer.StatusCode != http.StatusOK {
		s.t.Fatalf("GET %s answered %s", path, answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		s.t.Fatalf("GET %s: %v", path, err)
	}
}

// rows are the objects of a data request.
func (s *service) rows(instance, entity, filter string) []map[string]any {
	s.t.Helper()
	query := url.Values{}
	if filter != "" {
		query.Set("$filter", filter)
	}
	var page struct{ Value []map[string]any }
	s.get("/instances/"+instance+"/data/"+entity, query, &page)
	return page.Value
}

// instance is the id of the instance with the name.
func (s *service) instance(name string) string {
	s.t.Helper()
	var instances []struct{ InstanceID, Name string }
	s.get("/instances", nil, &instances)
	for _, one := range instances {
		if one.Name == name {
			return one.InstanceID
		}
	}
	s.t.Fatalf("no instance is called %q: %v", name, instances)
	return ""
}
