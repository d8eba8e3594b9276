package represent

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook writes rows of one type in one column and opens the result.
func workbook(t *testing.T, of Type, cells ...string) *excelize.File {
	t.Helper()
	table := Tabulate([]Column[string]{{Name: "cell", Type: of, Value: func(s string) string { return s }}, {Name: "題名", Value: func(string) string { return "日本" }}}, cells)
	var b bytes.Buffer
	if err := WriteXLSX(&b, Sheet{"rows", table}, Sheet{"notes", Tabulate([]Column[string]{{Name: "a", Value: func(s string) string { return s }}}, []string{"b"})}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// read returns the raw value, the type and the formula of a cell.
func read(t *testing.T, f *excelize.File, at string) (value string, kind excelize.CellType, formula string) {
	t.Helper()
	value, err := f.GetCellValue("rows", at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if kind, err = f.GetCellType("rows", at); err != nil {
		t.Fatal(err)
	}
	if formula, err = f.GetCellFormula("rows", at); err != nil {
		t.Fatal(err)
	}
	return value, kind, formula
}

func TestTextInAWorkbookIsNeverAFormula(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "'=1", "007", "TRUE", "1e5", "2023-12-05", " a ", "_x0041_", "<b>&amp;", "日本𠮷ｻ"} {
		value, kind, formula := read(t, workbook(t, Text, text), "A2")
		if value != text || formula != "" || kind != excelize.CellTypeInlineString {
			t.Errorf("%q became %q of type %v with the formula %q; want the same text", text, value, kind, formula)
		}
	}
}

func TestCellsOfAWorkbookHaveTheTypeOfTheirColumn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of          Type
		cell, value string
		kind        excelize.CellType
	}{
		{Integer, "42", "42", excelize.CellTypeUnset}, {Integer, "-3", "-3", excelize.CellTypeUnset}, {Integer, "many", "many", excelize.CellTypeInlineString},
		{Boolean, "true", "1", excelize.CellTypeBool}, {Boolean, "false", "0", excelize.CellTypeBool},
		{Day, "2023-12-05", "45265", excelize.CellTypeUnset}, {Date, "2023-12-05", "45265", excelize.CellTypeUnset},
		{Date, "2023-12", "2023-12", excelize.CellTypeInlineString}, {Date, "2023-Q4", "2023-Q4", excelize.CellTypeInlineString},
		{Date, "2023", "2023", excelize.CellTypeInlineString}, {Day, "1899-12-31", "1899-12-31", excelize.CellTypeInlineString},
		{Text, "", "", excelize.CellTypeUnset}, {Integer, "", "", excelize.CellTypeUnset},
	} {
		value, kind, _ := read(t, workbook(t, c.of, c.cell), "A2")
		if value != c.value || kind != c.kind { // a number has no type of its own in the file
			t.Errorf("%q of type %d: got %q of type %v; want %q of type %v", c.cell, c.of, value, kind, c.value, c.kind)
		}
	}
	f := workbook(t, Date, "2023-12-05")
	if shown, err := f.GetCellValue("rows", "A2"); err != nil || shown != "2023-12-05" {
		t.Errorf("a day is shown as %q, %v", shown, err)
	}
}

func TestHeaderOfAWorkbookIsBoldAndStaysInView(t *testing.T) {
	t.Parallel()
	f := workbook(t, Text, "a cell that is longer than its header", "b")
	if got := f.GetSheetList(); !slices.Equal(got, []string{"rows", "notes"}) {
		t.Errorf("sheets %v", got)
	}
	panes, err := f.GetPanes("rows")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v; want the first row frozen", panes, err)
	}
	for at, want := range map[string]bool{"A1": true, "B1": true, "A2": false} {
		style, err := f.GetCellStyle("rows", at)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(style)
		if err != nil || (s.Font != nil && s.Font.Bold) != want {
			t.Errorf("%s: bold is not %v", at, want)
		}
	}
	a, _ := f.GetColWidth("rows", "A")
	b, err := f.GetColWidth("rows", "B")
	if err != nil || a < 35 || a > mostWidth || b != leastWidth {
		t.Errorf("widths %v and %v, %v; want room for the longest cell, and the least", a, b, err)
	}
}

// TestWorkbookRoundTrip writes random texts and reads them back.
func TestWorkbookRoundTrip(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 7))
	letters := []rune("ab,\";\n'=＝+-@<>&_x 日本ｻ\u3000𠮷")
	var cells []string
	for range 500 {
		c := make([]rune, 1+r.IntN(9))
		for i := range c {
			c[i] = letters[r.IntN(len(letters))]
		}
		cells = append(cells, string(c))
	}
	rows, err := workbook(t, Text, cells...).GetRows("rows")
	if err != nil || len(rows) != len(cells)+1 {
		t.Fatalf("%d rows, %v; want %d", len(rows), err, len(cells)+1)
	}
	for i, want := range cells {
		if rows[i+1][0] != want || rows[i+1][1] != "日本" {
			t.Fatalf("row %d: got %q; want %q", i, rows[i+1], want)
		}
	}
}

func TestEqualTablesGiveEqualWorkbooks(t *testing.T) {
	t.Parallel()
	write := func() []byte {
		var b bytes.Buffer
		if err := WriteXLSX(&b, Sheet{"rows", Tabulate([]Column[string]{{Name: "a", Type: Integer, Value: func(s string) string { return s }}}, []string{"1", "2"})}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(write(), write()) {
		t.Error("two workbooks of one table differ")
	}
}
