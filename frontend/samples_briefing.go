package frontend

import (
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// sampleBriefing has everything a briefing can have; bare has nothing.
func sampleBriefing(lang string, bare bool) *models.Record[models.Briefing] {
	o := models.BriefingOptions{For: "f", Lang: lang, Include: models.BriefingParts, Topic: []string{"t"}, Status: []models.Status{models.Stalled}, GreySafe: true, Paper: models.PaperLetter}
	o.Complete(models.English)
	at := models.At{Today: models.NewDate(2026, 11, 23), VS: models.NewDate(2023, 12, 6), VSMeeting: "qscg-2023-12", Forum: sampleForum,
		Meetings: []models.MeetingBrief{{Ref: "qscg-2023-12", Forum: sampleForum, City: tokyo, StartsOn: models.NewDate(2023, 12, 5), EndsOn: models.NewDate(2023, 12, 6)}}}
	b := models.Briefing{Options: o, Forum: models.Reference{Ref: "f", Title: sampleForum}, PreparedOn: models.NewDate(2026, 11, 23), Chain: models.AuditHead{Seq: 3, Hash: strings.Repeat("ab", 32)},
		Choices: models.BriefingChoices{For: []models.BriefingFor{{Value: "f", Forum: sampleForum}, {Value: "m-9", Forum: sampleForum, Meeting: &at.Meetings[0]}}, Facets: map[string][]models.Facet{"country": {{Value: "JP", Label: japan, Count: 1}}, "topic": {{Value: "t", Label: long, Count: 1}}}}}
	if bare {
		b.Forum, b.Chain = models.Reference{}, models.AuditHead{}
		return &models.Record[models.Briefing]{Item: b, At: at}
	}
	b.Options.Title, b.Options.Audience, b.Options.ByCountry, b.Meeting = long.EN, "Head <of> delegation", []string{"JP"}, &at.Meetings[0]
	judged := map[string]models.Update{}
	for n, st := range models.Statuses {
		i := sampleInitiative([]models.Text{long, {EN: "English alone"}, {JA: "日本語のみ"}}[n%3], st)
		i.Mark = models.Marks[n%len(models.Marks)]
		i.Change, i.Was = models.Changes[n%len(models.Changes)], models.Announced
		i.DueOn, i.Schedule = models.NewDate(2024, 3, 1), models.Overdue
		judged[i.Ref+"/"] = models.Update{Note: long, SearchNote: "n", Searched: models.SearchNote{SearchedOn: models.NewDate(2024, 1, 2), Where: "Gazette"},
			Evidence: []models.Citation{{Evidence: models.Evidence{Ref: "e-" + string(st), Title: "根拠", Publisher: "P", Kind: "media", Langs: []models.Lang{"ja"}, URL: "https://example.org/a"}}, {Evidence: models.Evidence{Ref: "bare", Title: "No address", Publisher: "P", Kind: "other", RetractedAt: "2026-01-01T00:00:00Z"}}}}
		b.Summary.Add(i.Status, i.Mark, i.Change, i.Trackable, 1)
		b.Initiatives = append(b.Initiatives, b.Rest(i, judged))
	}
	b.Sort()
	refs := []string{b.Initiatives[0].Ref, b.Initiatives[7].Ref}
	b.Topics = []models.BriefingTopic{{Topic: models.Reference{Ref: "t", Title: long}, Summary: b.Summary, Initiatives: refs}}
	b.Countries = []models.BriefingCountry{{Country: models.Reference{Ref: "JP", Title: japan}, Applicable: 2, Action: 1, Initiatives: refs}, {Country: models.Reference{Ref: "US", Title: models.Text{EN: "United States"}}}}
	b.Commitments = sampleCommitments()
	statement := sampleStatement().Statement
	b.Statement = &statement
	return &models.Record[models.Briefing]{Item: b, At: at, DataVersion: 7}
}

// briefingSamples are the composer, frozen briefings and the list of them.
func briefingSamples(f framer) map[string]templ.Component {
	words, err := locale.Load() // a briefing can have both languages
	if err != nil {
		return nil
	}
	sheet := func(r *models.Record[models.Briefing]) Sheet {
		return NewSheet(words, r, func(path string) string { return "http://localhost/en" + path })
	}
	frozen := func(lang string) models.FrozenBriefing {
		r := sampleBriefing(lang, false)
		file, _ := BriefingFile(context.Background(), sheet(r)) // to a buffer
		return models.FrozenBriefing{ID: 7, Heading: sampleForum, Options: r.Item.Options, AsOf: models.NewDate(2023, 12, 6), DataVersion: 7, Chain: r.Item.Chain, FrozenAt: "2026-11-22T23:59:59.000000Z", Author: "A. Rao",
			Files: []models.BriefingFile{{Format: "html", SHA256: strings.Repeat("cd", 32), Size: len(file), Body: file}}}
	}
	analyst := f("/briefings/new", url.Values{"title": {"x"}})
	analyst.Actor = models.Actor{ID: 1, Name: "A. Rao", Role: models.Analyst}
	wrong := Form{Errors: map[string]string{"title": "title: too long"}, Order: []string{"title"}, Key: "k"}
	untitled := frozen("ja")
	untitled.Options.Title = ""
	next := "token"
	list := listOf(frozen("en"), untitled)
	list.Next = &next
	whole, bare := sampleBriefing("both", false), sampleBriefing("en", true)
	uncompared := sampleBriefing("ja", false)
	uncompared.At.VS, uncompared.Item.Statement, uncompared.Item.Commitments, uncompared.Item.Meeting = models.Date{}, nil, nil, nil
	kept := func(b models.FrozenBriefing, sum string) templ.Component {
		frame := about(f("/briefings/7", nil))
		return FrozenPage(frame, b, sum, CiteBriefing(frame, b, models.NewDate(2026, 11, 23)))
	}
	return map[string]templ.Component{
		"briefings, none":             Briefings(about(f("/briefings", nil)), listOf[models.FrozenBriefing]()),
		"briefings, many":             Briefings(about(f("/briefings", nil)), list),
		"composer, everything":        Compose(analyst, whole.Item, sheet(whole), Form{Key: "k"}),
		"composer, of nothing":        Compose(f("/briefings/new", nil), bare.Item, sheet(bare), Form{}),
		"composer, Japanese":          Compose(f("/briefings/new", url.Values{"lang": {"ja"}}), uncompared.Item, sheet(uncompared), Form{}),
		"composer, refused":           Compose(analyst, whole.Item, sheet(whole), wrong),
		"frozen briefing, both":       kept(frozen("both"), strings.Repeat("cd", 32)),
		"frozen briefing, English":    kept(frozen("en"), strings.Repeat("cd", 32)),
		"frozen briefing, altered":    kept(frozen("en"), strings.Repeat("ef", 32)),
		"frozen briefing, no content": kept(models.FrozenBriefing{ID: 8, Heading: long}, ""),
	}
}
