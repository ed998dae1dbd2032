// Searching what left the desk, or was written by it, for secrets in every form.

package ui

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

// recognised is how many letters of a secret in a row are one found. Fewer are left
// where a secret stood inside of other base64, a letter at each end.
const recognised = 12

// heard is what was said or written somewhere.
type heard struct{ where, text string }

// haystack is all that a desk said and wrote.
type haystack struct {
	t    *testing.T
	hay  []heard
	seen map[string]bool
}

func newHaystack(t *testing.T) *haystack { return &haystack{t: t, seen: map[string]bool{}} }

// add keeps a text; the same text is kept once.
func (h *haystack) add(where, text string) {
	if text != "" && !h.seen[text] {
		h.seen[text] = true
		h.hay = append(h.hay, heard{where, text})
	}
}

// addFolder keeps every file below a folder, its name and its bytes.
func (h *haystack) addFolder(folder string) (files int) {
	h.t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		h.add("file name", path)
		h.add(path, string(data))
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return files
}

// addFile keeps the bytes of a file, and gives their number.
func (h *haystack) addFile(path string) int {
	h.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	h.add(path, string(data))
	return len(data)
}

// addJournal keeps what a journal holds, since a database breaks long texts over
// its pages.
func (h *haystack) addJournal(path string) {
	h.t.Helper()
	j, err := journal.Open(h.t.Context(), path, journal.Options{})
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() {
		if err := j.Close(); err != nil {
			h.t.Error(err)
		}
	}()
	list, err := j.List(h.t.Context(), journal.Filter{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range list {
		if e, err = j.Get(h.t.Context(), e.ID); err != nil {
			h.t.Fatal(err)
		}
		h.add("journal", fmt.Sprintf("%+v\n%s\n%s", e, e.Body, e.Answer))
	}
	drafts, err := j.Drafts(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	for _, d := range drafts {
		h.add("draft", fmt.Sprintf("%+v\n%s", d, d.Body))
	}
	if len(list) == 0 || len(drafts) == 0 {
		h.t.Errorf("%d entries and %d drafts: there was too little to search", len(list), len(drafts))
	}
}

// mustNotHold fails the test for each place where a secret, or a part of one,
// stands in any form.
func (h *haystack) mustNotHold(secrets map[string]string) {
	h.t.Helper()
	for _, place := range h.hay {
		texts := []string{place.text, lineless(place.text)}
		for name, secret := range secrets {
			for form, written := range formsOf(h.t, secret) {
				if part := partIn(texts, written); part != "" {
					h.t.Errorf("%s holds the %s (%s): …%s…", place.where, name, form, around(texts, part))
					break
				}
			}
		}
	}
}

// formsOf are the ways in which a secret can stand in a text.
func formsOf(t *testing.T, secret string) map[string]string {
	t.Helper()
	quoted := func(text string) string {
		data, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(data[1 : len(data)-1])
	}
	forms := map[string]string{
		"as it is": secret, "in JSON": quoted(secret), "in JSON in JSON": quoted(quoted(secret)),
		"in a query": url.QueryEscape(secret), "in a path": url.PathEscape(secret),
		"in a query, lower case": strings.ToLower(url.QueryEscape(secret)), "in a query twice": url.QueryEscape(url.QueryEscape(secret)),
		"in a web page": html.EscapeString(secret), "hexadecimal": hex.EncodeToString([]byte(secret)),
	}
	for name, enc := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64 for addresses": base64.RawURLEncoding} {
		for before := range 3 { // what stands before it moves its bits
			whole := enc.EncodeToString(append(make([]byte, before), secret...))
			forms[fmt.Sprintf("%s, moved by %d", name, before)] = whole[4 : len(whole)-1]
		}
	}
	return forms
}

// partIn gives a part of a secret that stands in one of the texts; empty: none.
func partIn(texts []string, secret string) string {
	for from := 0; from+recognised <= len(secret); from++ {
		for _, text := range texts {
			if strings.Contains(text, secret[from:from+recognised]) {
				return secret[from : from+recognised]
			}
		}
	}
	return ""
}

func around(texts []string, part string) string {
	for _, text := range texts {
		if i := strings.Index(text, part); i >= 0 {
			return text[max(0, i-60):min(len(text), i+len(part)+60)]
		}
	}
	return part
}

// lineless is a text without ends of lines, as they are and as JSON writes them,
// and without space: a secret may be broken over lines.
func lineless(text string) string {
	return strings.NewReplacer("\r", "", "\n", "", "\t", "", " ", "", `\r`, "", `\n`, "", `\t`, "").Replace(text)
}

// TestTheSearchFindsWhatItIsToFind: a search that finds nothing proves nothing.
func TestTheSearchFindsWhatItIsToFind(t *testing.T) {
	const secret = `Tok/en+4711"of&a<desk>==`
	for form, written := range formsOf(t, secret) {
		for where, text := range map[string]string{
			"whole": "before " + written + " after", "half": "before " + written[:len(written)/2+recognised/2] + " after",
			"on two lines": "before " + written[:8] + "\r\n   " + written[8:], "on two lines, in JSON": `{"a":"` + written[:8] + `\n` + written[8:],
		} {
			if part := partIn([]string{text, lineless(text)}, written); part == "" {
				t.Errorf("%s, %s: not found in %s", form, where, text)
			}
		}
	}
	if part := partIn([]string{"Tok/en+4711, [hidden]"}, secret); part != "" {
		t.Errorf("found %q", part)
	}
}
