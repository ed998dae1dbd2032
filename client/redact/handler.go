// A slog handler that masks records before they reach another.

package redact

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
)

// Handler masks the message, the attributes, the groups and the errors of each
// record, and hands it to the handler that it wraps. Values that are neither
// plain nor known are written as text, for a structure could hide a secret in a
// field that only the wrapped handler's own formatting would show.
type Handler struct {
	inner  slog.Handler
	redact *Redactor
}

// NewHandler wraps inner. A nil r masks by looks only.
func NewHandler(inner slog.Handler, r *Redactor) *Handler {
	return &Handler{inner: inner, redact: r}
}

// Enabled asks the wrapped handler.
func (h *Handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.inner.Enabled(ctx, level)
}

// Handle hands a masked copy of the record on.
func (h *Handler) Handle(ctx context.Context, record slog.Record) error {
	masked := slog.NewRecord(record.Time, record.Level, h.redact.String(record.Message), record.PC)
	record.Attrs(func(a slog.Attr) bool {
		masked.AddAttrs(h.attr(a))
		return true
	})
	return h.inner.Handle(ctx, masked)
}

// WithAttrs gives a handler that also writes the given attributes, masked.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	masked := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		masked[i] = h.attr(a)
	}
	return &Handler{inner: h.inner.WithAttrs(masked), redact: h.redact}
}

// WithGroup gives a handler that writes into a group.
func (h *Handler) WithGroup(name string) slog.Handler {
	return &Handler{inner: h.inner.WithGroup(h.redact.String(name)), redact: h.redact}
}

func (h *Handler) attr(a slog.Attr) slog.Attr {
	if a.Equal(slog.Attr{}) {
		return a
	}
	value := a.Value.Resolve()
	if secretName(a.Key) && value.Kind() != slog.KindGroup {
		return slog.String(a.Key, Mask)
	}
	return slog.Attr{Key: h.redact.String(a.Key), Value: h.value(value)}
}

func (h *Handler) value(v slog.Value) slog.Value {
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(h.redact.String(v.String()))
	case slog.KindGroup:
		attrs := v.Group()
		masked := make([]slog.Attr, len(attrs))
		for i, a := range attrs {
			masked[i] = h.attr(a)
		}
		return slog.GroupValue(masked...)
	case slog.KindAny:
		return slog.StringValue(h.redact.String(h.text(v.Any())))
	default: // numbers, booleans, times and durations
		return v
	}
}

// text writes a value of any type. fmt recovers from methods that panic.
func (h *Handler) text(v any) string {
	switch v := v.(type) {
	case http.Header:
		return fmt.Sprint(h.redact.Header(v))
	case []byte:
		return string(v)
	case fmt.Stringer, error:
		return fmt.Sprint(v)
	default:
		return fmt.Sprintf("%+v", v)
	}
}

// secretName says whether an attribute of this name is a credential whatever
// its value looks like.
func secretName(key string) bool {
	if secretHeader(key) {
		return true
	}
	switch strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(key)) {
	case "token", "accesstoken", "refreshtoken", "idtoken", "secret", "clientsecret",
		"subscriptionkey", "password", "apikey":
		return true
	}
	return false
}
