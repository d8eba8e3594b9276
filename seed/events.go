package seed

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

var evidenceKinds = map[string]string{
	"primary": "official_primary", "primary-mirror": "official_secondary", "seed": "official_secondary", "secondary": "media", "aggregator": "other",
}

func (b *builder) evidence(out *transfer.Bundle) error {
	for _, s := range b.d.Sources {
		on, err := models.ParseDate(s.Date)
		if err != nil {
			return fmt.Errorf("source %s: %w", s.ID, err)
		}
		e := models.Evidence{Ref: s.ID, Title: s.Title, Publisher: s.Publisher, Kind: evidenceKinds[s.Kind], PublishedOn: on, AccessedOn: b.compiled,
			URL: s.URL, Extent: s.Extent, Note: s.Note, Confidence: models.Verified}
		for _, l := range strings.Split(s.Lang, "/") {
			e.Langs = append(e.Langs, models.Lang(l))
		}
		if s.ID == dossierSource {
			e.Confidence = models.FromStatement
		}
		out.Evidence = append(out.Evidence, e)
	}
	return nil
}

var statuses = map[string]models.Status{
	"announced": models.Announced, "in progress": models.UnderWay, "delivered": models.Delivered, "stalled": models.Stalled,
}

// members are the countries whose own step a scope names; nil for the Quad as a whole, empty for a wider event. A
// scope that names all four with others, or names none, is wider.
func (b *builder) members(scope string) []string {
	if scope == "quad" {
		return nil
	}
	named := []string{}
	for _, c := range b.d.Countries {
		for _, word := range strings.FieldsFunc(scope, func(r rune) bool { return r == ' ' || r == ',' }) {
			if word == c.ISO2 {
				named = append(named, c.ISO2)
			}
		}
	}
	return named
}

// events turns status events into updates of the initiative (scope quad), updates of the parts of the countries that
// acted, or context (wider events), in the order of their dates.
func (b *builder) events(out *transfer.Bundle) error {
	type dated struct {
		dossierEvent
		on models.Date
	}
	all := make([]dated, len(b.d.Events))
	for n, e := range b.d.Events {
		on, err := models.ParseDate(cmp.Or(b.ed.TrueFrom[e.ID], e.Date))
		if err != nil {
			return fmt.Errorf("event %s: %w", e.ID, err)
		}
		all[n] = dated{e, on}
	}
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].on.Last() != all[j].on.Last() {
			return all[i].on.Last() < all[j].on.Last()
		}
		return all[i].ID < all[j].ID
	})
	last := map[string]models.Status{} // of each part, for an event that only says "superseded"
	for _, e := range all {
		text := func(en string, ja map[string]string, key string) models.Text { return models.Text{EN: en, JA: ja[key]} }
		note, occasion := text(e.WhatHappened, b.ja.Events, e.ID), text(e.ExternalEvent, b.ja.ExternalEvents, e.ExternalEvent)
		rationale, remark := text(e.Rationale, b.ja.EventRationales, e.ID), text(e.Note, b.ja.EventNotes, e.ID)
		scope := text(e.Scope, b.ja.Scopes, e.Scope)
		countries := b.members(e.Scope)
		if countries != nil && len(countries) == 0 {
			out.Context = append(out.Context, models.Context{Initiative: ref(e.InitiativeID), OccurredOn: e.on, Occasion: occasion, Note: note, Rationale: rationale,
				Remark: remark, Scope: scope, Confidence: confidence(e.Confidence), SourceRef: e.ID, Evidence: b.citations(e.dossierEvent, "context")})
			continue
		}
		if countries == nil {
			countries, scope = []string{""}, models.Text{}
		}
		for _, country := range countries {
			u := models.Update{Initiative: ref(e.InitiativeID), Country: country, EffectiveOn: e.on, Meeting: e.MeetingID, Occasion: occasion, Mark: models.Imported,
				ReasonKind: "event", Note: note, Rationale: rationale, Remark: remark, Scope: scope, Confidence: confidence(e.Confidence),
				Provenance: importedFrom, SourceRef: e.ID, Evidence: b.citations(e.dossierEvent, "supports")}
			part := u.Initiative + country
			if e.ProposedStatus == "superseded" { // a flag, not a status: the part stays where it was
				u.Superseded, u.Status = true, last[part]
				if u.Status == "" {
					u.Status = models.NotAssessed
				}
			} else if u.Status = statuses[e.ProposedStatus]; u.Status == "" {
				return fmt.Errorf("event %s: unknown status %q", e.ID, e.ProposedStatus)
			}
			last[part] = u.Status
			out.Updates = append(out.Updates, u)
		}
	}
	return nil
}

// citations grades the sources of an event: a member's or joint statement E1 unless the editorial file says that the
// source is itself the output (E2) or confirms it independently (E3).
func (b *builder) citations(e dossierEvent, stance string) []models.Citation {
	var all []models.Citation
	for _, s := range e.Sources {
		c := models.Citation{Stance: stance, Grade: models.MemberStatement}
		c.Ref = s
		for _, g := range []models.Grade{models.OfficialRecord, models.Independent} {
			if slices.Contains(b.ed.Grades[g][e.ID], s) {
				c.Grade = g
			}
		}
		all = append(all, c)
	}
	return all
}

// notes adds the search notes, the contradictions and the quirks of the text.
func (b *builder) notes(out *transfer.Bundle) error {
	for n, a := range b.d.Absences {
		on, err := models.ParseDate(a.CheckedOn)
		if err != nil {
			return err
		}
		out.SearchNotes = append(out.SearchNotes, models.SearchNote{Ref: "note-" + a.InitiativeID + "-" + a.CheckedOn, Initiative: ref(a.InitiativeID), SearchedOn: on, Where: a.Corpus, Queries: a.Queries,
			Result: models.Text{EN: a.Result, JA: b.ja.SearchNotes[n]["result"]}, Caution: models.Text{EN: a.Caution, JA: b.ja.SearchNotes[n]["caution"]},
			Suggested: statuses[a.SuggestedStatus]})
	}
	dates := map[string]models.Date{}
	for _, e := range out.Evidence {
		dates[e.Ref] = e.PublishedOn
	}
	for _, c := range b.d.Contradictions {
		ja := b.ja.Contradictions[c.ID]
		var on []string
		for _, r := range b.ed.Contradictions[c.ID] {
			if kind, id, _ := strings.Cut(r, ":"); kind == "initiative" {
				r = kind + ":" + ref(id)
			}
			on = append(on, r)
		}
		if len(on) == 0 {
			return fmt.Errorf("contradiction %s concerns no record", c.ID)
		}
		kind := "between_sources"
		if c.Kind == "between language versions" {
			kind = "between_languages"
		}
		out.Contradictions = append(out.Contradictions, models.Contradiction{Slug: c.ID, Kind: kind, Subject: models.Text{EN: c.Subject, JA: ja["subject"]},
			ReadingA: models.Text{EN: c.ReadingA, JA: ja["reading_a"]}, ReadingB: models.Text{EN: c.ReadingB, JA: ja["reading_b"]},
			Advice: models.Text{EN: c.Advice, JA: ja["advice"]}, KnownFrom: b.knownFrom(c.Sources, dates), Confidence: confidence(c.Confidence), Sources: c.Sources, On: on})
	}
	for _, q := range b.d.Quirks {
		ja := b.ja.Quirks[q.ID]
		what := models.Text{EN: q.What, JA: ja["what"]}
		if q.Quote != "" {
			what = models.Text{EN: q.What + " “" + q.Quote + "”", JA: ja["what"] + "「" + q.Quote + "」"}
		}
		on := []string{"statement:" + statementSlug}
		if paragraphs := b.ed.Quirks[q.ID]; len(paragraphs) > 0 {
			on = nil
			for _, p := range paragraphs {
				on = append(on, "statement:"+statementSlug+"#"+p)
			}
		}
		out.Contradictions = append(out.Contradictions, models.Contradiction{Slug: "quirk-" + q.ID, Kind: "quirk", Subject: models.Text{EN: q.Where, JA: ja["where"]},
			ReadingA: what, Advice: models.Text{EN: q.Advice, JA: ja["advice"]}, KnownFrom: b.knownFrom(q.Sources, dates), Confidence: confidence(q.Confidence),
			Sources: q.Sources, On: on})
	}
	return nil
}

// knownFrom is the date of the latest source, from which on all readings were known. A source without a date counts
// as of the day the dossier was made.
func (b *builder) knownFrom(sources []string, dates map[string]models.Date) models.Date {
	var latest models.Date
	for _, s := range sources {
		on := dates[s]
		if on.IsZero() {
			return b.compiled
		}
		if on.After(latest) {
			latest = on
		}
	}
	return latest
}
