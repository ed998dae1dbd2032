package settings

import (
	"errors"
	"strings"
	"testing"
)

func TestAConnectionThatCannotBeKeptChangesNothing(t *testing.T) {
	for name, c := range map[string]Connection{
		"no id":        {Name: "n", Root: "https://h", Auth: AuthToken},
		"no name":      {ID: "x", Root: "https://h", Auth: AuthToken},
		"no way":       {ID: "x", Name: "n", Root: "https://h"},
		"no root":      {ID: "x", Name: "n", Auth: AuthToken},
		"plain http":   {ID: "x", Name: "n", Root: "http://api.example/v1", Auth: AuthToken},
		"a password":   {ID: "x", Name: "n", Root: "https://me:pa55w0rd@h/v1", Auth: AuthToken},
		"a key in it":  {ID: "x", Name: "n", Root: "https://h/v1?subscription-key=pa55w0rd", Auth: AuthToken},
		"a broken one": {ID: "x", Name: "n", Root: "https://me:pa55w0rd@h:port/", Auth: AuthToken},
		"an id again":  {ID: "first", Name: "n", Root: "https://h", Auth: AuthToken},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := opened(t, "")
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Update(func(to *Settings) { to.Connections = []Connection{contoso("first")} }); err != nil {
				t.Fatal(err)
			}
			err = s.Update(func(to *Settings) { to.Connections = append(to.Connections, c) })
			if !errors.Is(err, ErrInvalid) {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "pa55w0rd") {
				t.Errorf("the error repeats the password: %v", err)
			}
			if got := len(s.Get().Connections); got != 1 {
				t.Errorf("%d connections", got)
			}
		})
	}
}

func TestANegativeNumberOfCallsIsInvalid(t *testing.T) {
	c := contoso("a")
	c.RatePerMinute = -1
	if err := c.Validate(); !errors.Is(err, ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

func TestGoodConnectionsAreKept(t *testing.T) {
	for _, c := range []Connection{
		{ID: "x", Name: "n", Auth: AuthSandbox},
		{ID: "x", Name: "n", Root: "http://127.0.0.1:8089/v1", Auth: AuthToken},
		{ID: "x", Name: "n", Root: "http://[::1]:8089/v1", Auth: AuthToken},
		{ID: "x", Name: "n", Root: "http://localhost:8089", Auth: AuthToken},
		{ID: "x", Name: "n", Root: "https://global.api.ci.ai.dynamics.com/api", Auth: AuthToken},
	} {
		if err := c.Validate(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestAConnectionSpoiltByHandDoesNotBlockOtherChanges(t *testing.T) {
	s, err := opened(t, `{"version":1,"connections":[{"id":"a","name":"","root":"nonsense","auth":""},{"id":"a"},{}]}`)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range s.Get().Connections {
		ids = append(ids, c.ID)
	}
	if got := strings.Join(ids, " "); got != "a a-2 connection-2" {
		t.Errorf("ids are %s", got)
	}
	if err := s.Update(func(to *Settings) { to.Theme = "dark" }); err != nil {
		t.Errorf("got %v", err)
	}
}
