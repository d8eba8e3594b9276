package storetest

import (
	"context"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// EarlierSlug is the statement that Earlier adds.
const EarlierSlug = "qscg-2023-01"

// Earlier adds a statement before that of the Quad record, written for tests: paragraphs with much of its words, with
// other words on the same initiative at another place, and with words that it dropped.
func Earlier(t testing.TB, s *store.Store) {
	t.Helper()
	body := func(ref, en, ja string) models.Paragraph {
		p := models.Paragraph{Ref: ref, Texts: map[models.Lang]string{models.English: en}}
		if ja != "" {
			p.Texts[models.Japanese] = ja
		}
		return p
	}
	st := models.Statement{Slug: EarlierSlug, Meeting: "qscg-2023-01", Title: models.Text{EN: "Sample statement of an earlier meeting", JA: "以前の会合の見本声明"}, IssuedOn: models.NewDate(2023, 1, 31),
		Paragraphs: []models.Paragraph{
			body("p1", "Together, we commit to an Indo-Pacific that is resilient and able to deter cyber attacks. Quad countries are undertaking efforts to provide training in the Indo-Pacific region to strengthen the ability to defend their government networks from cyber disruptions.",
				"我々は共に、強靱かつサイバー攻撃を抑止する能力があるインド太平洋にコミットする。日米豪印は、インド太平洋地域において研修を提供し、サイバー攻撃からそれぞれの政府ネットワークを守る能力を強化させることに努めている。"),
			body("p2", "We will study the landing points of undersea cables.\u00a0A first report follows.", "我々は、海底ケーブルの陸揚げ地点を調査する。\u3000最初の報告書を作成する。"),
			body("p3", "We reaffirmed the application of international law to cyberspace.", "我々は、サイバー空間への国際法の適用を再確認した。"),
			body("p4", "We intend to publish a joint calendar of exercises every spring.", ""),
		}}
	commitments := []models.Commitment{
		earlier("QSCG-2023-01-P01-1", "p1", "commit", "commit", "we commit to an Indo-Pacific that is resilient", "強靱かつサイバー攻撃を抑止する能力があるインド太平洋にコミットする", "QSCG-RESILIENT-INDO-PACIFIC"),
		earlier("QSCG-2023-01-P01-2", "p1", "are undertaking efforts", "undertake", "are undertaking efforts to provide training", "研修を提供し", "QSCG-DEFENSIVE-CAPACITY"),
		earlier("QSCG-2023-01-P02-1", "p2", "will study", "will", "will study the landing points of undersea cables", "海底ケーブルの陸揚げ地点を調査する", "QSCG-UNDERSEA-CABLES"),
		earlier("QSCG-2023-01-P04-1", "p4", "intend", "intend", "intend to publish a joint calendar of exercises", ""),
	}
	err := s.Write(context.Background(), models.Program, store.Change{Action: "import", Object: "statement:" + EarlierSlug, Needs: models.PermitImport}, func(tx *store.Tx) error {
		if err := tx.AddStatement(st); err != nil {
			return err
		}
		for _, c := range commitments {
			if err := tx.AddCommitment(c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// earlier is a commitment of the statement that Earlier adds.
func earlier(code, paragraph, verb, strength, en, ja string, initiatives ...string) models.Commitment {
	c := models.Commitment{Code: code, Statement: EarlierSlug, Paragraph: paragraph, Kind: "commitment", Verb: verb, Strength: strength, Trackable: true,
		Initiatives: initiatives, Words: map[models.Lang]models.Marked{models.English: {Exact: en}}}
	if ja != "" {
		c.Words[models.Japanese] = models.Marked{Exact: ja}
	}
	return c
}
