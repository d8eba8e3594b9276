package frontend

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// sampleComparison is two editions of one statement and another one of the same meeting: a paragraph of each relation, in
// English and Japanese, with turned strengths.
func sampleComparison() models.Comparison {
	side := func(slug string, edition, editions int) models.ComparedStatement {
		return models.ComparedStatement{Slug: slug, Edition: edition, Editions: editions, Meeting: "qscg-2023-12", Title: long, EndsOn: models.NewDate(2023, 12, 6)}
	}
	words := func(pieces ...string) []models.DiffPiece {
		var all []models.DiffPiece
		for i, p := range pieces {
			if p != "" {
				all = append(all, models.DiffPiece{Op: []string{models.OpSame, models.OpRemoved, models.OpAdded}[i%3], Text: p})
			}
		}
		return all
	}
	both := func(en, ja []models.DiffPiece) map[models.Lang][]models.DiffPiece {
		return map[models.Lang][]models.DiffPiece{models.English: en, models.Japanese: ja}
	}
	return models.Comparison{A: side("s", 1, 2), B: side("t", 1, 1), Languages: models.Langs[:], Choices: []models.ComparedStatement{side("s", 2, 2), side("t", 1, 1)},
		Summary: models.ComparisonSummary{Same: 1, Changed: 1, Moved: 1, Added: 1, Removed: 1, Shared: 0.624, Kept: 8, Fresh: 3, Left: 1},
		Rows: []models.ComparedRow{
			{A: "p1", B: "p1", Relation: models.ParagraphSame, Texts: both(words("The <same>."), words("同じ。"))},
			{A: "p4", B: "p2", Relation: models.ParagraphMoved, Texts: both(words("We ", "commit", "intend", " to act.", "\r\n", "\n"), words("我々は", "約束", "意図", "する。")),
				Strengths:   []models.StrengthChange{{From: "A-1", To: "B-1", Was: "commit", Is: "intend", Verbs: [2]string{"commit", "intend"}, Turn: models.TurnWeaker}, {From: "A-2", To: "B-2", Was: "discuss", Is: "will", Turn: models.TurnStronger}},
				Initiatives: []models.Reference{{Ref: "I", Title: long}, {Ref: "J", Title: models.Text{JA: "日本語のみ"}}}},
			{A: "p5", B: "p3", Relation: models.ParagraphChanged, Texts: map[models.Lang][]models.DiffPiece{models.English: words(strings.Repeat("long", 400), "\u202e\u200b", "\u00a0")}},
			{A: "p6", Relation: models.ParagraphRemoved, Texts: both(words("", "Gone."), words("", "削除。"))},
			{B: "p4", Relation: models.ParagraphAdded, Texts: both(words("", "", "New."), nil)},
		}}
}

// compareSamples are comparisons: none, the same, of every relation, in every language and layout.
func compareSamples(f framer) map[string]templ.Component {
	page := func(c models.Comparison, only, unified bool, q url.Values) templ.Component {
		return NewCompare(f("/compare", q), c, only, unified)
	}
	whole, same, foreign := sampleComparison(), sampleComparison(), sampleComparison()
	same.Rows, same.Summary = same.Rows[:1], models.ComparisonSummary{Same: 1, Shared: 1}
	foreign.Languages = []models.Lang{}
	for i := range foreign.Rows {
		foreign.Rows[i].Texts = nil
	}
	return map[string]templ.Component{
		"compare, empty":         page(models.Comparison{}, false, false, nil),
		"compare, one":           page(models.Comparison{Choices: whole.Choices[1:]}, false, false, nil),
		"compare, the same":      page(same, true, false, url.Values{"only": {"changes"}}),
		"compare, many":          page(whole, false, false, url.Values{"text": {"both"}}),
		"compare, own language":  page(whole, false, false, nil),
		"compare, Japanese":      page(whole, false, false, url.Values{"text": {"ja"}}),
		"compare, one column":    page(whole, true, true, url.Values{"view": {"unified"}, "only": {"changes"}}),
		"compare, no language":   page(foreign, false, false, nil),
		"compare, with an error": NewCompare(noticed(f), whole, false, false),
		"compare, too different": Failed(f("/compare", nil), Failure{Status: 422, Title: "t", Happened: "h", Safe: "s", Next: "n", Links: []LeadPart{{Text: "a", URL: "/"}}}),
	}
}

// noticed is a page that left out a value it did not know.
func noticed(f framer) Frame {
	fr := f("/compare", url.Values{"b": {"t"}})
	fr.Notices = []string{"The value “x” was left out."}
	return fr
}
