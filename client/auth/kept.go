// What is kept of a sign-in between two starts, and for the other desks.

package auth

import (
	"encoding/json"
	"errors"
	"time"
)

// Account is who is signed in; the zero value is nobody.
type Account struct {
	Name        string // such as ana@contoso.com; an application's client id
	Tenant      string // id, as the provider says it; an application's as it was entered
	Application bool
}

// token is an access token and how long it is good.
type token struct {
	secret string
	got    time.Time // by this computer's clock
	life   time.Duration
}

// Times around the end of a token.
const (
	renewBefore = 5 * time.Minute  // its end; a fifth of a short life
	tooLate     = 10 * time.Second // before its end; a twentieth of a short life
	clockSlack  = time.Minute      // that a clock may be corrected by, unnoticed
)

// left says how long the token is still good. The clock can have jumped since it
// was got: where Go's monotonic clock knows better it is believed too, and the
// more pessimistic of both counts. A clock that was set back by more than a
// little, with nothing else to go by, says nothing: then it is not good.
func (t token) left(now time.Time) time.Duration {
	if t.secret == "" {
		return 0
	}
	age := max(now.Sub(t.got), now.Round(0).Sub(t.got.Round(0)))
	if age < -clockSlack {
		return 0
	}
	return t.life - max(age, 0)
}

// usable says whether the token can be sent.
func (t token) usable(now time.Time) bool { return t.left(now) > min(tooLate, t.life/20) }

// fresh says whether the token need not be renewed yet.
func (t token) fresh(now time.Time) bool { return t.left(now) > min(renewBefore, t.life/5) }

// ends is when the token is no longer good; zero where there is none.
func (t token) ends() time.Time {
	if t.secret == "" {
		return time.Time{}
	}
	return t.got.Round(0).Add(t.life)
}

// kept is a sign-in as it is written into the vault.
type kept struct {
	app     string // App.fingerprint
	account Account
	token   token
	cache   []byte // MSAL's, without what is in token already; nil for an application
}

// keptVersion grows when an older desk could not read what is written.
const keptVersion = 1

// keptText is the form of kept in the vault.
type keptText struct {
	Version     int             `json:"v"`
	App         string          `json:"app"`
	Name        string          `json:"name"`
	Tenant      string          `json:"tenant"`
	Application bool            `json:"application,omitempty"`
	Token       string          `json:"token"`
	Got         int64           `json:"got"`  // seconds since 1970
	Life        int64           `json:"life"` // seconds
	Cache       json.RawMessage `json:"cache,omitempty"`
}

func (k kept) text() (string, error) {
	data, err := json.Marshal(keptText{
		Version: keptVersion, App: k.app, Name: k.account.Name, Tenant: k.account.Tenant, Application: k.account.Application,
		Token: k.token.secret, Got: k.token.got.Unix(), Life: int64(k.token.life / time.Second), Cache: k.cache,
	})
	return string(data), err
}

var (
	errNotOurs = errors.New("it is not in the desk's form")
	errNewer   = errors.New("it was written by a newer version of the desk")
)

// readKept reads what was kept. The error does not repeat it.
func readKept(text string) (kept, error) {
	var t keptText
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return kept{}, errNotOurs
	}
	switch {
	case t.Version > keptVersion:
		return kept{}, errNewer
	case t.Version != keptVersion, t.App == "", t.Name == "", t.Life < 0, t.Life > int64(maxLife), t.Got < 0,
		!t.Application && !isObject(t.Cache):
		return kept{}, errNotOurs
	}
	return kept{
		app:     t.App,
		account: Account{Name: t.Name, Tenant: t.Tenant, Application: t.Application},
		token:   token{t.Token, time.Unix(t.Got, 0), time.Duration(t.Life) * time.Second},
		cache:   t.Cache,
	}, nil
}

// secrets are the tokens in it, for the redactor. In MSAL's cache they are the
// members named secret.
func (k kept) secrets() []string {
	found := []string{k.token.secret}
	var groups map[string]map[string]struct {
		Secret string `json:"secret"`
	}
	_ = json.Unmarshal(k.cache, &groups) // what could be read of it is enough
	for _, group := range groups {
		for _, entry := range group {
			if entry.Secret != "" {
				found = append(found, entry.Secret)
			}
		}
	}
	return found
}

// isObject says whether raw is a JSON object with something in it.
func isObject(raw json.RawMessage) bool {
	var members map[string]json.RawMessage
	return json.Unmarshal(raw, &members) == nil && len(members) > 0
}
