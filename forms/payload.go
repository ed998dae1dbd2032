// The payload: one form of bytes, for the eye, the clipboard, the journal and
// the wire.

package forms

import "time"

// JSON gives the payload: one object, members in the metadata's order and then
// the unknown ones that were kept, indented by two spaces, lines ended by LF,
// none at the end. The same bytes are meant to be shown, copied, journaled and
// sent.
//
// Words that count from the clock (now, today) are resolved anew, all at one
// instant, and the preview and SentAs say that instant from then on: what
// Preview shows after JSON is what JSON gave. A caller sends these bytes and
// never makes them twice.
//
// The error is a *ProblemsError where any field has a problem.
func (f *Form) JSON() ([]byte, error) {
	f.Resolve()
	return f.Shown()
}

// Shown gives the payload exactly as Preview shows it, without looking at the
// clock again. The error is as JSON's.
func (f *Form) Shown() ([]byte, error) {
	if f.problems > 0 {
		return nil, &ProblemsError{Problems: f.Problems()}
	}
	size := 0
	for _, line := range f.view.lines {
		for _, span := range line.Spans {
			size += len(span.Text)
		}
		size++
	}
	out := make([]byte, 0, size)
	for i, line := range f.view.lines {
		if i > 0 {
			out = append(out, '\n')
		}
		for _, span := range line.Spans {
			out = append(out, span.Text...)
		}
	}
	return out, nil
}

// Resolve reads the clock once and brings every field that counts from it up
// to that instant. It tells whether the form has any such field, so that a
// window knows whether there is anything to keep showing afresh.
func (f *Form) Resolve() bool {
	if len(f.moving) == 0 {
		return false
	}
	return f.resolveAt(f.now())
}

func (f *Form) resolveAt(now time.Time) bool {
	var moving []int
	for i := range f.moving {
		moving = append(moving, i)
	}
	for _, i := range moving {
		f.evaluate(i, now)
		f.view.update(f, i)
	}
	return true
}

// KeyValue is a field's name with its value as it is sent, in plain words
// without JSON quotes.
type KeyValue struct {
	Name  string
	Value string
}

// KeyValues are the fields of the entity's key that have a value, in the key's
// order.
func (f *Form) KeyValues() []KeyValue {
	var values []KeyValue
	for _, name := range f.entity.KeyNames() {
		if v, ok := f.sent(name); ok {
			values = append(values, KeyValue{Name: name, Value: v})
		}
	}
	return values
}

// CustomerKey is the field that leads to the customer, with its value; ok is
// false where the entity has none or it has no value.
func (f *Form) CustomerKey() (KeyValue, bool) {
	return f.first(func(field *Field) bool { return field.CustomerRef })
}

// TimeValue is the activity's time as it is sent; ok is false where the entity
// has no time field or it has no value.
func (f *Form) TimeValue() (KeyValue, bool) {
	return f.first(func(field *Field) bool { return field.Time })
}

func (f *Form) first(wanted func(*Field) bool) (KeyValue, bool) {
	for _, field := range f.fields {
		if wanted(field) {
			v, ok := f.sent(field.Name)
			return KeyValue{Name: field.Name, Value: v}, ok
		}
	}
	return KeyValue{}, false
}

// sent is the value of a field as it is sent, without JSON quotes.
func (f *Form) sent(name string) (string, bool) {
	c := f.cell(name)
	if c == nil || c.state != Value || c.problem != nil || c.read.tree != nil {
		return "", false
	}
	if field := f.fields[f.index[name]]; field.ReadOnly {
		return "", false
	}
	return c.read.sent, true
}
