package grams

import (
	"strings"
	"testing"
)

// marked writes a text with brackets around what a query finds in it.
func marked(text, query string) string {
	var b strings.Builder
	at := 0
	for _, s := range Spans(text, Parse(query)) {
		b.WriteString(text[at:s.Start] + "[" + text[s.Start:s.End] + "]")
		at = s.End
	}
	return b.String() + text[at:]
}

func TestWordsAreMarkedWhereTheyStand(t *testing.T) {
	for _, c := range []struct{ text, query, want string }{
		{"能力構築を強化する", "強化", "能力構築を[強化]する"},
		{"核融合と原子核", "核", "[核]融合と原子[核]"},
		{"サイバーセキュリティ", "ｻｲﾊﾞｰ", "[サイバー]セキュリティ"},
		{"ｻｲﾊﾞｰ攻撃", "サイバー攻撃", "[ｻｲﾊﾞｰ攻撃]"},
		{"Cyber-Security for all", "cybersecurity", "[Cyber-Security] for all"},
		{"cyber security", "CYBERSECURITY", "[cyber security]"},
		{"cybersecurity", "cyber-security", "[cybersecurity]"},
		{"cybersecurity", "cyber security", "[cybersecurity]"},
		{"cybersecurity", "cyber", "[cyber]security"},
		{"cyber security", "cybersec", "[cyber sec]urity"},
		{"maritime", "tim", "maritime"},
		{"AI技術の利用", "ai技術", "[AI技術]の利用"},
		{"技術AI", "技術AI", "[技術AI]"},
		{"技術とAI", "技術AI", "技術とAI"},
		{"café Kōichi", "cafe koichi", "[café Kōichi]"},
		{"市川恵一 Keiichi Ichikawa", "ichikawa 市川", "[市川]恵一 Keiichi [Ichikawa]"},
		{"防衛省", "防衛\u3000省", "[防衛省]"},
		{"साइबर सुरक्षा", "सुरक्षा", "साइबर [सुरक्षा]"},
		{"one AND two", `"AND"`, "one [AND] two"},
		{"zz zebra", "z", "[z]z [z]ebra"},
		{"a.b", "…—", "a.b"},
	} {
		if got := marked(c.text, c.query); got != c.want {
			t.Errorf("%q in %q: got %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

func TestCodesKeepPrefixes(t *testing.T) {
	words := []string{"z", "zx", "zz", "a", "ab", "防", "防衛", "é", "éa", "zx009632"}
	for _, a := range words {
		for _, b := range words {
			if got, want := strings.HasPrefix(encode(b), encode(a)), strings.HasPrefix(b, a); got != want {
				t.Errorf("code of %q before that of %q: %v, want %v", a, b, got, want)
			}
		}
	}
}

func TestLongTextsAreCutIntoPiecesThatOverlap(t *testing.T) {
	pieces := Pieces(strings.Repeat("あいうえお", 500))
	if len(pieces) < 4 {
		t.Fatalf("%d pieces of 2,500 characters", len(pieces))
	}
	for i, p := range pieces {
		if n := len(strings.Fields(p)); n > 2*pieceTokens {
			t.Errorf("piece %d has %d tokens", i, n)
		}
	}
	first, second := strings.Fields(pieces[0]), strings.Fields(pieces[1])
	if strings.Join(first[pieceTokens-overlap:], " ") != strings.Join(second[:overlap], " ") {
		t.Error("the second piece does not begin with the end of the first")
	}
}

func FuzzAnyQueryIsTakenLiterally(f *testing.F) {
	for _, q := range []string{`"`, "*", "NEAR(", "a AND -b", "核", "👩‍👩‍👧", "\x00", "ｶﾞ", "a\u0301", "zy"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		words := Parse(q)
		for _, w := range words {
			for _, s := range []string{w.FTS5(), w.TSQuery()} {
				if strings.Trim(s, `abcdefghijklmnopqrstuvwxyz0123456789" *OR|<->():`) != "" {
					t.Errorf("%q is written as %q", q, s)
				}
			}
		}
		if len(words) > 0 && len([]rune(q)) < 100 && len(Spans(q, words)) == 0 {
			t.Errorf("%q does not find itself", q)
		}
	})
}
