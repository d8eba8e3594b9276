package frontend

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

func roundSamples(f framer) map[string]templ.Component {
	at := "2026-11-22T23:59:59.000000Z"
	place := models.MeetingBrief{Ref: "qscg-2023-12", Forum: models.Text{EN: "Forum", JA: "会議体"}, City: models.Text{EN: "Tokyo", JA: "東京"}, StartsOn: models.NewDate(2023, 12, 5), EndsOn: models.NewDate(2023, 12, 6)}
	items := []models.RoundItem{
		{Initiative: "QSCG-A", Title: long, Topic: "t", TopicName: long, Status: models.Announced, State: models.ItemTodo}, {Initiative: "QSCG-B", Title: long, Topic: "t", TopicName: long, Status: models.Stalled, State: models.ItemDraft, Author: "A. Rao", SavedAt: at},
		{Initiative: "QSCG-C", Title: long, Topic: "u", Status: models.Stalled, Becomes: models.Stalled, State: models.ItemConfirmed, Author: "A. Rao"}, {Initiative: "QSCG-D", Title: long, Topic: "u", Status: models.Stalled, Becomes: models.UnderWay, State: models.ItemChanged, Parts: []string{"JP"}},
		{Initiative: "QSCG-E", Title: long, Topic: "u", Status: models.Stalled, Becomes: models.Stalled, State: models.ItemChanged, SameStatus: true, Later: []string{"wh-2023-12-15"}},
	}
	round := func(s models.RoundState, items ...models.RoundItem) models.Round {
		return models.Round{Meeting: place, State: s, OpenedAt: at, PublishedAt: at, SecondPerson: true, SubmittedBy: "A. Rao", PublishedBy: "K. Sato", Reviewed: 2, Total: len(items), Items: items}
	}
	desk := func(path string) Frame {
		frame := about(f(path, nil))
		frame.Actor = models.Actor{ID: 1, Name: "K. Sato", Role: models.Publisher}
		return frame
	}
	record := models.InitiativeRecord{Initiative: sampleInitiative(long, models.Stalled), Version: 3}
	open := RoundForm{Round: round(models.RoundDraft, items...), Item: items[1], UpdateForm: UpdateForm{Record: record, Form: Form{Values: url.Values{}}}}
	open.Item.Form = "status=stalled&note.en=x&parts.0.status=under_way"
	open.Open()
	late := RoundForm{Round: round(models.RoundDraft, items...), Item: items[1], UpdateForm: UpdateForm{Record: record, Form: wrongForm("status")}}
	late.Item.Form = "status=stalled&note.en=x&decision=save"
	late.Conflict(url.Values{"status": {"dropped"}, "note.en": {long.EN}, "parts.0.status": {"under_way"}})
	locked, review, wrong := open, open, open
	locked.Round = round(models.RoundPublished, items...)
	review.Round = round(models.RoundInReview, items...)
	wrong.Form = wrongForm("status", "evidence", "parts.0.status", "note.en")
	return map[string]templ.Component{
		"rounds, none": RoundsPage(desk("/rounds"), nil, Form{}), "rounds": RoundsPage(desk("/rounds"), []models.Round{{Meeting: place}, round(models.RoundCorrected), {Meeting: place}}, Form{}),
		"round": RoundListPage(desk("/rounds/m"), RoundPage{Round: round(models.RoundDraft, items...)}), "round, narrowed": RoundListPage(desk("/rounds/m"), RoundPage{Round: round(models.RoundInReview, items...), Topic: "t", Todo: true, Form: wrongForm()}),
		"round, published": RoundListPage(desk("/rounds/m"), RoundPage{Round: round(models.RoundPublished, items...)}),
		"round item":       RoundItemPage(desk("/rounds/m/x"), open), "round item, wrong": RoundItemPage(desk("/rounds/m/x"), wrong), "round item, conflict": RoundItemPage(desk("/rounds/m/x"), late),
		"round item, locked": RoundItemPage(desk("/rounds/m/x"), locked), "round item, in review": RoundItemPage(desk("/rounds/m/x"), review),
		"round, discarded": DiscardPage(desk("/rounds/m/discard"), Publication{Round: round(models.RoundDraft, items...), Form: wrongForm()}), "round, not discarded": DiscardPage(desk("/rounds/m/discard"), Publication{Round: round(models.RoundPublished, items...)}),
		"publication": PublishPage(desk("/rounds/m/publish"), Publication{Round: round(models.RoundDraft, items...), Form: wrongForm()}),
	}
}
