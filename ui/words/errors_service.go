// Answers of the service in words, by what kind of answer they are: which status
// came, or why none did. What to do depends on whether something was read or sent.

package words

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
)

// writes says whether an error is of a request that sends something.
func writes(e *client.Error) bool {
	verb, _, _ := strings.Cut(e.Op, " ")
	return verb == "post" || verb == "patch"
}

// onceMore says how the same is done again.
func onceMore(e *client.Error) string {
	if writes(e) {
		return "send it again"
	}
	return "try again with F5"
}

func explainKind(e *client.Error) Message {
	switch e.Kind {
	case client.KindCancelled:
		return Message{What: "This was stopped before it was done."}
	case client.KindNoConnection:
		return explainUnreached(e)
	case client.KindTimeout:
		return Message{
			What: "The service did not answer in time.",
			Do:   "It may be busy, or the network slow: wait a little, then " + onceMore(e) + ".",
		}
	case client.KindTLS:
		return explainTLS(e)
	case client.KindBroken:
		return Message{
			What: "The connection broke before the answer was complete.",
			Do:   "If this stays, something between here and the service ends connections. Otherwise " + onceMore(e) + ".",
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
			Do:   "Ask for less at a time. If it is the list of instances or entities, the address may be another service's.",
		}
	default:
		return explainStatus(e)
	}
}

// nothing is what all of these requests have in common: none has left this computer.
const nothing = " Nothing was sent."

// explainUnreached is for requests of which nothing left this computer.
func explainUnreached(e *client.Error) Message {
	var proxy *client.ProxyError
	var name *net.DNSError
	switch {
	case errors.As(e.Err, &proxy) && proxy.Status == http.StatusProxyAuthRequired:
		return proxyAsks(nothing)
	case errors.As(e.Err, &proxy):
		return Message{
			What: fmt.Sprintf("The proxy of this network does not let the desk through to the service (%d).", proxy.Status),
			Do:   "Ask whoever runs the network to allow the service's host." + nothing,
		}
	case errors.As(e.Err, &name):
		return Message{
			What: "The name of the service's host is not known here.",
			Do:   "Check the network, or the VPN that it needs, and the address of the connection, then " + onceMore(e) + "." + nothing,
		}
	default:
		return Message{
			What: "The service could not be reached.",
			Do:   "Check the network and the address of the connection, then " + onceMore(e) + "." + nothing,
		}
	}
}

// proxyAsks is for a proxy that wants to know who asks, which the desk tells none.
func proxyAsks(and string) Message {
	return Message{
		What: "A proxy between here and the service wants somebody to sign in to it (407).",
		Do:   "Ask whoever runs the network to let this computer through; the desk tells a proxy no password." + and,
	}
}

// explainTLS is for another side that could not prove who it is.
func explainTLS(e *client.Error) Message {
	var (
		invalid   x509.CertificateInvalidError
		host      x509.HostnameError
		authority x509.UnknownAuthorityError
		record    tls.RecordHeaderError
	)
	switch {
	case errors.As(e.Err, &invalid) && invalid.Reason == x509.Expired:
		return Message{
			What: "The service's certificate is not valid today: it has expired, or this computer's clock is wrong.",
			Do:   "Check this computer's clock and date. If they are right, whoever runs the service has to renew the certificate." + nothing,
		}
	case errors.As(e.Err, &host):
		return Message{
			What: "The connection is not safe: the certificate at this address is another host's.",
			Do:   "Check the address. A sign-in page of the network may answer in the service's place." + nothing,
		}
	case errors.As(e.Err, &authority):
		return Message{
			What: "The connection is not safe: this computer does not trust whoever made the service's certificate.",
			Do:   "Check the address. In a company network, have its certificate installed on this computer." + nothing,
		}
	case errors.As(e.Err, &record), errors.Is(e.Err, http.ErrSchemeMismatch):
		return Message{
			What: "The other side speaks no TLS, which an address with https needs.",
			Do:   "Check the address and its port." + nothing,
		}
	default:
		return Message{
			What: "The connection is not safe: the service's certificate is not valid here.",
			Do:   "Check the address. In a company network, have its certificate installed on this computer." + nothing,
		}
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
		return explainNotFound(e)
	case client.KindConflict:
		return explainConflict(e)
	case client.KindRateLimited:
		return explainRateLimited(e)
	case client.KindServer:
		return explainServer(e)
	case client.KindBadRequest:
		return explainRefused(e)
	case client.KindUnexpected:
		return explainUnexpected(e)
	default:
		return Message{What: "The request did not work.", Do: "The details say more."}
	}
}

// explainNotFound tells a wrong address, which has no instances either, from
// something that is not there.
func explainNotFound(e *client.Error) Message {
	switch {
	case writes(e):
		return Message{
			What: "The service does not know where this was sent to (404).",
			Do:   "Load the entities again with F5 and see whether this one is still there. Nothing was stored.",
		}
	case atTheDoor(e):
		return Message{
			What: "There is no service of this kind under the address (404).",
			Do:   "Check the end of the connection's address: it is /v1, or /api at the host of 2020.",
		}
	default:
		return Message{
			What: "The service does not have this (404).",
			Do:   "Load again with F5. If that does not help, check the address of the connection.",
		}
	}
}

// atTheDoor says whether it was asked for what every service has.
func atTheDoor(e *client.Error) bool {
	return e.Op == "list instances" || e.Op == "reach the service"
}

func explainConflict(e *client.Error) Message {
	if !writes(e) {
		return Message{
			What: "The service cannot answer this at the moment (409).",
			Do:   "Something may be changing there: wait a little, then try again with F5.",
		}
	}
	return Message{
		What: "An activity with this key is already there (409).",
		Do:   "Nothing was stored again. Use a new key if this is to be another activity.",
	}
}

func explainRateLimited(e *client.Error) Message {
	m := Message{
		What: "The service asks to slow down (429)" + waitOf(e) + ".",
		Do: "The desk asks nothing of it meanwhile, for five minutes at most; then " + onceMore(e) +
			". Lower the calls per minute of the connection if this happens often.",
	}
	if writes(e) {
		m.Do += " Nothing was stored."
	}
	return m
}

func waitOf(e *client.Error) string {
	switch {
	case e.RetryAfter <= 0:
		return ""
	case e.RetryAfter < 2*time.Minute:
		return fmt.Sprintf(", for %d s", int(e.RetryAfter.Seconds()+0.999))
	default:
		return ", for " + aboutWords(e.RetryAfter)
	}
}

func explainServer(e *client.Error) Message {
	m := Message{
		What: fmt.Sprintf("The service failed on its side (%d).", e.Status),
		Do:   "Try again with F5 in a while.",
	}
	if writes(e) {
		m.Do = "Try again later. After a send, the desk looks whether the activity was stored before it offers to send again."
	}
	return m
}

func explainRefused(e *client.Error) Message {
	if e.Status == http.StatusProxyAuthRequired {
		return proxyAsks("")
	}
	m := Message{
		What: fmt.Sprintf("The service refused the request (%d).", e.Status),
		Do:   "The details hold its answer.",
	}
	if e.Status == 0 {
		m.What = "The request was not made: the desk itself refused it."
		m.Do = "The details say why."
	}
	if writes(e) {
		m.Do += " Nothing was stored."
	}
	return m
}

// explainUnexpected says what came in the place of an answer of the service's.
func explainUnexpected(e *client.Error) Message {
	const address = "Check the address of the connection: a sign-in page or a proxy may have answered in its place."
	status := ""
	if e.Status != 0 {
		status = fmt.Sprintf(" (%d)", e.Status)
	}
	body := bytes.TrimSpace(e.Body)
	switch {
	case isWebPage(e.Header, body):
		return Message{What: "A web page answers there, not the service" + status + ".", Do: address + " A browser shows what it wants."}
	case errors.Is(e.Err, client.ErrUnreadable), e.Truncated && len(body) == 0:
		return Message{
			What: "The answer arrived damaged" + status + ".",
			Do:   "Something on the way may have changed it. Wait a little, then " + onceMore(e) + "; if this stays, check the address.",
		}
	case e.Status != 0 && len(body) == 0:
		return Message{What: "The answer is empty" + status + ".", Do: address}
	case looksLikeJSON(body) && !e.Truncated && !json.Valid(body):
		return Message{
			What: "The answer ends before it is whole" + status + ".",
			Do:   "Something on the way may have cut it. Wait a little, then " + onceMore(e) + "; if this stays, check the address.",
		}
	case looksLikeJSON(body):
		return Message{
			What: "The answer is not one of this service: it has another shape" + status + ".",
			Do:   address + " If it is right, a newer desk may understand the service. The details hold the answer.",
		}
	default:
		return Message{What: "The answer is not one of this service" + status + ".", Do: address + " The details hold the answer."}
	}
}

func looksLikeJSON(body []byte) bool { return len(body) > 0 && (body[0] == '{' || body[0] == '[') }

// isWebPage goes by what an answer says it is, and by how it begins.
func isWebPage(header http.Header, body []byte) bool {
	return strings.Contains(strings.ToLower(header.Get("Content-Type")), "html") ||
		bytes.HasPrefix(bytes.ToLower(body[:min(len(body), 14)]), []byte("<!doctype html")) ||
		bytes.HasPrefix(bytes.ToLower(body[:min(len(body), 5)]), []byte("<html"))
}

// roleWords say what the role lacks: less is needed to read than to send.
func roleWords(e *client.Error) string {
	if writes(e) {
		return "Posting needs the role Contributor or Administrator in this instance. Ask its administrator."
	}
	return "Reading this needs a role in this instance that covers it. Ask its administrator."
}

// withSkew says that this computer's clock is wrong, where that explains an
// answer: tokens and times of keeping are good by the clock of the service.
func withSkew(m Message, e *client.Error) Message {
	if e.Skew == 0 || e.Kind != client.KindUnauthorized && !strings.EqualFold(e.Code, "invalidValidUntilParameter") {
		return m
	}
	way := "ahead of"
	if e.Skew < 0 {
		way = "behind"
	}
	m.What += " This computer's clock is " + aboutWords(e.Skew.Abs()) + " " + way + " the service's."
	m.Do = strings.TrimSpace("Set the clock right first: by a wrong one, what is good counts as over. " + m.Do)
	return m
}

// aboutWords is a length of time of minutes and more, as people say it.
func aboutWords(d time.Duration) string {
	switch {
	case d.Round(time.Minute) < 2*time.Hour:
		return Counted(int(d.Round(time.Minute).Minutes()), "minute", "minutes")
	case d.Round(time.Hour) < 48*time.Hour:
		return Counted(int(d.Round(time.Hour).Hours()), "hour", "hours")
	default:
		return Counted(int(d.Round(24*time.Hour).Hours()/24), "day", "days")
	}
}
