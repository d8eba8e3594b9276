package represent

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	t.Parallel()
	offered := []Format{HTML, JSON, CSV}
	for _, c := range []struct {
		accept string
		want   Format
		ok     bool
	}{
		{"", HTML, true}, {"*/*", HTML, true}, {"application/json", JSON, true}, {"text/csv, application/json;q=0.9", CSV, true},
		{"text/html;q=0.1, application/json", JSON, true}, {"text/*", HTML, true}, {"text/*;q=0.5, text/csv", CSV, true},
		{"application/json;q=0, */*;q=0.1", HTML, true}, {"image/png", Format{}, false}, {"text/html;q=0", Format{}, false},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML, true}, {"nonsense", Format{}, false}, {"application/json;q=9", Format{}, false},
	} {
		if got, ok := Choose(c.accept, offered); got != c.want || ok != c.ok {
			t.Errorf("Choose(%q) = %s, %v; want %s, %v", c.accept, got.Name, ok, c.want.Name, c.ok)
		}
	}
}

func TestCutSuffix(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"/a.json": "/a json", "/a.csv": "/a csv", "/a.xlsx": "/a xlsx", "/a.zip": "/a zip", "/a": "/a ", "/a.b": "/a.b ", "/": "/ "} {
		path, f, _ := CutSuffix(in)
		if got := path + " " + f.Name; got != want {
			t.Errorf("CutSuffix(%q) = %q; want %q", in, got, want)
		}
	}
}

func TestNeutralise(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\x00x", "＝1", "＋1", "－1", "＠x"} {
		if got := Neutralise(bad); got != "'"+bad {
			t.Errorf("Neutralise(%q) = %q; a spreadsheet could run it", bad, got)
		}
	}
	for _, good := range []string{"", "a=b", "2023-12-05", "日本", "1-2"} {
		if got := Neutralise(good); got != good {
			t.Errorf("Neutralise(%q) = %q; want it unchanged", good, got)
		}
	}
}

// TestCSVRoundTrip writes random cells and reads them back; only the formula guard may differ.
func TestCSVRoundTrip(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 9))
	letters := []rune("ab,\";\n\r'=＝+-@ 日本ｻ\u3000𠮷")
	cell := func() string {
		n := r.IntN(8)
		out := make([]rune, n)
		for i := range out {
			out[i] = letters[r.IntN(len(letters))]
		}
		return string(out)
	}
	var rows [][2]string
	for range 2000 {
		rows = append(rows, [2]string{cell(), cell()})
	}
	table := Tabulate([]Column[[2]string]{{Name: "a", Value: func(r [2]string) string { return r[0] }}, {Name: "b", Value: func(r [2]string) string { return r[1] }}}, rows)
	for _, excel := range []bool{false, true} {
		var b bytes.Buffer
		if err := WriteCSV(&b, table, excel); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if strings.HasPrefix(text, bom) != excel {
			t.Errorf("excel %v: byte-order mark %v", excel, strings.HasPrefix(text, bom))
		}
		got, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, bom))).ReadAll()
		if err != nil || len(got) != len(rows)+1 {
			t.Fatalf("read back %d rows, %v; want %d", len(got), err, len(rows)+1)
		}
		for i, row := range rows {
			for j := range row {
				// RFC 4180 line ends: the reader gives \n for \r\n.
				want := strings.ReplaceAll(Neutralise(row[j]), "\r\n", "\n")
				if have := strings.ReplaceAll(got[i+1][j], "\r\n", "\n"); have != want && strings.ReplaceAll(have, "\r", "") != strings.ReplaceAll(want, "\r", "") {
					t.Fatalf("row %d: got %q; want %q", i, have, want)
				}
			}
		}
	}
}
