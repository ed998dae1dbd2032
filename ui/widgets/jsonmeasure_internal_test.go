package widgets

import (
	"math/rand/v2"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

func TestTheLongestLineIsRightAfterEveryChangeOfAForm(t *testing.T) {
	entity := metadata.Entity{Name: "visits"}
	names := []string{"a", "bb", "ccc", "dddd", "eeeee"}
	for i, name := range names {
		kind := metadata.KindText
		if i%2 == 1 {
			kind = metadata.KindJSON
		}
		entity.Attributes = append(entity.Attributes, metadata.Attribute{Name: name, Type: metadata.DataType{Kind: kind}})
	}
	form := forms.FromEntity(entity, forms.Options{})
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{"x", `{"a": [1, 2, {"b": "a long text in a deep place"}]}`, "a text that is a good deal longer than the others", `[]`, ""}
	var known lineMeasures
	for range 3000 {
		name := names[random.IntN(len(names))]
		switch random.IntN(4) {
		case 0:
			form.LeaveOut(name)
		case 1:
			form.SetNull(name)
		default:
			form.SetText(name, texts[random.IntN(len(texts))])
		}
		lines, want := form.Preview(), 0
		for _, line := range lines {
			want = max(want, columnsOf(line))
		}
		if got := known.longest(lines); got != want {
			t.Fatalf("the longest line has %d columns, want %d in\n%s", got, want, form.PreviewText())
		}
	}
}
