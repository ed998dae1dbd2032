// From typed text to bytes, which the service takes in base64.

package forms

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
)

// readBinary takes base64 in the alphabet of RFC 4648 section 4, or the one
// for web addresses that OData prefers, and sends it as it was written.
// Hexadecimal digits are offered as the base64 of their bytes.
func readBinary(text string) (reading, *Problem) {
	const brief, what = "not base64", "Not base64"
	s := strings.Join(strings.Fields(text), "")
	if s == "" {
		return reading{}, advise(brief, what+": the text is empty", "Write the bytes in base64, or load them from a file")
	}
	encoding := base64.StdEncoding
	if strings.ContainsAny(s, "-_") {
		encoding = base64.URLEncoding
	}
	asHex, isHex := hexAsBase64(text)
	if bytes, err := encoding.Strict().DecodeString(s); err == nil {
		r := stringReading(s)
		r.detail = counted(len(bytes), "byte")
		if isHex {
			r.hint, r.offers = "These are also hexadecimal digits. Sent as base64, as typed", []string{asHex}
		}
		return r, nil
	}
	bare := strings.TrimRight(s, "=")
	padded := bare + strings.Repeat("=", (4-len(bare)%4)%4)
	_, err := encoding.Strict().DecodeString(padded)
	switch {
	case err == nil && isHex:
		return reading{}, fixedBinary(brief, what+": the padding is not right, or these are hexadecimal digits", padded, asHex)
	case err == nil:
		return reading{}, fixedBinary(brief, what+": the padding is not right", padded)
	case isHex:
		return reading{}, fixedBinary(brief, what+": these are hexadecimal digits", asHex)
	}
	return reading{}, advise(brief, what+": "+quote(text), "Write the bytes in base64, such as SGVsbG8=, or load them from a file")
}

// fixedBinary offers base64 texts; of long ones the message says the ends.
func fixedBinary(brief, wrong string, fixes ...string) *Problem {
	ends := make([]string, len(fixes))
	long := false
	for i, fix := range fixes {
		long = long || len(fix) > maxQuoted
		ends[i] = "…" + fix[max(0, len(fix)-4):]
	}
	if !long {
		return problem(brief, wrong, fixes...)
	}
	return &Problem{Text: wrong + ". " + write(ends...), Brief: brief, Fixes: fixes, wrong: wrong}
}

// hexAsBase64 reads bytes written as hexadecimal digits: 48656c6c6f,
// 0x48656C6C6F, 48 65 6c 6c 6f, 48:65:6c:6c:6f. Short runs of digits are
// anything.
func hexAsBase64(text string) (string, bool) {
	s := strings.TrimSpace(text)
	for _, prefix := range []string{"0x", "0X", `\x`} {
		s = strings.TrimPrefix(s, prefix)
	}
	s = strings.NewReplacer(":", "", "-", "", " ", "", "\n", "", "\r", "", "\t", "").Replace(s)
	const least = 8
	if len(s) < least {
		return "", false
	}
	bytes, err := hex.DecodeString(s)
	if err != nil {
		return "", false
	}
	return base64.StdEncoding.EncodeToString(bytes), true
}

// counted is a number with its word: 1 byte, 5 bytes, 12,345 bytes.
func counted(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits + " " + word
}
