package forms_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// wide is an entity of n fields of every kind.
func wide(n int) metadata.Entity {
	e := metadata.Entity{Name: "wideResponses", Keys: [][]string{{"f0"}}}
	kinds := []metadata.Kind{
		metadata.KindText, metadata.KindDecimal, metadata.KindDateTime, metadata.KindInteger,
		metadata.KindBoolean, metadata.KindDate, metadata.KindGUID,
	}
	for i := range n {
		e.Attributes = append(e.Attributes, attribute("f"+strconv.Itoa(i), kinds[i%len(kinds)]))
	}
	return e
}

func wideForm(n int) *forms.Form {
	f := forms.FromEntity(wide(n), forms.Options{Now: func() time.Time { return noon }})
	for _, field := range f.Fields() {
		switch field.Kind {
		case metadata.KindText:
			f.SetText(field.Name, "some text")
		case metadata.KindDecimal, metadata.KindInteger:
			f.SetText(field.Name, "12")
		case metadata.KindDateTime, metadata.KindDate:
			f.SetText(field.Name, "2026-11-23")
		case metadata.KindBoolean:
			f.SetText(field.Name, "yes")
		case metadata.KindGUID:
			f.SetText(field.Name, "98e79d76-a45a-e911-a970-000d3a39c2c9")
		}
	}
	return f
}

// BenchmarkKeystroke is what the window asks of a form for each key: take the
// text, then problem, hint, sent-as line, count of problems and preview.
func BenchmarkKeystroke(b *testing.B) {
	for _, n := range []int{20, 300, 1000, 5000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			f := wideForm(n)
			name := fmt.Sprintf("f%d", n/2/7*7+1) // a decimal in the middle
			texts := []string{"1", "12", "12,", "12,5", "12.5"}
			for i := 0; b.Loop(); i++ {
				f.SetText(name, texts[i%len(texts)])
				if f.Problem(name) == nil && f.Hint(name) != "" || f.SentAs(name) != "" || f.ProblemCount() > 1 || len(f.Preview()) == 0 {
					b.Fatal("unexpected state")
				}
			}
		})
	}
}

func BenchmarkFromEntity(b *testing.B) {
	for _, n := range []int{20, 300, 1000, 5000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			e := wide(n)
			for b.Loop() {
				if forms.FromEntity(e, forms.Options{}).Len() != n {
					b.Fatal("fields are missing")
				}
			}
		})
	}
}

func BenchmarkJSON(b *testing.B) {
	for _, n := range []int{20, 1000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			f := wideForm(n)
			for b.Loop() {
				if _, err := f.JSON(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkGroupFields(b *testing.B) {
	for _, n := range []int{300, 1000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			fields := forms.FromEntity(wide(n), forms.Options{}).Fields()
			for b.Loop() {
				if len(forms.GroupFields(fields)) == 0 {
					b.Fatal("no groups")
				}
			}
		})
	}
}
