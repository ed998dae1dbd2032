package auth_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
)

func TestALockThatIsNotHadFailsOnlyWhereNoTokenIsGood(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := auth.Impatient(r.desk(auth.MethodDeviceCode))
	r.signIn(s)
	hung := flock.New(auth.TurnsPath(s))
	if ok, err := hung.TryLock(); err != nil || !ok {
		t.Fatal(err)
	}
	r.pass(56 * time.Minute)
	r.token(s)
	r.pass(time.Hour)
	_, err := s.AccessToken(ctx)
	wantError(t, err, auth.ErrBusy, "")
	if err := s.SignOut(ctx); err != nil {
		t.Errorf("sign out: %v", err)
	}
	r.signIn(s)
	r.token(s)
	if err := hung.Close(); err != nil {
		t.Fatal(err)
	}
	r.pass(2 * time.Hour)
	r.token(s)
}

func TestWithoutAFolderForLocksADeskRenewsAllTheSame(t *testing.T) {
	for name, dir := range map[string]string{"none": "", "missing": filepath.Join(t.TempDir(), "gone")} {
		r := newRig(t, idptest.Options{})
		s := r.desk(auth.MethodDeviceCode, func(o *auth.SignInOptions) { o.LockDir = dir })
		r.signIn(s)
		r.pass(2 * time.Hour)
		r.token(s)
		if t.Failed() {
			t.Log(name)
		}
	}
}

func TestTheLockFileIsEmpty(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	if info, err := os.Stat(auth.TurnsPath(s)); err != nil || info.Size() != 0 || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}
