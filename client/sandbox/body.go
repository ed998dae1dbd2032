// Bodies of writes: one JSON object, plain or wrapped once more in a JSON
// string as some of the vendor's clients send it (contract, section 5).

package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"unicode/utf8"
)

// maxBody is the size in bytes up to which a body is read.
const maxBody = 1 << 20

// fields are an object's members; names in the order in which they came.
type fields struct {
	names  []string
	values map[string]any
}

// readBody reads and decodes the request's body.
func (c *call) readBody(body io.Reader) (fields, error) {
	if kind, _, err := mime.ParseMediaType(c.request.Header.Get("Content-Type")); err != nil ||
		kind != "application/json" && kind != "application/json-patch+json" {
		return fields{}, badRequest("malformedInputParameters", "Content-Type",
			"The content type must be application/json or application/json-patch+json, not %q.",
			c.request.Header.Get("Content-Type"))
	}
	data, err := io.ReadAll(io.LimitReader(body, maxBody+1))
	if err != nil {
		return fields{}, badRequest("malformedInputParameters", "body", "The body could not be read to its end.")
	}
	if len(data) > maxBody {
		return fields{}, badRequest("malformedInputParameters", "body", "The body is longer than %d bytes.", maxBody)
	}
	object, err := decodeBody(data)
	if err != nil {
		return fields{}, badRequest("malformedInputParameters", "body", "The body is not one JSON object: %v.", err)
	}
	return object, nil
}

// decodeBody decodes an object, or a JSON string that contains one.
func decodeBody(data []byte) (fields, error) {
	if !utf8.Valid(data) {
		return fields{}, errors.New("it is not UTF-8")
	}
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '"' {
		var inner string
		if err := json.Unmarshal(trimmed, &inner); err != nil {
			return fields{}, fmt.Errorf("the JSON string around it: %w", err)
		}
		data = []byte(inner)
	}
	return decodeObject(data)
}

// decodeObject decodes exactly one object. A member that comes twice is an
// error: nobody could say which one was meant.
func decodeObject(data []byte) (fields, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	start, err := dec.Token()
	if err != nil {
		return fields{}, readable(err)
	}
	if start != json.Delim('{') {
		return fields{}, errors.New("it does not begin with {")
	}
	object := fields{values: map[string]any{}}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return fields{}, readable(err)
		}
		name, ok := token.(string)
		if !ok {
			return fields{}, errors.New("a member has no name")
		}
		if _, twice := object.values[name]; twice {
			return fields{}, fmt.Errorf("%q is there twice", name)
		}
		var value any
		if err := dec.Decode(&value); err != nil {
			return fields{}, readable(err)
		}
		object.names = append(object.names, name)
		object.values[name] = value
	}
	if _, err := dec.Token(); err != nil {
		return fields{}, readable(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fields{}, errors.New("something follows the object")
	}
	return object, nil
}

func readable(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it ends too early")
	}
	return err
}
