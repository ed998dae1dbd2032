// What the batch page says: about a file, about its rows, and why it cannot
// be read.

package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/forms/tabular"
	"github.com/activitydesk/activitydesk/ui/words"
)

// Sentences that do not change.
const (
	batchFootWords = "Rows are sent one at a time from the form; nothing is sent from this page."
	batchNoneTitle = "No file is open"
	batchNoneWords = "This is for activities from a CSV file: one in each row, with the names of the columns in the first line. " +
		"Open a file, or write or paste its path above and press Enter."
)

// rowsWords is a count of rows: "1 row", "12,369 rows".
func rowsWords(n int) string {
	if n == 1 {
		return "1 row"
	}
	return words.Grouped(n) + " rows"
}

// checkedWords says what came of checking: "Every row was checked: 12,357 fit,
// 12 do not."
func checkedWords(r batchResult) string {
	fit, unfit := len(r.Fit), len(r.Unfit)
	switch {
	case fit+unfit == 1 && fit == 1:
		return "The row was checked: it fits."
	case fit+unfit == 1:
		return "The row was checked: it does not fit."
	case unfit == 0:
		return "Every row was checked: all " + words.Grouped(fit) + " fit."
	case fit == 0:
		return "Every row was checked: none of " + words.Grouped(unfit) + " fits."
	}
	fits, misfits := " fit, ", " do not."
	if fit == 1 {
		fits = " fits, "
	}
	if unfit == 1 {
		misfits = " does not."
	}
	return "Every row was checked: " + words.Grouped(fit) + fits + words.Grouped(unfit) + misfits
}

// fileWords is the line below the file's name: "12,369 rows for
// eCommerce_eCommercePurchases · commas between cells · UTF-8".
func fileWords(t *tabular.Table, entity string) string {
	rows := rowsWords(t.Len())
	if entity != "" {
		rows += " for " + entity
	}
	return strings.Join([]string{rows, separatorWord(t.Separator) + " between cells", t.Encoding}, " · ")
}

func separatorWord(separator byte) string {
	switch separator {
	case ';':
		return "semicolons"
	case '\t':
		return "tabs"
	case '|':
		return "bars"
	default:
		return "commas"
	}
}

// oddWords says what is odd about a file; empty: nothing.
func oddWords(t *tabular.Table) string {
	var parts []string
	if t.Ragged > 0 {
		verb := " have"
		if t.Ragged == 1 {
			verb = " has"
		}
		parts = append(parts, rowsWords(t.Ragged)+verb+" more or fewer cells than the first line has names.")
	}
	for _, w := range t.Warnings {
		if t.Ragged > 0 && w.Line != 1 {
			break // rows are counted above; the header comes first
		}
		if len(parts) == 3 {
			break
		}
		parts = append(parts, fmt.Sprintf("Line %d: %s.", w.Line, w.Text))
	}
	return strings.Join(parts, " ")
}

// lackingWords names required fields that no column leads to; empty: none.
func lackingWords(fields []*forms.Field) string {
	if len(fields) == 0 {
		return ""
	}
	names := make([]string, 0, len(fields))
	for _, field := range fields {
		names = append(names, field.Name)
	}
	return "No column goes to " + strings.Join(names, ", ") + ", which every activity needs. Choose one, or fill it in the form."
}

// problemLine is a problem as the table of rows says it.
func problemLine(p tabular.Problem) string {
	if p.Field == "" {
		return p.Text
	}
	return p.Field + ": " + p.Text
}

// rowProblems says all that is wrong with a row, for below the table.
func rowProblems(number int, problems []tabular.Problem) string {
	const most = 3
	if len(problems) == 0 {
		return ""
	}
	parts := make([]string, 0, most+1)
	for i, problem := range problems {
		if i == most {
			parts = append(parts, "and "+words.Counted(len(problems)-most, "more problem", "more problems"))
			break
		}
		parts = append(parts, problemLine(problem))
	}
	return fmt.Sprintf("Row %s, line %s of the file: %s.", words.Grouped(number), words.Grouped(problems[0].Line), strings.Join(parts, " · "))
}

// explainFile says why a file cannot be used, and what to do.
func explainFile(path string, err error) words.Message {
	m := words.Message{Details: err.Error()}
	var quote *tabular.QuoteError
	switch {
	case errors.Is(err, context.Canceled):
		m.What = "Reading was stopped."
	case errors.As(err, &quote):
		m.What = fmt.Sprintf("Line %s: a quote is opened and never closed.", words.Grouped(quote.Line))
		m.Do = "Close it, or double it where it belongs to the text. Then try again."
	case errors.Is(err, fs.ErrNotExist):
		m.What, m.Do = "There is no file "+path+".", "Check the path, or open the file by its button."
	case errors.Is(err, fs.ErrPermission):
		m.What, m.Do = "The file may not be read.", "Check whose it is, and close a program that holds it. Then try again."
	case errors.Is(err, errFolder):
		m.What, m.Do = "This is a folder, not a file.", "Open a CSV file in it."
	case errors.Is(err, errNoPlainFile):
		m.What, m.Do = "This is not a file that has an end.", "Save its rows as a CSV file and open that."
	case errors.Is(err, errNoRows):
		m.What, m.Do = "The file has the names of columns, and no rows below.", "Add one row for each activity, then try again."
	case errors.Is(err, tabular.ErrEmpty):
		m.What, m.Do = "The file is empty.", "Its first line names the columns, each line below it is one activity."
	case errors.Is(err, tabular.ErrTooLarge):
		m.What = fmt.Sprintf("The file is larger than %d MB.", tabular.MaxBytes>>20)
		m.Do = "Cut it into several files, each with the line of column names."
	case errors.Is(err, tabular.ErrTooWide):
		m.What = "A line has more than " + words.Grouped(tabular.MaxColumns) + " cells."
		m.Do = "Check that commas, semicolons or tabs stand between the cells, and line breaks between the rows."
	case errors.Is(err, tabular.ErrNotText):
		m.What, m.Do = "The file is not text.", "If it is a spreadsheet, save it as CSV (UTF-8) and open that."
	default:
		m.What, m.Do = "The file cannot be read.", "Close a program that has it open, or copy the file elsewhere. Then try again."
	}
	return m
}
