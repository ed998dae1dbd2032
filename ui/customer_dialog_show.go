// What the dialog that finds a customer shows: its states, its table and the
// words around them.

package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// The dialog's measures. They are fixed, so that nothing jumps as one types.
const (
	customerDialogWidth float32 = 640
	customerTableHeight float32 = 240
	customerAboutHeight float32 = 36 // two lines
	customerHintHeight  float32 = 18
)

// The columns of the table.
const (
	customerColumnName = iota
	customerColumnMail
	customerColumnCity
	customerColumnKey
)

func (d *customerDialog) body() fyne.CanvasObject {
	body := widgets.Column(8)
	if d.business {
		body.Add(widgets.NewWrappedText("This instance is for businesses: its profiles are accounts. "+
			"Looking for people may find nobody here; then type the account's key into the field by hand.", widgets.RoleWarning))
	}
	if d.need.Cannot != "" {
		body.Add(widgets.NewWrappedText(d.need.Cannot+" One can look, but a key has to be typed by hand.", widgets.RoleWarning))
	}
	body.Add(d.box)
	body.Add(widgets.Sized(0, customerHintHeight, d.hint))
	body.Add(widgets.Sized(customerDialogWidth, customerTableHeight, container.NewVScroll(d.state)))
	body.Add(widgets.Sized(0, customerAboutHeight, d.about))
	return body
}

func (d *customerDialog) model() widgets.TableModel {
	return widgets.TableModel{
		Columns: []widgets.TableColumn{
			{ID: "name", Title: "Customer", Width: 172},
			{ID: "mail", Title: "E-mail", Width: 224},
			{ID: "city", Title: "City", Width: 112},
			{ID: "key", Title: d.need.Field, Width: 128},
		},
		Rows: func() int { return len(d.rows) },
		Cell: d.cell,
	}
}

func (d *customerDialog) cell(row, column int) widgets.TableCell {
	one := d.rows[row]
	switch column {
	case customerColumnName:
		return widgets.TableCell{Text: one.Customer.Label()}
	case customerColumnMail:
		return widgets.TableCell{Text: one.Customer.Mail}
	case customerColumnCity:
		return widgets.TableCell{Text: one.Customer.City}
	}
	switch {
	case one.Key != "":
		return widgets.TableCell{Text: one.Key}
	case one.Sure:
		return widgets.TableCell{Text: "none", Muted: true}
	default:
		return widgets.TableCell{Text: "read when chosen", Muted: true}
	}
}

// say shows a line below the box.
func (d *customerDialog) say(text string) {
	d.hint.SetText(text)
	d.showAbout()
}

// showNothingYet says what can be typed.
func (d *customerDialog) showNothingYet() {
	d.setRows(nil)
	d.asked = ""
	d.say("")
	d.state.ShowEmpty("Whose activity is it?",
		"Type a name, an e-mail or a phone number: it is searched for as you type. "+
			"Enter looks for it as a customer ID and as the key of each source, too.", "", nil)
}

// showFound shows the answer to a text.
func (d *customerDialog) showFound(text string, got people.Found, err error, complete bool) {
	switch {
	case !complete && people.IsNoSearch(err):
		d.noSearch = true
		d.setRows(nil)
		d.sayNoSearch()
		return
	case err != nil:
		d.setRows(nil)
		d.say("Enter tries again.")
		showFailedOnCard(d.state, err, d.look)
		return
	}
	rows := make([]candidate, 0, len(got.Customers))
	for _, c := range got.Customers {
		key, sure := d.need.Known(c)
		rows = append(rows, candidate{c, key, sure})
	}
	d.setRows(rows)
	d.asked, d.tried = text, got.Tried
	d.complete = complete || people.LooksLikeWords(text) && len(rows) > 0 // words are looked for first: Enter would find the same
	if len(rows) == 0 {
		d.showNobody(text)
		return
	}
	d.state.ShowContent()
	if d.complete {
		d.mark(0)
	}
	d.say(d.foundWords())
}

// sayNoSearch says how one looks where the instance has no search.
func (d *customerDialog) sayNoSearch() {
	d.say("")
	d.state.ShowEmpty("This instance has no search",
		"An administrator sets it up. Enter looks for a whole e-mail, phone number or name, for a customer ID and for a key.", "", nil)
}

// showNobody says what was tried.
func (d *customerDialog) showNobody(text string) {
	d.say("")
	title := "Nobody found for “" + shortName(text) + "”"
	if !d.complete {
		d.state.ShowEmpty(title, "These words are in no profile. Enter looks for it as a customer ID and as a key, too.", "Look for it as a key, too", d.look)
		return
	}
	d.state.ShowEmpty(title, "Tried "+strings.Join(d.tried, ", ")+
		". A word must be written from its beginning, a key as a whole.", "", nil)
}

// foundWords says how many were found, and what Enter does.
func (d *customerDialog) foundWords() string {
	count := strconv.Itoa(len(d.rows)) + " found by " + d.tried[len(d.tried)-1]
	if len(d.rows) >= people.SearchTop {
		count = "The first " + count + "; more words narrow it"
	}
	if d.complete {
		return count + ". Up and Down choose, Enter takes."
	}
	return count + ". Down chooses; Enter looks for it as a key, too."
}

// showKeys takes the only key of a customer, or lets one choose.
func (d *customerDialog) showKeys(keys people.Keys, err error) {
	if err != nil {
		showFailedOnCard(d.state, err, d.choose)
		return
	}
	c := keys.Customer
	if len(keys.Keys) == 1 && d.need.Cannot == "" {
		d.done(c, keys.Keys[0])
		return
	}
	d.state.ShowContent()
	if len(keys.Keys) == 0 {
		d.rows[d.table.SelectedRow()] = candidate{Customer: c, Sure: true}
		d.table.Reload()
		d.showAbout()
		return
	}
	rows := make([]candidate, 0, len(keys.Keys))
	for _, key := range keys.Keys {
		rows = append(rows, candidate{c, key, true})
	}
	d.setRows(rows)
	d.mark(0)
	d.say(c.Label() + " has " + strconv.Itoa(len(rows)) + " keys in " + d.need.Source.DataName() + ". Choose the one to send.")
}

// setRows replaces the table's rows; none is marked.
func (d *customerDialog) setRows(rows []candidate) {
	d.table.SelectRow(-1) // while the marked row is there to be shown without its mark
	d.rows = rows
	d.table.Reload()
	d.showAbout()
}

// showAbout says who is marked and whether they can be taken.
func (d *customerDialog) showAbout() {
	one := d.marked()
	may := one != nil && d.need.Cannot == "" && (!one.Sure || one.Key != "") && d.state.State() == widgets.StateContent
	if d.dialog != nil {
		d.dialog.SetReady(may)
	}
	switch {
	case one == nil || d.state.State() != widgets.StateContent:
		d.about.SetText("")
	case d.need.Cannot == "" && one.Sure && one.Key == "":
		d.about.SetRole(widgets.RoleProblem)
		d.about.SetText(d.need.NoKey(one.Customer))
	default:
		d.about.SetRole(widgets.RoleCaption)
		d.about.SetText(strings.Join(d.finder.KeyWords(one.Customer), " · "))
	}
}
