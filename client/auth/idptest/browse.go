// A browser with a person at it, as far as signing in needs one.

package idptest

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

var (
	formAction = regexp.MustCompile(`<form method="post" action="([^"]*)">`)
	formField  = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
)

// Answer is what the provider's page brings to the desk.
type Answer struct {
	Action string
	Fields url.Values
}

// Visit opens the provider's page, at which the person does what Decide says,
// and gives what the page would bring to the desk. An error names the provider's
// code where the page shows one.
func (p *Provider) Visit(ctx context.Context, address string) (Answer, error) {
	text, status, err := get(ctx, p.Client(), address)
	if err != nil {
		return Answer{}, err
	}
	action := formAction.FindStringSubmatch(text)
	if status != http.StatusOK || action == nil {
		return Answer{}, fmt.Errorf("idptest: the page is %d: %s", status, text)
	}
	a := Answer{Action: html.UnescapeString(action[1]), Fields: url.Values{}}
	for _, field := range formField.FindAllStringSubmatch(text, -1) {
		a.Fields.Set(html.UnescapeString(field[1]), html.UnescapeString(field[2]))
	}
	return a, nil
}

// Browse does all that a browser and its person do, and gives the page that the
// desk shows in the end.
func (p *Provider) Browse(ctx context.Context, address string) (page string, err error) {
	a, err := p.Visit(ctx, address)
	if err != nil {
		return "", err
	}
	return a.Post(ctx)
}

// Post brings an answer to the desk and gives the page that it shows.
func (a Answer) Post(ctx context.Context) (page string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.Action, strings.NewReader(a.Fields.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	text, _, err := send(&http.Client{Transport: transport}, r)
	return text, err
}

func get(ctx context.Context, client *http.Client, address string) (string, int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", 0, err
	}
	return send(client, r)
}

func send(client *http.Client, r *http.Request) (string, int, error) {
	response, err := client.Do(r)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = response.Body.Close() }() // it is read below
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return string(body), response.StatusCode, err
}
