package people

import (
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/ui/people/peopletest"
)

// FuzzProfile: of a profile every member that has a value is listed, whatever the
// metadata knows of it; and while personal fields are hidden none of them, and no
// key that is an address, tells anything.
func FuzzProfile(f *testing.F) {
	f.Add([]byte(`{"CustomerId":"c1","FullName":"Ana","EMail":"ana@example.com","web_members_MemberId":"ana@example.com","till_cards_CardNo":7,"Hobby":"sailing"}`), []byte(`{"shop_people":["P1"]}`))
	f.Add([]byte(`{"@odata.etag":"x","Born":"1980-01-02T00:00:00Z","UnifiedActivity":[{}],"x":{"a":[]},"CustomerId":null}`), []byte(`[{"entityName":"people","key":"a@b"}]`))
	f.Add([]byte(`{"customerid":"c","":"empty","FullName":"","Phone":"••••••","y":[1]}`), []byte(`null`))
	f.Fuzz(func(t *testing.T, data, ring []byte) {
		row, err := client.ParseRow(data)
		if err != nil {
			return
		}
		finder := Finder{Entities: peopletest.Shop()}
		c := finder.customers([]client.Row{row})[0]
		c.Ring.Keys = ring
		listed := finder.Fields(c)
		for _, name := range row.Names() {
			text := row.Text(name)
			if text == "" || strings.HasPrefix(name, "@") || row.Rows(name) != nil {
				continue
			}
			if !slices.ContainsFunc(listed, func(f Field) bool { return f.Value == text }) {
				t.Fatalf("%q of %s is not listed in %+v", name, data, listed)
			}
		}
		for _, field := range listed {
			switch hidden := field.Shown(true); {
			case field.Group != GroupKeys && (hidden != Masked || !field.Personal),
				field.Group == GroupKeys && strings.Contains(field.Value, "@") && hidden != Masked:
				t.Fatalf("%q shows %q while it is hidden", field.Label, hidden)
			}
		}
	})
}
