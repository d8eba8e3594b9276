package frontend

import (
	"slices"
	"unicode"

	"github.com/followthrough/followthrough/models"
)

var languageNames = map[models.Lang]string{models.English: "English", models.Japanese: "日本語"}

// pageSections lists the sections of the page for the line of links under its head.
func pageSections(f Frame, r models.InitiativeRecord) []LeadPart {
	all := []LeadPart{
		{Text: f.T("initiative.words"), URL: "words"}, {Text: f.T("topic.over_time"), URL: "over-time"}, {Text: f.T("topic.by_country"), URL: "countries"},
		{Text: f.T("initiative.evidence"), URL: "evidence"}, {Text: f.T("initiative.history"), URL: "history"},
	}
	if len(r.Context) > 0 {
		all = append(all, LeadPart{Text: f.T("initiative.context"), URL: "context"})
	}
	return all
}

// standing returns the update of the whole initiative whose status stands.
func standing(r models.InitiativeRecord) (models.Update, bool) {
	p := UpdateForm{Record: r}
	return p.standing("")
}

// short reports whether the status that stands asks for better evidence than it has.
func short(r models.InitiativeRecord) bool {
	u, ok := standing(r)
	return ok && u.ShortOfEvidence()
}

func needs(s models.Status) string {
	least, _ := s.NeedsGrade()
	return string(least)
}

// lead names the lead country, or says that none is named.
func lead(f Frame, r models.InitiativeRecord) string {
	if r.LeadCountry == "" {
		return f.T("initiative.no_lead")
	}
	return f.Plain(partOf(r.Initiative, r.LeadCountry).CountryName)
}

// occasion names the meeting or the event at which something was reported.
func occasion(f Frame, u models.Update) string {
	if u.Meeting != "" {
		return f.PlaceOf(u.Meeting)
	}
	return f.Plain(u.Occasion)
}

// allEvidence lists every piece of evidence of the record once, newest update first.
func allEvidence(r models.InitiativeRecord) []models.Citation {
	seen := map[string]bool{}
	var all []models.Citation
	add := func(list []models.Citation) {
		for _, c := range list {
			if !seen[c.Ref] {
				seen[c.Ref] = true
				all = append(all, c)
			}
		}
	}
	for _, u := range r.Updates {
		add(u.Evidence)
	}
	for _, c := range r.Context {
		add(c.Evidence)
	}
	return all
}

// citable lists the evidence that a new judgement can rest on.
func citable(r models.InitiativeRecord) []models.Citation {
	return slices.DeleteFunc(allEvidence(r), func(e models.Citation) bool { return e.RetractedAt != "" })
}

// evidenceLang is the language of a title: a source in both languages is judged by its letters.
func evidenceLang(e models.Citation) string {
	if len(e.Langs) == 1 {
		return string(e.Langs[0])
	}
	return guessLang(e.Title)
}

// guessLang tells Japanese from English by the script.
func guessLang(s string) string {
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return string(models.Japanese)
		}
	}
	return string(models.English)
}

// replaced reports whether another update corrects or takes back this one.
func replaced(r models.InitiativeRecord, u models.Update) bool {
	for _, other := range r.Updates {
		if other.Replaces == u.ID {
			return true
		}
	}
	return false
}

// undoable reports whether the update is a person's and its judgement stands.
func undoable(r models.InitiativeRecord, u models.Update) bool {
	p := UpdateForm{Record: r}
	now, ok := p.standing(u.Country)
	return ok && now.ID == u.ID && u.Provenance == ""
}

// justMade returns the judgement that the reader recorded a moment ago, and whether it can be taken back.
func justMade(f Frame, r models.InitiativeRecord) (models.Update, bool) {
	var last models.Update
	for _, u := range r.Updates {
		if u.ID > last.ID {
			last = u
		}
	}
	return last, f.Flash != "" && !f.At.Past() && last.Author == f.Actor.Name && !last.InRound && undoable(r, last)
}
