// What the cells of a whole column tell about how to read each of them.

package tabular

import "strings"

// DateOrder is which number of 1/2/2019 is the month.
type DateOrder int

// The orders. Undecided: no date of the column settles it; Mixed: some settle
// it one way and some the other, so that each date is read on its own.
const (
	Undecided DateOrder = iota
	MonthFirst
	DayFirst
	Mixed
)

// DecimalSign is what stands before decimals.
type DecimalSign int

// The signs. Point is also that of columns without any comma.
const (
	Point DecimalSign = iota
	Comma
	Unclear // commas that can be thousands or decimals, or both kinds
)

// Column is one column of a table.
type Column struct {
	Index   int    // from 0
	Header  string // as written, without outer space; can be empty or not the only one
	Name    string // the header, made present and unique
	Filled  int    // rows with something in it
	Dates   DateOrder
	Decimal DecimalSign
	Sample  string // the first cell that is not empty
}

// evidence is what the cells of a column have shown.
type evidence struct {
	filled                           int
	sample                           string
	dates, monthFirst, dayFirst      int
	commas, commaProven, pointProven int
}

// see takes one cell into account.
func (e *evidence) see(cell string) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return
	}
	e.filled++
	if e.sample == "" {
		e.sample = cell
	}
	if c := cell[0]; c < '0' || c > '9' {
		if c == '-' || c == '+' || c == '.' || c == ',' {
			e.seeNumber(cell)
		}
		return
	}
	if d, ok := cutDate(cell); ok {
		e.dates++
		switch {
		case d.first > 12 && d.second <= 12:
			e.dayFirst++
		case d.second > 12 && d.first <= 12:
			e.monthFirst++
		}
		return
	}
	e.seeNumber(cell)
}

// seeNumber looks for what proves a decimal sign: decimals that are not three
// digits, or both signs in one number.
func (e *evidence) seeNumber(cell string) {
	if strings.Trim(cell, "0123456789+-.,' \u00a0\u202f’") != "" {
		return
	}
	comma, point := strings.LastIndexByte(cell, ','), strings.LastIndexByte(cell, '.')
	if comma >= 0 {
		e.commas++
	}
	switch {
	case comma >= 0 && point >= 0 && comma > point:
		e.commaProven++
	case comma >= 0 && point >= 0:
		e.pointProven++
	case strings.Count(cell, ",") > 1:
		e.pointProven++ // commas between thousands
	case strings.Count(cell, ".") > 1:
		e.commaProven++ // points between thousands
	case comma >= 0 && len(cell)-comma-1 != 3:
		e.commaProven++
	case point >= 0 && len(cell)-point-1 != 3:
		e.pointProven++
	}
}

// decide settles the column's readings.
func (c *Column) decide(e evidence) {
	c.Filled, c.Sample = e.filled, e.sample
	switch {
	case e.dayFirst > 0 && e.monthFirst > 0:
		c.Dates = Mixed
	case e.dayFirst > 0:
		c.Dates = DayFirst
	case e.monthFirst > 0:
		c.Dates = MonthFirst
	}
	switch {
	case e.commaProven > 0 && e.pointProven > 0:
		c.Decimal = Unclear
	case e.commaProven > 0:
		c.Decimal = Comma
	case e.commas > 0 && e.pointProven == 0:
		c.Decimal = Unclear
	}
}

// slashDate is a date of three numbers with the year last.
type slashDate struct {
	first, second int
	year          string
	rest          string // time of day and zone, as written, with the space before
}

// cutDate reads dates such as 1/20/2019 and 20-01-2019 10:30.
func cutDate(cell string) (slashDate, bool) {
	first, pos := digitsAt(cell, 0, 2)
	if pos == 0 || pos >= len(cell) || cell[pos] != '/' && cell[pos] != '-' {
		return slashDate{}, false
	}
	separator := cell[pos]
	second, end := digitsAt(cell, pos+1, 2)
	if end == pos+1 || end >= len(cell) || cell[end] != separator {
		return slashDate{}, false
	}
	_, last := digitsAt(cell, end+1, 4)
	if last != end+5 || last < len(cell) && cell[last] != ' ' && cell[last] != 'T' && cell[last] != ',' {
		return slashDate{}, false
	}
	return slashDate{first: first, second: second, year: cell[end+1 : last], rest: cell[last:]}, true
}

// digitsAt reads at most so many digits from a position; end is behind them.
func digitsAt(s string, pos, most int) (value, end int) {
	for end = pos; end < len(s) && end < pos+most && s[end] >= '0' && s[end] <= '9'; end++ {
		value = value*10 + int(s[end]-'0')
	}
	return value, end
}
