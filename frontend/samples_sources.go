package frontend

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

func sampleEvidence() models.Evidence {
	return models.Evidence{Ref: "e-1", Title: long.EN, Publisher: "内閣官房", Kind: "official_primary", Langs: models.Langs[:], PublishedOn: models.NewDate(2023, 12, 6), AccessedOn: models.NewDate(2026, 11, 1),
		URL: "https://www.example.org/a", Extent: "full", Note: "全文を確認した。", Confidence: models.Verified, Initiatives: []string{"QSCG-SAMPLE"}}
}

// bareEvidence has no address, no day and no use.
func bareEvidence() models.Evidence {
	return models.Evidence{Ref: "e-2", Title: "報道", Publisher: "B", Kind: "other", Extent: "excerpt", Confidence: models.FromStatement}
}

func sampleNote() models.SearchNote {
	return models.SearchNote{Ref: "note-1", Initiative: "QSCG-SAMPLE", Title: long, SearchedOn: models.NewDate(2026, 11, 23), Where: "The sites of four governments", Queries: []string{"Quad 2025", "日米豪印 <2025>"}, Result: long, Caution: models.Text{EN: "English alone."}, Suggested: models.Stalled}
}

// sourceSamples are evidence and search notes.
func sourceSamples(f framer) map[string]templ.Component {
	full := models.EvidenceRecord{Evidence: sampleEvidence(),
		Bears: []models.Bearing{
			{Initiative: "QSCG-SAMPLE", Title: long, Country: "JP", Update: 7, Status: models.Delivered, On: models.NewDate(2024, 1, 2), Note: long, Stance: "supports", Grade: models.Independent},
			{Initiative: "QSCG-SAMPLE", Title: models.Text{JA: "日本語のみ"}, On: models.NewDate(2024, 1, 1), Stance: "context", Grade: models.Searched},
		},
		Cited: []models.RecordRef{{Kind: "meeting", Ref: "qscg-2023-12"}, {Kind: "contradiction", Ref: "x", Title: long}, {Kind: "delegate", Ref: "a", Title: models.Text{JA: "市川恵一"}}}}
	return map[string]templ.Component{
		"evidence list, empty":                  EvidenceList(f("/evidence", nil), listOf[models.Evidence]()),
		"evidence list, many":                   EvidenceList(f("/evidence", nil), listOf(sampleEvidence(), bareEvidence())),
		"evidence, full":                        Evidence(f("/evidence/e-1", nil), full),
		"evidence, no address, undated, unused": Evidence(f("/evidence/e-2", nil), models.EvidenceRecord{Evidence: bareEvidence()}),
		"search notes, empty":                   SearchNotes(f("/search-notes", nil), listOf[models.SearchNote]()),
		"search notes, many":                    SearchNotes(f("/search-notes", nil), listOf(sampleNote(), models.SearchNote{Ref: "note-2", Title: models.Text{JA: "日本語のみ"}, SearchedOn: models.NewDate(2026, 11, 1)})),
		"search note":                           SearchNote(f("/search-notes/note-1", nil), sampleNote()),
		"search note, Japanese alone":           SearchNote(f("/search-notes/note-2", nil), models.SearchNote{Ref: "note-2", Initiative: "QSCG-SAMPLE", Title: models.Text{JA: "日本語のみ"}, SearchedOn: models.NewDate(2026, 11, 1), Suggested: models.NoPublicAction}),
	}
}

// foundIn is a snippet whose middle was looked for.
func foundIn(part string, l models.Lang, before, word, after string) models.Snippet {
	return models.Snippet{Part: part, Lang: l, Pieces: []models.Piece{{Text: before}, {Text: word, Found: true}, {Text: after}}, Before: true, After: true}
}

// sampleHits is one hit of every kind, with snippets in both languages.
func sampleHits() *models.List[models.Hit] {
	list := listOf(
		models.Hit{Kind: "initiative", Ref: "QSCG-SAMPLE", Path: "/initiatives/QSCG-SAMPLE", Title: long, On: models.NewDate(2023, 12, 6), Status: models.UnderWay, Snippets: []models.Snippet{foundIn("title", models.English, "a ", "<cyber>", " b"), foundIn("summary", models.Japanese, "前", "サイバー", "後")}},
		models.Hit{Kind: "commitment", Ref: "C-P04-1", Path: "/commitments/C-P04-1", Title: models.Text{JA: "日本語のみ"}, Snippets: []models.Snippet{foundIn("words", models.Japanese, "", "サイバー", "")}},
		models.Hit{Kind: "statement", Ref: "s#p4", Path: "/statements/s#p4", Title: models.Text{EN: "Statement", JA: "声明"}, On: models.NewDate(2023, 12, 6), Snippets: []models.Snippet{foundIn("paragraph", models.English, "", "cyber", "")}},
		models.Hit{Kind: "statement", Ref: "s", Path: "/statements/s", Title: models.Text{EN: "Statement", JA: "声明"}},
		models.Hit{Kind: "meeting", Ref: "qscg-2023-12", Path: "/meetings/qscg-2023-12", Title: sampleForum, On: models.NewDate(2023, 12, 6), Snippets: []models.Snippet{foundIn("city", "", "", "東京", "")}},
		models.Hit{Kind: "delegate", Ref: "a", Path: "/delegates/a", Title: models.Text{JA: "市川恵一"}, Snippets: []models.Snippet{foundIn("variants", "", "", "ICHIKAWA", "")}},
		models.Hit{Kind: "evidence", Ref: "e-1", Path: "/evidence/e-1", Title: models.Text{EN: "報道"}, Snippets: []models.Snippet{foundIn("publisher", "", "", "官房", "")}},
	)
	kinds := make([]models.Facet, 0, len(models.SearchKinds))
	for _, k := range models.SearchKinds {
		kinds = append(kinds, models.Facet{Value: k, Count: 1})
	}
	list.Facets = map[string][]models.Facet{"kind": kinds}
	return list
}

// searchSamples are the page of a search.
func searchSamples(f framer) map[string]templ.Component {
	return map[string]templ.Component{
		"search, no words":      NewSearch(f("/search", nil), listOf[models.Hit]()),
		"search, nothing found": NewSearch(f("/search", url.Values{"q": {"<b>nothing</b>"}, "lang": {"ja"}}), listOf[models.Hit]()),
		"search, many kinds":    NewSearch(f("/search", url.Values{"q": {"サイバー"}}), sampleHits()),
		"search, one kind":      NewSearch(f("/search", url.Values{"q": {"cyber"}, "kind": {"initiative"}, "as_of": {"2023-12-06"}}), sampleHits()),
	}
}
