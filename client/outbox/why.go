// Why is it not here? The causes for which an activity is not on a timeline,
// gone through one by one with what the journal knows and the service tells.

package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// Cause is a reason for which an activity is not seen (design, section 4).
type Cause int

// The causes, in the order in which people are shown them.
const (
	CauseCustomer  Cause = iota // nobody stands behind the key, or somebody else
	CauseTime                   // no time, or one outside of what is shown
	CauseNotSetUp               // the entity takes no activities
	CauseHidden                 // its type is not shown on timelines
	CauseExpired                // it was kept for its time
	CausePageLimit              // the service gives no more at once
	CauseInstance               // it was sent to another instance
	CauseRole                   // the caller may not see it
	CauseMerged                 // the profile has another customer id now
	CauseIndex                  // stored, but not in the search index yet
)

// Causes lists them all.
func Causes() []Cause {
	return []Cause{
		CauseCustomer, CauseTime, CauseNotSetUp, CauseHidden, CauseExpired,
		CausePageLimit, CauseInstance, CauseRole, CauseMerged, CauseIndex,
	}
}

// String is the cause in words for people.
func (c Cause) String() string {
	return [...]string{
		"Unknown customer", "Time missing, or out of what is shown", "Entity not set up for activities",
		"Type hidden from the timeline", "Expired", "Over the page limit", "Another instance",
		"A role that does not see it", "Profile merged under a new id", "Search index not refreshed yet",
	}[c]
}

// Answer says whether a cause is the reason.
type Answer int

// The answers.
const (
	AnswerNo Answer = iota
	AnswerYes
	AnswerCannot // be checked here
)

// String is the answer in words for people.
func (a Answer) String() string {
	return [...]string{"no", "yes", "cannot be checked here"}[a]
}

// Finding is what was found out of one cause.
type Finding struct {
	Cause    Cause
	Answer   Answer
	Evidence string // what was looked at, in a sentence or two
	Do       string // what to do; empty: nothing
	Err      error  // AnswerCannot: what the service said, where it was asked
}

// Shown is what of a timeline a person looks at. The zero Shown is all of it.
type Shown struct {
	From, Until time.Time // activities before From, or from Until on, are left out; zero: none are
	Types       []string  // only these types and labels; empty: all
}

// Question is which activity is missing, and where.
type Question struct {
	// Entry is the send of the journal, with its body where that was kept. One
	// without an ID was not sent from here: it describes what one looks for, as
	// far as that is known (Entity, KeyFields, TimeValue, CustomerKey, and in the
	// Body ActivityType or ActivityTypeDisplay).
	Entry journal.Entry
	// Customer is whose timeline is looked at; empty: the one of the entry.
	Customer string
	// Target is where one looks. Its Entity may be the zero one, where the
	// instance shows none of the entry's name.
	Target Target
	Role   metadata.Role // the caller's; zero: not known
	Shown  Shown
	Zone   *time.Location // of the times in the evidence; nil: UTC
}

// Report is the end of an inquiry.
type Report struct {
	Findings []Finding // one of each cause, in the order of Causes
	// Seen: it is on the timeline after all.
	Seen      bool
	Row       client.Row
	MatchedBy string // as of an Arrival
}

// Yes lists the causes that were found.
func (r Report) Yes() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Answer != AnswerYes })
}

// Why finds out why an activity is not on a timeline. It only reads, within the
// client's budget: none to about ten calls. Tell hears of each cause as soon as
// it is known, on Why's goroutine, in the order in which they are found out:
// what needs no call comes first.
//
// The error is ErrTarget or the context's. What the service does not answer is
// no error: the cause cannot be checked then, and says why.
func (o *Outbox) Why(ctx context.Context, q Question, tell func(Finding)) (Report, error) {
	if err := q.check(); err != nil {
		return Report{}, err
	}
	w := o.inquire(ctx, q)
	asked := []struct {
		cause Cause
		look  func() Finding
	}{
		{CauseInstance, w.instance},
		{CauseTime, w.time},
		{CauseNotSetUp, w.notSetUp},
		{CauseCustomer, w.customer},
		{CauseMerged, w.merged},
		{CausePageLimit, w.pageLimit},
		{CauseExpired, w.expired},
		{CauseRole, w.role},
		{CauseHidden, w.hidden},
		{CauseIndex, w.index},
	}
	for _, a := range asked {
		f := a.look()
		if ctx.Err() != nil {
			return Report{}, fmt.Errorf("why is it not here: %w", context.Cause(ctx))
		}
		f.Cause = a.cause
		w.findings = append(w.findings, f)
		tell(f)
	}
	return w.report(), nil
}

// check compares, without a call, where one looks with whom the service asks.
func (q Question) check() error {
	t := q.Target
	if t.Service == nil || t.Instance.ID == "" {
		return fmt.Errorf("%w: service or instance is missing", ErrTarget)
	}
	if !strings.EqualFold(t.Service.Info().ID, t.Instance.ID) {
		return fmt.Errorf("%w: the service is not that of %s", ErrTarget, t.Instance.Label())
	}
	return nil
}

func (w *inquiry) report() Report {
	r := Report{Findings: slices.Clone(w.findings)}
	slices.SortFunc(r.Findings, func(a, b Finding) int { return int(a.Cause) - int(b.Cause) })
	if !w.elsewhere() {
		spot := w.spot()
		r.Seen, r.Row, r.MatchedBy = spot.seen, spot.row, spot.how
	}
	return r
}

// The three answers.

func yes(do, evidence string, args ...any) Finding {
	return Finding{Answer: AnswerYes, Do: do, Evidence: fmt.Sprintf(evidence, args...)}
}

func no(evidence string, args ...any) Finding {
	return Finding{Answer: AnswerNo, Evidence: fmt.Sprintf(evidence, args...)}
}

func cannot(do, evidence string, args ...any) Finding {
	return Finding{Answer: AnswerCannot, Do: do, Evidence: fmt.Sprintf(evidence, args...)}
}

// unanswered is for what the service did not tell.
func unanswered(what string, err error) Finding {
	do := "Ask again later."
	switch {
	case isKind(err, client.KindUnauthorized):
		do = "Sign in again, and ask again."
	case isKind(err, client.KindCredentials): // the provider may only not have been reached
		do = "Ask again once there is access."
	case isKind(err, client.KindForbidden):
		do = "Ask a colleague whose role may read it."
	}
	return Finding{Answer: AnswerCannot, Evidence: what + " could not be read.", Do: do, Err: err}
}

// nobody says that the look-up itself went well and found no customer.
func nobody(err error) bool { return errors.Is(err, ErrUnknownCustomer) }
