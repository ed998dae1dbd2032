// Odd numbers.

package ui

func oddNumbers() []oddValue {
	const thirty = "123456789012345678901234567890"
	return []oddValue{
		{day: "30 digits", field: oddDecimal, text: thirty, sent: thirty},
		{day: "30 digits", field: oddDouble, text: thirty, sent: thirty, says: saysRounded},
		{day: "30 digits", field: oddInt64, text: thirty, says: "Too large: “" + thirty + "”" + saysTooWide},
		{day: "a number that no float holds", field: oddInt64, text: "9007199254740993", sent: "9007199254740993"},
		{day: "a number that no float holds", field: oddDouble, text: "9007199254740993", sent: "9007199254740993", says: saysRounded},
		{day: "the largest of 64 bits", field: oddInt64, text: "9223372036854775807", sent: "9223372036854775807"},
		{day: "one more than that", field: oddInt64, text: "9223372036854775808", says: "Too large: “9223372036854775808”" + saysTooWide},
		{day: "the smallest of 64 bits", field: oddInt64, text: "-9223372036854775808", sent: "-9223372036854775808"},
		{day: "256", field: oddByte, text: "256", says: "Too large: “256” is outside 0 to 255. Write a whole number from 0 to 255"},
		{day: "1e400", field: oddDecimal, text: "1e400", sent: "1e400"},
		{day: "1e400", field: oddDouble, text: "1e400", says: "Too large: “1e400” is beyond what 64-bit numbers hold. Write a smaller number"},
		{day: "1e400", field: oddInt64, text: "1e400", says: "Not a whole number: “1e400” has an exponent. Write it in digits alone"},
		{day: "1e-400", field: oddDouble, text: "1e-400", sent: "1e-400", says: "Sent as typed; for the service's type of 64 bits it is so small that it is 0"},
		{day: "1e3", field: oddInt64, text: "1e3", says: "Not a whole number: “1e3” has an exponent. Write 1000"},
		{day: "-0", field: oddInt64, text: "-0", sent: "-0"},
		{day: "-0", field: oddByte, text: "-0", sent: "-0"},
		{day: "-0.0", field: oddDecimal, text: "-0.0", sent: "-0.0"},
		{day: "zeros behind the point", field: oddDecimal, text: "12.5000", sent: "12.5000"},
		{day: "0.1", field: oddDouble, text: "0.1", sent: "0.1"},
		{day: "16777217", field: oddSingle, text: "16777217", sent: "16777217", says: "Sent as typed; the service's type keeps about 7 digits"},
		{day: "0.1+", field: oddDecimal, text: "0.1+", says: "Not a number: “0.1+” is not complete" + saysDecimal},
		{day: "zeros before it", field: oddInt64, text: "007", says: "Not a whole number: “007” begins with a zero. Write 7"},
		{day: "a comma", field: oddDecimal, text: "1,5", says: "Not a number: “1,5” has a comma. Write 1.5"},
		{day: "a comma that is either", field: oddDecimal, text: "1,234", says: "Not a number: “1,234” has a comma. Write 1234 or 1.234"},
		{day: "a point in a whole number", field: oddInt64, text: "1.234", says: "Not a whole number: “1.234” has decimals. Write 1234 or 1"},
		{day: "marks of thousands", field: oddDecimal, text: "1.234.567,89", says: "Not a number: “1.234.567,89” has a comma. Write 1234567.89"},
		{day: "apostrophes", field: oddDecimal, text: "1’234.50", says: "Not a number: “1’234.50” has an apostrophe. Write 1234.50"},
		{day: "a narrow no-break space", field: oddInt64, text: "1\u202f234", says: "Not a whole number: “1\u202f234” has a space. Write 1234"},
		{day: "hexadecimal", field: oddInt64, text: "0x1F", says: "Not a whole number: “0x1F” has the letter x" + saysWhole},
		{day: "NaN", field: oddDouble, text: "NaN", says: "Not a number: JSON has no “NaN”. Write a number, or choose null"},
		{day: "Infinity", field: oddDecimal, text: "-Infinity", says: "Not a number: JSON has no “-Infinity”. Write a number, or choose null"},
		{day: "Arabic digits", field: oddDecimal, text: "١٢٫٥", says: "Not a number: “١٢٫٥” has digits of another script. Write 12.5"},
		{day: "fullwidth digits", field: oddDecimal, text: "１２．５", says: "Not a number: “１２．５” has digits of another script. Write 12.5"},
		{day: "a minus of typesetters", field: oddDecimal, text: "−5", says: "Not a number: “−5” has “−”. Write -5"},
		{day: "a half", field: oddDecimal, text: "½", says: "Not a number: “½” has “½”" + saysDecimal},
		{day: "a currency", field: oddDecimal, text: "€5", says: "Not a number: “€5” has “€”. Write 5"},
		{day: "a percentage", field: oddDecimal, text: "100%", says: "Not a number: “100%” has “%”" + saysDecimal},
		{day: "quotes around", field: oddInt64, text: `"12"`, says: `Not a whole number: “"12"” has quotes. Write 12`},
		{day: "blanks around", field: oddInt64, text: " 12\n", sent: "12"},
		{day: "null", field: oddInt64, text: "null", says: "Not a whole number: “null” is a word. Choose null in the field's menu to send null"},
	}
}
