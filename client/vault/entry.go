// How a secret is written into entries of a keyring.

package vault

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// The sizes of entries. Windows takes 2,560 bytes. On macOS an entry becomes
// base64 once more and, with its name, part of a command of at most 4,096
// bytes: 2,400 bytes give 3,200, and leave room for the longest name.
const (
	maxEntry   = 2400 // bytes of an entry
	inlineSize = 1500 // bytes of a secret that the head holds itself
	partSize   = 1740 // bytes of a secret in a part, 2,320 in base64
	maxParts   = 64
)

const formVersion = 1

// head is the entry under a secret's own name. A short secret is in it; of a
// long one it says where the parts are and what they must add up to. Parts are
// written under one of two generations, a and b, in turn: those of the old
// secret stay whole until the head points to the new ones.
type head struct {
	Version    int    `json:"v"`
	Data       []byte `json:"data,omitempty"`  // base64 in JSON
	Parts      int    `json:"parts,omitempty"` // 0: the secret is in Data
	Generation string `json:"gen,omitempty"`   // "a" or "b", where there are parts
	Digest     string `json:"sha256"`          // hex, of the secret
}

var generations = [2]string{"a", "b"}

func digestOf(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:])
}

// pack gives the head and the parts of a secret. before is the generation of
// the parts that are there already, "" if there are none.
func pack(value, before string) (head, []string, error) {
	h := head{Version: formVersion, Digest: digestOf(value)}
	if len(value) <= inlineSize {
		h.Data = []byte(value)
		return h, nil, nil
	}
	var parts []string
	for rest := value; rest != ""; {
		n := min(partSize, len(rest))
		parts = append(parts, base64.StdEncoding.EncodeToString([]byte(rest[:n])))
		rest = rest[n:]
	}
	if len(parts) > maxParts {
		return head{}, nil, fail(ErrTooLarge, fmt.Errorf("%d bytes; %d is the most", len(value), maxParts*partSize))
	}
	h.Parts, h.Generation = len(parts), generations[0]
	if before == generations[0] {
		h.Generation = generations[1]
	}
	return h, parts, nil
}

// text is the head as it is written.
func (h head) text() (string, error) {
	data, err := json.Marshal(h)
	return string(data), err
}

// parseHead reads a head. It is ErrDamaged where it is none of ours.
func parseHead(text string) (head, error) {
	var h head
	if err := json.Unmarshal([]byte(text), &h); err != nil {
		// The parser's message could quote what it read.
		return head{}, fail(ErrDamaged, errors.New("the entry is not in the desk's form"))
	}
	known := h.Generation == generations[0] || h.Generation == generations[1]
	switch {
	case h.Version > formVersion:
		return head{}, fail(ErrDamaged, fmt.Errorf("the entry was written by a newer version (form %d)", h.Version))
	case h.Version != formVersion, h.Parts < 0, h.Parts > maxParts, h.Parts > 0 && !known:
		return head{}, fail(ErrDamaged, errors.New("the entry is not in the desk's form"))
	}
	return h, nil
}

// unpack puts the secret together and holds it against the digest.
func (h head) unpack(parts []string) (string, error) {
	value := h.Data
	if h.Parts > 0 {
		value = nil
		for _, p := range parts {
			data, err := base64.StdEncoding.DecodeString(p)
			if err != nil {
				return "", fail(ErrDamaged, errors.New("a part is not in the desk's form"))
			}
			value = append(value, data...)
		}
	}
	if subtle.ConstantTimeCompare([]byte(digestOf(string(value))), []byte(h.Digest)) != 1 {
		return "", fail(ErrDamaged, errors.New("the parts do not add up to what was kept"))
	}
	return string(value), nil
}

// partName is the name of a part's entry; parts count from 1.
func partName(account, generation string, n int) string {
	return account + "/" + generation + strconv.Itoa(n)
}
