// A survey with 300 fields, of every type that the service has.

package invent

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// wideFields is how many fields the survey has.
const wideFields = 300

func (m *maker) wideResponses() *world.Entity {
	e := &world.Entity{
		Source: "Survey", Name: "wideResponses", Kind: world.KindActivity,
		Key: "ResponseId", Time: "AnsweredOn", Refs: []world.Reference{toContact},
		Activity: &world.Activity{
			Type: "Feedback", Display: "Survey", Title: "Campaign", Description: []string{"Q001_String"},
		},
		Attributes: []world.Attribute{
			must(text("ResponseId")), must(text("ContactId")), must(of(world.DateTimeOffset, "AnsweredOn")),
			text("Campaign"), readOnly(text("ImportedBy")),
		},
	}
	types := world.Types()
	for i := 1; len(e.Attributes) < wideFields; i++ {
		t := types[(i-1)%len(types)]
		short := string(t)
		if t != world.JSON {
			short = short[len("Edm."):]
		}
		a := of(t, fmt.Sprintf("Q%03d_%s", i, short))
		a.Friendly = fmt.Sprintf("Question %d", i)
		a.Mandatory = i%90 == 0
		e.Attributes = append(e.Attributes, a)
	}
	for i := range 6 {
		row := world.Row{key("RSP_", i), m.people[i*3].contact, world.FormatTime(m.ago(40)), "Autumn " + m.now.Format("2006"), "survey import"}
		for n, a := range e.Attributes[len(row):] {
			if n%7 == i && !a.Mandatory {
				row = append(row, nil)
				continue
			}
			row = append(row, m.sample(a.Type))
		}
		e.Rows = append(e.Rows, row)
	}
	return e
}

// sample is a believable value of a type.
func (m *maker) sample(t world.EDM) any {
	switch t {
	case world.Boolean:
		return m.random.IntN(2) == 0
	case world.Byte:
		return whole(m.random.IntN(256))
	case world.SByte:
		return whole(m.random.IntN(256) - 128)
	case world.Int16:
		return whole(m.random.IntN(1<<16) - 1<<15)
	case world.Int32:
		return whole(int(m.random.Int32()))
	case world.Int64:
		return json.Number(fmt.Sprint(9_007_199_254_740_993 + m.random.Int64N(1<<40))) // no float holds it
	case world.Single, world.Double:
		return money(m.random.IntN(100000))
	case world.Decimal:
		return json.Number(fmt.Sprintf("%d.%04d", m.random.IntN(100000), m.random.IntN(10000)))
	case world.Date:
		return m.ago(900).Format(time.DateOnly)
	case world.TimeOfDay:
		return m.ago(900).Format(time.TimeOnly)
	case world.DateTimeOffset:
		return world.FormatTime(m.ago(900))
	case world.GUID:
		return m.guid()
	case world.Binary:
		return base64.StdEncoding.EncodeToString([]byte(m.guid()[:12]))
	case world.JSON:
		return json.RawMessage(fmt.Sprintf(`{"choice":%d,"other":null}`, m.random.IntN(9)))
	default:
		return pick(m, []string{"Yes, gladly", "No", "Perhaps – ask me again", "Café “Zur Post”", ""})
	}
}
