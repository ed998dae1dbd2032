// Package peopletest has profiles and a service that answers as a test says.
package peopletest

import (
	"context"
	"strings"
	"sync"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// Service answers each query by a function, and remembers what was asked.
type Service struct {
	mu     sync.Mutex
	asked  []string
	Answer func(entity string, q client.Query) ([]string, error) // rows as JSON
	Ring   func(source, key string) (metadata.KeyRing, error)
}

// Query implements people.Reader.
func (s *Service) Query(_ context.Context, entity string, q client.Query) (client.Page, error) {
	s.mu.Lock()
	words := q.Filter.String()
	if q.Search != "" {
		words = "search " + q.Search
	}
	s.asked = append(s.asked, words)
	answer := s.Answer
	s.mu.Unlock()
	if answer == nil {
		return client.Page{}, nil
	}
	texts, err := answer(entity, q)
	var page client.Page
	for _, text := range texts {
		row, bad := client.ParseRow([]byte(text))
		if bad != nil {
			return page, bad
		}
		page.Rows = append(page.Rows, row)
	}
	return page, err
}

// KeyRing implements people.Reader.
func (s *Service) KeyRing(_ context.Context, source, _, key string) (metadata.KeyRing, error) {
	s.mu.Lock()
	s.asked = append(s.asked, "ring of "+source+" "+key)
	s.mu.Unlock()
	if s.Ring == nil {
		return metadata.KeyRing{}, &client.Error{Kind: client.KindNotFound}
	}
	return s.Ring(source, key)
}

// Questions are what was asked so far, in words.
func (s *Service) Questions() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.asked, "; ")
}

// Shop are entities of which the unified profile keeps one source's key.
func Shop() []metadata.Entity {
	text := metadata.DataType{Kind: metadata.KindText}
	unified := metadata.Entity{Name: "Customer", Type: metadata.EntityProfile, Attributes: []metadata.Attribute{
		{Name: "CustomerId", Type: text},
		{Name: "web_members_MemberId", Type: text},
		{Name: "till_cards_CardNo", Type: metadata.DataType{Kind: metadata.KindInteger}},
		{Name: "FullName", Type: text, SemanticType: "Person.FullName"},
		{Name: "EMail", Type: text},
		{Name: "Phone", Type: text},
		{Name: "Town", Type: text},
		{Name: "Born", Type: text},
	}}
	source := func(source, name, key string) metadata.Entity {
		return metadata.Entity{Name: name, DataSource: source, QualifiedName: source + "_" + name, Type: metadata.EntityProfile, Keys: [][]string{{key}}}
	}
	return []metadata.Entity{unified, source("shop", "people", "PersonId"), source("web", "members", "MemberId"), source("till", "cards", "CardNo")}
}

// Rows of the unified profile of Shop.
const (
	Ana = `{"CustomerId": "c1", "FullName": "Ana Kovač", "EMail": "ana@example.com", "Town": "Split", "Born": "1980-01-02", "web_members_MemberId": "M1"}`
	Ben = `{"CustomerId": "c2", "FullName": "Ben Kovač", "EMail": "ben@example.com", "Town": "Split", "Born": "1981-01-02", "web_members_MemberId": "M2"}`
)
