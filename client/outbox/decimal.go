// Numbers as decimals of any length, compared without rounding.

package outbox

import (
	"math/big"
	"strings"
)

// sameDecimal compares two JSON numbers exactly, without ever working out
// their power of ten: 1e999999999 is a number like any other.
func sameDecimal(a, b string) bool {
	return a == b || normalDecimal(a) == normalDecimal(b)
}

// decimal is sign, digits without outer zeros, and the power of ten of the last
// digit, as a text without leading zeros.
type decimal struct {
	negative bool
	digits   string
	exponent string
}

func normalDecimal(s string) decimal {
	var d decimal
	s, d.negative = strings.CutPrefix(s, "-")
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	trimmed := strings.TrimRight(digits, "0")
	if trimmed == "" {
		return decimal{exponent: "0"} // zero, of any sign
	}
	d.digits = trimmed
	d.exponent = addToDecimal(exponent, len(digits)-len(trimmed)-len(fraction))
	return d
}

// longestExponent is how many digits of an exponent are worked with. Longer
// ones, which no service means, are compared as they are written.
const longestExponent = 1000

// addToDecimal adds to a whole number written in decimal, empty for 0.
func addToDecimal(text string, n int) string {
	if text == "" {
		text = "0"
	}
	sum, ok := new(big.Int), len(text) <= longestExponent
	if ok {
		_, ok = sum.SetString(text, 10)
	}
	if !ok {
		return text + "+" + big.NewInt(int64(n)).String()
	}
	return sum.Add(sum, big.NewInt(int64(n))).String()
}
