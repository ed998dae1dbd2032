package auth_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
)

// Everything that was ever given out is known to the redactor, also what the desk
// has only read from the keyring.
func TestEveryTokenAndCodeIsTaughtToTheRedactor(t *testing.T) {
	r := newRig(t, idptest.Options{OneTimeRefresh: true})
	keep(t, r.keep, secretRef, idptest.ClientSecret)
	r.signIn(r.desk(auth.MethodDeviceCode))
	s := r.desk(auth.MethodBrowser)
	if _, _, err := r.withBrowserFor(ctx, s, func(a string) (string, error) { return r.Browse(ctx, a) }); err != nil {
		t.Fatal(err)
	}
	r.pass(2 * time.Hour)
	r.token(s)
	if _, err := r.desk(auth.MethodSecret, func(o *auth.SignInOptions) { o.Cache.Connection = "c2" }).WithSecret(ctx); err != nil {
		t.Fatal(err)
	}
	secrets := r.Secrets()
	if len(secrets) < 8 {
		t.Fatalf("%d secrets only", len(secrets))
	}
	var log bytes.Buffer
	logger := slog.New(redact.NewHandler(slog.NewJSONHandler(&log, nil), r.learn))
	for _, secret := range secrets {
		logger.Info("it was <"+secret+">", "value", "("+secret+")")
	}
	for _, secret := range secrets {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%s is not known", secret)
		}
	}

	fresh := redact.New()
	r.keep = vault.OpenMemory() // a vault that teaches nobody
	r.signIn(r.desk(auth.MethodDeviceCode))
	before := r.learn
	r.learn = fresh
	if _, err := r.desk(auth.MethodDeviceCode).Load(ctx); err != nil {
		t.Fatal(err)
	}
	r.learn = before
	text, err := r.keep.Get(ctx, cacheRef)
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, secret := range r.Secrets() {
		if strings.Contains(text, secret) {
			known++
			if fresh.String("<"+secret+">") != "<"+redact.Mask+">" {
				t.Errorf("%s was read and is not known", secret)
			}
		}
	}
	if known != 2 {
		t.Errorf("%d secrets are kept, want the access and the refresh token", known)
	}
}

func TestNothingSecretIsWrittenToAFile(t *testing.T) {
	r := newRig(t, idptest.Options{})
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", home)
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Chdir(home)
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	r.pass(2 * time.Hour)
	r.token(s)
	for _, dir := range []string{home, r.locks} {
		err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			if data, err := os.ReadFile(path); err != nil || len(data) > 0 {
				t.Errorf("%s holds %d bytes, %v", path, len(data), err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestASignInThatIsPrintedShowsNoSecretInItsErrors(t *testing.T) {
	r := newRig(t, idptest.Options{})
	keep(t, r.keep, secretRef, "wrong~secret-of-the-test")
	_, err := r.desk(auth.MethodSecret).WithSecret(ctx)
	var told *auth.Error
	if !errors.As(err, &told) || told.Cause != auth.CauseSecret {
		t.Fatalf("got %v", err)
	}
	wantNoTrace(t, r, err)
	if seen := fmt.Sprintf("%v %+v %#v", err, err, told); strings.Contains(seen, "wrong~secret") {
		t.Errorf("the secret is in %s", seen)
	}
}

// What a provider writes as a name is shown in one line.
func TestANameIsMadeFitToBeShown(t *testing.T) {
	r := newRig(t, idptest.Options{})
	odd := idptest.User{Name: "a\u202eb\nc\x00@x.example" + strings.Repeat("n", 500), ID: "1"}
	s := r.desk(auth.MethodDeviceCode)
	who, err := s.WithDeviceCode(ctx, r.approve(odd))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(who.Name, "abc@x.example") || len(who.Name) > 200 {
		t.Errorf("shown as %q", who.Name)
	}
}

func FuzzWhatWasKeptIsReadOrDamaged(f *testing.F) {
	f.Add(`{"v":1,"app":"a","name":"n","tenant":"t","token":"x","got":1795442400,"life":3600,"cache":{"RefreshToken":{}}}`)
	f.Add(`{"v":2}`)
	f.Add(`{"v":1,"app":"a","name":"n","application":true,"got":1e400}`)
	f.Fuzz(func(t *testing.T, text string) {
		again, err := auth.ReadKept(text)
		if err != nil {
			return
		}
		if twice, err := auth.ReadKept(again); err != nil || twice != again {
			t.Fatalf("%q became %q and then %q, %v", text, again, twice, err)
		}
	})
}
