package frontend

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

func editSamples(f framer) map[string]templ.Component {
	desk := func(path string) Frame {
		frame := about(f(path, nil))
		frame.Actor = models.Actor{ID: 1, Name: "K. Sato", Role: models.Publisher}
		return frame
	}
	some := []models.Reference{{Ref: "a", Title: long}, {Ref: "b", Title: models.Text{JA: "日本"}}}
	choices := models.Choices{Forums: some, Countries: []models.Reference{{Ref: "JP", Title: models.Text{EN: "Japan", JA: "日本"}}, {Ref: "US", Title: long}}, Topics: some, Depths: []int{0, 1}, Meetings: some,
		Initiatives: some, Offices: []models.OfficeChoice{{ID: 7, Delegate: long, Title: long, Country: "JP"}}}
	stands := url.Values{"slug": {"a"}, "ref": {"a"}, "iso2": {"JP"}, "members": {"JP\nUS"}, "name.en": {long.EN}, "name.ja": {long.JA}, "title.en": {long.EN}, "sources": {"x\ny"}, "parent": {"b"}, "trackable": {"on"},
		"offices.0.id": {"7"}, "offices.0.title.en": {long.EN}, "notes.0.ja": {long.JA}, "attendances.0.office": {"7"}, "attendances.0.role": {"host"}, "parts.0.country": {"JP"}, "parts.0.role": {"lead"},
		"marks.0.lang": {"ja"}, "marks.0.exact": {"行動する"}, "marks.0.place": {"1"}, "marks.1.lang": {"en"}, "marks.1.exact": {"words that are gone"}, "statement": {"s"}, "publications.0.id": {"3"}, "publications.0.publisher": {"A"}, "publications.0.standing": {"text"}}
	paragraph := &sampleStatement().Paragraphs[1]
	of := func(kind string) *models.Paragraph {
		if kind == "commitment" {
			return paragraph
		}
		return nil
	}
	all := map[string]templ.Component{
		"removed, none": RemovedPage(desk("/removed"), nil, nil, Form{}),
		"removed":       RemovedPage(desk("/removed"), []models.Removed{{Kind: "topic", Ref: "space", Title: long, Reason: long, RemovedAt: "2026-11-22T10:00:00.000000Z"}}, nil, Form{}),
		"forums":        Forums(desk("/forums"), &models.List[models.ForumFacts]{Total: 1, Items: []models.ForumFacts{{Forum: models.Forum{Slug: "qscg", Name: long, Members: []string{"JP", "US"}}}}}), "forums, none": Forums(f("/forums", nil), &models.List[models.ForumFacts]{}),
		"forum, bare": Forum(f("/forums/a", nil), models.ForumFacts{Forum: models.Forum{Slug: "a", Name: models.Text{JA: "会議体"}}}),
		"forum": Forum(f("/forums/qscg", nil), models.ForumFacts{Forum: models.Forum{Slug: "qscg", Name: long, Members: []string{"JP", "US"}},
			Meetings: []models.MeetingBrief{{Ref: "qscg-2023-12", City: models.Text{EN: "Tokyo", JA: "東京"}, StartsOn: models.NewDate(2023, 12, 5), EndsOn: models.NewDate(2023, 12, 6)}}}),
	}
	places := map[string]string{"forum": "members", "country": "iso3", "topic": "name.ja", "delegate": "offices.0.title.en", "meeting": "attendances.0.office", "initiative": "parts",
		"statement": "publications.0.publisher", "commitment": "marks.0.exact"}
	for _, kind := range models.EditKinds {
		form := func(ref string, form Form, typed url.Values, conflict bool) EditForm {
			p := EditForm{Kind: kind, List: listPaths[kind], Ref: ref, Version: "3", Choices: choices, Form: form, Marked: of(kind), Of: "s"}
			p.Begin(stands, typed, conflict)
			return p
		}
		all["new "+kind] = EditPage(desk(listPaths[kind]+"/new"), EditForm{Kind: kind, List: listPaths[kind], Choices: choices, Form: Form{Values: url.Values{}}, Marked: of(kind), Of: "s"})
		all["edit "+kind] = EditPage(desk(listPaths[kind]+"/a/edit"), form("a", Form{Values: url.Values{}}, nil, false))
		all["edit "+kind+", wrong"] = EditPage(desk(listPaths[kind]+"/a/edit"), form("a", wrongForm(places[kind], "reason.en"), stands, false))
		late := url.Values{"form.edit": {"1"}, "form.before": {stands.Encode()}, "name.en": {"Mine"}, "title.en": {"Mine"}, "offices.0.id": {"7"}, "offices.0.title.en": {"Mine"}, "parent": {"b"},
			"marks.0.lang": {"ja"}, "marks.0.exact": {"共に"}, "publications.0.id": {"3"}, "publications.0.standing": {"readout"}}
		all["edit "+kind+", conflict"] = EditPage(desk(listPaths[kind]+"/a/edit"), form("a", wrongForm(), late, true))
	}
	correct := func(typed url.Values, form Form, conflict bool) templ.Component {
		p := CorrectForm{Statement: sampleStatement(), Paragraph: *paragraph, Lang: models.Japanese, Form: form}
		p.Begin(typed, conflict)
		return CorrectPage(desk("/statements/s/paragraphs/p4/correct"), p)
	}
	typed := url.Values{"form.edit": {"1"}, "form.before": {paragraphJA}, "text": {"我々は、行動する。"}, "lang": {"ja"}, "reason.en": {"A slip."}}
	all["correct"], all["correct, wrong"] = correct(nil, Form{}, false), correct(typed, wrongForm("text"), false)
	all["correct, conflict"] = correct(typed, wrongForm(), true)
	all["mark where"] = MarkWhere(desk("/statements/s/mark"), sampleStatement().Statement)
	return all
}
