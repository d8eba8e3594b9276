package align

import (
	"slices"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// has reads a text and reports whether it shows all of the features.
func has(t *testing.T, lang models.Lang, body string, want ...feature) bool {
	t.Helper()
	g, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	all, err := profiles(t.Context(), Text{Lang: lang, Body: body, Paragraphs: []models.Span{{From: 0, To: len(body)}}}, g)
	if err != nil {
		t.Fatal(err)
	}
	return !slices.ContainsFunc(want, func(f feature) bool { return !slices.Contains(all[0].features, f) })
}

func number(v string) feature { return newFeature(kindNumber, v) }
func figure(v string) feature { return newFeature(kindFigure, v) }

func TestNumbersAreTheSameHoweverWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang models.Lang
		body string
		want []feature
	}{
		{"en", "5-6 December 2023", []feature{number("5"), number("6"), month(12), figure("2023")}},
		{"en", "December 5 and 6", []feature{number("5"), number("6"), month(12)}},
		{"ja", "12月5日及び6日", []feature{number("5"), number("6"), month(12)}},
		{"ja", "１２月５日", []feature{number("5"), month(12)}},
		{"ja", "十二月五日", []feature{number("5"), month(12)}},
		{"fr", "le 1er août 2025", []feature{number("1"), month(8), figure("2025")}},
		{"en-GB", "14 May", []feature{month(5), figure("14")}},
		{"ja", "令和5年", []feature{figure("2023")}},
		{"ja", "二〇二三年", []feature{figure("2023")}},
		{"ja", "第三回", []feature{number("3")}},
		{"en", "the third meeting", []feature{number("3")}},
		{"en", "the 3rd meeting", []feature{number("3")}},
		{"fr", "la troisième réunion", []feature{number("3")}},
		{"en", "12,000,000 dollars", []feature{figure("12000000")}},
		{"en", "12 million dollars", []feature{figure("12000000")}},
		{"fr", "12 millions de dollars", []feature{figure("12000000")}},
		{"fr", "12 000 000 de dollars", []feature{figure("12000000")}},
		{"ja", "1,200万ドル", []feature{figure("12000000")}},
		{"ja", "1億2,000万ドル", []feature{figure("120000000")}},
		{"fr", "1,5 milliard d'euros", []feature{figure("1500000000")}},
		{"en", "1.5 billion euros", []feature{figure("1500000000")}},
		{"ja", "二十五か国", []feature{figure("25")}},
	} {
		if !has(t, c.lang, c.body, c.want...) {
			t.Errorf("%s %q does not show all its numbers", c.lang, c.body)
		}
	}
	for _, c := range []struct {
		lang models.Lang
		body string
		not  feature
	}{
		{"en", "Members may decide.", month(5)},
		{"en", "May we decide?", month(5)},
		{"ja", "一致した", number("1")},
		{"ja", "12月5日", number("12")},
		{"en", "5G networks", number("5")},
	} {
		if has(t, c.lang, c.body, c.not) {
			t.Errorf("%s %q shows a number that it does not hold", c.lang, c.body)
		}
	}
}

func TestNamesSoundAlike(t *testing.T) {
	t.Parallel()
	for latin, kana := range map[string]string{
		"Hansford": "ハンスフォード", "Nair": "ナイール", "Neuberger": "ニューバーガー", "Hamish": "ハミッシュ", "Valparaiso": "バルパライソ", "network": "ネットワーク",
		"software": "ソフトウェア", "security": "セキュリティ", "Mombasa": "モンバサ",
	} {
		if got, want := soundOfLatin(fold(latin)), soundOfKana([]rune(kana)); got != want {
			t.Errorf("%s sounds %q, %s sounds %q", latin, got, kana, want)
		}
	}
}

func TestGlossaryTermsAreFoundInAllForms(t *testing.T) {
	t.Parallel()
	e, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	id := func(english string) feature {
		n := slices.IndexFunc(e.Terms, func(row map[string][]string) bool { return slices.Contains(row["en"], english) })
		if n < 0 {
			t.Fatalf("the glossary lacks %q", english)
		}
		return kindTerm | feature(n)
	}
	for _, c := range []struct {
		lang models.Lang
		body string
		want feature
	}{
		{"en", "We REAFFIRMED it.", id("reaffirm*")}, {"fr", "Nous réaffirmons", id("reaffirm*")}, {"ja", "再確認する", id("reaffirm*")},
		{"en", "critical infrastructures", id("critical infrastructure")}, {"fr", "les infrastructures critiques", id("critical infrastructure")}, {"ja", "重要インフラ", id("critical infrastructure")},
		{"ja", "サイバー・セキュリティ", id("cybersecurity")}, {"ja", "ｻｲﾊﾞｰ攻撃", id("cyber attack*")}, {"fr", "chaînes d’approvisionnement", id("supply chain")},
	} {
		if !has(t, c.lang, c.body, c.want) {
			t.Errorf("%s %q does not show its term", c.lang, c.body)
		}
	}
	perLang := map[string]int{}
	for _, row := range e.Terms {
		for lang := range row {
			perLang[lang]++
		}
		if len(row) < 2 {
			t.Errorf("%v stands alone", row)
		}
	}
	if perLang["en"] < 150 || perLang["ja"] < 150 || perLang["fr"] < 120 {
		t.Errorf("the glossary has %v terms", perLang)
	}
	t.Logf("terms: %v", perLang)
}
