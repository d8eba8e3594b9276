package handlers_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// workbook opens an answer.
func workbook(t *testing.T, body string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(body))
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

func sheet(t *testing.T, f *excelize.File, name string) [][]string {
	t.Helper()
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// sameCells compares every cell of the workbook with the CSV, and finds no formula.
func sameCells(t *testing.T, s site, path string) {
	t.Helper()
	answer := s.do("GET", path+".xlsx", "Accept-Encoding", "gzip")
	if h := answer.Header; h.Get("Content-Encoding") != "" || h.Get("No-Gzip-Compression") != "" {
		t.Errorf("%s.xlsx is compressed twice: %v", path, h)
	}
	name := answer.Header.Get("Content-Disposition")
	f := workbook(t, read(t, answer))
	sheets := f.GetSheetList()
	if len(sheets) != 2 || sheets[1] != "notes" || name != `attachment; filename="`+sheets[0]+`.xlsx"` {
		t.Fatalf("%s.xlsx: sheets %v in %s", path, sheets, name)
	}
	table, err := csv.NewReader(strings.NewReader(s.get(path + ".csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := sheet(t, f, sheets[0])
	if len(rows) != len(table) {
		t.Fatalf("%s: %d rows in XLSX, %d in CSV", path, len(rows), len(table))
	}
	for i, row := range rows {
		row = append(row, make([]string, len(table[i])-len(row))...) // empty cells at the end are left out
		for j, cell := range row {
			if b := strings.ToLower(cell); i > 0 && (b == "true" || b == "false") {
				cell = b
			}
			if represent.Neutralise(cell) != table[i][j] {
				t.Errorf("%s: %s of row %d: %q in XLSX, %q in CSV", path, table[0][j], i, cell, table[i][j])
			}
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := f.GetCellFormula(sheets[0], at); err != nil || formula != "" {
				t.Errorf("%s: %s is the formula %q, %v", path, at, formula, err)
			}
		}
	}
	if missing.MatchString(strings.Join(slices.Concat(sheet(t, f, "notes")...), " ")) {
		t.Errorf("%s: a message of the notes is missing", path)
	}
}

// TestWorkbookTypesItsCells finds numbers, truth values and days as such.
func TestWorkbookTypesItsCells(t *testing.T) {
	t.Parallel()
	f := workbook(t, quadSite(t).get("/initiatives.xlsx?sort=ref"))
	header := sheet(t, f, "initiatives")[0]
	for column, want := range map[string]excelize.CellType{
		"ref": excelize.CellTypeInlineString, "evidence_count": excelize.CellTypeUnset, "since": excelize.CellTypeUnset, "trackable": excelize.CellTypeBool,
	} {
		at, err := excelize.CoordinatesToCellName(slices.Index(header, column)+1, 2)
		if err != nil {
			t.Fatal(err)
		}
		if kind, err := f.GetCellType("initiatives", at); err != nil || kind != want { // numbers and days have no type of their own
			t.Errorf("%s: type %v, %v; want %v", column, kind, err, want)
		}
	}
}

// TestTextInAnswersIsNeverAFormula puts texts into the record that a spreadsheet could run.
func TestTextInAnswersIsNeverAFormula(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	titles := []string{`=HYPERLINK("http://localhost")`, "+1", "-1", "@SUM(A1)"}
	change := store.Change{Action: "import", Object: "evidence", Needs: models.PermitImport}
	err := st.Write(t.Context(), models.Program, change, func(tx *store.Tx) error {
		for i, title := range titles {
			e := models.Evidence{Ref: "aaa-" + string(rune('a'+i)), Title: title, Publisher: "x", Kind: "other", Langs: []models.Lang{"en"}, Extent: "full", Confidence: models.Verified}
			if err := tx.AddEvidence(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	f := workbook(t, newSite(t, st).get("/evidence.xlsx"))
	for i, title := range titles {
		at, err := excelize.CoordinatesToCellName(2, i+2)
		if err != nil {
			t.Fatal(err)
		}
		value, err := f.GetCellValue("evidence", at)
		kind, _ := f.GetCellType("evidence", at)
		formula, _ := f.GetCellFormula("evidence", at)
		if err != nil || value != title || kind != excelize.CellTypeInlineString || formula != "" {
			t.Errorf("%q became %q of type %v with the formula %q, %v", title, value, kind, formula, err)
		}
	}
}

// TestNotesOfAWorkbookSayWhatItShows reads the second sheet as somebody does who was sent the file.
func TestNotesOfAWorkbookSayWhatItShows(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	notes := func(address string) map[string][]string {
		t.Helper()
		all := map[string][]string{}
		for _, row := range sheet(t, workbook(t, s.get(address)), "notes") {
			row = append(row, make([]string, 5-len(row))...)
			key := row[0]
			if _, again := all[key]; again { // a line of the legend
				key += " " + row[2]
			}
			all[key] = row[1:]
		}
		return all
	}
	got := notes("/initiatives.xlsx?as_of=qscg-2023-12&country=JP&status=announced&limit=1")
	for name, want := range map[string][]string{
		"Item":                        {"項目", "Value 値", "English", "日本語"},
		"List":                        {"一覧", "initiatives", "Initiatives", "取組"},
		"Page with these rows":        {"この行を示すページ", "", "http://example.com/en/initiatives?as_of=qscg-2023-12&country=JP&limit=1&status=announced", "http://example.com/ja/initiatives?as_of=qscg-2023-12&country=JP&limit=1&status=announced"},
		"The same as data":            {"同じ内容のデータ", "http://example.com/initiatives.json?as_of=qscg-2023-12&country=JP&limit=1&status=announced", "", ""},
		"Filters (parameter = value)": {"絞り込み（パラメーター = 値）", "country = JP; limit = 1; status = announced", "", ""},
		"As of":                       {"時点", "2023-12-06", "6 December 2023", "2023年12月6日"},
		"Compared with":               {"比較", "2023-01-31", "31 January 2023", "2023年1月31日"},
		"Data version":                {"データ版", "1", "", ""},
		"Exported on":                 {"出力日", "2026-11-23", "", ""},
		"Status stalled":              {"状況", "stalled", "Stalled", "停滞"},
		"Review mark carried":         {"確認の状態", "carried", "Carried forward, not reviewed", "未確認・前回のまま"},
		"Evidence E2":                 {"根拠の等級", "E2", "E2 · official record", "E2・公的な記録"},
		"Change back":                 {"変化", "back", "↓ slipped", "↓ 後退"},
	} {
		if !slices.Equal(got[name], want) {
			t.Errorf("%s: %q; want %q", name, got[name], want)
		}
	}
	if terms := strings.Join(got["Terms and caution"], " "); !strings.Contains(terms, "CC BY 4.0") || !strings.Contains(terms, "no person has reviewed") || !strings.Contains(terms, "人による確認を経ていません") {
		t.Errorf("terms: %s", terms)
	}
	if next := got["Next page of rows"]; len(next) < 2 || !strings.HasPrefix(next[1], "http://example.com/initiatives.xlsx?after=") {
		t.Errorf("the notes of a page that is not the last lead to %q", next)
	}
	present := notes("/evidence.xlsx?vs=none&limit=200")
	if present["As of"][2] != "now" || present["Compared with"][2] != "nothing" || present["Filters (parameter = value)"][1] != "limit = 200" || present["Next page of rows"] != nil {
		t.Errorf("notes of the whole present: %q", present)
	}
}
