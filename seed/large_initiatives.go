package seed

import (
	"fmt"
	"math/rand/v2"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

func initiativeRef(n int) string { return fmt.Sprintf("SAMPLE-%06d", n) }

// kinds that initiatives of the sample have.
var largeKinds = []string{"workstream", "campaign", "commitment", "framework"}

// initiative makes an initiative of three countries with its judgements: of every five, two are on the whole and three on
// the parts, one after the other over the meetings of its forum. Half of them have evidence.
func (l large) initiative(b *transfer.Bundle, n int) {
	dice := l.dice(ofInitiative, n)
	ref, lead := initiativeRef(n), dice.IntN(len(l.countries))
	i := models.InitiativeRecord{Initiative: models.Initiative{Ref: ref, Title: title(dice, n), Kind: largeKinds[n%len(largeKinds)], Topic: topicSlug(dice.IntN(largeTopics)),
		LeadCountry: l.country(lead), Trackable: dice.IntN(10) > 0, Standing: dice.IntN(8) == 0, Confidence: models.Unsourced}}
	for p, role := range []string{"lead", "contributor", "contributor", "not_applicable"} {
		i.Parts = append(i.Parts, models.Part{Country: l.country(lead + p*7), Role: role})
	}
	if dice.IntN(3) == 0 {
		i.DueOn = models.NewDate(1995+dice.IntN(35), 1+dice.IntN(12), 28)
	}
	b.Initiatives = append(b.Initiatives, i)
	for e := range 3 {
		b.Evidence = append(b.Evidence, models.Evidence{Ref: evidenceRef(n, e), Title: "Sample record: " + words(dice, 4).EN, Publisher: "Sample publisher", Kind: "official_primary",
			Langs: []models.Lang{models.English}, PublishedOn: l.heldOn(dice.IntN(l.Meetings)), URL: "https://sample.invalid/" + evidenceRef(n, e), Extent: "full", Confidence: models.Unsourced})
	}
	l.judgements(b, i, n, dice)
}

func evidenceRef(initiative, n int) string { return fmt.Sprintf("sample-%06d-%d", initiative, n) }

func (l large) judgements(b *transfer.Bundle, i models.InitiativeRecord, n int, dice *rand.Rand) {
	each := l.Updates / l.Initiatives
	rounds := l.Meetings / largeForums
	at := dice.IntN(max(1, rounds-each/5)) // the meeting of its forum at which it begins
	stood := map[string]models.Status{}
	for u := range each {
		country := ""
		if step := u % 5; step != 0 && step != 3 { // the first judgement is on the whole, which begins it
			country = i.Parts[u%3].Country
		}
		if u > 0 && u%5 == 0 {
			at++
		}
		meeting := min(at, rounds-1)*largeForums + n%largeForums
		status := next(stood[country], dice)
		judged := models.Update{Initiative: i.Ref, Country: country, Status: status, EffectiveOn: l.heldOn(meeting), Meeting: meetingRef(meeting), Mark: models.Changed,
			ReasonKind: "event", Note: words(dice, 6), Confidence: models.Unsourced, Provenance: "sample", SourceRef: fmt.Sprintf("%s/%d", i.Ref, u)}
		if status == stood[country] {
			judged.Mark = models.Confirmed
		}
		stood[country] = status
		if u%2 == 0 {
			c := models.Citation{Stance: "supports", Grade: models.Grades[1+dice.IntN(3)]}
			c.Ref = evidenceRef(n, u%3)
			judged.Evidence, judged.Confidence = []models.Citation{c}, models.Verified
		}
		b.Updates = append(b.Updates, judged)
	}
}

// next is what a judgement says after another: mostly the same or one step better, sometimes trouble.
func next(stood models.Status, dice *rand.Rand) models.Status {
	switch roll := dice.IntN(12); {
	case stood == "":
		return models.Announced
	case roll == 0:
		return models.Stalled
	case roll == 1:
		return models.NoPublicAction
	case roll == 2 && stood == models.Stalled:
		return models.Dropped
	case roll < 7 || stood == models.Delivered:
		return stood
	case stood == models.PartlyDelivered:
		return models.Delivered
	case stood == models.UnderWay:
		return models.PartlyDelivered
	default:
		return models.UnderWay
	}
}

// statement makes the statement of every perStatement-th meeting: eight paragraphs, each with a commitment to one initiative.
func (l large) statement(b *transfer.Bundle, n int) {
	dice := l.dice(ofStatement, n)
	meeting := n * perStatement
	s := models.Statement{Slug: fmt.Sprintf("sample-statement-%05d", n), Meeting: meetingRef(meeting), Title: models.Text{EN: fmt.Sprintf("Sample statement %d", n), JA: fmt.Sprintf("見本声明%d", n)}, IssuedOn: l.heldOn(meeting)}
	for p := range 8 {
		ref, promise := fmt.Sprintf("p%d", p+1), words(dice, 8)
		s.Paragraphs = append(s.Paragraphs, models.Paragraph{Ref: ref, Texts: map[models.Lang]string{models.English: "We will " + promise.EN + ". " + words(dice, 12).EN + ".", models.Japanese: "我々は、" + promise.JA + "。" + words(dice, 12).JA + "。"}})
		b.Commitments = append(b.Commitments, models.Commitment{Code: fmt.Sprintf("SAMPLE-%05d-P%02d-1", n, p+1), Statement: s.Slug, Paragraph: ref, Kind: "commitment", Verb: "will", Strength: "will", Trackable: true,
			Initiatives: []string{initiativeRef(dice.IntN(l.Initiatives))},
			Words:       map[models.Lang]models.Marked{models.English: {Exact: "will " + promise.EN}, models.Japanese: {Exact: promise.JA}}})
	}
	b.Statements = append(b.Statements, s)
}
