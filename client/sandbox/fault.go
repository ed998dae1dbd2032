// What goes wrong on purpose, and how it is written on the command line.

package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is one rule of what goes wrong. Calls is required, and one of Delay,
// Drop, Answer and Form.
type Fault struct {
	Calls string // all, read, write, or an operation's name as FaultHelp lists them

	Delay  time.Duration // the answer is this much later
	Drop   DropPoint     // the connection is hung up here
	Answer AnswerKind    // this is answered in place of what is right
	Form   ErrorForm     // errors are written in this form

	Status     int           // of AnswerStatus (400-599) and AnswerRedirect (300-399)
	Code       string        // service code of AnswerStatus; empty: one that fits the status
	RetryAfter time.Duration // of AnswerStatus; 0: 1 s for 429 and 503, else none
	AfterStore bool          // Answer: the call is carried out first

	Skip   int     // the first calls are left alone
	Count  int     // so many calls are met; 0: all of them
	Chance float64 // probability of 0 to 1; 0: always
	Seed   uint64  // of Chance, so that a run can be repeated
}

// DropPoint is where a connection is hung up.
type DropPoint int

// Where connections are hung up: before the body is read, after it was read
// and before anything is stored, after storing, or in the middle of the
// answer's body.
const (
	DropNowhere DropPoint = iota
	DropAtOnce
	DropBeforeStore
	DropAfterStore
	DropInAnswer
)

// AnswerKind is what is answered in place of what is right.
type AnswerKind int

// The wrong answers.
const (
	AnswerRight AnswerKind = iota
	AnswerStatus
	AnswerRedirect
	AnswerHTML
	AnswerText
	AnswerEmpty
	AnswerHuge
)

// FaultHelp explains the language of ParseFaults.
const FaultHelp = `SPEC is one rule or more, with commas between them:  CALLS:WHAT[:LIMIT...]

  CALLS   all, read, write, or one operation:
          instances instance role entities entity size relationships
          query post patch keyring counts
  WHAT    slow=2s            the answer is 2 s later
          drop               hang up before the body is read
          drop-before-store  hang up when the body was read, store nothing
          drop-after-store   store, then hang up without an answer
          cut                store, then hang up in the middle of the answer
          503                fail with this status (400 to 599), store nothing;
                             503=CODE with this service code,
                             503=7s with this Retry-After
          html text empty huge
                             200 with a web page, a text, nothing, 10 MB
          redirect           307 to another host; redirect=302 for another status
          form=FORM          errors of these calls in the form: service, odata,
                             gateway, html, text, empty
          A status, html, text, empty, huge and redirect with -after-store:
          the call is carried out, and answered wrongly.
  LIMIT   3                  the first three of these calls; without it all
          20%                one in five, by chance
          after=2            leave the first two alone
  error-form:FORM  stands for  all:form=FORM
  seed=7           is a rule of its own: the chances after it begin at 7

  post:drop-after-store:1              the first post is stored, its answer lost
  write:503:20%,read:slow=1s           a bad day
  post:429=5s:2,error-form:odata       wait 5 s, twice; other errors as OData`

// ParseFaults reads a specification as FaultHelp explains it.
func ParseFaults(spec string) ([]Fault, error) {
	var faults []Fault
	seed := uint64(1)
	for rule := range strings.SplitSeq(spec, ",") {
		rule = strings.TrimSpace(rule)
		if text, ok := strings.CutPrefix(rule, "seed="); ok {
			n, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("fault %q: a seed is a whole number from 0", rule)
			}
			seed = n
			continue
		}
		f, err := parseFault(rule)
		if err != nil {
			return nil, fmt.Errorf("fault %q: %w", rule, err)
		}
		f.Seed = seed
		faults = append(faults, f)
	}
	return faults, nil
}

func parseFault(rule string) (Fault, error) {
	parts := strings.Split(rule, ":")
	if parts[0] == "error-form" && len(parts) == 2 {
		parts = []string{"all", "form=" + parts[1]}
	}
	if len(parts) < 2 {
		return Fault{}, fmt.Errorf("write CALLS:WHAT, for example post:503")
	}
	f := Fault{Calls: parts[0]}
	if !slices.Contains(append([]string{"all", "read", "write"}, operationNames()...), f.Calls) {
		return Fault{}, fmt.Errorf("there are no calls named %q: use all, read, write, %s",
			f.Calls, strings.Join(operationNames(), ", "))
	}
	if err := f.parseWhat(parts[1]); err != nil {
		return Fault{}, err
	}
	for _, limit := range parts[2:] {
		if err := f.parseLimit(limit); err != nil {
			return Fault{}, err
		}
	}
	return f, nil
}

func (f *Fault) parseWhat(what string) error {
	name, value, hasValue := strings.Cut(what, "=")
	base, after := strings.CutSuffix(name, "-after-store")
	if base == "drop" && after {
		f.Drop = DropAfterStore
		return noValue(name, hasValue)
	}
	f.AfterStore = after
	switch {
	case name == "slow":
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return fmt.Errorf("slow takes how long, for example slow=2s")
		}
		f.Delay = d
		return nil
	case name == "form":
		f.Form = ErrorForm(value)
		forms := []ErrorForm{FormService, FormOData, FormGateway, FormHTML, FormText, FormEmpty}
		if !slices.Contains(forms, f.Form) {
			return fmt.Errorf("%q is not a form: use service, odata, gateway, html, text or empty", value)
		}
		return nil
	case base == "redirect":
		return f.parseRedirect(value, hasValue)
	}
	if drop, ok := map[string]DropPoint{"drop": DropAtOnce, "drop-before-store": DropBeforeStore, "cut": DropInAnswer}[name]; ok {
		f.Drop = drop
		return noValue(name, hasValue)
	}
	kinds := map[string]AnswerKind{"html": AnswerHTML, "text": AnswerText, "empty": AnswerEmpty, "huge": AnswerHuge}
	if kind, ok := kinds[base]; ok {
		f.Answer = kind
		return noValue(name, hasValue)
	}
	return f.parseStatus(base, value, hasValue)
}

func noValue(name string, hasValue bool) error {
	if hasValue {
		return fmt.Errorf("%s takes no value", name)
	}
	return nil
}

func (f *Fault) parseRedirect(value string, hasValue bool) error {
	f.Answer, f.Status = AnswerRedirect, http.StatusTemporaryRedirect
	if !hasValue {
		return nil
	}
	status, err := strconv.Atoi(value)
	if err != nil || status < 300 || status > 399 {
		return fmt.Errorf("redirect takes a status from 300 to 399, not %q", value)
	}
	f.Status = status
	return nil
}

func (f *Fault) parseStatus(text, value string, hasValue bool) error {
	status, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("%q is not something that can go wrong: use slow=D, drop, drop-before-store, "+
			"drop-after-store, cut, a status, html, text, empty, huge, redirect or form=FORM", text)
	}
	if status < 400 || status > 599 {
		return fmt.Errorf("a failing status is one from 400 to 599, not %d", status)
	}
	f.Answer, f.Status = AnswerStatus, status
	if !hasValue {
		return nil
	}
	if d, err := time.ParseDuration(value); err == nil && d > 0 {
		f.RetryAfter = d
		return nil
	}
	if value == "" || strings.ContainsFunc(value, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}) {
		return fmt.Errorf("%q is neither a service code nor a duration such as 7s", value)
	}
	f.Code = value
	return nil
}

func (f *Fault) parseLimit(limit string) error {
	if text, ok := strings.CutPrefix(limit, "after="); ok {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return fmt.Errorf("after= takes a whole number from 0, not %q", text)
		}
		f.Skip = n
		return nil
	}
	if text, ok := strings.CutSuffix(limit, "%"); ok {
		percent, err := strconv.ParseFloat(text, 64)
		if err != nil || !(percent > 0 && percent <= 100) {
			return fmt.Errorf("a chance is more than 0%% and at most 100%%, not %q", limit)
		}
		f.Chance = percent / 100
		return nil
	}
	n, err := strconv.Atoi(limit)
	if err != nil || n < 1 {
		return fmt.Errorf("%q is not a limit: use a count such as 3, a chance such as 20%%, or after=2", limit)
	}
	f.Count = n
	return nil
}
