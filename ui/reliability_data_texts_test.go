// Odd texts, and what is neither text, number nor time.

package ui

import "strings"

func oddTexts() []oddValue {
	long := strings.Repeat("0123456789abcdef", 640)        // 10 KB
	huge := strings.Repeat("Zoë, it's long. ", 1000000/17) // 1 MB
	return []oddValue{
		{day: "quotes", field: oddText, text: `she said "hi", 'so' and “so”`, sent: `"she said \"hi\", 'so' and “so”"`},
		{day: "backslashes", field: oddText, text: `C:\new\u0041 \`, sent: `"C:\\new\\u0041 \\"`},
		{day: "line breaks", field: oddText, text: "one\ntwo\n\nfour", sent: `"one\ntwo\n\nfour"`},
		{day: "line breaks of Windows, pasted", field: oddText, text: "one\r\ntwo\rthree", sent: `"one\ntwo\nthree"`},
		{day: "a line break at the end", field: oddText, text: "one\n", sent: `"one\n"`, says: "A line break at the end is part of the value"},
		{day: "tabs", field: oddText, text: "one\ttwo", sent: `"one\ttwo"`},
		{day: "NUL", field: oddText, text: "one\x00two", sent: `"one\u0000two"`, says: "Holds a NUL character, which many systems cut at"},
		{day: "other control characters", field: oddText, text: "\x01\x1b[31m\x7f", sent: `"\u0001\u001b[31m\u007f"`, says: saysUnseen},
		{day: "U+2028 and U+2029", field: oddText, text: "one\u2028two\u2029", sent: `"one\u2028two\u2029"`, says: saysUnseen},
		{day: "U+202E, right to left", field: oddText, text: "user\u202egnp.exe", sent: `"user\u202egnp.exe"`, says: saysUnseen},
		{day: "Hebrew and Arabic", field: oddText, text: "שלום, مرحبا", sent: `"שלום, مرحبا"`},
		{day: "a byte order mark before it, pasted", field: oddText, text: "\ufeffone", sent: `"one"`},
		{day: "a byte order mark within", field: oddText, text: "one\ufefftwo", sent: `"one\ufefftwo"`, says: saysUnseen},
		{day: "U+200B, no room at all", field: oddText, text: "one\u200b", sent: `"one\u200b"`, says: saysUnseen},
		{day: "emoji put together", field: oddText, text: "👩\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e007f 👍🏽", sent: "\"👩\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e007f 👍🏽\""},
		{day: "combining letters", field: oddText, text: "Zoe\u0308 and Zoë", sent: "\"Zoe\u0308 and Zoë\""},
		{day: "the last code points", field: oddText, text: "\ue000\uffff\U0010ffff", sent: "\"\ue000\uffff\U0010ffff\""},
		{day: "half of a character, pasted", field: oddText, text: "a\xed\xa0\x80b", sent: `"a���b"`, says: saysLost},
		{day: "bytes that are not UTF-8, pasted", field: oddText, text: "Zo\xeb", sent: `"Zo�"`, says: saysLost},
		{day: "a text of 10 KB", field: oddText, text: long, sent: `"` + long + `"`},
		{day: "a text of 1 MB", field: oddText, text: huge, sent: `"` + huge + `"`},
		{day: "blanks around", field: oddText, text: "  one  ", sent: `"  one  "`},
		{day: "blanks around a key", field: oddKey, text: " RSP_ODD ", sent: `" RSP_ODD "`, says: "A space at the begin or end is part of the value"},
		{day: "blanks alone", field: oddText, text: " \u00a0 ", sent: "\" \u00a0 \"", says: "Only spaces"},
		{day: "null as a text", field: oddText, text: "null", sent: `"null"`},
		{day: "true as a text", field: oddText, text: "true", sent: `"true"`},
		{day: "digits as a text", field: oddText, text: "00123456789012345678901234567890.10", sent: `"00123456789012345678901234567890.10"`},
		{day: "HTML", field: oddText, text: "<script>alert('x')</script>&amp;", sent: `"<script>alert('x')</script>&amp;"`},
		{day: "a formula of a spreadsheet", field: oddText, text: `=HYPERLINK("https://example.com","x")`, sent: `"=HYPERLINK(\"https://example.com\",\"x\")"`},
		{day: "what shells and formats take apart", field: oddText, text: "$(id) `id` %PATH% %s %!d ${x} !! {{.}}", sent: "\"$(id) `id` %PATH% %s %!d ${x} !! {{.}}\""},
		{day: "a web address", field: oddText, text: "https://user:pass@例え.jp:8080/a b?q=%20&r=é#x", sent: `"https://user:pass@例え.jp:8080/a b?q=%20&r=é#x"`},
		{day: "an address that runs", field: oddText, text: "javascript:alert(1)", sent: `"javascript:alert(1)"`},
	}
}

func oddScalars() []oddValue {
	return []oddValue{
		{day: "TRUE", field: oddBoolean, text: "TRUE", sent: "true"},
		{day: "yes with blanks", field: oddBoolean, text: " yes ", sent: "true"},
		{day: "1", field: oddBoolean, text: "1", says: "Not yes or no: “1”. Write true"},
		{day: "off", field: oddBoolean, text: "off", says: "Not yes or no: “off”. Write false"},
		{day: "perhaps", field: oddBoolean, text: "perhaps", says: "Not yes or no: “perhaps”. Write true or false"},
		{day: "null", field: oddBoolean, text: "null", says: "Not yes or no: “null”. Write true or false"},

		{day: "zeros alone", field: oddGUID, text: "00000000-0000-0000-0000-000000000000", sent: `"00000000-0000-0000-0000-000000000000"`},
		{day: "capitals", field: oddGUID, text: "FFFFFFFF-ffff-FFFF-ffff-FFFFFFFFFFFF", sent: `"FFFFFFFF-ffff-FFFF-ffff-FFFFFFFFFFFF"`},
		{day: "braces", field: oddGUID, text: "{98e79d76-a45a-e911-a970-000d3a39c2c9}", sent: `"98e79d76-a45a-e911-a970-000d3a39c2c9"`},
		{day: "without dashes", field: oddGUID, text: "98e79d76a45ae911a970000d3a39c2c9", sent: `"98e79d76-a45a-e911-a970-000d3a39c2c9"`},
		{day: "a urn", field: oddGUID, text: "urn:uuid:98e79d76-a45a-e911-a970-000d3a39c2c9", sent: `"98e79d76-a45a-e911-a970-000d3a39c2c9"`},
		{day: "dashes misplaced", field: oddGUID, text: "98e79d76a-45a-e911-a970-000d3a39c2c9", says: "Not a GUID: the dashes of “98e79d76a-45a-e911-a970-000d3a39c2c9” are misplaced. Write 98e79d76-a45a-e911-a970-000d3a39c2c9"},
		{day: "a letter g", field: oddGUID, text: "98e79d76-a45a-e911-a970-000d3a39c2cg", says: "Not a GUID: “98e79d76-a45a-e911-a970-000d3a39c2cg”" + saysGUID},
		{day: "cut off", field: oddGUID, text: "98e79d76-a45a", says: "Not a GUID: “98e79d76-a45a”" + saysGUID},

		{day: "base64", field: oddBinary, text: "+/+/AAECAw==", sent: `"+/+/AAECAw=="`},
		{day: "base64 for web addresses", field: oddBinary, text: "-_-_AAECAw==", sent: `"-_-_AAECAw=="`},
		{day: "base64 in lines", field: oddBinary, text: "SGVs\nbG8=\n", sent: `"SGVsbG8="`},
		{day: "base64 without its padding", field: oddBinary, text: "SGVsbG8", says: "Not base64: the padding is not right. Write SGVsbG8="},
		{day: "base64 with bits too many", field: oddBinary, text: "SGVsbG9=", says: "Not base64: “SGVsbG9=”" + saysBase64},
		{day: "both alphabets of base64", field: oddBinary, text: "+/_-", says: "Not base64: “+/_-”" + saysBase64},
		{day: "hexadecimal that is base64 too", field: oddBinary, text: "48656c6c6f48656c", sent: `"48656c6c6f48656c"`, says: "These are also hexadecimal digits. Sent as base64, as typed"},
		{day: "hexadecimal", field: oddBinary, text: "48656c6c6f", says: "Not base64: these are hexadecimal digits. Write SGVsbG8="},
		{day: "a data address", field: oddBinary, text: "data:;base64,SGVsbG8=", says: "Not base64: “data:;base64,SGVsbG8=”" + saysBase64},
		{day: "only padding", field: oddBinary, text: "====", says: "Not base64: the padding is not right" + saysBase64},

		{day: "a number of 30 digits within", field: oddJSON, text: `{"a":123456789012345678901234567890.10}`, sent: `{"a":123456789012345678901234567890.10}`},
		{day: "numbers as written within", field: oddJSON, text: `[1e400,-0,1.0,1E+2]`, sent: `[1e400,-0,1.0,1E+2]`},
		{day: "escapes within", field: oddJSON, text: `"\ud83d\ude00\u0000\/"`, sent: `"\ud83d\ude00\u0000\/"`},
		{day: "a member without a name", field: oddJSON, text: `{"":{" ":[]}}`, sent: `{"":{" ":[]}}`},
		{day: "half of a character", field: oddJSON, text: `"\ud800"`, says: "Not JSON: line 1, column 2: half of a character: the other half of the pair is missing"},
		{day: "a member twice", field: oddJSON, text: `{"a":1,"a":2}`, says: "Not JSON: line 1, column 8: “a” is there twice, first in line 1. Keep one of them"},
		{day: "words", field: oddJSON, text: `some words`, says: `Not JSON: text goes in double quotes. Write "some words"`},
		{day: "NaN", field: oddJSON, text: `[NaN]`, says: "Not JSON: line 1, column 2: NaN is no JSON number. Write a number or null"},
		{day: "nested 200 deep", field: oddJSON, text: strings.Repeat("[", 200) + strings.Repeat("]", 200), says: "Not JSON: line 1, column 102: nested deeper than 100 levels"},
		{day: "cut off", field: oddJSON, text: `{"a":`, says: "Not JSON: line 1, column 6: the text ends where a value belongs"},
	}
}
