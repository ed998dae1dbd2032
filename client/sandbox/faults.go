// Which faults a call meets, and the wrong answers they give.

package sandbox

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// faultPlan decides for each call what goes wrong. Counters and chances are
// its own, so that the same calls in the same order meet the same faults.
type faultPlan struct {
	mu      sync.Mutex
	rules   []*faultRule
	changed chan struct{} // closed when other rules are set
}

type faultRule struct {
	Fault
	random *rand.Rand
	seen   int
	met    int
}

func newFaultPlan(faults []Fault) *faultPlan {
	p := &faultPlan{}
	p.set(faults)
	return p
}

func (p *faultPlan) set(faults []Fault) {
	rules := make([]*faultRule, 0, len(faults))
	for i, f := range faults {
		rules = append(rules, &faultRule{Fault: f, random: rand.New(rand.NewPCG(f.Seed, uint64(i)))})
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rules = rules
	if p.changed != nil {
		close(p.changed)
	}
	p.changed = make(chan struct{})
}

// effects is what one call meets.
type effects struct {
	delay time.Duration
	over  <-chan struct{} // the delay ends with it, when other faults are set
	drop  DropPoint
	cut   bool
	form  ErrorForm
	wrong *Fault // its Answer is given
}

// instead says whether the wrong answer is given without carrying out the call.
func (e effects) instead() bool { return e.wrong != nil && !e.wrong.AfterStore }

// afterwards says whether the wrong answer is given to a call that was carried out.
func (e effects) afterwards() bool { return e.wrong != nil && e.wrong.AfterStore }

// meet adds up what an operation's next call meets. Delays add up; of what
// excludes one another the first rule counts.
func (p *faultPlan) meet(o operation) effects {
	p.mu.Lock()
	defer p.mu.Unlock()
	e := effects{over: p.changed}
	for _, rule := range p.rules {
		if !rule.concerns(o) || !rule.hits() {
			continue
		}
		e.delay += rule.Delay
		if rule.Form != FormAsStyle && e.form == FormAsStyle {
			e.form = rule.Form
		}
		switch {
		case e.drop != DropNowhere || e.wrong != nil || e.cut:
		case rule.Drop == DropInAnswer:
			e.cut = true
		case rule.Drop != DropNowhere:
			e.drop = rule.Drop
		case rule.Answer != AnswerRight:
			wrong := rule.Fault
			e.wrong = &wrong
		}
	}
	return e
}

func (r *faultRule) concerns(o operation) bool {
	switch r.Calls {
	case "all":
		return true
	case "read":
		return o.method == http.MethodGet
	case "write":
		return o.method != http.MethodGet
	default:
		return r.Calls == o.name
	}
}

func (r *faultRule) hits() bool {
	r.seen++
	if r.seen <= r.Skip || r.Count > 0 && r.met >= r.Count {
		return false
	}
	if r.Chance > 0 && r.random.Float64() >= r.Chance {
		return false
	}
	r.met++
	return true
}

// hugeSize is the length in bytes of an answer that nobody should read whole.
const hugeSize = 10 << 20

// answer gives the wrong answer.
func (e effects) answer(c *call) {
	f := e.wrong
	c.out.header.Del("Location")
	switch f.Answer {
	case AnswerStatus:
		c.fail(f.failure())
	case AnswerRedirect:
		c.out.status, c.out.body = f.Status, nil
		c.out.header.Del("Content-Type")
		c.out.header.Set("Location", "https://elsewhere.invalid"+c.request.URL.RequestURI())
	case AnswerHTML:
		c.out.other("text/html; charset=utf-8",
			[]byte("<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n"))
	case AnswerText:
		c.out.other("text/plain; charset=utf-8", []byte("It works!\n"))
	case AnswerHuge:
		c.out.other("application/json; charset=utf-8",
			append(append([]byte(`{"value":"`), bytes.Repeat([]byte("0123456789abcdef"), hugeSize/16)...), `"}`...))
	default:
		c.out.other("application/json; charset=utf-8", nil)
	}
}

// other answers 200 with something that is none of the contract's.
func (a *answer) other(contentType string, body []byte) {
	a.status, a.body = http.StatusOK, body
	a.header.Set("Content-Type", contentType)
}

// codes are the service codes that fit a status where a rule names none; none
// where the contract has none.
var codes = map[int]string{
	http.StatusBadRequest:          "malformedInputParameters",
	http.StatusUnauthorized:        "noBearerTokenAvailableInRequest",
	http.StatusForbidden:           "",
	http.StatusNotFound:            "recordDoesNotExist",
	http.StatusNotAcceptable:       "unsupportedOperation",
	http.StatusConflict:            "storeDuplicateItem",
	http.StatusTooManyRequests:     "",
	http.StatusInternalServerError: "internalServerError",
	http.StatusServiceUnavailable:  "bcdrReadOnly",
}

func (f *Fault) failure() *failure {
	out := &failure{
		status: f.Status, code: f.Code, retryAfter: f.RetryAfter,
		message: "The sandbox was told to answer " + http.StatusText(f.Status) + ".",
		gateway: f.Status == http.StatusUnauthorized || f.Status == http.StatusTooManyRequests,
	}
	if out.code == "" {
		code, known := codes[f.Status]
		if !known {
			code = "internalServerError"
		}
		out.code = code
	}
	waits := f.Status == http.StatusTooManyRequests || f.Status == http.StatusServiceUnavailable
	if waits && out.retryAfter == 0 {
		out.retryAfter = time.Second
	}
	return out
}
