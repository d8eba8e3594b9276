package frontend

import (
	"strings"

	"github.com/followthrough/followthrough/models"
)

// tableComponents are the tables that stand on several pages.
func tableComponents(f Frame) []ComponentSample {
	japanese := sampleInitiative(models.Text{JA: "日本語だけの題名"}, models.Dropped)
	return []ComponentSample{
		{"initiatives, one", initiativeRows(f, "one", sampleInitiatives()[:1])},
		{"initiatives, many", initiativeRows(f, "many", sampleInitiatives())},
		{"initiatives, longest, English alone, Japanese alone", initiativeRows(f, "long", []models.Initiative{longest(), englishAlone(), japanese})},
		{"what moved", movedTable(f, append(sampleInitiatives()[:3], longest()))},
		{"countries' parts", partsTable(f, models.InitiativeRecord{Initiative: models.Initiative{Parts: []models.Part{
			{Country: "JP", CountryName: japan, Role: "lead", Status: models.Delivered, Note: long, Since: models.NewDate(2024, 1, 2), EvidenceCount: 12},
			{Country: "US", CountryName: models.Text{EN: "United States", JA: "米国"}, Role: "contributor", Status: models.Stalled, Superseded: true},
			{Country: "IN", CountryName: long, Role: "not_applicable"},
		}}})},
	}
}

// wordComponents are texts of the record: in the page's language, in another, and with what cannot be seen.
func wordComponents(f Frame) []ComponentSample {
	english, japanese := models.Text{EN: "English alone"}, models.Text{JA: "日本語のみ"}
	code := strings.Repeat("QSCG-ANOTHER-REFERENCE-", 5)
	return []ComponentSample{
		{"both languages", plate(words(f.Say(japan)))}, {"English alone", plate(words(f.Say(english)))}, {"Japanese alone", plate(words(f.Say(japanese)))}, {"longest", plate(words(f.Say(long)))},
		{"title with its other language", named(f, f.To("/"), japan)}, {"title in one language", named(f, f.To("/"), japanese)}, {"title, longest", named(f, f.To("/"), long)},
		{"person", person(f, "a", models.Text{EN: "Ichikawa Keiichi", JA: "市川恵一"})}, {"person, Japanese alone", person(f, "c", models.Text{JA: "茂木敏充"})},
		{"day", plate(when(f, models.NewDate(2023, 12, 6)))}, {"code, longest", codePlate(code)}, {"keys", keys(f, Shortcut{Keys: []string{"g o", "Ctrl+Enter", "?"}})},
		{"words found", plate(excerpt(foundIn("title", models.Japanese, "前の", "サイバー", "後の<b>")))},
		{"characters that cannot be seen", plate(verbatim([]string{shown("a\u202eb\u200bc ", true)}))},
		{"prose with a list", prose(f.T("accessibility.tested_text"))},
	}
}

// commitmentComponents are the quotation pair in a few words and in full, and how it stands to earlier ones.
func commitmentComponents(f Frame) []ComponentSample {
	all := comparedStatement().Commitments
	inOne := sampleCommitment()
	inOne.Code, inOne.Words = "C-2", map[models.Lang]models.Marked{models.Japanese: {Prefix: "我々は、", Exact: strings.Repeat("行動する", 40), Suffix: "。"}}
	return []ComponentSample{
		{"in a few words", shortWords(f, all[0])}, {"in a few words, Japanese alone and longest", shortWords(f, inOne)},
		{"in full, new", fullWords(f, all[0])}, {"in full, merged and advanced", fullWords(f, all[1])}, {"in full, its words are gone", fullWords(f, all[2])}, {"in full, Japanese alone and longest", fullWords(f, inOne)},
		{"who promised what", saidFacts(f, all[0])}, {"publications, none", publications(f, nil)}, {"publications, many", publications(f, samplePublications())},
	}
}

// evidenceComponents are a piece of evidence with each grade and state, search notes and contradictions.
func evidenceComponents(f Frame) []ComponentSample {
	var all []ComponentSample
	for _, g := range models.Grades {
		all = append(all, ComponentSample{"grade " + string(g), evidenceItem(f, models.Citation{Evidence: models.Evidence{Ref: "e-" + string(g), Title: "A source", Publisher: "Publisher", Kind: "media", URL: "https://www.example.org/a", PublishedOn: models.NewDate(2023, 12, 6)}, Stance: "supports", Grade: g})})
	}
	retracted := sampleEvidence()
	retracted.RetractedAt, retracted.RetractedBy, retracted.Retraction = "2026-11-22T23:59:59.000000Z", "K. Sato", long
	note := sampleNote()
	bare := models.SearchNote{Ref: "note-2", SearchedOn: models.NewDate(2026, 11, 1), Result: models.Text{JA: "見つからなかった。"}, Suggested: models.NoPublicAction}
	r := sampleStatement()
	return append(all,
		ComponentSample{"without an address or a day", evidenceItem(f, models.Citation{Evidence: bareEvidence(), Stance: "context", Grade: models.Searched})},
		ComponentSample{"longest", evidenceItem(f, models.Citation{Evidence: sampleEvidence(), Stance: "contradicts", Grade: models.Independent})},
		ComponentSample{"retracted", evidenceItem(f, models.Citation{Evidence: retracted, Stance: "supports", Grade: models.Independent})},
		ComponentSample{"sources", sourceRefs(f, []string{"e-1", strings.Repeat("long-", 30)})},
		ComponentSample{"search note", searchNote(f, note)}, ComponentSample{"search note, without queries", searchNote(f, bare)},
		ComponentSample{"contradiction", contradiction(f, r.Contradictions[0])}, ComponentSample{"contradiction, one reading", contradiction(f, r.Contradictions[1])},
	)
}

// historyComponents are judgements as the history of an initiative lists them.
func historyComponents(f Frame) []ComponentSample {
	desk := f
	desk.Actor = models.Actor{ID: 1, Name: "K. Sato", Role: models.Analyst}
	imported, person, country, replacing, replaced := sampleUpdate(), sampleUpdate(), sampleUpdate(), sampleUpdate(), sampleUpdate()
	imported.Provenance = "imported"
	person.ID, person.Author, person.Mark, person.Meeting = 8, "K. Sato", models.Changed, "qscg-2023-12"
	country.ID, country.Country, country.Note, country.SearchNote, country.Status, country.Grade = 9, "JP", models.Text{JA: "注記"}, "note-1", models.Stalled, models.Searched
	replaced.ID, replaced.Author = 10, "A. Rao"
	replacing.ID, replacing.Replaces, replacing.Author, replacing.Grade = 11, 10, "A. Rao", models.Independent
	r := models.InitiativeRecord{Initiative: longest(), Updates: []models.Update{replacing, replaced, country, person, imported}}
	entry := func(f Frame, u models.Update) ComponentSample {
		return ComponentSample{"", historyPlate(f, r, u)}
	}
	all := []ComponentSample{entry(f, imported), entry(f, person), entry(f, country), entry(f, replaced), entry(desk, replacing)}
	for i, name := range []string{"imported, short of evidence", "by a person at a meeting", "a country's part that rests on a search", "replaced", "replaces another, at the desk"} {
		all[i].Name = name
	}
	return append(all, ComponentSample{"in a line", entryPlate(f, Entry{Update: person, Countries: []string{"JP", "US"}})})
}
