package auth_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/client/withstand"
)

func TestMain(m *testing.M) {
	if work := os.Getenv(childVariable); work != "" {
		os.Exit(runChild(work))
	}
	goleak.VerifyTestMain(withstand.Patient(m))
}

// Variables by which a test tells another process of this test what to do.
const (
	childVariable = "AUTH_TEST_CHILD" // a childWork
	childRenew    = "renew"
	childHold     = "hold the lock"
)

type childWork struct{ Do, Authority, Cert, CertFile, Folder, Lock string }

// inFiles are entries that two processes share. Only a test would do that.
type inFiles string

func (f inFiles) path(name string) string { return filepath.Join(string(f), fmt.Sprintf("%x", name)) }

func (f inFiles) Get(name string) (string, error) {
	data, err := os.ReadFile(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		err = vault.ErrNotFound
	}
	return string(data), err
}

func (f inFiles) Set(name, text string) error { return os.WriteFile(f.path(name), []byte(text), 0o600) }

func (f inFiles) Delete(name string) error {
	err := os.Remove(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		err = vault.ErrNotFound
	}
	return err
}

// runChild is another desk: it says when it is ready, waits to be told, and asks
// for a token; or it takes the lock and never gives it back.
func runChild(text string) int {
	var work childWork
	if err := json.Unmarshal([]byte(text), &work); err != nil {
		return 2
	}
	if work.Do == childHold {
		lock := flock.New(work.Lock)
		if ok, err := lock.TryLock(); err != nil || !ok {
			return 3
		}
		fmt.Println("ready")
		time.Sleep(time.Hour) // until it is killed
		return lockGone(lock)
	}
	var web *http.Client
	if os.Getenv("SSL_CERT_FILE") == "" || runtime.GOOS != "linux" {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM([]byte(work.Cert))
		web = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	} // else: as the desk itself does, by what the system trusts
	s, err := auth.NewSignIn(auth.SignInOptions{
		App:   auth.App{Method: auth.MethodDeviceCode, Authority: work.Authority, Tenant: idptest.TenantDomain, ClientID: idptest.PublicApp},
		Cache: cacheRef, Keep: vault.OpenEntries(inFiles(work.Folder), work.Folder, vault.Options{}), LockDir: work.Folder,
		HTTP: web,
	})
	if err != nil {
		return 4
	}
	fmt.Println("ready")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return 5
	}
	token, err := s.AccessToken(ctx)
	if err != nil {
		fmt.Println(err)
		return 6
	}
	fmt.Println(token)
	return 0
}

// lockGone ends what was to be killed.
func lockGone(lock *flock.Flock) int {
	_ = lock.Close()
	return 7
}

// child is such a process.
type child struct {
	cmd *exec.Cmd
	out *bufio.Scanner
	in  interface{ Write([]byte) (int, error) }
}

func startChild(t *testing.T, work childWork) *child {
	t.Helper()
	text, err := json.Marshal(work)
	if err != nil {
		t.Fatal(err)
	}
	limited, cancel := context.WithTimeout(ctx, 2*patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(limited, os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childVariable+"="+string(text), "SSL_CERT_FILE="+work.CertFile)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: cmd, out: bufio.NewScanner(out), in: in}
	c.out.Buffer(nil, 1<<20)
	if got := c.line(); got != "ready" {
		t.Fatalf("the other desk says %q", got)
	}
	return c
}

func (c *child) line() string {
	c.out.Scan()
	return c.out.Text()
}

func TestDesksInSeveralProcessesRenewOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, idptest.Options{OneTimeRefresh: true, Now: time.Now, Lifetime: time.Hour})
	folder, cert := t.TempDir(), filepath.Join(t.TempDir(), "cert.pem")
	if err := r.WriteCert(cert); err != nil {
		t.Fatal(err)
	}
	r.keep = vault.OpenEntries(inFiles(folder), folder, vault.Options{})
	s := r.desk(auth.MethodDeviceCode, func(o *auth.SignInOptions) { o.LockDir, o.Now = folder, nil })
	r.SetLifetime(time.Second) // it is over when the others begin
	r.signIn(s)
	r.SetLifetime(time.Hour)
	time.Sleep(1100 * time.Millisecond)
	var desks []*child
	for range 3 {
		desks = append(desks, startChild(t, childWork{Do: childRenew, Authority: r.URL(), Cert: string(r.CertPEM()), CertFile: cert, Folder: folder}))
	}
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Delay: 100 * time.Millisecond})
	for _, d := range desks {
		if _, err := d.in.Write([]byte("go\n")); err != nil {
			t.Fatal(err)
		}
	}
	want := desks[0].line()
	if !r.Good(want) {
		t.Errorf("the first desk has %q", want)
	}
	for _, d := range desks[1:] {
		if got := d.line(); got != want {
			t.Errorf("another desk has %q", got)
		}
	}
	for _, d := range desks {
		if err := d.cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	r.renewals(1)
}

func TestADeskThatWasKilledHoldsNobodyUp(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := auth.Impatient(r.desk(auth.MethodDeviceCode))
	r.signIn(s)
	r.pass(2 * time.Hour)
	dead := startChild(t, childWork{Do: childHold, Lock: auth.TurnsPath(s)})
	_, err := s.AccessToken(ctx)
	wantError(t, err, auth.ErrBusy, "")
	if err := dead.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = dead.cmd.Wait() // it was killed
	r.token(s)
}
