package frontend

import "github.com/followthrough/followthrough/models"

// About returns the address of a page about the product in this language. Such a page speaks of no time, so none
// travels with the link.
func (f Frame) About(path string) string { return "/" + string(f.Lang) + path }

// MethodAt returns the address of one definition.
func (f Frame) MethodAt(anchor string) string { return f.About("/method") + "#" + anchor }

// methodContents lists the chapters.
func methodContents(f Frame, m models.Method) []LeadPart {
	var all []LeadPart
	for _, c := range m.Chapters {
		all = append(all, LeadPart{Text: f.Plain(c.Title), URL: "#chapter-" + c.Code})
	}
	return append(all, LeadPart{Text: f.T("crosswalk.title"), URL: "#crosswalk"})
}

// needsInWords says what evidence a status asks for.
func needsInWords(f Frame, r *models.StatusRule) string {
	switch {
	case r.OrSearchNote && r.NeedsGrade == models.Searched:
		return f.T("method.search_note")
	case r.OrSearchNote:
		return f.T("method.or_search_note", "grade", string(r.NeedsGrade))
	case r.NeedsGrade == models.Searched:
		return f.T("method.nothing")
	}
	return string(r.NeedsGrade)
}

// reasonInWords says whether a status needs a written reason.
func reasonInWords(f Frame, r *models.StatusRule) string {
	if r.NeedsReason {
		return f.T("method.required")
	}
	return f.T("method.not_required")
}

// rankGroup is the statuses of one rank.
type rankGroup struct {
	Rank     int
	None     bool
	Statuses []models.Status
}

// ranks groups the statuses by rank, best first; those without one come last.
func ranks(statuses []models.Term) []rankGroup {
	var all []rankGroup
	var none []models.Status
	for _, t := range statuses {
		s := models.Status(t.Code)
		switch n := len(all); {
		case t.Status.Rank == nil:
			none = append(none, s)
		case n > 0 && all[n-1].Rank == *t.Status.Rank:
			all[n-1].Statuses = append(all[n-1].Statuses, s)
		default:
			all = append(all, rankGroup{Rank: *t.Status.Rank, Statuses: []models.Status{s}})
		}
	}
	return append(all, rankGroup{None: true, Statuses: none})
}

// countsInWords says whether a review mark counts as reviewed.
func countsInWords(f Frame, reviewed bool) string {
	if reviewed {
		return f.T("method.counts")
	}
	return f.T("method.does_not_count")
}

// suggestedType is the type that a rule gives a passage, in words.
func suggestedType(f Frame, typ string) string {
	if typ == "work" {
		return f.T("method.suggest_work")
	}
	return f.T("type." + typ)
}

// suggestedTrackable says whether passages of a rule can be tracked, and if not, why.
func suggestedTrackable(f Frame, r models.SuggestionRule) string {
	if r.Trackable {
		return f.T("method.suggest_yes")
	}
	return f.T("method.suggest_no", "type", suggestedType(f, r.Type))
}

// suggestedSet names the statements that suggestions were measured on.
func suggestedSet(f Frame, s models.SuggestionRules, x models.SuggestionMeasured) string {
	if x.HeldOut {
		return f.T("method.suggest_held_out", "lang", languageNames[s.Lang], "count", x.Statements)
	}
	return f.T("method.suggest_own", "lang", languageNames[s.Lang], "count", x.Statements)
}
