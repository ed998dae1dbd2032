// A send as text for a ticket: what whoever helps asks for, without secrets,
// and without personal data unless it is asked for.

package ui

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/words"
)

// ticketText writes a send down. Without data it leaves out everything that
// can be about a person: key, customer, the service's message (it quotes
// values), caller, and both bodies.
func ticketText(e journal.Entry, withData bool) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\n")
		}
	}
	line("request", "POST "+postPath(e))
	line("instance", instanceWords(e))
	line("sent", utcTime(e.SentAt))
	line("answered", utcTime(e.AnsweredAt))
	line("outcome", string(e.State))
	if e.Status != 0 {
		line("status", statusWords(e.Status))
	}
	line("code", e.Code)
	line("request id", e.RequestID)
	if e.Took > 0 {
		line("took", words.Took(e.Took))
	}
	if e.Attempts > 1 {
		line("attempts", strconv.Itoa(e.Attempts))
	}
	line("valid until", utcTime(e.ValidUntil))
	line("written by", productName+" "+Version)
	if !withData {
		return b.String()
	}
	line("caller", e.Caller)
	line("message", e.Message)
	part := func(title, text string) {
		if text != "" {
			b.WriteString("\n" + title + "\n" + text + "\n")
		}
	}
	part("sent:", string(e.Body))
	part("answer:", asItCame(e))
	return b.String()
}

// postPath is where an entry was sent to, without host and query.
func postPath(e journal.Entry) string {
	root := ""
	if u, err := url.Parse(e.Root); err == nil {
		root = strings.TrimRight(u.Path, "/")
	}
	return root + "/instances/" + url.PathEscape(e.InstanceID) + "/data/" + url.PathEscape(e.Entity)
}

func utcTime(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05.000Z")
}
