package frontend

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// marked cuts a paragraph at a span, which stands in it once; a test finds a sample in which it does not.
func marked(paragraph, exact string) models.Marked {
	prefix, suffix, _ := strings.Cut(paragraph, exact)
	return models.Marked{Prefix: prefix, Exact: exact, Suffix: suffix}
}

const (
	paragraphEN = "We will share what we learn, and we will act on it together."
	paragraphJA = "我々は、得られた知見を共有し、共に行動する。"
)

func samplePublications() []models.Publication {
	return []models.Publication{
		{Title: "Joint statement", Publisher: "A", Lang: models.English, Standing: "statement", PublishedOn: models.NewDate(2023, 12, 6), PublishedAt: "2023-12-06T09:00:00-05:00", URL: "https://example.org/a", Note: long, Sources: []string{"e-1"}},
		{Title: "共同声明", Publisher: "B", Lang: models.Japanese, Standing: "text"},
	}
}

// sampleCommitments are two on p4 whose marks overlap in both languages and end together, one whose paragraph has no
// Japanese, and one tied to no initiative.
func sampleCommitments() []models.Commitment {
	p4 := func(code, en, ja string) models.Commitment {
		return models.Commitment{Code: code, Statement: "s", Meeting: "qscg-2023-12", Paragraph: "p4", Verb: "will", Strength: "commit", Kind: "commitment", Trackable: true, Actor: "We", Addressee: "partners <of> the region", Due: "2026年末までに", Measure: "three",
			Initiatives: []string{"QSCG-SAMPLE-under_way"}, Words: map[models.Lang]models.Marked{models.English: marked(paragraphEN, en), models.Japanese: marked(paragraphJA, ja)}, Sources: samplePublications()}
	}
	return []models.Commitment{
		p4("C-P04-1", "will share what we learn, and we will act on it together.", "得られた知見を共有し、共に行動する。"),
		p4("C-P04-2", "will act on it together.", "共に行動する。"),
		{Code: "C-P05-1", Statement: "s", Meeting: "qscg-2023-12", Paragraph: "p5", Verb: "welcome", Strength: "welcome", Kind: "position", NotTrackableReason: models.Text{EN: "A position.", JA: "立場。"},
			Note: long, Initiatives: []string{"QSCG-SAMPLE-stalled"}, Words: map[models.Lang]models.Marked{models.English: {Exact: "Welcome", Suffix: " <both>."}}},
		{Code: "C-P05-2", Statement: "s", Meeting: "qscg-2023-12", Paragraph: "p5", Verb: "welcome", Strength: "welcome", Kind: "position", Words: map[models.Lang]models.Marked{models.English: {Prefix: "Welcome ", Exact: "<both>", Suffix: "."}}},
	}
}

// sampleStatement has a paragraph without a mark, one with overlapping marks and one in English alone, and a note that
// stands on two paragraphs and on the whole.
func sampleStatement() models.StatementRecord {
	return models.StatementRecord{
		Statement: models.Statement{Slug: "s", Meeting: "qscg-2023-12", Title: long, IssuedOn: models.NewDate(2023, 12, 6), Languages: models.Langs[:], Publications: samplePublications(), Commitments: sampleCommitments(),
			Paragraphs: []models.Paragraph{
				{Ref: "p0", Texts: map[models.Lang]string{models.English: "Preface.", models.Japanese: "前文。"}, Hashes: map[models.Lang]string{models.English: strings.Repeat("ab", 32), models.Japanese: strings.Repeat("cd", 32)}},
				{Ref: "p4", Texts: map[models.Lang]string{models.English: paragraphEN, models.Japanese: paragraphJA}, Hashes: map[models.Lang]string{models.English: strings.Repeat("ef", 32), models.Japanese: strings.Repeat("01", 32)}},
				{Ref: "p5", Texts: map[models.Lang]string{models.English: "Welcome <both>."}, Hashes: map[models.Lang]string{models.English: strings.Repeat("23", 32)}},
			}},
		Initiatives: []models.Initiative{sampleInitiative(long, models.UnderWay), sampleInitiative(models.Text{JA: "日本語のみ"}, models.Stalled)},
		Contradictions: []models.Contradiction{
			{Slug: "x", Kind: "between_languages", Subject: long, ReadingA: long, ReadingB: long, Advice: long, Sources: []string{"e-1"}, On: []string{"statement:s#p4", "statement:s#p5", "statement:s"}},
			{Slug: "y", Kind: "quirk", Subject: models.Text{JA: "表記"}, ReadingA: models.Text{EN: "One."}, On: []string{"statement:s"}},
		}}
}

// comparedStatement continues an earlier one and was corrected: one commitment is new, one merges two, one is not linked and
// its English words are gone, and one of the earlier statement is not mentioned. It is in French as well.
func comparedStatement() models.StatementRecord {
	r := sampleStatement()
	r.Slug, r.Version, r.Edition = "s", 3, 2
	r.Languages = []models.Lang{models.English, "fr", models.Japanese}
	r.Editions = []models.StatementEdition{{Edition: 2, RecordedAt: "2026-11-22T10:00:00.000000Z", Reason: long, Author: "A. Rao"}}
	r.Paragraphs[1].Texts["fr"], r.Paragraphs[1].Hashes["fr"] = "Nous agirons ensemble.", strings.Repeat("45", 32)
	c := r.Commitments
	c[0].OfficialLine = "new"
	c[1].OfficialLine, c[1].Earlier = "merged", []models.EarlierCommitment{{Code: "B-P01-1", Statement: "b", Relation: "merged"}, {Code: "B-P01-2", Statement: "b", Relation: "merged"}}
	c[1].Words["fr"] = models.Marked{Prefix: "Nous ", Exact: "agirons", Suffix: " ensemble."}
	c[1].Later = []models.LaterCommitment{{Code: "D-P02-1", Statement: "d", Meeting: "qscg-2023-12", Strength: "undertake", Relation: "advanced"}, {Statement: "e", Meeting: "qscg-2023-12", Relation: "not_mentioned"}}
	c[2].Words[models.English] = models.Marked{Prefix: "Welcome <both>.", NeedsReanchoring: true, Sought: "Welcomed"}
	r.NotMentioned = sampleCommitments()[:1]
	return r
}

// statementSamples are the lists of statements and commitments, and the reader.
func statementSamples(f framer) map[string]templ.Component {
	r := sampleStatement()
	english := r
	english.Title, english.Languages = models.Text{EN: "English alone"}, []models.Lang{models.English}
	commitments := sampleCommitments()
	commitments[0].Initiatives = append(commitments[0].Initiatives, "QSCG-ANOTHER-REFERENCE-THAT-IS-LONG")
	reader := func(r models.StatementRecord, only bool, q url.Values) templ.Component {
		return NewStatement(f("/statements/s", q), r, only)
	}
	return map[string]templ.Component{
		"statements, empty":        Statements(f("/statements", nil), listOf[models.Statement]()),
		"statements, many":         Statements(f("/statements", nil), listOf(r.Statement, english.Statement)),
		"commitments, empty":       Commitments(f("/commitments", nil), listOf[models.Commitment]()),
		"commitments, many":        Commitments(f("/commitments", nil), listOf(commitments...)),
		"reader, both languages":   reader(r, false, nil),
		"reader, asked for both":   reader(r, false, url.Values{"text": {"both"}}),
		"reader, English":          reader(r, false, url.Values{"text": {"en"}}),
		"reader, Japanese":         reader(r, false, url.Values{"text": {"ja"}}),
		"reader, only commitments": reader(r, true, url.Values{"only": {"commitments"}}),
		"reader, compared, corrected and kept by an analyst": func() templ.Component {
			frame := f("/statements/s", url.Values{"text": {"fr"}})
			frame.Actor = models.Actor{ID: 1, Name: "A. Rao", Role: models.Analyst}
			return NewStatement(frame, comparedStatement(), false)
		}(),
		"reader, compared, in three languages": reader(comparedStatement(), false, nil),
		"reader, in English alone":             reader(english, false, nil),
		"reader, without any paragraph":        reader(models.StatementRecord{Statement: models.Statement{Slug: "s", Meeting: "qscg-2023-12", Title: long}}, true, nil),
	}
}
