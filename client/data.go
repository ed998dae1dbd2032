// Rows of an entity: the query, and the pages that follow.

package client

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Query reads rows: GET …/data/{entityName}. entity is the name for data
// requests, metadata.Entity.DataName.
func (i *Instance) Query(ctx context.Context, entity string, q Query) (Page, error) {
	op := "query " + entity
	parameters, err := q.parameters()
	if err != nil {
		return Page{}, &Error{Op: op, Kind: KindBadRequest, Err: err}
	}
	target, err := i.address(parameters, "data", entity)
	if err != nil {
		return Page{}, &Error{Op: op, Kind: KindBadRequest, Err: err}
	}
	return i.page(ctx, op, target)
}

// ErrNoNextPage is given by Next for the last page.
var ErrNoNextPage = errors.New("there is no next page")

// Next reads the page after p. The link is the service's; it is followed only
// within the same origin and instance, because the token goes with it.
func (i *Instance) Next(ctx context.Context, p Page) (Page, error) {
	const op = "get next page"
	if p.NextLink == "" {
		return Page{}, &Error{Op: op, Kind: KindBadRequest, Err: ErrNoNextPage}
	}
	target, err := i.follow(p)
	if err != nil {
		return Page{}, &Error{Op: op, Kind: KindUnexpected, Err: i.client.redacted(err)}
	}
	return i.page(ctx, op, target)
}

func (i *Instance) page(ctx context.Context, op, target string) (Page, error) {
	a, err := i.client.read(ctx, op, i.base, target)
	page, err := parsed(i.client, op, a, err, parsePage)
	if err != nil {
		return Page{}, err
	}
	page.from = target
	return page, nil
}

// follow gives the address of the next page if it may be asked for: a data
// address of this instance, spelled so that no server reads it otherwise.
func (i *Instance) follow(p Page) (string, error) {
	home, err := i.address(nil, "data")
	if err != nil {
		return "", err
	}
	home += "/"
	from := p.from
	if from == "" {
		from = home
	}
	if strings.ContainsFunc(p.NextLink, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return "", errors.New("the next link is not an address")
	}
	base, err := url.Parse(from)
	if err != nil {
		return "", errors.New("the page's own address is not valid")
	}
	link, err := base.Parse(strings.ReplaceAll(p.NextLink, " ", "%20"))
	if err != nil {
		return "", errors.New("the next link is not an address")
	}
	host, err := canonicalHost(link)
	if err != nil || link.User != nil || link.Scheme != i.base.scheme || host != i.base.host {
		return "", fmt.Errorf("the next link leads to another host, %s", clip(link.Host, 100))
	}
	rest, ok := pathBelow(home, link)
	if !ok {
		return "", errors.New("the next link leads out of the instance's data")
	}
	target := home + rest
	if link.RawQuery != "" {
		target += "?" + link.RawQuery
	}
	if target == p.from {
		return "", errors.New("the next link leads to the same page again")
	}
	return target, nil
}

// pathBelow gives the link's path after home's, compared without case as ids
// are. Dots and encoded separators are refused, since a server may resolve
// them to somewhere else.
func pathBelow(home string, link *url.URL) (string, bool) {
	base, err := url.Parse(home)
	if err != nil {
		return "", false
	}
	path, prefix := link.EscapedPath(), base.EscapedPath()
	if len(path) <= len(prefix) || !strings.EqualFold(path[:len(prefix)], prefix) {
		return "", false
	}
	rest := path[len(prefix):]
	for segment := range strings.SplitSeq(rest, "/") {
		decoded, err := url.PathUnescape(segment)
		if err != nil || decoded == "" || decoded == "." || decoded == ".." || strings.ContainsAny(decoded, `/\%`) {
			return "", false
		}
	}
	return rest, true
}
