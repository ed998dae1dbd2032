package words

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// contractCodes are the codes that the contract's section 5 lists.
var contractCodes = []string{
	"fieldNotExistsInMetadata", "mandatoryFieldsMissing", "writeReadonlyField", "storeDuplicateItem",
	"customerForActivityNotFound", "relationshipsForActivityNotFound", "mappingForActivityNotFound",
	"unsupportedEntityType", "unsupportedOperation", "recordDoesNotExist", "invalidValidUntilParameter",
	"malformedInputParameters", "instanceNotFound", "invalidInstanceId", "instanceNotActive", "instanceExpired",
	"entityMetaDataNotFound", "bcdrReadOnly", "noBearerTokenAvailableInRequest", "apiSubscriptionNotFound",
	"internalServerError",
}

func TestEveryCodeOfTheContractHasItsOwnWords(t *testing.T) {
	seen := map[string]string{}
	for _, code := range contractCodes {
		m := Explain(&client.Error{Op: "post x", Kind: client.KindBadRequest, Status: 400, Code: code})
		if strings.Contains(m.What, code) || m.What == "" || m.Do == "" {
			t.Errorf("%s: %+v", code, m)
		}
		if other, ok := seen[m.What]; ok {
			t.Errorf("%s and %s are said in the same words", code, other)
		}
		seen[m.What] = code
		if !strings.Contains(m.Details, code) {
			t.Errorf("%s: the details do not name it: %q", code, m.Details)
		}
	}
}

func TestEveryKindOfAnswerIsExplained(t *testing.T) {
	seen := map[string]client.Kind{}
	kinds := 0
	for kind := client.Kind(0); kind == 0 || kind.String() != client.KindUnexpected.String(); kind++ {
		kinds++
		m := Explain(fmt.Errorf("read: %w", &client.Error{Op: "list entities", Kind: kind, Status: 0, Err: errors.New("cause")}))
		if m.What == "" || strings.Contains(m.What, "no word") || (m.Do == "" && kind != client.KindCancelled) {
			t.Errorf("%v: %+v", kind, m)
		}
		if other, ok := seen[m.What]; ok {
			t.Errorf("%v and %v are said in the same words: %s", kind, other, m.What)
		}
		seen[m.What] = kind
	}
	if kinds != int(client.KindCredentials)+1 {
		t.Errorf("%d kinds were tried, want all %d", kinds, int(client.KindCredentials)+1)
	}
}

func TestErrorsOfThisComputerAreExplained(t *testing.T) {
	instance := metadata.Instance{ID: "1", Name: "Contoso", Type: "production"}
	cases := []struct {
		err  error
		says string
	}{
		{context.Canceled, "stopped"},
		{context.DeadlineExceeded, "too long"},
		{&outbox.ConfirmError{Instance: instance, Environment: metadata.EnvironmentProduction}, "Contoso (PRODUCTION) asks before each send"},
		{&outbox.GuardError{Instance: instance, Environment: metadata.EnvironmentProduction}, "Contoso (PRODUCTION) is read-only"},
		{&outbox.NameError{Name: "Contoso", Typed: "x"}, "not the name"},
		{&outbox.DuplicateError{Previous: journal.Entry{State: journal.Accepted}}, "it is accepted"},
		{&outbox.NotSentError{Err: journal.ErrFull}, "no room"},
		{&outbox.UnwrittenError{Entry: journal.Entry{State: journal.Accepted}, Err: journal.ErrFull}, "could not be written"},
		{&outbox.UnwrittenError{Entry: journal.Entry{State: journal.Queued}, Err: journal.ErrFull}, "Nothing was stored"},
		{outbox.ErrInFlight, "at this moment"},
		{outbox.ErrTarget, "another instance"},
		{outbox.ErrBody, "nothing to send"},
		{outbox.ErrNoBody, "does not keep"},
		{outbox.ErrUnknownCustomer, "customer"},
		{outbox.ErrNotWatchable, "timeline"},
		{journal.ErrNewer, "newer version"},
		{journal.ErrDamaged, "cannot be read"},
		{journal.ErrLocked, "Another Activity Desk"},
		{journal.ErrInUse, "still open"},
		{journal.ErrFull, "no room"},
		{journal.ErrReadOnly, "cannot be written"},
		{journal.ErrAway, "a link to what is not there"},
		{journal.ErrDisk, "The disk does not"},
		{journal.ErrNotFound, "not in the journal"},
		{&journal.StateError{}, "has changed"},
		{settings.ErrNewer, "newer version"},
		{&settings.DamagedError{KeptAs: "x.damaged", Err: settings.ErrDamaged}, "begins with new ones"},
		{&settings.DamagedError{Err: settings.ErrDamaged}, "could not be set aside"},
		{settings.ErrNotKept, "this session only"},
		{settings.ErrUnread, "cannot be read now"},
		{fmt.Errorf("%w: %w", settings.ErrNotKept, settings.ErrBusy), "another Activity Desk"},
		{fmt.Errorf("%w: %w", settings.ErrPresetNotKept, settings.ErrBusy), "writing the presets"},
		{settings.ErrAway, "a link to what is not there"},
		{settings.ErrNoFile, "no file that can be read"},
		{&fs.PathError{Op: "open", Path: "x", Err: errors.New("odd")}, "cannot be read or written"},
		{settings.ErrInvalid, "cannot be kept"},
		{settings.ErrBusy, "Another Activity Desk"},
		{vault.ErrNotFound, "no such secret"},
		{vault.ErrUnavailable, "no keyring"},
		{vault.ErrLocked, "locked"},
		{vault.ErrTimeout, "in time"},
		{vault.ErrDamaged, "damaged"},
		{vault.ErrTooLarge, "too large"},
		{auth.ErrNoToken, "no access token"},
		{auth.ErrExpired, "expired"},
		{&access.SandboxError{Err: errors.New("no such folder")}, "no such folder"},
		{&client.RootError{Reason: "it has a query"}, "it has a query"},
	}
	for _, c := range cases {
		m := Explain(fmt.Errorf("work: %w", c.err))
		if !strings.Contains(m.What, c.says) {
			t.Errorf("%T %v: %q does not say %q", c.err, c.err, m.What, c.says)
		}
	}
}

func TestAMalformedSecretSaysWhatIsWrongWithoutRepeatingIt(t *testing.T) {
	_, err := auth.CleanToken("two words")
	m := Explain(err)
	if !strings.Contains(m.What, "space") || strings.Contains(m.What+m.Do+m.Details, "two words") {
		t.Errorf("%+v", m)
	}
}

func TestCredentialsThatFailAreExplainedByTheirCause(t *testing.T) {
	m := Explain(&client.Error{Kind: client.KindCredentials, Err: auth.ErrExpired})
	if !strings.Contains(m.What, "expired") {
		t.Errorf("%q", m.What)
	}
}

func TestARefusedKeyIsNotTakenForARefusedToken(t *testing.T) {
	m := Explain(&client.Error{
		Kind: client.KindUnauthorized, Status: 401, Message: "Access denied due to missing subscription key.",
	})
	if !strings.Contains(m.What, "subscription key is missing") || strings.Contains(m.Do, "hour") {
		t.Errorf("%+v", m)
	}
}

func TestTheServicesOwnWordsAreQuotedAndTheRestIsInTheDetails(t *testing.T) {
	m := Explain(&client.Error{
		Op: "post x", Kind: client.KindBadRequest, Status: 400, Code: "mandatoryFieldsMissing", Message: "Missing fields",
		Target: "body", Details: []client.Detail{{Code: "c", Target: "ContactId", Message: "ContactId is missing"}},
		RequestID: "req-1", Body: []byte(`{"errorCode":"mandatoryFieldsMissing"}`),
	})
	if !strings.Contains(m.What, "“Missing fields ContactId is missing”") {
		t.Errorf("what: %q", m.What)
	}
	for _, part := range []string{"post x", "400", "body", "ContactId is missing", "req-1", `{"errorCode"`} {
		if !strings.Contains(m.Details, part) {
			t.Errorf("the details lack %q:\n%s", part, m.Details)
		}
	}
}

func TestDetailsHoldNoSecretAndNoMoreThanALabelCanBear(t *testing.T) {
	m := Explain(&client.Error{
		Kind: client.KindUnexpected, Status: 200,
		Body: []byte("Authorization: Bearer abcdefghijklmnop.qrstuvwxyz\n" + strings.Repeat("x", 64<<10)),
	})
	if strings.Contains(m.Details, "abcdefghijklmnop") {
		t.Error("the token is in the details")
	}
	if len(m.Details) > 10<<10 {
		t.Errorf("the details have %d bytes", len(m.Details))
	}
}

func TestALongAnswerIsQuotedShort(t *testing.T) {
	m := Explain(&client.Error{Kind: client.KindBadRequest, Status: 400, Message: strings.Repeat("ä", 5000)})
	if n := len([]rune(m.What)); n > 500 {
		t.Errorf("%d letters", n)
	}
}

func TestHowLongToWaitIsSaid(t *testing.T) {
	m := Explain(&client.Error{Kind: client.KindRateLimited, Status: 429, RetryAfter: 22*time.Second + time.Millisecond})
	if !strings.Contains(m.What, "23 s") {
		t.Errorf("%q", m.What)
	}
}

func TestNoErrorHasNoMessage(t *testing.T) {
	if m := Explain(nil); m != (Message{}) {
		t.Errorf("%+v", m)
	}
	if m := Explain(errors.New("odd")); m.What == "" || m.Details != "odd" {
		t.Errorf("%+v", m)
	}
}

func TestARefusedReadDoesNotSpeakOfPosting(t *testing.T) {
	for op, want := range map[string]bool{"post POS_posPurchases": true, "patch Customer": true, "query Customer": false, "list instances": false} {
		m := Explain(&client.Error{Op: op, Kind: client.KindForbidden, Status: 403})
		if got := strings.Contains(m.Do, "Posting"); got != want || m.Do == "" {
			t.Errorf("%s: %q", op, m.Do)
		}
	}
}
