package seed

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/followthrough/followthrough/models"
)

//go:embed data/*.json data/*.txt
var data embed.FS

// dossier is data/quad-cyber-facts.json as far as the record uses it.
type dossier struct {
	Meta struct {
		CompiledOn string `json:"compiledOn"`
	} `json:"meta"`
	Sources []struct {
		ID, URL, Publisher, Title, Date, Lang, Kind, Extent, Note string
	} `json:"sources"`
	Countries []struct {
		ISO2, ISO3, NameEn, NameJa, Confidence string
		Sources                                []string
	} `json:"countries"`
	Topics []struct {
		ID, Parent, NameEn, NameJa, DisplayEn, DisplayJa, Note, Confidence string
	} `json:"topics"`
	Meetings []struct {
		ID, Forum, Format, City, Country, StartDate, EndDate, Host, HostConfidence, Note, Result, Confidence string
		Ordinal                                                                                              struct {
			Number, InPersonNumber int
			Note                   string
		}
		Heads      any
		Sources    []string
		Statements []struct {
			Title, Publisher, PublicationDate, PublishedTime, Lang, Kind, Note, URL, Confidence string
			Sources                                                                             []string
		}
	} `json:"meetings"`
	Delegates []struct {
		ID, NameEn, NameJa, Country, TitleEn, TitleJa, Role, Confidence string
		NameEnConfidence, NameJaConfidence, TitleJaConfidence           string
		Meetings, Sources, Notes, NameVariants                          []string
	} `json:"delegates"`
	Initiatives []dossierInitiative `json:"initiatives"`
	Events      []dossierEvent      `json:"statusEvents"`
	Absences    []struct {
		InitiativeID, CheckedOn, Corpus, Result, SuggestedStatus, Caution string
		Queries                                                           []string
	} `json:"absenceChecks"`
	Contradictions []struct {
		ID, Kind, Subject, ReadingA, ReadingB, Advice, Confidence string
		Sources                                                   []string
	} `json:"contradictions"`
	Quirks []struct {
		ID, Where, What, Quote, Advice, Confidence string
		Sources                                    []string
	} `json:"seedQuirks"`
}

type dossierInitiative struct {
	ID, Kind, TitleEn, TitleJa, Topic, SummaryEn, SummaryJa, Verb, Strength string
	QuoteEn, QuoteJa, LeadActor, Parent, OriginMeeting, Confidence, Note    string
	InSeed                                                                  bool
	SeedParagraph                                                           int
	Actors, Related, Sources                                                []string
}

type dossierEvent struct {
	ID, InitiativeID, Date, MeetingID, ExternalEvent, Scope, WhatHappened, ProposedStatus, Confidence, Note, Rationale string
	Sources                                                                                                            []string
}

// japanese is data/quad-cyber-facts.ja.json: our Japanese wording of the dossier's English sentences.
type japanese struct {
	Events          map[string]string            `json:"events"`
	EventNotes      map[string]string            `json:"event_notes"`
	EventRationales map[string]string            `json:"event_rationales"`
	ExternalEvents  map[string]string            `json:"external_events"`
	Scopes          map[string]string            `json:"scopes"`
	Contradictions  map[string]map[string]string `json:"contradictions"`
	SearchNotes     []map[string]string          `json:"search_notes"`
	Initiatives     map[string]string            `json:"initiative_notes"`
	Topics          map[string]string            `json:"topic_notes"`
	Meetings        map[string]map[string]string `json:"meeting_notes"`
	Publications    map[string]string            `json:"publication_notes"`
	Delegates       map[string][]string          `json:"delegate_notes"`
	Quirks          map[string]map[string]string `json:"quirks"`
}

// editorial is data/editorial.json.
type editorial struct {
	Forums         []struct{ Slug, Dossier, EN, JA string } `json:"forums"`
	Cities         map[string]string                        `json:"cities"`
	Offices        map[string]editorialOffice               `json:"offices"`
	DescribedOn    map[string]string                        `json:"described_on"`
	TrueFrom       map[string]string                        `json:"true_from"`
	OnInitiative   []string                                 `json:"initiative_notes_on_the_initiative"`
	Grades         map[models.Grade]map[string][]string     `json:"grades"`
	NotTrackable   map[string]models.Text                   `json:"not_trackable"`
	Contradictions map[string][]string                      `json:"contradictions"`
	Quirks         map[string][]string                      `json:"quirk_paragraphs"`
}

type editorialOffice struct {
	From, Until string
	Sources     []string
}

// builder makes the bundle out of the three files and the statement.
type builder struct {
	d         dossier
	ja        japanese
	ed        editorial
	statement string
	compiled  models.Date
}

func load() (*builder, string, error) {
	b := &builder{}
	sum := sha256.New()
	for name, into := range map[string]any{"quad-cyber-facts.json": &b.d, "quad-cyber-facts.ja.json": &b.ja, "editorial.json": &b.ed} {
		raw, err := data.ReadFile("data/" + name)
		if err != nil {
			return nil, "", err
		}
		if err := json.Unmarshal(raw, into); err != nil {
			return nil, "", fmt.Errorf("read %s: %w", name, err)
		}
	}
	for _, name := range []string{"editorial.json", "qscg-2023-12-bilingual.txt", "quad-cyber-facts.ja.json", "quad-cyber-facts.json"} {
		raw, err := data.ReadFile("data/" + name)
		if err != nil {
			return nil, "", err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(raw))
		sum.Write(raw)
		if name == "qscg-2023-12-bilingual.txt" {
			b.statement = string(raw)
		}
	}
	var err error
	b.compiled, err = models.ParseDate(b.d.Meta.CompiledOn)
	return b, hex.EncodeToString(sum.Sum(nil)), err
}
