// The guard in words and colours: environments, rules, the sentence that a
// person confirms, and an instance's near end.

package ui

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// environmentTone is the colour that marks an environment. A word always goes
// with it.
func environmentTone(e metadata.Environment) widgets.Tone {
	switch e {
	case metadata.EnvironmentSandbox:
		return widgets.ToneSuccess
	case metadata.EnvironmentTrial:
		return widgets.ToneInfo
	case metadata.EnvironmentProduction:
		return widgets.ToneDanger
	default:
		return widgets.ToneWarning
	}
}

// ruleWord is a rule as the bar and the lists write it.
func ruleWord(r outbox.Rule) string {
	switch r {
	case outbox.RuleFree:
		return "Free"
	case outbox.RuleAsk:
		return "Ask"
	default:
		return "Read-only"
	}
}

// ruleNote says what a rule does.
func ruleNote(r outbox.Rule) string {
	switch r {
	case outbox.RuleFree:
		return "sends without a question"
	case outbox.RuleAsk:
		return "each send is confirmed"
	default:
		return "sends nothing until it is unlocked"
	}
}

// guardWord says in a few words how the instance can be written to.
func guardWord(g GuardState, now time.Time) string {
	if g.Unlocked(now) {
		return "Unlocked " + timeLeft(g.UnlockedUntil.Sub(now))
	}
	return ruleWord(g.Rule)
}

// timeLeft counts minutes, and seconds in the last two of them.
func timeLeft(left time.Duration) string {
	seconds := int((left + time.Second - 1) / time.Second)
	switch {
	case seconds > 120:
		return fmt.Sprintf("%d min", (seconds+59)/60)
	case seconds >= 60:
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	default:
		return fmt.Sprintf("%d s", seconds)
	}
}

// guardIcon stands for the same.
func guardIcon(g GuardState, now time.Time) fyne.Resource {
	switch {
	case g.Unlocked(now):
		return assets.IconUnlock()
	case g.Rule == outbox.RuleFree:
		return assets.IconSend()
	case g.Rule == outbox.RuleAsk:
		return assets.IconAsk()
	default:
		return assets.IconLock()
	}
}

// guardTip says what the word in the bar means.
func guardTip(g GuardState, now time.Time) string {
	if g.Unlocked(now) {
		return "Read-only, unlocked for a while: each send is confirmed. " + lockKey.label(runtime.GOOS == "darwin") + " locks it again."
	}
	return ruleWord(g.Rule) + ": " + ruleNote(g.Rule) + "."
}

// guardNote says beside the button what is asked before something is sent; empty
// where nothing is.
func guardNote(g GuardState, now time.Time) string {
	switch {
	case g.Asks(now):
		return "Asks before it is sent."
	case !g.MayWrite(now):
		return "Read-only: asks for the name first."
	default:
		return ""
	}
}

// sendSentence is what a person says yes to: count, environment, entity,
// customer. An empty customer is left out.
func sendSentence(count int, in metadata.Instance, entity, customer string) string {
	parts := []string{fmt.Sprintf("Send %s to %s", words.Counted(count, "activity", "activities"), in.Label()), entity}
	if customer != "" {
		parts = append(parts, "for "+customer)
	}
	return strings.Join(parts, " · ") + "?"
}

// takenBackNever is what there is to know of an environment before something is
// sent to it.
func takenBackNever(e metadata.Environment) string {
	const never = "Activities that are sent can neither be changed nor deleted"
	switch e {
	case metadata.EnvironmentProduction:
		return "This is a production instance. " + never + "; they can show on the customer's card and start automations at once."
	case metadata.EnvironmentUnknown:
		return "The type of this instance is not known, so it is treated as production. " + never +
			"; they can show on the customer's card and start automations at once."
	default:
		return never + "."
	}
}

// endsSoon is how near an instance's end is said.
const endsSoon = 7 * 24 * time.Hour

// endWords says that an instance ends soon, or has ended; empty: it does not.
func endWords(in metadata.Instance, now time.Time) string {
	left := in.ExpiresAt.Sub(now)
	if in.ExpiresAt.IsZero() || left > endsSoon {
		return ""
	}
	what := "This instance"
	if in.Environment() == metadata.EnvironmentTrial {
		what = "Trial"
	}
	switch {
	case left <= 0:
		return what + " ended on " + in.ExpiresAt.Format(time.DateOnly) + ": the service may keep nothing of what is sent."
	case left < 24*time.Hour:
		return what + " ends within a day: what is sent goes with it."
	default:
		return what + " ends in " + countDays(int(left.Hours()/24)) + ": what is sent goes with it."
	}
}
