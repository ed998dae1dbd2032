// New ids in the pattern of those seen, ending in a random part, so that two
// colleagues who make one at the same time do not collide.

package forms

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// How many random characters an id ends in: at least so many that two ids of
// one prefix are equal once in 90 million times, and never more than a field
// of ordinary length takes.
const (
	minRandom = 8
	maxRandom = 64
)

const (
	digits = "0123456789"
	lower  = "abcdefghijklmnopqrstuvwxyz"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// NewID suggests a value for an id field. GUID fields, and text fields without
// a pattern, get a random UUID; text fields get the pattern that most of the
// sample rows share, its last run of letters or digits made random; whole
// numbers a random one of their type. The field stays as it is: SetText takes
// the suggestion over. The error is that of the source of randomness, or that
// the field does not exist or has a type that cannot hold an id.
func (f *Form) NewID(name string) (string, error) {
	field, ok := f.Field(name)
	if !ok {
		return "", fmt.Errorf("new id: no field %q", name)
	}
	if field.Type.Collection {
		return "", fmt.Errorf("new id: %s is a list", name)
	}
	return f.newID(field, f.samples)
}

func (f *Form) newID(field *Field, rows []map[string]any) (string, error) {
	switch field.Kind {
	case metadata.KindGUID:
		return randomUUID(f.random)
	case metadata.KindText:
		return newTextID(f.random, textsOf(rows, field.Name))
	case metadata.KindInteger:
		return newInteger(f.random, field.Type)
	case metadata.KindDecimal:
		return newInteger(f.random, metadata.DataType{Kind: metadata.KindInteger, Bits: 32})
	}
	return "", fmt.Errorf("new id: %s is %s, which holds no id", field.Name, strings.ToLower(field.TypeLabel))
}

// randomUUID is a UUID of version 4.
func randomUUID(random io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("new id: %w", err)
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:], nil
}

// newInteger is a random positive whole number in the upper half of what the
// type holds, away from the small numbers that systems count with.
func newInteger(random io.Reader, t metadata.DataType) (string, error) {
	bits := t.Bits
	if bits <= 0 || bits > 64 {
		bits = 64
	}
	if !t.Unsigned {
		bits--
	}
	bits = min(bits, 53) // what every system that reads JSON holds exactly
	half := new(big.Int).Lsh(big.NewInt(1), uint(bits-1))
	n, err := randomBelow(random, half)
	if err != nil {
		return "", err
	}
	return n.Add(n, half).String(), nil
}

// newTextID makes an id in the pattern of those seen.
func newTextID(random io.Reader, seen []string) (string, error) {
	prefix, tails := idPattern(seen)
	if len(tails) == 0 {
		return randomUUID(random)
	}
	alphabet, length := alphabetOf(tails), minRandom
	for _, tail := range tails {
		length = max(length, len(tail))
	}
	length = min(length, maxRandom)
	var b strings.Builder
	b.WriteString(prefix)
	for i := range length {
		choice := alphabet
		if i == 0 && alphabet == digits {
			choice = digits[1:] // spreadsheets drop a leading zero
		}
		n, err := randomBelow(random, big.NewInt(int64(len(choice))))
		if err != nil {
			return "", err
		}
		b.WriteByte(choice[n.Int64()])
	}
	return b.String(), nil
}

// idPattern finds the beginning that most of the seen ids share, up to their
// last digits or their last run of letters and digits, and those endings. It
// finds none among UUIDs and among ids without digits.
func idPattern(seen []string) (prefix string, tails []string) {
	endings := map[string][]string{}
	var order []string
	add := func(head, tail string) {
		if !strings.ContainsAny(tail, digits) {
			return
		}
		if endings[head] == nil {
			order = append(order, head)
		}
		endings[head] = append(endings[head], tail)
	}
	for _, id := range seen {
		if _, p := readGUID(id); p == nil {
			continue
		}
		short := strings.TrimRight(id, digits)
		long := strings.TrimRight(id, digits+upper+lower)
		add(short, id[len(short):])
		if long != short {
			add(long, id[len(long):])
		}
	}
	for _, head := range order {
		if len(endings[head]) > len(tails) {
			prefix, tails = head, endings[head]
		}
	}
	return prefix, tails
}

// alphabetOf is the characters that the endings are made of: whole classes,
// because the ones not seen yet are as good.
func alphabetOf(tails []string) string {
	all := strings.Join(tails, "")
	switch {
	case strings.Trim(all, digits) == "":
		return digits
	case strings.Trim(all, digits+lower[:6]) == "":
		return digits + lower[:6]
	case strings.Trim(all, digits+upper[:6]) == "":
		return digits + upper[:6]
	case strings.Trim(all, digits+lower) == "":
		return digits + lower
	case strings.Trim(all, digits+upper) == "":
		return digits + upper
	}
	return digits + upper + lower
}

// randomBelow is an even choice from 0 to below-1.
func randomBelow(random io.Reader, below *big.Int) (*big.Int, error) {
	n, err := rand.Int(random, below)
	if err != nil {
		return nil, fmt.Errorf("new id: %w", err)
	}
	return n, nil
}
