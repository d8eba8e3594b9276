package frontend

import (
	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// sampleMethod is the method with a rule of suggestion of each shape.
func sampleMethod(all locale.Catalogue) models.Method {
	m := all.Method()
	words := models.Text{EN: "A rule.", JA: "規則です。"}
	m.Suggestions = []models.SuggestionRules{{
		Lang: models.Japanese,
		Verbs: []models.SuggestionRule{
			{Name: "ja-a", Anchor: "suggest-ja-a", Example: "確認した", Patterns: []string{"確認した|<確認>"}, Strength: "reaffirm", Type: "position", Explain: words},
			{Name: "ja-b", Anchor: "suggest-ja-b", Example: "実施する", Strength: "will", Type: "work", Trackable: true, Explain: words},
		},
		Others:   []models.SuggestionRule{{Name: "ja-c", Anchor: "suggest-ja-c", Explain: words}, {Name: "ja-d", Anchor: "suggest-ja-d", Patterns: []string{"x"}, Type: "standing", Explain: words}},
		Measured: []models.SuggestionMeasured{{Statements: 5, Marks: 9, Suggested: 8, Matched: 7, Precision: 0.875, Recall: 0.778}, {HeldOut: true, Statements: 2}},
	}}
	return m
}
