package represent

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// Column is one column of a table of T, declared once for every tabular format. Its name equals the JSON name;
// nested names are joined by an underscore.
type Column[T any] struct {
	Name  string
	Type  Type
	Value func(T) string
}

// Type is what the cells of a column hold. The zero value is text.
type Type int

// The types.
const (
	Text    Type = iota
	Integer      // whole number
	Boolean      // true or false
	Day          // civil day: 2023-12-05
	Date         // civil date to its precision: 2023-12-05, 2023-12, 2023-Q4 or 2023
)

// Table is rows under named columns.
type Table struct {
	Header []string
	Types  []Type // of the columns
	Rows   func(yield func([]string) bool)
	Err    func() error // what ended the rows before their time, once they were read; nil where nothing can
}

// Tabulate lays items out in columns.
func Tabulate[T any](columns []Column[T], items []T) *Table {
	t := &Table{}
	for _, c := range columns {
		t.Header, t.Types = append(t.Header, c.Name), append(t.Types, c.Type)
	}
	t.Rows = func(yield func([]string) bool) {
		for _, item := range items {
			row := make([]string, len(columns))
			for i, c := range columns {
				row[i] = c.Value(item)
			}
			if !yield(row) {
				return
			}
		}
	}
	return t
}

// Stream lays out items that are read one after the other while the rows are written, so that none of them is held. Rows is
// read once.
func Stream[T any](columns []Column[T], each func(f func(T) error) error) *Table {
	t := Tabulate(columns, nil)
	var failed error
	row := make([]string, len(columns))
	t.Rows = func(yield func([]string) bool) {
		failed = each(func(item T) error {
			for i, c := range columns {
				row[i] = c.Value(item)
			}
			if !yield(row) {
				return errStopped
			}
			return nil
		})
	}
	t.Err = func() error { return failed }
	return t
}

// errStopped ends the reading of rows that nobody wants any more.
var errStopped = errors.New("nobody reads on")

// WriteJSON writes v as one line of JSON. Text keeps its characters: nothing is escaped for HTML.
func WriteJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// bom marks a file as UTF-8 for spreadsheets that would otherwise guess.
const bom = "\ufeff"

// WriteCSV writes a table by RFC 4180, with formulas neutralised; excel puts a byte-order mark in front.
func WriteCSV(w io.Writer, t *Table, excel bool) error {
	if excel {
		if _, err := io.WriteString(w, bom); err != nil {
			return err
		}
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return writeRows(c, t, Neutralise)
}

// WriteExactCSV writes a table with every cell byte for byte, for programs that read it by a schema
// (docs/decisions/0007). Lines end in LF: with CR LF the writer would change the line breaks inside cells as well.
func WriteExactCSV(w io.Writer, t *Table) error {
	return writeRows(csv.NewWriter(w), t, func(cell string) string { return cell })
}

func writeRows(c *csv.Writer, t *Table, as func(cell string) string) error {
	if err := c.Write(t.Header); err != nil {
		return err
	}
	for row := range t.Rows {
		for i := range row {
			row[i] = as(row[i])
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil || t.Err == nil {
		return err
	}
	return t.Err()
}

// Neutralise puts an apostrophe before a cell that a spreadsheet could take for a formula (OWASP, CSV injection).
// JSON is the lossless form.
func Neutralise(cell string) string {
	switch first, _ := utf8.DecodeRuneInString(cell); first {
	case '=', '+', '-', '@', '\t', '\r', '\n', 0, '＝', '＋', '－', '＠':
		return "'" + cell
	}
	return cell
}
