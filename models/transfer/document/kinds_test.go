package document

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
)

// TestKinds writes the kinds as one letter each: t title, f words of the issuer, p paragraph, o outside.
func TestKinds(t *testing.T) {
	t.Parallel()
	e, j, f := english, japanese, french
	for _, c := range []struct {
		name string
		lang models.Lang
		text []string
		want string
	}{
		{"a page around a text", "en", []string{"Home > News > Press releases", "March 3, 2025", e[0], "Share this page", e[1], e[2], e[3], "### END", "Related links", "Second meeting of the group", "https://example.org/a"}, "ootofppoooo"},
		{"a Japanese page", "ja", []string{"トップページ > 報道発表", j[0], "令和7年3月3日", j[1], j[2], "（了）", "関連リンク", "会合の結果", "このページのトップへ戻る"}, "otofpoooo"},
		{"a French page", "fr", []string{"Accueil > Actualités", "3 mars 2025", f[0], f[1], f[2], "Haut de page"}, "ootfpo"},
		{"nothing around it", "en", e[2:], "pppp"},
		{"furniture in the midst stays", "en", []string{e[2], "March 3, 2025", "https://example.org/", "###", e[3]}, "ppppp"},
		{"authors who announce their own text", "en", []string{e[0], "We, the ministers, have issued the following joint statement.", e[3]}, "tpp"},
		{"a heading of a section is no title", "en", []string{e[0], "Safety of ports", e[2]}, "tpp"},
		{"a title alone", "en", []string{e[0]}, "p"},
		{"a sentence about a statement", "en", []string{"This joint statement was long.", e[2]}, "pp"},
		{"a form of address", "en", []string{"Joint statement of the ministers:", e[2]}, "pp"},
		{"a page number and a copyright", "en", []string{"1/2", e[2], "© Ministry 2025", "2/2"}, "opoo"},
		{"a place and a date belong to the text", "en", []string{e[2], "Harbour City, March 3, 2025"}, "pp"},
		{"short paragraphs after a word that ends nothing", "en", []string{e[2], "Links between ports", "Cables"}, "ppp"},
		{"a sentence after related links", "en", []string{e[2], "Related links", "We will meet again."}, "ppp"},
		{"a language without data", "th", []string{"เราพบกัน", "เราเห็นพ้อง"}, "pp"},
		{"a Japanese statement issued as an attachment", "ja", []string{"共同声明（仮訳）", "3月3日、会合後に、別添の共同声明が発出されました。", j[2]}, "tfp"},
		{"a sheet of facts", "en", []string{"Fact Sheet", e[2]}, "tp"},
		{"marks of emphasis", "en", []string{"**" + e[0] + "**", e[2], "* * *"}, "tpo"},
	} {
		var blocks []block
		for _, text := range c.text {
			blocks = append(blocks, block{text: text})
		}
		var got strings.Builder
		for _, k := range kinds(blocks, c.lang) {
			got.WriteString(map[Kind]string{Title: "t", Preface: "f", Paragraph: "p", Outside: "o"}[k])
		}
		if got.String() != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got.String(), c.want)
		}
	}
}

// TestPhrasesAreInOrder compiles every expression, since one that does not would switch its family off.
func TestPhrasesAreInOrder(t *testing.T) {
	t.Parallel()
	p := wording()
	check := func(where string, all []string) {
		if len(all) == 0 {
			t.Errorf("%s is empty", where)
		}
		for _, e := range all {
			if _, err := regexp.Compile(e); err != nil || e == "" {
				t.Errorf("%s: %q: %v", where, e, err)
			}
		}
	}
	for name, by := range map[string]map[models.Lang][]string{"title": p.Title, "preface": p.Preface, "own": p.Own} {
		for lang, all := range by {
			check(name+" "+string(lang), all)
		}
		if by["en"] == nil || by["ja"] == nil || by["fr"] == nil {
			t.Errorf("%s lacks a language", name)
		}
	}
	for lang, all := range p.Page {
		check("page "+lang, all)
	}
	check("tail", p.Tail)
	if p.page == nil || p.tail == nil {
		t.Error("the expressions of pages do not compile together")
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]models.Lang{
		strings.Join(english, "\n"): "en", strings.Join(japanese, "\n"): "ja", strings.Join(french, "\n"): "fr",
		english[0]: "en", japanese[0]: "ja", french[0]: "fr", japanese[5] + " QSCG Internet of Things": "ja",
		"Wir bekräftigen unsere gemeinsame Verpflichtung zu einem freien und offenen Meer.":     "de",
		"Reafirmamos nuestro compromiso con un mar abierto y seguro para todos los Estados.":    "es",
		"Reafirmamos o nosso compromisso com um mar aberto e seguro para todos os Estados.":     "pt",
		"Riaffermiamo il nostro impegno per un mare aperto e sicuro per tutti gli Stati.":       "it",
		"Wij bevestigen onze inzet voor een open en veilige zee voor alle landen.":              "nl",
		"Kami menegaskan kembali komitmen kami untuk laut yang terbuka dan aman bagi semua.":    "id",
		"Chúng tôi tái khẳng định cam kết của chúng tôi đối với một vùng biển tự do và rộng mở": "vi",
		"우리는 자유롭고 열린 바다에 대한 약속을 재확인한다.":                                                         "ko",
		"我们重申对自由开放的海洋的承诺。":                                                                      "zh",
		"हम एक मुक्त और खुले समुद्र के प्रति अपनी प्रतिबद्धता दोहराते हैं।":                     "hi",
		"Мы подтверждаем приверженность свободному и открытому морю.":                           "ru",
		"Ми підтверджуємо відданість вільному та відкритому морю і безпеці.":                    "uk",
		"نؤكد من جديد التزامنا ببحر حر ومفتوح.":                                                 "ar",
		"ما بر تعهد خود به دریای آزاد و باز پای می\u200cفشاریم.":                                "fa",
		"เรายืนยันความมุ่งมั่นต่อทะเลที่เสรีและเปิดกว้าง":                                       "th",
		"Επιβεβαιώνουμε τη δέσμευσή μας για μια ελεύθερη θάλασσα.":                              "el",
		"אנו מאשרים מחדש את מחויבותנו לים חופשי ופתוח.":                                         "he",
		"": "", "2023-12-14": "", "共同声明": "", "QSCG": "", "... !": "", "\xff\xfe": "",
		"首席代表会談における海底ケーブルの安全に関する共同声明、ASEAN": "ja",
	} {
		if got := Detect(text); got != want {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
	}
	t.Run("names_scripts_that_Unicode_has", func(t *testing.T) {
		l := languages()
		for n, s := range l.Scripts {
			if unicode.Scripts[s.Script] == nil {
				t.Errorf("there is no script %q at %d", s.Script, n)
			}
		}
		if l.Scripts[latinLetters].Script != "Latin" || l.Scripts[ja].Lang != "ja" || l.Scripts[zh].Lang != "zh" || len(l.Scripts) > maxScripts {
			t.Error("the scripts are not where they are looked for")
		}
	})
	t.Run("has_words_for_every_language_it_names", func(t *testing.T) {
		l := languages()
		for _, lang := range l.Order {
			if len(strings.Fields(l.Words[lang])) < 10 {
				t.Errorf("%s has hardly any words", lang)
			}
		}
		if diff := cmp.Diff(len(l.Order), len(l.Words)); diff != "" {
			t.Error(diff)
		}
	})
}
