// From a file's bytes to text.

package tabular

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode finds the encoding of a file and gives its text without byte order
// mark.
func decode(data []byte) (text, encoding string, _ error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], binary.BigEndian)
	default:
		if order := unmarkedUTF16(data); order != nil {
			return decodeUTF16(data, order)
		}
	}
	switch {
	case bytes.IndexByte(data, 0) >= 0:
		return "", "", ErrNotText
	case utf8.Valid(data):
		return string(data), "UTF-8", nil
	}
	return decodeWindows(data), "Windows-1252, assumed", nil
}

// unmarkedUTF16 tells UTF-16 without a mark by the zero bytes that Western
// text has in every other place; nil where it is none.
func unmarkedUTF16(data []byte) binary.ByteOrder {
	sample := data[:min(len(data), 2000)]
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	const few, many = 20, 3 // 1 in 20 at most, 1 in 3 at least
	half := len(sample) / 2
	switch {
	case half == 0 || len(data)%2 != 0:
		return nil
	case zeros[1]*many >= half && zeros[0]*few <= half:
		return binary.LittleEndian
	case zeros[0]*many >= half && zeros[1]*few <= half:
		return binary.BigEndian
	}
	return nil
}

func decodeUTF16(data []byte, order binary.ByteOrder) (string, string, error) {
	if len(data)%2 != 0 {
		return "", "", ErrNotText // cut off in the middle of a character
	}
	var b strings.Builder
	b.Grow(len(data) / 2)
	for i := 0; i < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) && i+3 < len(data) {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(data[i+2:]))); pair != utf8.RuneError {
				r = pair
				i += 2
			}
		}
		b.WriteRune(r) // half a pair becomes U+FFFD
	}
	text := b.String()
	if strings.IndexByte(text, 0) >= 0 {
		return "", "", ErrNotText
	}
	return text, "UTF-16", nil
}

// windows1252 is what the bytes 0x80 to 0x9f mean there; elsewhere it is as
// Latin 1. The five bytes without a meaning stay controls.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

func decodeWindows(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		if c >= 0x80 && c <= 0x9f {
			b.WriteRune(windows1252[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}
