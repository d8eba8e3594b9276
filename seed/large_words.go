package seed

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Words that the sample is made of: what is done, and to what.
var (
	actions = []models.Text{
		{EN: "publish", JA: "公表"}, {EN: "review", JA: "見直し"}, {EN: "test", JA: "試験"}, {EN: "extend", JA: "拡大"}, {EN: "share", JA: "共有"}, {EN: "align", JA: "整合"},
		{EN: "fund", JA: "資金提供"}, {EN: "train", JA: "研修"}, {EN: "secure", JA: "保護"}, {EN: "map", JA: "把握"}, {EN: "adopt", JA: "採択"}, {EN: "measure", JA: "測定"},
		{EN: "repair", JA: "修復"}, {EN: "host", JA: "主催"}, {EN: "certify", JA: "認証"}, {EN: "translate", JA: "翻訳"}, {EN: "monitor", JA: "監視"}, {EN: "open", JA: "開放"},
	}
	subjects = []models.Text{
		{EN: "harbours", JA: "港湾"}, {EN: "satellites", JA: "衛星"}, {EN: "labels", JA: "ラベル"}, {EN: "forests", JA: "森林"}, {EN: "archives", JA: "文書館"}, {EN: "ledgers", JA: "台帳"},
		{EN: "cables", JA: "ケーブル"}, {EN: "clinics", JA: "診療所"}, {EN: "vaccines", JA: "ワクチン"}, {EN: "bridges", JA: "橋梁"}, {EN: "grids", JA: "送電網"}, {EN: "fisheries", JA: "漁業"},
		{EN: "standards", JA: "規格"}, {EN: "batteries", JA: "電池"}, {EN: "chips", JA: "半導体"}, {EN: "schools", JA: "学校"}, {EN: "rivers", JA: "河川"}, {EN: "airports", JA: "空港"},
		{EN: "software", JA: "ソフトウェア"}, {EN: "exercises", JA: "演習"}, {EN: "sensors", JA: "センサー"}, {EN: "minerals", JA: "鉱物"}, {EN: "visas", JA: "査証"}, {EN: "ports", JA: "ポート"},
		{EN: "payments", JA: "決済"}, {EN: "libraries", JA: "図書館"}, {EN: "railways", JA: "鉄道"}, {EN: "shelters", JA: "避難所"}, {EN: "reactors", JA: "原子炉"}, {EN: "wetlands", JA: "湿地"},
	}
)

// phrase is the n-th pair of an action and a subject.
func phrase(n int) models.Text {
	a, s := actions[n%len(actions)], subjects[(n*7)%len(subjects)]
	return models.Text{EN: "Sample topic: " + a.EN + " " + s.EN, JA: "見本の主題：" + s.JA + "の" + a.JA}
}

// title is the title of an initiative, which its number makes its own.
func title(dice *rand.Rand, n int) models.Text {
	w := words(dice, 2)
	return models.Text{EN: fmt.Sprintf("Sample %d: %s", n, w.EN), JA: fmt.Sprintf("見本%d：%s", n, w.JA)}
}

// words are n words in English, and as many pieces in Japanese.
func words(dice *rand.Rand, n int) models.Text {
	var en, ja []string
	for range (n + 1) / 2 {
		a, s := actions[dice.IntN(len(actions))], subjects[dice.IntN(len(subjects))]
		en, ja = append(en, a.EN+" "+s.EN), append(ja, s.JA+"の"+a.JA)
	}
	return models.Text{EN: strings.Join(en, ", "), JA: strings.Join(ja, "、")}
}

func city(n int) models.Text {
	return models.Text{EN: fmt.Sprintf("Sample City %d", n%97), JA: fmt.Sprintf("見本市%d", n%97)}
}
