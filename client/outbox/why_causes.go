// The causes that concern the activity itself: what was sent, where to, when,
// and for how long.

package outbox

import (
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// notHere is the answer to what only another instance could tell.
func (w *inquiry) notHere() Finding {
	return cannot("Choose that instance, and ask there.",
		"It was sent to %s: only there it can be checked.", w.sentTo())
}

func (w *inquiry) sentTo() string {
	e := w.q.Entry
	return metadata.Instance{ID: e.InstanceID, Name: e.InstanceName}.Label()
}

func (w *inquiry) instance() Finding {
	here := w.q.Target.Instance.Label()
	switch {
	case !w.fromHere():
		return cannot("Ask whoever sent it for the name of the instance.",
			"It was not sent from here, so it is not known where to. This is %s.", here)
	case w.elsewhere():
		return yes("Choose "+w.sentTo()+" above.", "It was sent to %s. This is %s.", w.sentTo(), here)
	}
	return no("It was sent to %s, which is this one.", here)
}

func (w *inquiry) expired() Finding {
	switch l := LifetimeOf(w.q.Entry); {
	case !w.fromHere():
		return cannot("Ask whoever sent it when that was: without another date the service keeps it 30 days.",
			"Until when it is kept is known only of what was sent from here.")
	case w.unstored():
		return no("Nothing was stored that could expire.")
	case !l.Known():
		return cannot("", "It is not known when it was stored, and so not until when it is kept.")
	case l.Expired(w.outbox.now()) && !w.elsewhere() && w.spot().seen:
		return no("It was kept until %s, and is still there: its data source has it, too.", w.at(l.Until))
	case l.Expired(w.outbox.now()):
		return yes("Send it anew, if it is to be there: Open in the form gives it back.",
			"It was kept until %s. It stays longer only if its data source has it, too.", w.at(l.Until))
	default:
		return no("It is kept until %s.", w.at(l.Until))
	}
}

func (w *inquiry) time() Finding {
	e := w.q.Entry
	switch {
	case w.elsewhere():
		return w.notHere()
	case !w.fromHere() && e.TimeValue == "":
		return cannot("Ask again with its time.", "When it happened is not known.")
	case e.TimeValue == "" && e.TimeField == "":
		return cannot("Refresh the entities (F5) and look at the field in Compose.", "The metadata names no field with the activity's time.")
	case e.TimeValue == "":
		return yes("Send it with a time. What has none cannot be placed on a timeline.", "%s was left out.", e.TimeField)
	case w.sought.at.IsZero():
		return cannot("Look for it at the end of the timeline, among those without a time.",
			"%s was sent as “%s”, which the desk cannot read as a time.", e.TimeField, e.TimeValue)
	}
	at, shown := w.sought.at, w.q.Shown
	const do = "Show all dates, or others."
	switch {
	case !shown.From.IsZero() && at.Before(shown.From):
		return yes(do, "It happened %s. Only activities from %s on are shown.", w.at(at), w.at(shown.From))
	case !shown.Until.IsZero() && !at.Before(shown.Until):
		return yes(do, "It happened %s. Only activities before %s are shown.", w.at(at), w.at(shown.Until))
	case shown.From.IsZero() && shown.Until.IsZero():
		return no("It happened %s, and all dates are shown.", w.at(at))
	}
	return no("It happened %s, within the dates that are shown.", w.at(at))
}

// setUpCodes are the service's words for an entity that takes no activities.
var setUpCodes = map[string]string{
	"mappingforactivitynotfound":       "it was not set up on the product's Activities screen",
	"unsupportedentitytype":            "its type takes no activities",
	"relationshipsforactivitynotfound": "it has no relationship that leads to a customer",
}

func (w *inquiry) notSetUp() Finding {
	const do = "Ask an administrator to set the entity up on the product's Activities screen, with a key, a time and its relationship to the profile."
	e, entity := w.q.Entry, w.q.Target.Entity
	why, refused := setUpCodes[strings.ToLower(e.Code)]
	switch {
	case w.elsewhere():
		return w.notHere()
	case refused:
		return yes(do, "The service refused it (%s): of %s it says that %s.", e.Code, e.Entity, why)
	case w.taken():
		return no("The service took it for %s.", e.Entity)
	case e.Entity == "":
		return cannot("Ask again with its entity.", "It is not known which entity it belongs to.")
	case entity.DataName() == "":
		return cannot("", "%s shows no entity %s: it is gone, or not for your role.", w.q.Target.Instance.Label(), e.Entity)
	}
	switch receives, reason := entity.Receives(); receives {
	case metadata.ReceivesYes:
		return no("Of %s the metadata says: %s", e.Entity, reason)
	case metadata.ReceivesNo:
		return yes(do, "Of %s the metadata says: %s", e.Entity, reason)
	default:
		return cannot("Ask an administrator whether it is on the product's Activities screen.", "%s", reason)
	}
}

// filteredOut says whether the types that are shown leave the row out.
func (w *inquiry) filteredOut(s spotted) bool {
	if !s.seen || len(w.q.Shown.Types) == 0 {
		return false
	}
	for _, member := range typeMembers {
		if text := s.row.Text(member); text != "" && slices.ContainsFunc(w.q.Shown.Types, func(one string) bool { return strings.EqualFold(one, text) }) {
			return false
		}
	}
	return true
}
