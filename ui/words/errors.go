// Package words has the sentences that several parts of the window say: errors
// as what happened and what to do, times, counts, and the service's codes. Every
// error that the window shows goes through Explain.
package words

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// Message is an error in words: what happened, what to do, and what can be
// copied for somebody who helps.
type Message struct {
	What    string
	Do      string // may be empty
	Details string // may be empty; holds no secret
}

// Explain says what an error means for the person at the desk. It never
// answers an empty What for an error, and a zero Message for nil.
func Explain(err error) Message {
	if err == nil {
		return Message{}
	}
	message := explain(err)
	var patterns *redact.Redactor // masks what looks like a secret
	message.Details = patterns.String(message.Details)
	return message
}

func explain(err error) Message {
	var service *client.Error
	switch {
	case errors.Is(err, client.ErrSecretInAddress):
		return Message{
			What: "Nothing was asked: a key or a token of one of your connections stands in what is looked for.",
			Do:   "Take it out of the field.",
		}
	case errors.As(err, &service):
		return explainService(service)
	case errors.Is(err, tasks.ErrStopped):
		return Message{What: "You stopped the loading.", Do: "F5 loads it again."}
	case errors.Is(err, context.Canceled):
		return Message{What: "This was stopped before it was done.", Details: err.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		return Message{
			What: "This took too long and was given up.", Do: "Try again with F5.", Details: err.Error(),
		}
	}
	if message, ok := explainLocal(err); ok {
		message.Details = err.Error()
		return message
	}
	return Message{
		What:    "Something went wrong that the desk has no word for.",
		Do:      "The details say what; copy them for whoever helps you.",
		Details: err.Error(),
	}
}

// explainService goes by the service's code where the contract names it, else
// by the kind of the answer.
func explainService(e *client.Error) Message {
	message, known := codeMessage(e.Code)
	switch {
	case known:
	case e.Kind == client.KindUnauthorized && RefusesKey(e):
		message = keyRefused()
	default:
		message = explainKind(e)
	}
	if e.Code != "" && !known {
		message.What += " Its code is “" + Clipped(e.Code, 80) + "”, not a code that this desk knows."
	}
	if said := SaidBy(e); said != "" {
		message.What += " " + said
	}
	message.Details = detailsOf(e)
	return message
}

// SaidBy quotes what the service itself says, with the fields that it names.
func SaidBy(e *client.Error) string {
	var parts []string
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	for _, d := range e.Details {
		if d.Message != "" && d.Message != e.Message {
			parts = append(parts, d.Message)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	const enough = 300 // letters: the whole is among the details
	return "The service says: “" + Clipped(strings.Join(parts, " "), enough) + "”"
}

// Clipped writes a foreign text on one line, of at most so many letters, and
// without what is not seen and could turn the line round.
func Clipped(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text)
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

func explainKind(e *client.Error) Message {
	switch e.Kind {
	case client.KindCancelled:
		return Message{What: "This was stopped before it was done."}
	case client.KindNoConnection:
		return Message{
			What: "The service could not be reached.",
			Do:   "Check the network and the address of the connection, then try again with F5. Nothing was sent.",
		}
	case client.KindTimeout:
		return Message{
			What: "The service did not answer in time.",
			Do:   "Try again with F5.",
		}
	case client.KindTLS:
		return Message{
			What: "The connection is not safe: the service's certificate is not valid here.",
			Do:   "Check the address. In a company network, have its certificate installed on this computer. Nothing was sent.",
		}
	case client.KindBroken:
		return Message{
			What: "The connection broke before the answer was complete.",
			Do:   "Try again with F5.",
		}
	case client.KindRedirect:
		return Message{
			What: "The address answers with a pointer to another one" + pointsTo(e) + ".",
			Do:   "It was not followed, so that no token goes astray. Check the address of the connection.",
		}
	case client.KindCredentials:
		if message, ok := explainLocal(e.Err); ok {
			return message
		}
		return Message{
			What: "There is no usable token or key for this connection.",
			Do:   "Open the connection and enter them again.",
		}
	case client.KindTooLarge:
		return Message{
			What: "The answer is larger than the desk reads.",
			Do:   "Ask for less at a time.",
		}
	default:
		return explainStatus(e)
	}
}

func pointsTo(e *client.Error) string {
	if e.Location == "" {
		return ""
	}
	return ": " + Clipped(e.Location, 200) // the whole is among the details
}

// explainStatus is for answers that came over a sound connection.
func explainStatus(e *client.Error) Message {
	switch e.Kind {
	case client.KindUnauthorized:
		if message, ok := explainSignIn(e.Err); ok {
			return message // why the refused token could not be renewed
		}
		return Message{
			What: "The service did not accept who you are (401).",
			Do: "Sign in again, or enter a new token where the connection has one: it is good for about an hour. " +
				"Check the subscription key as well.",
		}
	case client.KindForbidden:
		return Message{What: "Your role does not allow this (403).", Do: roleWords(e)}
	case client.KindNotFound:
		return Message{
			What: "The service does not have this (404).",
			Do:   "Load again with F5. If that does not help, check the address of the connection.",
		}
	case client.KindConflict:
		return Message{
			What: "An activity with this key is already there (409).",
			Do:   "Nothing was stored again. Use a new key if this is to be another activity.",
		}
	case client.KindRateLimited:
		return Message{
			What: "The service asks to slow down (429)" + waitOf(e) + ".",
			Do:   "The desk waits as long as it was told. Lower the calls per minute in Settings if this happens often.",
		}
	case client.KindServer:
		return Message{
			What: fmt.Sprintf("The service failed on its side (%d).", e.Status),
			Do:   "Try again later. After a send, the desk looks whether the activity was stored before it offers to send again.",
		}
	case client.KindBadRequest:
		return Message{
			What: fmt.Sprintf("The service refused the request (%d).", e.Status),
			Do:   "The details hold its answer. Nothing was stored.",
		}
	case client.KindUnexpected:
		return Message{
			What: "The answer is not one of this service." + unexpectedStatus(e),
			Do:   "Check the address of the connection: a sign-in page or a proxy may have answered in its place. The details hold the answer.",
		}
	default:
		return Message{What: "The request did not work.", Do: "The details say more."}
	}
}

// RefusesKey says whether a 401 is about the subscription key: the service's
// own code, or the words of the front before it (contract, section 2).
func RefusesKey(e *client.Error) bool {
	return e.Code == "apiSubscriptionNotFound" ||
		strings.Contains(strings.ToLower(e.Message), "subscription key")
}

// keyRefused is for the front before the service, which has no codes.
func keyRefused() Message {
	return Message{
		What: "The subscription key is missing or not accepted (401).",
		Do:   "Copy the primary or secondary key from Settings > Permissions > APIs of the instance into the connection.",
	}
}

func waitOf(e *client.Error) string {
	if e.RetryAfter <= 0 {
		return ""
	}
	return fmt.Sprintf(", for %d s", int(e.RetryAfter.Seconds()+0.999))
}

func unexpectedStatus(e *client.Error) string {
	if e.Status == 0 {
		return ""
	}
	return fmt.Sprintf(" Its status was %d.", e.Status)
}

// detailsOf is what helps somebody who helps: nothing that Explain already
// said in other words is left out.
func detailsOf(e *client.Error) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("request", e.Op)
	if e.Status != 0 {
		fmt.Fprintf(&b, "status: %d\n", e.Status)
	}
	line("code", e.Code)
	line("message", e.Message)
	line("target", e.Target)
	for _, d := range e.Details {
		line("detail", strings.Trim(strings.Join([]string{d.Code, d.Target, d.Message}, " · "), " ·"))
	}
	line("request id", e.RequestID)
	line("points to", e.Location)
	if e.Err != nil {
		line("cause", e.Err.Error())
	}
	if body := strings.TrimSpace(string(e.Body)); body != "" {
		const enough = 4 << 10 // bytes: a Label must not hold more
		if len(body) > enough {
			body = strings.ToValidUTF8(body[:enough], "") + "…"
		}
		fmt.Fprintf(&b, "\n%s\n", strings.ToValidUTF8(body, "�"))
	}
	return strings.TrimRight(b.String(), "\n")
}

// roleWords say what the role lacks: less is needed to read than to send.
func roleWords(e *client.Error) string {
	if verb, _, _ := strings.Cut(e.Op, " "); verb == "post" || verb == "patch" {
		return "Posting needs the role Contributor or Administrator in this instance. Ask its administrator."
	}
	return "Reading this needs a role in this instance that covers it. Ask its administrator."
}

// OnCard is the message for a card over the window: its own button tries again,
// and the window's keys do not reach through it.
func (m Message) OnCard() Message {
	m.Do = strings.ReplaceAll(m.Do, " with F5", "")
	return m
}
