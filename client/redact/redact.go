// Package redact masks secrets in everything that leaves the desk by another
// way than a request: logs, errors, copies, exports, crash files.
//
// It knows the secrets that were registered with it, in the forms in which
// they travel (as they are, JSON-escaped, percent-encoded, base64), and it
// knows what credentials look like (bearer tokens, JWTs, subscription keys,
// OAuth parameters) even where nobody registered them. Ordinary payloads,
// their ids and uuids included, come through unchanged.
package redact

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Mask stands where a secret stood.
const Mask = "[hidden]"

// Lengths, in bytes, from which a registered secret is looked for.
const (
	// anywhereFrom: a secret this long is masked wherever it occurs. A shorter
	// one is masked as a whole word only, or "abc" would eat half a payload.
	anywhereFrom = 6
	// registerFrom: anything shorter is too common to be looked for at all;
	// it is still masked in headers and after names that mark a credential.
	registerFrom = 3
	// tailFrom: so much of the beginning of a secret is masked where a text
	// ends within it, as a body does that was cut at its limit.
	tailFrom = 8
	// longFrom: a secret this long is no ordinary word. It is also looked for
	// in what a text's escapes stand for and within base64, and by Holds.
	longFrom = 16
)

// Redactor masks registered secrets and whatever looks like a credential.
// It is safe for concurrent use. A nil *Redactor masks by looks only.
type Redactor struct {
	mu      sync.RWMutex
	secrets map[string]bool
	needles []needle // the forms of all secrets; replaced, never changed in place
}

// needle is one form of a registered secret.
type needle struct {
	text  string
	whole bool // only where it stands as a word of its own
	long  bool // of a secret that is no ordinary word
	plain bool // not escaped: what escapes of others are read to
}

// span is a part [from, to) of a text that is to be masked.
type span struct{ from, to int }

// New makes a Redactor that knows the given secrets; see Add.
func New(secrets ...string) *Redactor {
	r := &Redactor{secrets: make(map[string]bool)}
	for _, s := range secrets {
		r.Add(s)
	}
	return r
}

// Add registers a secret, and what is one in it; see partsOf. Space around it
// does not count. A secret of 3 to 5 bytes is masked where it stands as a word
// of its own, a shorter one only where a header or a name says that it is one.
// A secret cannot be taken back: what was one once may still stand in an error
// kept somewhere.
func (r *Redactor) Add(secret string) {
	if r == nil {
		return
	}
	parts := partsOf(secret)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, part := range parts {
		r.add(part)
	}
}

func (r *Redactor) add(secret string) {
	if len(secret) < registerFrom || r.secrets[secret] {
		return
	}
	r.secrets[secret] = true
	needles := slices.Clone(r.needles)
	plain := plainFormsOf(secret)
	for _, form := range formsOf(secret) {
		needles = append(needles, needle{
			text: form, whole: len(form) < anywhereFrom, long: len(secret) >= longFrom, plain: slices.Contains(plain, form),
		})
	}
	r.needles = needles
}

// Holds says whether a registered secret of at least 16 bytes stands in s, in
// any of the forms in which it is masked. Looks alone do not count, and neither
// do shorter secrets, which can be ordinary words.
func (r *Redactor) Holds(s string) bool {
	long := r.long()
	return len(wholeSpans(s, long)) > 0 || len(foldedSpans(s, long)) > 0
}

// Hide gives b with Mask in the place of what Holds finds, and nothing else
// changed: for texts that a person typed and means to have back. JSON stays
// JSON where the secret stood inside a text. The result may be b itself.
func (r *Redactor) Hide(b []byte) []byte {
	s, long := string(b), r.long()
	for changed := false; ; changed = true {
		spans := settle(append(wholeSpans(s, long), foldedSpans(s, long)...), maskSpans(s))
		if len(spans) == 0 && !changed {
			return b
		}
		if len(spans) == 0 {
			return []byte(s)
		}
		s = replace(s, spans)
	}
}

// long are the needles of long secrets.
func (r *Redactor) long() []needle {
	var long []needle
	for _, n := range r.snapshot() {
		if n.long {
			long = append(long, n)
		}
	}
	return long
}

// String gives s with every secret in it replaced by Mask.
//
// One pass can put neighbours together that make a secret again, so it goes on
// until nothing is found. That ends: each pass takes away at least one byte
// that does not belong to a Mask, and adds none.
func (r *Redactor) String(s string) string {
	if len(s) < registerFrom {
		return s
	}
	needles := r.snapshot()
	for {
		spans := append(wholeSpans(s, needles), cutSpans(s, needles)...)
		spans = append(spans, foldedSpans(s, needles)...)
		spans = append(spans, patternSpans(s)...)
		spans = settle(spans, maskSpans(s))
		if len(spans) == 0 {
			return s
		}
		s = replace(s, spans)
	}
}

// Bytes is String for bytes. The result never shares memory with b.
func (r *Redactor) Bytes(b []byte) []byte {
	if b == nil {
		return nil
	}
	return []byte(r.String(string(b)))
}

func (r *Redactor) snapshot() []needle {
	if r == nil {
		return nil
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.needles
}

// maskSpans finds the masks that are in s already.
func maskSpans(s string) []span {
	var spans []span
	for at := 0; ; {
		i := strings.Index(s[at:], Mask)
		if i < 0 {
			return spans
		}
		spans = append(spans, span{at + i, at + i + len(Mask)})
		at += i + len(Mask)
	}
}

// settle drops spans that lie within a mask, widens those that touch part of
// one to the whole of it, and joins what overlaps. The result is in order.
func settle(spans, masks []span) []span {
	kept := spans[:0]
	for _, s := range spans {
		if s.from >= s.to {
			continue
		}
		i, _ := slices.BinarySearchFunc(masks, s.from, func(m span, from int) int { return cmp.Compare(m.to, from+1) })
		if i < len(masks) && masks[i].from <= s.from && s.to <= masks[i].to {
			continue
		}
		for ; i < len(masks) && masks[i].from < s.to; i++ {
			s.from, s.to = min(s.from, masks[i].from), max(s.to, masks[i].to)
		}
		kept = append(kept, s)
	}
	slices.SortFunc(kept, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	joined := kept[:0]
	for _, s := range kept {
		if n := len(joined); n > 0 && s.from < joined[n-1].to {
			joined[n-1].to = max(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// replace puts Mask in the place of each span; spans are in order.
func replace(s string, spans []span) string {
	var b strings.Builder
	at := 0
	for _, sp := range spans {
		b.WriteString(s[at:sp.from])
		b.WriteString(Mask)
		at = sp.to
	}
	b.WriteString(s[at:])
	return b.String()
}
