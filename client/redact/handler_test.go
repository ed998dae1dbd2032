package redact_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/redact"
)

// valuer hides a secret behind slog's own way to make values.
type valuer string

func (v valuer) LogValue() slog.Value { return slog.StringValue(string(v)) }

// box hides a secret in a field that JSON would not show and %+v does.
type box struct{ inside string }

func TestNothingThatIsLoggedCarriesASecret(t *testing.T) {
	const secret = "my-own-secret"
	handlers := map[string]func(*bytes.Buffer) slog.Handler{
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	}
	for name, make := range handlers {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			logger := slog.New(redact.NewHandler(make(&out), redact.New(secret)))
			logger.With("with", secret).WithGroup(secret).Error("message "+secret,
				"plain", secret,
				secret, "as a name",
				"error", fmt.Errorf("wrapped: %w", errors.New("inner "+secret)),
				"bytes", []byte(secret),
				"header", http.Header{"Ocp-Apim-Subscription-Key": {secret}},
				"url", &url.URL{Scheme: "https", Host: "h", Path: "/" + secret},
				"struct", box{secret},
				"valuer", valuer(secret),
				"token", "unknown-credential",
				slog.Group("g", "in", secret, slog.Group("h", "deep", secret)),
			)
			if got := out.String(); strings.Contains(got, secret) || strings.Contains(got, "unknown-credential") {
				t.Errorf("leaks: %s", got)
			}
			if got := strings.Count(out.String(), redact.Mask); got < 12 {
				t.Errorf("%d masks in %s", got, out.String())
			}
		})
	}
}

func TestPlainValuesAreLoggedAsTheyAre(t *testing.T) {
	var out bytes.Buffer
	inner := slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelInfo})
	h := redact.NewHandler(inner, nil)
	if h.Enabled(context.Background(), slog.LevelDebug) {
		t.Error("debug is enabled though the wrapped handler says no")
	}
	slog.New(h).Info("sent", "status", 201, "ok", true, "ratio", 0.5, slog.Attr{})
	for _, want := range []string{`"msg":"sent"`, `"status":201`, `"ok":true`, `"ratio":0.5`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing in %s", want, out.String())
		}
	}
}
