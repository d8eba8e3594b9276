package represent

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"
)

// Sheet is a table under a name in a workbook.
type Sheet struct {
	Name string
	*Table
}

// Widths of a column, in characters: room for its cells, but no column pushes the others off the screen.
const (
	leastWidth = 8
	mostWidth  = 60
)

// WriteXLSX writes a workbook with the sheets in their order, each with a bold header that stays in view.
//
// Text needs no apostrophe here as it does in CSV (Neutralise): the type of a cell is written beside its value, and a
// spreadsheet takes a cell for a formula only when the file says that it is one.
func WriteXLSX(w io.Writer, sheets ...Sheet) (err error) {
	f := excelize.NewFile()
	defer func() { // it removes what was spooled to disk
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "Followthrough"}); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	iso := "yyyy-mm-dd"
	day, err := f.NewStyle(&excelize.Style{CustomNumFmt: &iso})
	if err != nil {
		return err
	}
	for i, s := range sheets {
		if i == 0 {
			err = f.SetSheetName(f.GetSheetName(0), s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err == nil {
			err = writeSheet(f, s, bold, day)
		}
		if err != nil {
			return fmt.Errorf("write the sheet %s: %w", s.Name, err)
		}
	}
	return f.Write(w)
}

// writeSheet streams one sheet. The widths of the columns stand before the rows, so that the rows are read twice.
func writeSheet(f *excelize.File, s Sheet, bold, day int) error {
	out, err := f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, n := range s.widths() {
		if err := out.SetColWidth(i+1, i+1, float64(n)); err != nil {
			return err
		}
	}
	cells := make([]any, len(s.Header))
	for i, name := range s.Header {
		cells[i] = excelize.Cell{StyleID: bold, Value: name}
	}
	if err := out.SetRow("A1", cells); err != nil {
		return err
	}
	at := 1
	for row := range s.Rows {
		at++
		for i, value := range row {
			cells[i] = cell(s.Types[i], value, day)
		}
		if err := out.SetRow("A"+strconv.Itoa(at), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// cell gives a value the type of its column. What is empty stays empty, and what does not fit the type, such as a
// date known to the month alone, stays text: a workbook has no other form for it.
func cell(t Type, value string, day int) any {
	if value == "" {
		return nil
	}
	switch t {
	case Integer:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return n
		}
	case Boolean:
		if b, err := strconv.ParseBool(value); err == nil {
			return b
		}
	case Day, Date:
		if d, err := time.Parse(time.DateOnly, value); err == nil && d.Year() > 1900 { // the calendar of workbooks begins in 1900, with a day that never was
			return excelize.Cell{StyleID: day, Value: d}
		}
	}
	return value
}

// widths measures the columns; a full-width character takes the room of two.
func (s Sheet) widths() []int {
	all := make([]int, len(s.Header))
	measure := func(row []string) {
		for i, value := range row {
			n := 2
			for _, r := range value {
				n++
				if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
					n++
				}
			}
			all[i] = min(max(all[i], n, leastWidth), mostWidth)
		}
	}
	measure(s.Header)
	for row := range s.Rows {
		measure(row)
	}
	return all
}
