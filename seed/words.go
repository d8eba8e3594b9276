package seed

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

// Lines of the bilingual text, counted from 1: the titles, and the paragraphs from the preface (0) to the last (7).
// The lines before and after are the blogger's own and stay out.
const (
	titleLine     = 7
	firstLine     = 8
	lastLine      = 15
	issuedOn      = "2023-12-14"
	dossierSource = "qscg-2023-12-text"
	importedFrom  = "imported from the dossier, proposed, not reviewed by a person"
	paragraphRef  = "p%d"
)

// cells cuts a line into its two cells, each closed by a pipe. What stands between the pipes' single spaces is kept
// byte for byte.
func cells(line string) (models.Text, error) {
	parts := strings.Split(line, " |")
	if len(parts) != 3 || parts[2] != "" || !strings.HasPrefix(parts[1], " ") {
		return models.Text{}, fmt.Errorf("line %.40q is not two cells closed by pipes", line)
	}
	return models.Text{EN: parts[0], JA: parts[1][1:]}, nil
}

func (b *builder) statements(out *transfer.Bundle) error {
	lines := strings.Split(b.statement, "\n")
	if len(lines) < lastLine {
		return fmt.Errorf("the bilingual text has %d lines", len(lines))
	}
	title, err := cells(lines[titleLine-1])
	if err != nil {
		return err
	}
	issued, err := models.ParseDate(issuedOn)
	if err != nil {
		return err
	}
	s := models.Statement{Slug: statementSlug, Meeting: statementSlug, Title: title, IssuedOn: issued, Sources: []string{statementSource}}
	for n := firstLine; n <= lastLine; n++ {
		text, err := cells(lines[n-1])
		if err != nil {
			return err
		}
		s.Paragraphs = append(s.Paragraphs, models.Paragraph{Ref: fmt.Sprintf(paragraphRef, n-firstLine),
			Texts: map[models.Lang]string{models.English: text.EN, models.Japanese: text.JA}})
	}
	out.Statements = []models.Statement{s}
	return nil
}

// commitments makes one commitment of each initiative that the statement names, numbered by where its English words
// stand in the paragraph.
func (b *builder) commitments(out *transfer.Bundle) error {
	byParagraph := map[int][]dossierInitiative{}
	for _, i := range b.d.Initiatives {
		if i.InSeed {
			byParagraph[i.SeedParagraph] = append(byParagraph[i.SeedParagraph], i)
		}
	}
	for n, p := range out.Statements[0].Paragraphs {
		list := byParagraph[n]
		place := func(i int) int { return strings.Index(p.Texts[models.English], list[i].QuoteEn) }
		sort.SliceStable(list, func(i, j int) bool { return place(i) < place(j) })
		for k, i := range list {
			c := models.Commitment{
				Code: models.CommitmentCode(statementSlug, p.Ref, k+1), Statement: statementSlug, Paragraph: p.Ref, Kind: code(i.Kind), Verb: i.Verb,
				Strength: strengths[code(i.Strength)], Trackable: true, Initiatives: []string{ref(i.ID)},
				Words: map[models.Lang]models.Marked{models.English: {Exact: i.QuoteEn}, models.Japanese: {Exact: i.QuoteJa}},
			}
			if reason, not := b.ed.NotTrackable[i.Kind]; not {
				c.Trackable, c.NotTrackableReason = false, reason
			}
			if !b.noteOnInitiative(i.ID) {
				c.Note = models.Text{EN: i.Note, JA: b.ja.Initiatives[i.ID]}
			}
			out.Commitments = append(out.Commitments, c)
		}
	}
	return nil
}

// code writes a word of the dossier as the codes of the record are written: lower case with underscores.
func code(word string) string { return strings.NewReplacer(" ", "_", "-", "_").Replace(word) }

// strengths gives the dossier's words for a verb the codes of the record, which name the verb itself.
var strengths = map[string]string{
	"committed": "commit", "will_continue": "will", "ongoing": "undertake", "reaffirmed": "reaffirm", "welcomed": "welcome", "recognised": "recognise",
	"discussed": "discuss", "expressed_concern": "express_concern",
}

// noteOnInitiative reports whether the dossier's note speaks of the initiative rather than of the statement's words.
func (b *builder) noteOnInitiative(id string) bool {
	return slices.Contains(b.ed.OnInitiative, id)
}

func (b *builder) initiatives(out *transfer.Bundle) error {
	ends := map[string]models.Date{}
	for _, m := range out.Meetings {
		ends[m.Ref] = m.EndsOn
	}
	topics := map[string]models.Text{}
	for _, t := range out.Topics {
		topics[t.Slug] = t.Name
	}
	for _, i := range b.d.Initiatives {
		_, position := b.ed.NotTrackable[i.Kind]
		r := models.InitiativeRecord{
			Initiative: models.Initiative{Ref: ref(i.ID), Title: models.Text{EN: i.TitleEn, JA: i.TitleJa}, Kind: code(i.Kind), Topic: i.Topic, TopicName: topics[i.Topic],
				FirstMeeting: i.OriginMeeting, BeginsOn: ends[i.OriginMeeting], LeadCountry: i.LeadActor, Trackable: !position, Confidence: confidence(i.Confidence)},
			Summary: models.Text{EN: i.SummaryEn, JA: i.SummaryJa}, DescribedOn: ends[i.OriginMeeting], Sources: i.Sources,
		}
		if on := b.ed.DescribedOn[i.ID]; on != "" {
			d, err := models.ParseDate(on)
			if err != nil {
				return err
			}
			r.DescribedOn = d
		}
		if b.noteOnInitiative(i.ID) {
			r.Note = models.Text{EN: i.Note, JA: b.ja.Initiatives[i.ID]}
		}
		if i.Parent != "" {
			r.Parent = &models.Reference{Ref: ref(i.Parent)}
		}
		for _, o := range i.Related {
			r.Related = append(r.Related, models.Reference{Ref: ref(o)})
		}
		for _, country := range i.Actors {
			role := "contributor"
			if country == i.LeadActor {
				role = "lead"
			}
			r.Parts = append(r.Parts, models.Part{Country: country, Role: role})
		}
		out.Initiatives = append(out.Initiatives, r)
	}
	return nil
}
