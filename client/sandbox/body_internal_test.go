package sandbox

import (
	"encoding/json"
	"testing"
)

func FuzzDecodeBody(f *testing.F) {
	for _, body := range []string{
		`{"a":1,"b":"x","c":null,"d":{"e":[1,2]}}`, `"{\"a\":1}"`, `{}`, `[]`, `"`, `{"a":1}{"b":2}`, `{"a":1,"a":2}`,
		"\xff", ``, ` {"a" : 1e400 } `, `"\"{}\""`, `{"\u0000":"\ud800"}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		object, err := decodeBody(body)
		if err != nil {
			return
		}
		if !json.Valid(body) {
			t.Errorf("%q is taken and is no JSON", body)
		}
		if len(object.names) != len(object.values) {
			t.Errorf("%d names, %d values", len(object.names), len(object.values))
		}
	})
}
