package frontend

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// overviewSamples are the first page of an empty record in the past, and of a full one.
func overviewSamples(f framer) map[string]templ.Component {
	past := f("/", url.Values{"as_of": {"2023-12-06"}})
	past.At.AsOf = models.NewDate(2023, 12, 6)
	return map[string]templ.Component{
		"overview, empty": NewOverview(past, models.Overview{}),
		"overview, many": NewOverview(f("/", nil), models.Overview{Summary: sampleTally(), Moved: sampleInitiatives(), Attention: []models.Initiative{longest()}, Topics: []models.Topic{sampleTopic()},
			Countries: []models.Country{{ISO2: "JP", Name: long, Action: 7, Applicable: 29}}, Latest: []models.Update{sampleUpdate()}, Anchor: &models.Meeting{Ref: "m", ForumName: long}}),
	}
}

func sampleTopic() models.Topic { return models.Topic{Slug: "t", Name: long, Summary: sampleTally()} }

// topicSamples are the tree of topics and one of them.
func topicSamples(f framer) map[string]templ.Component {
	topic, many := sampleTopic(), sampleInitiatives()
	return map[string]templ.Component{
		"topics, empty": Topics(f("/topics", nil), nil), "topics, one": Topics(f("/topics", nil), []models.Topic{topic, {Slug: "none", Name: models.Text{EN: "None", JA: "なし"}, Depth: 1}}),
		"topic, empty": Topic(f("/topics/t", nil), models.TopicRecord{Topic: models.Topic{Slug: "t", Name: long}}),
		"topic, many": Topic(f("/topics/t", nil), models.TopicRecord{Topic: topic, Path: []models.Topic{topic}, Children: []models.Topic{topic}, Initiatives: many, Ribbons: map[string][]models.Cell{many[0].Ref: sampleRibbon()},
			Commitments: []models.Commitment{sampleCommitment()}, Latest: []models.Update{sampleUpdate()}, Delegates: []models.Attendance{{Name: models.Text{JA: "茂木敏充"}, Role: models.Head, Country: "JP"}}}),
	}
}

// sampleCommitment is not tracked, and its words stand in both languages.
func sampleCommitment() models.Commitment {
	return models.Commitment{Code: "C-1", Paragraph: "p4", Meeting: "qscg-2023-12", Verb: "will", Strength: "will", Kind: "commitment", Initiatives: []string{"QSCG-SAMPLE"},
		NotTrackableReason: models.Text{EN: "A position.", JA: "立場。"}, Words: map[models.Lang]models.Marked{"en": {Prefix: "We ", Exact: "will", Suffix: " act"}, "ja": {Exact: "行動する"}},
		Sources: []models.Publication{{Title: "Statement", Publisher: "A", Lang: "en", URL: "https://example.org"}, {Title: "声明", Publisher: "B", Lang: "ja"}}}
}

func sampleUpdate() models.Update {
	return models.Update{ID: 7, Initiative: "QSCG-SAMPLE", Status: models.Delivered, EffectiveOn: models.NewDate(2024, 1, 2), Mark: models.Imported, ReasonKind: "event", RecordedAt: "2026-11-22T23:59:59.000000Z", Grade: models.MemberStatement, Confidence: models.Verified,
		Note: long, Occasion: models.Text{EN: "Event", JA: "行事"}, Rationale: models.Text{EN: "Because"}, Evidence: []models.Citation{{Evidence: models.Evidence{Ref: "e", Title: "根拠", Kind: "media", URL: "https://example.org/a"}, Stance: "supports", Grade: models.Independent}}}
}

// sampleRibbon is a meeting before the promise and one after it.
func sampleRibbon() []models.Cell {
	return []models.Cell{{City: tokyo, HeldOn: models.NewDate(2023, 12, 6)}, {ForumName: long, HeldOn: models.NewDate(2024, 1, 1), Status: models.Stalled, Mark: models.Carried}}
}

func sampleRecord() models.InitiativeRecord {
	update := sampleUpdate()
	return models.InitiativeRecord{Initiative: longest(), Summary: long, Note: models.Text{JA: "注"}, Parent: &models.Reference{Ref: "P", Title: long}, Children: []models.Reference{{Ref: "C", Title: long}},
		Commitments: []models.Commitment{sampleCommitment()}, Updates: []models.Update{update}, Ribbon: sampleRibbon(),
		Context:        []models.Context{{OccurredOn: models.NewDate(2024, 1, 2), Note: long, Scope: models.Text{EN: "UN", JA: "国連"}, Evidence: update.Evidence}},
		SearchNotes:    []models.SearchNote{{Ref: "note-1", Result: long, Suggested: models.Stalled, Queries: []string{"Quad 2025", "日米豪印"}}},
		Contradictions: []models.Contradiction{{Slug: "x", Kind: "between_languages", Subject: long, ReadingA: long, ReadingB: long, Advice: long}}}
}

// initiativeSamples are the list of initiatives and one of them.
func initiativeSamples(f framer) map[string]templ.Component {
	list := func(items ...models.Initiative) *models.List[models.Initiative] {
		next := "token"
		return &models.List[models.Initiative]{Items: items, Total: len(items) + 1, Next: &next, Facets: sampleFacets()}
	}
	noticed := f("/initiatives", url.Values{"country": {"JP"}, "q": {"<b>"}, "delegate": {"d"}})
	noticed.Notices = []string{"status: “x” is not known."}
	return map[string]templ.Component{
		"initiatives, empty": NewInitiatives(f("/initiatives", nil), &models.List[models.Initiative]{}), "initiatives, many": NewInitiatives(noticed, list(sampleInitiatives()...)),
		"initiatives, longest": NewInitiatives(f("/initiatives", nil), list(longest())), "initiatives, English alone": NewInitiatives(f("/initiatives", nil), list(englishAlone())),
		"initiative, full": Initiative(f("/initiatives/x", nil), sampleRecord(), Form{}), "initiative, bare": Initiative(f("/initiatives/x", nil), models.InitiativeRecord{Initiative: englishAlone()}, Form{}),
	}
}

// activitySamples are what was recorded: of no kind, of a filter without a match, of every kind.
func activitySamples(f framer) map[string]templ.Component {
	event := models.Event{ID: "update/7", Kind: models.EventPart, Initiative: "QSCG-SAMPLE", Title: long, Country: "JP", Status: models.Delivered, Was: models.Announced, Mark: models.Changed, Grade: models.Independent,
		On: models.NewDate(2024, 1, 2), RecordedAt: "2026-11-22T23:59:59.000000Z", Author: "K. Sato", Note: long, Sources: 2, Path: "/initiatives/QSCG-SAMPLE#update-7"}
	searched, issued, wider := event, event, event
	searched.ID, searched.Kind, searched.Status, searched.Mark, searched.Note = "search-note/n", models.EventSearchNote, models.Stalled, "", models.Text{EN: "Nothing found."}
	issued.ID, issued.Kind, issued.Status, issued.RecordedAt, issued.Commitments = "statement/s", models.EventStatement, "", "2026-11-21T00:00:00.000000Z", 21
	wider.ID, wider.Kind, wider.Status, wider.RecordedAt, wider.Author = "context/1", models.EventContext, "", "", ""
	return map[string]templ.Component{
		"activity, empty":    NewActivity(f("/activity", nil), &models.List[models.Event]{}),
		"activity, no match": NewActivity(f("/activity", url.Values{"country": {"JP"}}), &models.List[models.Event]{Facets: sampleFacets()}),
		"activity, many":     NewActivity(f("/activity", nil), &models.List[models.Event]{Items: []models.Event{event, searched, issued, wider}, Total: 5, Next: new(string), Facets: sampleFacets()}),
	}
}

// helpSamples are the pages that explain, and the one that says what went wrong.
func helpSamples(f framer) map[string]templ.Component {
	return map[string]templ.Component{
		"accessibility": Accessibility(about(f("/accessibility", nil))), "shortcuts": Shortcuts(about(f("/shortcuts", nil)), ""), "shortcuts, from a round": Shortcuts(about(f("/shortcuts", nil)), keysRound),
		"api, empty": APIReference(Reference{Frame: about(f("/api", nil))}), "api, full": APIReference(sampleReference(about(f("/api", nil)))),
		"error": Failed(f("/nope", nil), Failure{Status: 500, Title: "Error", Happened: "h", Safe: "s", Next: "n", Reference: "ABC", Search: true, Links: []LeadPart{{Text: "a", URL: "/"}}}),
	}
}

// sampleReference has a parameter of each kind, two of one name, and a route with and without each thing.
func sampleReference(f Frame) Reference {
	p := Reference{Frame: f, Examples: []ExampleEntry{{"What", "curl 'http://localhost/" + strings.Repeat("long", 40) + "'"}}, ListFields: []string{"items"}, Problems: []ProblemEntry{{"invalid", "Title", 400}}}
	route := RouteEntry{Name: "things", Summary: "Things.", Page: AddressEntry{"/en/things", true}, Data: []AddressEntry{{"/things/{ref}.json", false}}, Formats: []string{"HTML"}, Answer: "list", Columns: []string{"ref"}}
	p.Add(route, []ParameterEntry{{Name: "ref", InPath: true}, {Name: "status", Description: "One.", Scale: "status", Values: []string{"stalled"}, Repeatable: true}, {Name: "limit", Min: "1", Max: "9", Default: "5"}, {Name: "q", Length: "500"}})
	p.Add(RouteEntry{Name: "others", Summary: "Others.", Formats: []string{"HTML"}, Answer: "prose"}, []ParameterEntry{{Name: "status", Description: "Another."}, {Name: "limit", Min: "1", Max: "9", Default: "5"}})
	return p
}
