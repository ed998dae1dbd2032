// What the browser shows at the end. It holds nothing of the sign-in.

package auth

import (
	"bytes"
	"html/template"
	"net/http"
	"strconv"
)

// page is a heading and what to do.
type page struct{ Title, Text string }

var (
	pageSignedIn    = page{"You are signed in", "You can close this page and go back to Activity Desk."}
	pageNotSignedIn = page{"You are not signed in", "Close this page and go back to Activity Desk, which says why and what to do."}
	pageWaiting     = page{"Signing in goes on", "Close this page and go back to Activity Desk, which says how it ended."}
	pageNothing     = page{"There is nothing here", "Activity Desk waits at this address for the end of a sign-in. Close this page."}
)

var layout = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Title}} · Activity Desk</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 18vh auto; padding: 0 1.5rem }
h1 { font-size: 1.5rem; font-weight: 600 }
</style>
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
</html>
`))

func writePage(w http.ResponseWriter, status int, p page) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	var text bytes.Buffer
	_ = layout.Execute(&text, p) // of two texts, into memory
	h.Set("Content-Length", strconv.Itoa(text.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(text.Bytes()) // the browser may be gone
}
