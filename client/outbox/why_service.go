// The causes that only the service can tell: who the customer is, what their
// timeline holds, and what the caller may see.

package outbox

import (
	"errors"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
)

// codeNoCustomer is the service's word for a key of nobody.
const codeNoCustomer = "customerForActivityNotFound"

// business is the answer of an instance whose profiles are no people.
func (w *inquiry) business() Finding {
	return cannot("Look for the account in the product.",
		"Profiles of this instance are business accounts, whose keys cannot be looked up here.")
}

func (w *inquiry) customer() Finding {
	key, leads := w.key()
	id := w.known()
	switch {
	case w.elsewhere():
		return w.notHere()
	case strings.EqualFold(w.q.Entry.Code, codeNoCustomer):
		return w.refusedCustomer(key)
	case w.q.Target.Instance.B2B:
		return w.business()
	case key == "" && id == "":
		return cannot("", "The activity names no customer.")
	case key == "" || !leads:
		return w.customerByID(id, key)
	}
	if f, other := w.ofAnother(key); other {
		return f
	}
	to, err := w.keyLeadsTo()
	switch {
	case nobody(err):
		return yes("Correct the key, or wait until the source with this customer was refreshed.",
			"Nobody has the key %s: the unified profiles and the key ring were asked.", key)
	case err != nil:
		return unanswered("The customer behind "+key, err)
	case w.ofOtherProfile(to):
		return yes("Open the profile "+to+".", "%s is the key of another customer, %s.", key, to)
	}
	return no("%s is the key of customer %s.", key, to)
}

// ofOtherProfile says that the key leads to another profile than the one that is
// looked at, and always did. Where it led to that one before, or that one is
// gone, profiles were merged.
func (w *inquiry) ofOtherProfile(to string) bool {
	shown := w.q.Customer
	if shown == "" || to == shown || w.q.Entry.CustomerID == shown {
		return false
	}
	there, err := w.isThere(shown)
	return there || err != nil
}

// ofAnother says, of what was already there, whether the activity with this key
// is of another customer.
func (w *inquiry) ofAnother(key string) (Finding, bool) {
	e := w.q.Entry
	if e.State != journal.AlreadyThere || e.CustomerField == "" {
		return Finding{}, false
	}
	rows, err := w.sourceRows()
	if err != nil {
		return Finding{}, false
	}
	for _, row := range rows {
		if has := row.Text(e.CustomerField); w.isIt(row) && has != "" && !strings.EqualFold(has, key) {
			return yes("Send it with another key: New ID makes one.",
				"%s has an activity with this key already, of %s %s.", e.Entity, e.CustomerField, has), true
		}
	}
	return Finding{}, false
}

// refusedCustomer is for what the service itself refused for its customer.
func (w *inquiry) refusedCustomer(key string) Finding {
	if to, err := w.keyLeadsTo(); err == nil {
		return yes("Send it again: it may be taken now.",
			"The service refused it (%s). Today %s is the key of customer %s.", w.q.Entry.Code, key, to)
	}
	return yes("Correct the key, or wait until the source with this customer was refreshed.",
		"The service refused it (%s): nobody has the key %s.", w.q.Entry.Code, key)
}

// customerByID is for an activity of which only the customer's id is known.
func (w *inquiry) customerByID(id, key string) Finding {
	if id == "" {
		return cannot("", "Where the key %s leads is not known: no relationship of the entity is.", key)
	}
	switch there, err := w.isThere(id); {
	case err != nil:
		return unanswered("Customer "+id, err)
	case !there:
		return yes("Find the person anew, by a key or by name.", "There is no customer %s.", id)
	}
	return no("There is a customer %s.", id)
}

func (w *inquiry) merged() Finding {
	key, leads := w.key()
	id := w.known()
	switch {
	case w.elsewhere():
		return w.notHere()
	case w.q.Target.Instance.B2B:
		return w.business()
	case id == "":
		if _, err := w.keyLeadsTo(); err != nil {
			return cannot("", "No customer id is known that could have been another one before.")
		}
		return no("The customer was looked up by the key just now, not by an earlier id.")
	}
	there, err := w.isThere(id)
	if err != nil {
		return unanswered("Customer "+id, err)
	}
	if key == "" || !leads {
		if there {
			return no("Customer %s is still there.", id)
		}
		return cannot("Find the person anew, by a key or by name.",
			"There is no customer %s, and without a key nobody can tell what became of them.", id)
	}
	to, err := w.keyLeadsTo()
	switch {
	case nobody(err):
		return no("%s is nobody's key today.", key)
	case err != nil:
		return unanswered("The customer behind "+key, err)
	case to == id, there && w.q.Entry.CustomerID != id:
		return no("Customer %s is still there.", id)
	}
	return yes("Open the profile "+to+".", "%s led to customer %s and leads to %s today.", key, id, to)
}

func (w *inquiry) pageLimit() Finding {
	switch {
	case w.elsewhere():
		return w.notHere()
	case w.unstored():
		return no("Nothing was stored that could be shown.")
	}
	s := w.spot()
	switch {
	case s.seen && s.beyond:
		return yes("Scroll on to it, or show the dates around it.",
			"It is on the timeline, but not among the newest %d, which is all that the service gives at once.", pageSize)
	case s.seen:
		return no("It is among the newest activities.")
	case s.err != nil && !nobody(s.err):
		return unanswered("The timeline", s.err)
	case s.err != nil:
		return cannot("", "It is not known whose timeline to look at.")
	case !s.full:
		return no("The service gave the whole timeline of %s.", s.customer)
	case s.byTime:
		return no("The timeline has more than the service gives at once; asked for the day of the activity, it does not have it.")
	}
	if !w.sought.at.IsZero() {
		return cannot("Show the dates around it, or scroll to the end of the timeline.",
			"The timeline has more than the %d that the service gives at once, and the day of the activity could not be read wholly.", pageSize)
	}
	return cannot("Ask again with its time, or scroll to the end of the timeline.",
		"The timeline has more than the %d that the service gives at once, and when it happened is not known.", pageSize)
}

func (w *inquiry) role() Finding {
	roles := strings.Join(w.q.Role.Roles, ", ")
	if roles == "" {
		roles = "not known"
	}
	const do = "Ask an administrator for a role that sees it, or a colleague who has one."
	if w.elsewhere() {
		return w.notHere()
	}
	switch s := w.spot(); {
	case s.seen:
		return no("You see it.")
	case isKind(s.err, client.KindForbidden):
		return yes(do, "You may not read timelines. Your role: %s.", roles)
	case s.err != nil && !nobody(s.err):
		return unanswered("The timeline", s.err)
	}
	if w.q.Entry.Entity == "" {
		return cannot("Ask again with its entity.", "You may read timelines. Which entity it belongs to is not known. Your role: %s.", roles)
	}
	switch _, err := w.sourceRows(); {
	case isKind(err, client.KindForbidden):
		return yes(do, "You may not read %s. Your role: %s.", w.q.Entry.Entity, roles)
	case isKind(err, client.KindNotFound):
		return cannot("", "There is no entity %s, or your role does not show it: %s.", w.q.Entry.Entity, roles)
	case err != nil:
		return unanswered(w.q.Entry.Entity, err)
	}
	return no("You may read timelines and %s.", w.q.Entry.Entity)
}

func (w *inquiry) hidden() Finding {
	switch {
	case w.elsewhere():
		return w.notHere()
	case w.unstored():
		return no("Nothing was stored that could be hidden.")
	}
	s := w.spot()
	switch {
	case w.filteredOut(s):
		return yes("Show all types.", "It is on the timeline, but only %s is shown.", strings.Join(w.q.Shown.Types, ", "))
	case s.seen:
		return no("It is on the timeline.")
	}
	const ask = "Ask an administrator whether the activity has “Show in timeline” set. Without it the service gives none of its type."
	n, err := w.ofType()
	switch {
	case errors.Is(err, errNoEntity):
		return cannot("Ask again with its entity or its type.", "Which entity it belongs to, or of which type it is, is not known.")
	case err != nil:
		f := unanswered("Timelines of others", err)
		f.Do = ask
		return f
	case n > 0:
		return no("Timelines show activities of %s.", w.kind())
	}
	rows, err := w.sourceRows()
	_, others := w.inSource(rows)
	if err == nil && others > 0 && !w.sought.unify && !w.namedAsAsked() {
		return cannot(ask, "Timelines name entities in another way than the metadata, so that nobody's could be asked for those of %s.", w.kind())
	}
	if err == nil && others > 0 && !w.sought.unify {
		return yes(ask, "%s has rows, and nobody's timeline shows any of them.", w.q.Entry.Entity)
	}
	return cannot(ask, "Nobody's timeline shows an activity of %s; there may have been none before.", w.kind())
}

func (w *inquiry) index() Finding {
	switch {
	case w.elsewhere():
		return w.notHere()
	case w.unstored():
		return no("Nothing was stored that could be on its way.")
	}
	s := w.spot()
	switch {
	case s.seen:
		return no("It is on the timeline.")
	case s.err != nil && !nobody(s.err):
		return unanswered("The timeline", s.err)
	case len((Report{Findings: w.findings}).Yes()) > 0:
		return no("Another cause was found before.")
	case s.err != nil:
		return cannot("", "It is not known whose timeline to look at.")
	}
	return w.onItsWay(s)
}

// onItsWay is the answer of the index for what the timeline does not have and no
// other cause explains.
func (w *inquiry) onItsWay(s spotted) Finding {
	const wait = "Wait some minutes, and look again."
	rows, err := w.sourceRows()
	switch found, _ := w.inSource(rows); {
	case errors.Is(err, errNoEntity):
		return cannot(wait, "Which entity it belongs to is not known, so its rows were not read.")
	case err != nil:
		return unanswered(w.q.Entry.Entity, err)
	case found && !w.sought.unify && s.full && !s.byTime:
		return cannot("Scroll to the end of the timeline, or show the dates around it.",
			"%s has it, and the timeline has more than could be read of it.", w.q.Entry.Entity)
	case found && !w.sought.unify:
		return yes(wait, "%s has it, and the timeline does not have it yet.", w.q.Entry.Entity)
	case w.q.Entry.State == journal.Uncertain:
		return cannot("Look again, and then decide whether to send it again.",
			"It may never have been stored: the rows of %s that were read do not show it.", w.q.Entry.Entity)
	case w.taken():
		return cannot(wait, "The service took it %s ago. Neither the rows of %s that were read nor the timeline show it; how far its index is, it does not tell.",
			w.outbox.now().Sub(w.q.Entry.AnsweredAt).Round(time.Second), w.q.Entry.Entity)
	}
	return cannot(wait, "The rows of %s that were read do not show it; how far the index is, the service does not tell.", w.q.Entry.Entity)
}
