package ui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/forms/tabular"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// batching is a desk that shows the batch page.
type batching struct {
	*working
	batch *BatchPage
}

func newBatching(t *testing.T) *batching {
	t.Helper()
	w := newWorking(t)
	b := &batching{working: w, batch: NewBatchPage(w.env)}
	w.pages = append(w.pages, b.batch)
	w.goTo(PageBatch)
	return b
}

const threePurchases = "purchase id,ContactId,PurchasedOn,TotalPrice,Remark\n" +
	"OPID_94001,CNTID_1000,1/20/2019,12.50,a\n" +
	"OPID_94002,CNTID_1001,1/21/2019,\"12,5O\",b\n" +
	"OPID_94003,CNTID_1000,1/22/2019,7,c\n"

// fileOf writes a file and answers its path.
func fileOf(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	writeFile(t, path, text)
	return path
}

// write opens a file as a person does who writes its path, and waits until all
// rows are checked.
func (b *batching) write(path string) {
	b.t.Helper()
	b.batch.path.SetText(path)
	b.batch.path.OnSubmitted(path)
	b.untilChecked()
}

func (b *batching) untilChecked() {
	b.t.Helper()
	b.queue.until(b.t, "the check", func() bool {
		return !b.batch.reading.Running() && !b.batch.checking.Running() && b.batch.checked
	})
}

// column answers the index of a column of the file.
func (b *batching) column(name string) int {
	b.t.Helper()
	for i, column := range b.batch.columns.columns {
		if column.Name == name {
			return i
		}
	}
	b.t.Fatalf("the file has no column %s", name)
	return -1
}

// chooseItem chooses an item of a menu by its label.
func chooseItem(t *testing.T, items []widgets.MenuItem, label string) {
	t.Helper()
	for _, item := range items {
		if item.Label == label && !item.Disabled {
			item.OnChosen()
			return
		}
	}
	t.Fatalf("the menu offers no %q", label)
}

func TestAFileIsMatchedToItsEntityAndEveryRowIsChecked(t *testing.T) {
	b := newBatching(t)
	if b.batch.whole.State() != widgets.StateEmpty {
		t.Error("without a file the page does not say what belongs here")
	}
	b.write(fileOf(t, "three.csv", threePurchases))
	if got := b.batch.entity.Value(); got != entityPurchases {
		t.Errorf("the rows are for %q", got)
	}
	if got, want := b.batch.columns.says.Text(), "Every row was checked: 2 fit, 1 does not."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if got, want := b.batch.title.Text()+"|"+b.batch.subtitle.Text(),
		"Batch · three.csv|3 rows for eCommerce_eCommercePurchases · commas between cells · UTF-8"; got != want {
		t.Errorf("the head is %q, want %q", got, want)
	}
	for row, want := range []string{
		"purchase id\tPurchaseId · key\ttext",
		"ContactId\tContactId · customer\ttext",
		"PurchasedOn\tPurchasedOn · time\tdate and time, M/D/YYYY",
		"TotalPrice\tTotalPrice\tdecimal",
		"Remark\tnot sent\t",
	} {
		if got := b.batch.columns.table.RowText(row); got != want {
			t.Errorf("column %d is %q, want %q", row, got, want)
		}
	}
	rows := b.batch.rows
	if got, want := rows.table.RowText(0), "1\tOPID_94001\tCNTID_1000\t2019-01-20\t12.50\tfits"; got != want {
		t.Errorf("row 1 is %q, want %q", got, want)
	}
	chooseItem(t, rows.filterItems(), "Does not fit")
	if rows.shown() != 1 || rows.Chosen() != 2 || !strings.Contains(rows.table.RowText(0), "TotalPrice: Not a number") {
		t.Errorf("of those that do not fit %d are shown, chosen is %d: %q", rows.shown(), rows.Chosen(), rows.table.RowText(0))
	}
	if got := rows.problem.Text(); !strings.HasPrefix(got, "Row 2, line 3 of the file: TotalPrice: Not a number") {
		t.Errorf("below the table it says %q", got)
	}
	chooseItem(t, rows.filterItems(), "Fits")
	if rows.shown() != 2 || rows.number(1) != 3 {
		t.Errorf("%d rows fit, the second is %d", rows.shown(), rows.number(1))
	}
}

func TestARowOpensInTheFormAndIsSentFromThere(t *testing.T) {
	b := newBatching(t)
	b.write(fileOf(t, "three.csv", threePurchases))
	table := b.batch.rows.table
	b.window.Canvas().Focus(table)
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if got := b.batch.open.Text(); got != "Open row 3 in the form" {
		t.Errorf("the button says %q", got)
	}
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b.shown != b.compose {
		t.Fatal("the form was not opened")
	}
	form := b.compose.current.form
	got := b.compose.current.key.Entity + " " + form.Text("PurchaseId") + " " + form.Text("PurchasedOn") + " " + form.Text("TotalPrice")
	if want := entityPurchases + " OPID_94003 2019-01-22 7"; got != want {
		t.Errorf("the form holds %q, want %q", got, want)
	}
	if sent := b.posted(instanceCoffee, entityPurchases); len(sent) != 0 {
		t.Fatalf("opening a row sent %q", sent)
	}
	b.compose.Send()
	b.untilShown("Visible on the timeline")
	b.goTo(PageBatch)
	b.queue.until(t, "the mark", func() bool { return strings.HasSuffix(table.RowText(2), "\tvisible") })
	if got := table.RowText(0); !strings.HasSuffix(got, "\tfits") {
		t.Errorf("row 1 is %q", got)
	}
	if b.window.Canvas().Focused() != fyne.Focusable(table) {
		t.Error("the keys do not go on with the rows")
	}
}

func TestWhatWasTypedBeforeARowCanBeHadBack(t *testing.T) {
	b := newBatching(t)
	b.purchase("OPID_94009")
	b.write(fileOf(t, "three.csv", threePurchases))
	test.Tap(b.batch.open)
	notice := b.frame.notices.list[len(b.frame.notices.list)-1]
	if b.compose.current.form.Text("PurchaseId") != "OPID_94001" || notice.Action != "Undo" {
		t.Fatalf("the form holds %q; the notice offers %q", b.compose.current.form.Text("PurchaseId"), notice.Action)
	}
	notice.OnAction()
	if got := b.compose.current.form.Text("PurchaseId"); got != "OPID_94009" {
		t.Errorf("after Undo the form holds %q", got)
	}
}

func TestAFormOfAnEntityThatIsNotHereIsSaid(t *testing.T) {
	w := newWorking(t)
	w.env.Open(PageCompose, FormArg{Entity: "Nowhere_nothing", Snapshot: forms.Snapshot{}})
	if got := w.noticeTexts(); !strings.Contains(got, "Contoso Coffee has no entity Nowhere_nothing.") {
		t.Errorf("it says %q", got)
	}
}

func TestAColumnCanGoToAnotherFieldOrToNone(t *testing.T) {
	b := newBatching(t)
	path := fileOf(t, "three.csv", threePurchases)
	b.write(path)
	columns := b.batch.columns
	columns.table.SelectRow(b.column("Remark"))
	columns.showChosen()
	chooseItem(t, columns.fieldItems(), "PurchaseId")
	b.untilChecked()
	if got := b.batch.rows.table.RowText(1); !strings.HasPrefix(got, "2\tb\tCNTID_1001") {
		t.Errorf("row 2 is %q", got)
	}
	if got := columns.columns[b.column("purchase id")].Field; got != "" {
		t.Errorf("the other column still goes to %q", got)
	}
	chooseItem(t, columns.fieldItems(), "Not sent")
	b.untilChecked()
	if got := columns.lacks.Text(); !strings.HasPrefix(got, "No column goes to PurchaseId,") {
		t.Errorf("it says %q", got)
	}
	if got, want := columns.says.Text(), "Every row was checked: none of 3 fits."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}

	writeFile(t, path, strings.Replace(threePurchases, "12,5O", "12.50", 1))
	b.batch.Refresh()
	b.queue.until(t, "the file to be read again", func() bool { return b.batch.plan.Look(2).Texts["TotalPrice"] == "12.50" })
	b.untilChecked()
	if got := columns.columns[b.column("purchase id")].Field; got != "" {
		t.Errorf("reading the file again led the column back to %q", got)
	}
}

func TestAPersonSettlesHowDatesAndNumbersAreRead(t *testing.T) {
	b := newBatching(t)
	b.write(fileOf(t, "open.csv", "PurchaseId;ContactId;PurchasedOn;TotalPrice\nOPID_94001;CNTID_1000;1/2/2019;1,234\n"))
	columns, rows := b.batch.columns, b.batch.rows
	if len(b.batch.plan.Look(1).Problems) != 2 {
		t.Fatalf("the row has %+v", b.batch.plan.Look(1).Problems)
	}
	columns.table.SelectRow(b.column("PurchasedOn"))
	columns.showChosen()
	if got := columns.reading.Value(); got != "as it is written" || !columns.reading.Visible() {
		t.Errorf("dates are read %q", got)
	}
	chooseItem(t, columns.readingItems(), "D/M/YYYY")
	columns.table.SelectRow(b.column("TotalPrice"))
	columns.showChosen()
	chooseItem(t, columns.readingItems(), "decimal comma")
	b.untilChecked()
	if got, want := rows.table.RowText(0), "1\tOPID_94001\tCNTID_1000\t2019-02-01\t1.234\tfits"; got != want {
		t.Errorf("the row is %q, want %q", got, want)
	}
	columns.table.SelectRow(b.column("ContactId"))
	columns.showChosen()
	if columns.reading.Visible() {
		t.Error("text is offered to be read in several ways")
	}
}

func TestAFileThatCannotBeUsedIsExplained(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"empty.csv": "", "names.csv": "PurchaseId,ContactId\n", "picture.csv": "\x89PNG\x00\x01\x02\x00", "quote.csv": "a,b\n1,\"2\n",
	} {
		writeFile(t, filepath.Join(folder, name), text)
	}
	b := newBatching(t)
	for name, want := range map[string]string{
		"missing.csv": "There is no file", "": "This is a folder", "empty.csv": "The file is empty.",
		"names.csv": "no rows below", "picture.csv": "The file is not text.", "quote.csv": "Line 2: a quote is opened",
	} {
		path := filepath.Join(folder, name)
		b.batch.pathTyped(path)
		b.queue.until(t, "the failure of "+name, func() bool { return b.batch.whole.State() == widgets.StateFailed })
		_, err := readBatchFile(t.Context(), path)
		if got := explainFile(path, err); !strings.Contains(got.What, want) || got.Do == "" {
			t.Errorf("%s: it says %+v, want %q and what to do", name, got, want)
		}
		if b.batch.entity.Visible() || !b.batch.open.Disabled() {
			t.Errorf("%s: rows are still offered", name)
		}
	}
	writeFile(t, filepath.Join(folder, "mended.csv"), threePurchases)
	b.write(filepath.Join(folder, "mended.csv"))
	if b.batch.whole.State() != widgets.StateContent {
		t.Error("a good file does not take the place of a bad one")
	}
}

func TestTheEntityIsAskedForWhereNoneSuits(t *testing.T) {
	b := newBatching(t)
	b.batch.pathTyped(fileOf(t, "other.csv", "alpha,beta\n1,2\n"))
	b.queue.until(t, "the file", func() bool { return b.batch.file != nil })
	if b.batch.rows.state.State() != widgets.StateEmpty || b.batch.entity.Value() != "none chosen" {
		t.Errorf("the rows are for %q", b.batch.entity.Value())
	}
	if got := b.batch.columns.table.RowText(0); got != "alpha\tnot sent\t" {
		t.Errorf("the first column is %q", got)
	}
	chooseItem(t, b.batch.entityItems(), entityReviews)
	b.untilChecked()
	if b.batch.rows.state.State() != widgets.StateContent || b.batch.plan.Row.Name != entityReviews {
		t.Error("the rows are not shown for the chosen entity")
	}
}

func TestAnotherInstanceMatchesTheOpenFileAnew(t *testing.T) {
	b := newBatching(t)
	b.write(fileOf(t, "three.csv", threePurchases))
	chooseItem(t, b.batch.entityItems(), entityReviews)
	b.untilChecked()
	b.deskRun.choose(instanceTrial)
	b.untilLoaded(instanceTrial)
	b.untilChecked()
	if got := b.batch.entity.Value(); got != entityPurchases || b.batch.file == nil {
		t.Errorf("in the other instance the rows are for %q", got)
	}
}

func TestACheckCanBeStoppedAndTakenUp(t *testing.T) {
	b := newBatching(t)
	file, err := readBatchFile(t.Context(), fileOf(t, "three.csv", threePurchases))
	if err != nil {
		t.Fatal(err)
	}
	b.batch.fileRead(file)
	if !b.batch.Escape() {
		t.Fatal("Esc did not stop the check")
	}
	b.queue.run()
	if b.batch.rows.result != nil || b.batch.progress.act.Text() != "Check all rows" {
		t.Errorf("after the stop the button says %q", b.batch.progress.act.Text())
	}
	test.Tap(b.batch.progress.act)
	b.untilChecked()
	if b.batch.rows.result == nil || b.batch.progress.content.Visible() {
		t.Error("the check was not taken up")
	}

	b.batch.planChanged()
	b.goTo(PageCompose)
	if b.batch.checking.Running() {
		t.Error("the check goes on behind another page")
	}
	b.goTo(PageBatch)
	b.untilChecked()
	if b.batch.Escape() {
		t.Error("Esc is used up where there is nothing to stop")
	}
}

func TestReadingCanBeStopped(t *testing.T) {
	b := newBatching(t)
	first := fileOf(t, "first.csv", threePurchases)
	b.write(first)
	b.batch.pathTyped(fileOf(t, "second.csv", threePurchases))
	if !b.batch.Escape() {
		t.Fatal("Esc did not stop reading")
	}
	b.queue.run()
	if b.batch.file.Table.Name != "first.csv" || b.batch.path.Text != first || b.batch.whole.State() != widgets.StateContent {
		t.Errorf("after the stop the page shows %s", b.batch.file.Table.Name)
	}
}

func TestTheFileDialogOpensAFileAndClosesOnEscape(t *testing.T) {
	b := newBatching(t)
	canvas := b.window.Canvas()
	b.batch.chooseFile()
	if canvas.Overlays().Top() == nil {
		t.Fatal("no dialog is open")
	}
	canvas.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if canvas.Overlays().Top() != nil || b.batch.file != nil {
		t.Error("Esc did not close the dialog")
	}
	done := b.batch.Escape()
	canvas.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	if canvas.Overlays().Top() == nil || done {
		t.Error("the window did not get its keys back")
	}
	canvas.Overlays().Remove(canvas.Overlays().Top())

	file, err := storage.Reader(storage.NewFileURI(fileOf(t, "three.csv", threePurchases)))
	b.batch.fileChosen(file, err)
	b.untilChecked()
	if b.batch.file.Table.Name != "three.csv" {
		t.Errorf("it opened %s", b.batch.file.Table.Name)
	}
}

// TestTheTutorialsPurchasesAreShownAndFit reads the vendor's tutorial data
// where it lies beside the checkout; it is not part of the project.
func TestTheTutorialsPurchasesAreShownAndFit(t *testing.T) {
	path := filepath.Join("..", "..", "shared", "data", "OnlinePurchases.csv")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there: the test on real data is skipped", path)
	}
	b := newBatching(t)
	b.write(path)
	if got, want := b.batch.columns.says.Text(), "Every row was checked: all 12,369 fit."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if b.batch.plan.Plan.Columns[3].Dates != tabular.MonthFirst || b.batch.plan.Row.Name != entityPurchases {
		t.Errorf("read for %s as %+v", b.batch.plan.Row.Name, b.batch.plan.Plan.Columns[3])
	}
}
