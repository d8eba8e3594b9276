package handlers_test

import (
	"fmt"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

// The forum that answers must be fast for: every initiative is judged at every meeting, on the whole and for each country.
const (
	loadInitiatives = 500
	loadMeetings    = 12
	loadParagraphs  = 42 // of each statement; all of them together promise every initiative
)

var loadCountries = []string{"AU", "IN", "JP", "US"}

// loadRecord is that forum, with a statement for each meeting, a note for each judgement on the whole and evidence for every
// third of them.
func loadRecord() *transfer.Bundle {
	b := &transfer.Bundle{Name: "load", SHA256: "load"}
	for _, code := range loadCountries {
		b.Countries = append(b.Countries, models.Country{ISO2: code, ISO3: code + "X", Name: models.Text{EN: "Country " + code, JA: "国" + code}, Confidence: models.Verified})
	}
	b.Forums = []models.Forum{{Slug: "load", Name: models.Text{EN: "Forum", JA: "会議体"}, Members: loadCountries}}
	for n := range 10 {
		b.Topics = append(b.Topics, models.Topic{Slug: fmt.Sprintf("topic-%d", n), Name: models.Text{EN: fmt.Sprintf("Topic number %d", n), JA: fmt.Sprintf("第%dの分野", n)}, Position: n, Confidence: models.Verified})
	}
	for m := range loadMeetings {
		loadMeeting(b, m)
	}
	for n := range loadInitiatives {
		loadInitiative(b, n)
	}
	return b
}

func loadMeetingRef(m int) string { return fmt.Sprintf("load-%02d", m) }

func loadRef(n int) string { return fmt.Sprintf("LOAD-%03d", n%loadInitiatives) }

func loadDay(m int) models.Date { return models.NewDate(2014+m, 1+m, 10) }

func loadMeeting(b *transfer.Bundle, m int) {
	ref := loadMeetingRef(m)
	b.Meetings = append(b.Meetings, models.Meeting{Ref: ref, Forum: "load", Number: m + 1, Format: "in_person", City: models.Text{EN: fmt.Sprintf("City %d", m), JA: fmt.Sprintf("第%d都市", m)},
		StartsOn: loadDay(m), EndsOn: loadDay(m), Confidence: models.Verified})
	s := models.Statement{Slug: ref, Meeting: ref, Title: models.Text{EN: fmt.Sprintf("Statement %d", m), JA: fmt.Sprintf("声明%d", m)}, IssuedOn: loadDay(m)}
	for p := range loadParagraphs {
		n := m*loadParagraphs + p
		paragraph := fmt.Sprintf("p%d", p+1)
		words := models.Text{EN: fmt.Sprintf("will secure networks and services in the way of line %d", n), JA: fmt.Sprintf("第%d線に沿ってネットワークとサービスの安全を確保する", n)}
		s.Paragraphs = append(s.Paragraphs, models.Paragraph{Ref: paragraph, Texts: map[models.Lang]string{
			models.English: "Recalling what was promised before, the countries " + words.EN + ", and report on it at their next meeting.", models.Japanese: "各国は、これまでの約束を想起し、" + words.JA + "とともに、次回会合で報告する。"}})
		b.Commitments = append(b.Commitments, models.Commitment{Code: models.CommitmentCode(ref, paragraph, 1), Statement: ref, Paragraph: paragraph, Kind: "commitment", Verb: "will", Strength: "will", Trackable: true,
			Initiatives: []string{loadRef(n)}, Words: map[models.Lang]models.Marked{models.English: {Exact: words.EN}, models.Japanese: {Exact: words.JA}}})
	}
	b.Statements = append(b.Statements, s)
}

func loadInitiative(b *transfer.Bundle, n int) {
	ref := loadRef(n)
	i := models.InitiativeRecord{Initiative: models.Initiative{Ref: ref, Topic: fmt.Sprintf("topic-%d", n%10), Kind: "workstream", Trackable: true, FirstMeeting: loadMeetingRef(0), Confidence: models.Verified,
		Title: models.Text{EN: fmt.Sprintf("Line of work %d on the security of networks and services", n), JA: fmt.Sprintf("ネットワークとサービスの安全に関する取組その%d", n)}}}
	for _, code := range loadCountries {
		i.Parts = append(i.Parts, models.Part{Country: code, Role: "contributor"})
	}
	b.Initiatives = append(b.Initiatives, i)
	source := fmt.Sprintf("load-source-%03d", n)
	b.Evidence = append(b.Evidence, models.Evidence{Ref: source, Title: "Report on " + i.Title.EN, Publisher: "Publisher", Kind: "official_primary", Langs: []models.Lang{models.English},
		PublishedOn: loadDay(0), URL: "https://sample.invalid/" + source, Extent: "full", Confidence: models.Verified})
	for m := range loadMeetings {
		for c, country := range append([]string{""}, loadCountries...) {
			u := models.Update{Initiative: ref, Country: country, Status: models.Statuses[(n+m+c)%4], EffectiveOn: loadDay(m), Meeting: loadMeetingRef(m), Mark: models.Marks[(n+m)%4], ReasonKind: "event",
				Confidence: models.Verified}
			if country == "" {
				u.Note = models.Text{EN: fmt.Sprintf("Step %d was reported.", m), JA: fmt.Sprintf("第%d歩が報告された。", m)}
			}
			if country == "" && m%3 == 0 {
				u.Evidence = []models.Citation{{Evidence: models.Evidence{Ref: source}, Stance: "supports", Grade: models.Grades[1]}}
			}
			b.Updates = append(b.Updates, u)
		}
	}
}
