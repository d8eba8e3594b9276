package frontend

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// sampleDraft is a draft with n rows: one of them unpaired, one left out, and a mark in each state.
func sampleDraft(n int) models.Draft {
	en, ja := "We will publish the list. We commit to share it.", "我々は一覧を公開する。我々はそれを共有することにコミットする。"
	var bodyEN, bodyJA strings.Builder
	d := models.Draft{Ref: "7", Version: 3, SavedAt: "2026-11-22T10:00:00.000000Z", Steps: 2, LastStep: "align.join", EarlierFrom: "qscg-2023-12"}
	for i := range n {
		row := models.DraftRow{Cells: map[models.Lang]models.Span{"en": {From: bodyEN.Len(), To: bodyEN.Len() + len(en)}}, Confidence: .5 + .4*float64(i%2), Out: i == 3, Preface: i == 0}
		if i != 2 {
			row.Cells["ja"] = models.Span{From: bodyJA.Len(), To: bodyJA.Len() + len(ja)}
			bodyJA.WriteString(ja + "\n\n")
		}
		bodyEN.WriteString(en + "\n\n")
		d.Work.Rows = append(d.Work.Rows, row)
	}
	d.Sources = []models.DraftSource{{Lang: "en", Name: "a<b>.docx", Format: "docx", Body: bodyEN.String() + "hid\u202eden", SHA256: "e", FileSHA256: "f"}, {Lang: "ja", Format: "text", Body: bodyJA.String(), SHA256: "j", FileSHA256: "j"}}
	if n < 2 {
		return d
	}
	first := d.Work.Rows[1].Cells
	at := func(l models.Lang, from, to int) models.Span {
		return models.Span{From: first[l].From + from, To: first[l].From + to}
	}
	d.Work.LeftOut = []string{"Share this page"}
	d.Work.Marks = []models.DraftMark{
		{ID: 1, State: models.MarkAccepted, Kind: "commitment", Words: map[models.Lang]models.Span{"en": at("en", 0, 24), "ja": at("ja", 0, 30)}, Suggestion: models.Suggestion{Type: "action", Strength: "will", Verb: "will publish", Actor: "We", Due: "2026", Trackable: true, Score: .8, Why: []string{"no-such-rule", "a-rule"}},
			Track: models.TrackContinue, Refs: []string{"QSCG-A", "QSCG-B"}, Compared: true, Earlier: []models.LineageLink{{Code: "QSCG-2023-12-P04-1", Relation: "advanced"}}},
		{ID: 2, State: models.MarkSuggested, Kind: "commitment", Words: map[models.Lang]models.Span{"en": at("en", 26, 40)}, Suggestion: models.Suggestion{Type: "position", Strength: "welcome"}, Reason: long},
		{ID: 3, State: models.MarkRejected, Words: map[models.Lang]models.Span{"ja": at("ja", 33, 60)}, Suggestion: models.Suggestion{Type: "action", Strength: "will"}},
		{ID: 4, State: models.MarkAccepted, Kind: "commitment", Words: map[models.Lang]models.Span{"en": {From: 10, To: 70}}, Suggestion: models.Suggestion{Type: "standing", Strength: "commit", Trackable: true}, Track: models.TrackNew, Initiative: &models.NewInitiative{Ref: "QSCG-NEW", Title: long}},
	}
	d.Facts = models.DraftFacts{Forum: "qscg", Title: long, IssuedOn: models.NewDate(2026, 1, 2), NewMeeting: &models.MeetingEdit{MeetingRef: "qscg-2026-01", City: models.Text{JA: "東京"}, StartsOn: models.NewDate(2026, 1, 1), EndsOn: models.NewDate(2026, 1, 2)},
		Publications: []models.DraftPublication{{Lang: "fr", Publisher: "P", Title: long.EN}}}
	d.Same = []models.SameText{{Slug: "qscg-2023-12", Title: long, Same: 8, Of: 9}}
	d.Earlier = []models.Commitment{{Code: "QSCG-2023-12-P04-1", Strength: "will", Words: map[models.Lang]models.Marked{"en": {Exact: "will share"}}}, {Code: "QSCG-2023-12-P05-1", Words: map[models.Lang]models.Marked{"ja": {Exact: "共有する"}}}}
	return d
}

func importSamples(f framer) map[string]templ.Component {
	desk := func(path string) Frame {
		frame := about(f(path, nil))
		frame.Actor = models.Actor{ID: 1, Name: "K. Sato", Role: models.Analyst}
		return frame
	}
	some := []models.Reference{{Ref: "a", Title: long}, {Ref: "qscg", Title: models.Text{JA: "日本"}}}
	choices := models.Choices{Forums: some, Countries: some, Topics: some, Depths: []int{0, 1}, Meetings: some, Initiatives: some}
	page := func(step string, d models.Draft, change func(p *ImportPage)) templ.Component {
		p := ImportPage{Draft: d, Step: step, Refs: d.Work.Refs(), Form: Form{Values: url.Values{}, Version: "3"}, Choices: choices, Rules: map[string]models.SuggestionRule{"a-rule": {Name: "a-rule", Anchor: "suggest-a-rule", Explain: long}}}
		for _, g := range d.Gaps() {
			p.Gaps = append(p.Gaps, ImportGap{g, "missing"})
		}
		p.Initiatives = []models.InitiativeWords{{Reference: models.Reference{Ref: "QSCG-A", Title: long}, Status: models.Stalled}}
		p.Proposal = models.Proposal{Initiatives: []models.Candidate{{Ref: "QSCG-A", Title: long, Lang: "en", Words: "to publish the list of lists", Score: .82, Shared: []string{"list", "publish"}, Pieces: []models.DiffPiece{{Op: "same", Text: "a"}, {Op: "removed", Text: "b"}, {Op: "added", Text: "c"}}}},
			Earlier: []models.Candidate{{Ref: "QSCG-2023-12-P05-1", Lang: "ja", Words: "共有する", Score: .4, Relation: "reworded", Shared: []string{"共有"}}}}
		if change != nil {
			change(&p)
		}
		return Import(desk("/import/7/"+step), p)
	}
	wrong := func(fields ...string) func(p *ImportPage) {
		return func(p *ImportPage) { p.Form = wrongForm(fields...) }
	}
	all := map[string]templ.Component{
		"imports, none":     Imports(desk("/import"), ImportsPage{Choices: choices, Form: Form{Values: url.Values{}}}),
		"imports":           Imports(desk("/import"), ImportsPage{Drafts: []models.Draft{sampleDraft(4), {Ref: "8", Author: "K. Sato"}}, Choices: choices, Form: Form{Values: url.Values{}}}),
		"imports, wrong":    Imports(desk("/import"), ImportsPage{Choices: choices, Form: wrongForm("texts.1", "texts", "texts.2", "new_meeting.ref", "publications.0.url")}),
		"import, under way": ImportProgressPage(desk("/import/progress/x"), ImportProgress{Ref: "x", Stage: "suggest", Done: 3, Total: 9}), "import, begun": ImportProgressPage(desk("/import/progress/x"), ImportProgress{Ref: "x", Stage: "read"}),
		"import align, adrift": page(models.StepAlign, sampleDraft(250), func(p *ImportPage) { p.Page = 2 }),
		"import mark, adjust":  page(models.StepMark, sampleDraft(6), func(p *ImportPage) { p.Mark = 1 }), "import mark, add": page(models.StepMark, sampleDraft(6), func(p *ImportPage) { p.Row = 2 }), "import mark, left": page(models.StepMark, sampleDraft(6), func(p *ImportPage) { p.Todo = true }),
		"import mark, wrong": page(models.StepMark, sampleDraft(6), wrong("words.0.exact", "not_trackable_reason")), "import match, one": page(models.StepMatch, sampleDraft(6), func(p *ImportPage) { p.Mark = 1 }), "import match, new": page(models.StepMatch, sampleDraft(6), func(p *ImportPage) { p.Mark = 4 }),
		"import match, wrong": page(models.StepMatch, sampleDraft(6), func(p *ImportPage) {
			p.Mark = 1
			p.Form = wrongForm("track", "earlier", "initiative.ref")
			p.Form.Values.Set("choice", "new")
		}),
		"import source, conflict": page(models.StepSource, sampleDraft(6), func(p *ImportPage) {
			p.Form = wrongForm()
			p.Begin(url.Values{"title.en": {"Theirs"}, "meeting": {"a"}}, url.Values{"form.edit": {"1"}, "form.before": {"title.en=Was"}, "title.en": {"Mine"}, "meeting": {"+"}, "publications.0.url": {"x"}}, true)
		}),
		"import source, wrong": page(models.StepSource, sampleDraft(6), wrong("texts.0", "title.en", "new_meeting.starts_on")),
	}
	for _, step := range models.DraftSteps {
		all["import "+step+", empty"] = page(step, sampleDraft(0), nil)
		all["import "+step+", bare"] = page(step, sampleDraft(1), nil)
		all["import "+step+", many"] = page(step, sampleDraft(6), func(p *ImportPage) { p.Begin(url.Values{"new_meeting.ref": {"x"}}, nil, false) })
	}
	return all
}
