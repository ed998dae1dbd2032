// Rows and pages keep what the service wrote.

package client

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestARowKeepsOrderAndNumbers(t *testing.T) {
	const data = `{"Z":"z","big":123456789012345678901234567890,"price":12.50,"a":null,"ok":true,"list":[1, 2],"obj":{"x":1},"e":""}`
	row, err := ParseRow([]byte(" " + data + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Z", "big", "price", "a", "ok", "list", "obj", "e"}; !reflect.DeepEqual(row.Names(), want) || row.Len() != len(want) {
		t.Errorf("names = %v, want %v", row.Names(), want)
	}
	for name, want := range map[string]any{
		"Z": "z", "big": json.Number("123456789012345678901234567890"), "price": json.Number("12.50"), "a": nil, "ok": true,
		"list": json.RawMessage("[1, 2]"), "obj": json.RawMessage(`{"x":1}`), "e": "",
	} {
		if got, ok := row.Value(name); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s = %#v (%v), want %#v", name, got, ok, want)
		}
	}
	for name, want := range map[string]string{
		"Z": "z", "big": "123456789012345678901234567890", "price": "12.50", "a": "", "ok": "true", "list": "[1, 2]", "missing": "",
	} {
		if got := row.Text(name); got != want {
			t.Errorf("text of %s = %q, want %q", name, got, want)
		}
	}
	if _, ok := row.Value("missing"); ok {
		t.Error("a member that is not there was found")
	}
}

func TestARowIsWrittenAsItWasRead(t *testing.T) {
	const data = `{"Z":1.50,  "a":[1, 2]}`
	row, err := ParseRow([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(row)
	if err != nil || string(row.Raw()) != data {
		t.Errorf("raw = %s (%v)", row.Raw(), err)
	}
	again, err := ParseRow(written)
	if err != nil || !reflect.DeepEqual(again.names, row.names) {
		t.Errorf("written as %s (%v)", written, err)
	}
	if empty, err := json.Marshal(Row{}); err != nil || string(empty) != "{}" {
		t.Errorf("an empty row is written as %s (%v)", empty, err)
	}
}

func TestARowIsOneObject(t *testing.T) {
	for _, data := range []string{"", "null", "[]", "1", `"x"`, `{"a":1`, `{"a":1}{}`, `{"a":1},`} {
		if _, err := ParseRow([]byte(data)); err == nil {
			t.Errorf("%q was accepted", data)
		}
	}
	row, err := ParseRow([]byte(`{"a":1,"b":2,"a":3}`))
	if err != nil || !reflect.DeepEqual(row.Names(), []string{"a", "b"}) || row.Text("a") != "3" {
		t.Errorf("of members named twice: %v, a = %s (%v)", row.Names(), row.Text("a"), err)
	}
}

func TestExpandedRows(t *testing.T) {
	row, err := ParseRow([]byte(`{"UnifiedActivity":[{"ActivityId":"1"},{"ActivityId":"2"}],"odd":[1],"text":"[{}]"}`))
	if err != nil {
		t.Fatal(err)
	}
	rows := row.Rows("UnifiedActivity")
	if len(rows) != 2 || rows[1].Text("ActivityId") != "2" {
		t.Errorf("rows = %v", rows)
	}
	if row.Rows("odd") != nil || row.Rows("text") != nil || row.Rows("missing") != nil {
		t.Error("what is no array of objects gave rows")
	}
}

func TestPages(t *testing.T) {
	cases := []struct {
		data  string
		rows  int
		count int64
		next  string
		ok    bool
	}{
		{`{"value":[{"a":1},{}],"@odata.count":9007199254740993,"@odata.nextLink":"n"}`, 2, 9007199254740993, "n", true},
		{"\ufeff" + `{"value":[]}`, 0, -1, "", true},
		{`{"value":null,"@odata.count":null,"@odata.nextLink":null}`, 0, -1, "", true},
		{`{"value":[],"@odata.count":"12"}`, 0, 12, "", true},
		{`{"value":[],"@odata.count":-5}`, 0, -1, "", true},
		{`{"value":[1]}`, 0, 0, "", false},
		{`{"value":{}}`, 0, 0, "", false},
		{`{"value":[],"@odata.nextLink":7}`, 0, 0, "", false},
		{`{"values":[]}`, 0, 0, "", false},
		{`[]`, 0, 0, "", false},
		{`{"value":[{"a":1}`, 0, 0, "", false},
		{``, 0, 0, "", false},
	}
	for _, c := range cases {
		page, err := parsePage([]byte(c.data))
		if (err == nil) != c.ok || err == nil && (len(page.Rows) != c.rows || page.Count != c.count || page.NextLink != c.next) {
			t.Errorf("%s: %+v (%v)", c.data, page, err)
		}
	}
}

func FuzzPage(f *testing.F) {
	for _, seed := range []string{`{"value":[{"a":1}]}`, `{"value":[{"a":{"b":[null]}}],"@odata.count":"1"}`, `{"value":[{"\u0000":1e999,"":"\ud800"}]}`, "\ufeff{}", `{"value":[{}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		page, err := parsePage(data)
		if err != nil {
			return
		}
		for _, row := range page.Rows {
			again, err := ParseRow(row.Raw())
			if err != nil || !reflect.DeepEqual(again, row) {
				t.Errorf("row %s is read differently again (%v)", row.Raw(), err)
			}
			for _, name := range row.Names() {
				if _, ok := row.Value(name); !ok {
					t.Errorf("member %q has no value", name)
				}
			}
		}
		_ = parseCounts(data)
	})
}
