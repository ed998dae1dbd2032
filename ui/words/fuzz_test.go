// Whatever the service says of what went wrong, on its way to the window.

package words

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/withstand"
)

// FuzzExplain: whatever the service answers with, the window has something to
// say that fits into a notice, in one line that nothing in it can turn round; and
// where the service itself says nothing, no program's words are in it.
func FuzzExplain(f *testing.F) {
	f.Add(int(client.KindBadRequest), 400, "", []byte(`{"errorCode":"mandatoryFieldsMissing","message":"m","details":[{"errorCode":"e","message":"n","target":"f"}]}`))
	f.Add(int(client.KindUnauthorized), 401, "", []byte(`{"statusCode":401,"message":"Access denied due to missing subscription key."}`))
	f.Add(int(client.KindRedirect), 302, "https://login.example/"+strings.Repeat("a", 3000), []byte(nil))
	f.Add(int(client.KindServer), 503, "", []byte("{\"error\":{\"code\":\"x\\u0000\",\"message\":\"\\u202eolleh\\n\\u0007\\u2028\"}}"))
	f.Add(int(client.KindNotFound), 404, "", []byte(`{"errorCode":"`+strings.Repeat("E", 500)+`","message":" "}`))
	f.Add(int(client.KindUnexpected), 200, "", []byte(`<html>`))
	f.Add(99, -1, "\x00", []byte(`{"code":"\ud800"}`))
	f.Fuzz(func(t *testing.T, kind, status int, location string, body []byte) {
		e := &client.Error{Op: "query Customer", Kind: client.Kind(kind), Status: status, Location: location, Body: body}
		e.ReadBody()
		m := Explain(e)
		for _, text := range []string{m.What, m.Do} {
			if m.What == "" || utf8.RuneCountInString(text) > 1000 || !utf8.ValidString(text) {
				t.Fatalf("%d letters: %q", utf8.RuneCountInString(text), text)
			}
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
				t.Fatalf("not one plain line: %q", text)
			}
		}
		if e.Code == "" && e.Message == "" && len(e.Details) == 0 && location == "" {
			if err := withstand.Plain(m.What); err != nil {
				t.Fatal(err)
			}
		}
	})
}
