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
	case known && (writes(e) || !aboutWrites(e.Code)):
	case e.Kind == client.KindUnauthorized && RefusesKey(e):
		message = keyRefused()
	default:
		message = explainKind(e)
	}
	message = withSkew(message, e)
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

// OnCard is the message for a card over the window: its own button tries again,
// and the window's keys do not reach through it.
func (m Message) OnCard() Message {
	m.Do = strings.ReplaceAll(m.Do, " with F5", "")
	return m
}
