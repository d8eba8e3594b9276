package handlers

import (
	"slices"
	"strconv"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// The columns of the tables that a data package has and no list does.
var (
	forumColumns = []represent.Column[models.Forum]{
		{Name: "slug", Value: func(f models.Forum) string { return f.Slug }},
		{Name: "name_en", Value: func(f models.Forum) string { return f.Name.EN }},
		{Name: "name_ja", Value: func(f models.Forum) string { return f.Name.JA }},
		{Name: "members", Value: func(f models.Forum) string { return joined(f.Members) }},
	}
	paragraphColumns = []represent.Column[wording]{
		{Name: "statement", Value: func(w wording) string { return w.statement }},
		{Name: "paragraph", Value: func(w wording) string { return w.Ref }},
		{Name: "lang", Value: func(w wording) string { return string(w.lang) }},
		{Name: "text", Value: func(w wording) string { return w.Texts[w.lang] }},
		{Name: "sha256", Value: func(w wording) string { return w.Hashes[w.lang] }},
	}
	publicationColumns = append(placed[models.Publication]("meeting", represent.Text), []represent.Column[under[models.Publication]]{
		{Name: "statement", Value: func(u under[models.Publication]) string { return u.row.Statement }},
		{Name: "publisher", Value: func(u under[models.Publication]) string { return u.row.Publisher }},
		{Name: "lang", Value: func(u under[models.Publication]) string { return string(u.row.Lang) }},
		{Name: "title", Value: func(u under[models.Publication]) string { return u.row.Title }},
		{Name: "published_on", Type: represent.Date, Value: func(u under[models.Publication]) string { return u.row.PublishedOn.String() }},
		{Name: "published_at", Value: func(u under[models.Publication]) string { return u.row.PublishedAt }},
		{Name: "url", Value: func(u under[models.Publication]) string { return u.row.URL }},
		{Name: "standing", Value: func(u under[models.Publication]) string { return u.row.Standing }},
		{Name: "note_en", Value: func(u under[models.Publication]) string { return u.row.Note.EN }},
		{Name: "note_ja", Value: func(u under[models.Publication]) string { return u.row.Note.JA }},
		{Name: "confidence", Value: func(u under[models.Publication]) string { return string(u.row.Confidence) }},
	}...)
	officeColumns = append(placed[models.Office]("delegate", represent.Text), []represent.Column[under[models.Office]]{
		{Name: "title_en", Value: func(u under[models.Office]) string { return u.row.Title.EN }},
		{Name: "title_ja", Value: func(u under[models.Office]) string { return u.row.Title.JA }},
		{Name: "country", Value: func(u under[models.Office]) string { return u.row.Country }},
		{Name: "from", Type: represent.Date, Value: func(u under[models.Office]) string { return u.row.From.String() }},
		{Name: "until", Type: represent.Date, Value: func(u under[models.Office]) string { return u.row.Until.String() }},
		{Name: "until_known", Type: represent.Boolean, Value: func(u under[models.Office]) string { return strconv.FormatBool(u.row.UntilKnown) }},
		{Name: "confidence", Value: func(u under[models.Office]) string { return string(u.row.Confidence) }},
	}...)
	attendanceColumns = []represent.Column[models.Attendance]{
		{Name: "delegate", Value: func(a models.Attendance) string { return a.Delegate }},
		{Name: "meeting", Value: func(a models.Attendance) string { return a.Meeting }},
		{Name: "country", Value: func(a models.Attendance) string { return a.Country }},
		{Name: "role", Value: func(a models.Attendance) string { return string(a.Role) }},
		{Name: "office_en", Value: func(a models.Attendance) string { return a.Office.EN }},
		{Name: "office_ja", Value: func(a models.Attendance) string { return a.Office.JA }},
	}
	partColumns = []represent.Column[models.Part]{
		{Name: "initiative", Value: func(p models.Part) string { return p.Initiative }},
		{Name: "country", Value: func(p models.Part) string { return p.Country }},
		{Name: "role", Value: func(p models.Part) string { return p.Role }},
		{Name: "status", Value: func(p models.Part) string { return string(p.Status) }},
		{Name: "since", Type: represent.Date, Value: func(p models.Part) string { return p.Since.String() }},
		{Name: "grade", Value: func(p models.Part) string { return string(p.Grade) }},
		{Name: "superseded", Type: represent.Boolean, Value: func(p models.Part) string { return strconv.FormatBool(p.Superseded) }},
		{Name: "evidence_count", Type: represent.Integer, Value: func(p models.Part) string { return strconv.Itoa(p.EvidenceCount) }},
		{Name: "note_en", Value: func(p models.Part) string { return p.Note.EN }},
		{Name: "note_ja", Value: func(p models.Part) string { return p.Note.JA }},
	}
	tieColumns = []represent.Column[tie]{
		{Name: "commitment", Value: func(t tie) string { return t.commitment }},
		{Name: "initiative", Value: func(t tie) string { return t.initiative }},
	}
	updateColumns = []represent.Column[*models.Update]{
		{Name: "id", Type: represent.Integer, Value: func(u *models.Update) string { return strconv.FormatInt(u.ID, 10) }},
		{Name: "initiative", Value: func(u *models.Update) string { return u.Initiative }},
		{Name: "country", Value: func(u *models.Update) string { return u.Country }},
		{Name: "status", Value: func(u *models.Update) string { return string(u.Status) }},
		{Name: "superseded", Type: represent.Boolean, Value: func(u *models.Update) string { return strconv.FormatBool(u.Superseded) }},
		{Name: "effective_on", Type: represent.Date, Value: func(u *models.Update) string { return u.EffectiveOn.String() }},
		{Name: "meeting", Value: func(u *models.Update) string { return u.Meeting }},
		{Name: "occasion_en", Value: func(u *models.Update) string { return u.Occasion.EN }},
		{Name: "occasion_ja", Value: func(u *models.Update) string { return u.Occasion.JA }},
		{Name: "review_mark", Value: func(u *models.Update) string { return string(u.Mark) }},
		{Name: "reason_kind", Value: func(u *models.Update) string { return u.ReasonKind }},
		{Name: "note_en", Value: func(u *models.Update) string { return u.Note.EN }},
		{Name: "note_ja", Value: func(u *models.Update) string { return u.Note.JA }},
		{Name: "rationale_en", Value: func(u *models.Update) string { return u.Rationale.EN }},
		{Name: "rationale_ja", Value: func(u *models.Update) string { return u.Rationale.JA }},
		{Name: "remark_en", Value: func(u *models.Update) string { return u.Remark.EN }},
		{Name: "remark_ja", Value: func(u *models.Update) string { return u.Remark.JA }},
		{Name: "scope_en", Value: func(u *models.Update) string { return u.Scope.EN }},
		{Name: "scope_ja", Value: func(u *models.Update) string { return u.Scope.JA }},
		{Name: "grade", Value: func(u *models.Update) string { return string(u.Grade) }},
		{Name: "confidence", Value: func(u *models.Update) string { return string(u.Confidence) }},
		{Name: "provenance", Value: func(u *models.Update) string { return u.Provenance }},
		{Name: "source_ref", Value: func(u *models.Update) string { return u.SourceRef }},
		{Name: "recorded_at", Value: func(u *models.Update) string { return u.RecordedAt }},
		{Name: "author", Value: func(u *models.Update) string { return u.Author }},
		{Name: "replaces", Type: represent.Integer, Value: func(u *models.Update) string { return number(u.Replaces) }},
		{Name: "search_note", Value: func(u *models.Update) string { return u.SearchNote }},
	}
	citationColumns = append(placed[models.Citation]("update", represent.Integer), []represent.Column[under[models.Citation]]{
		{Name: "evidence", Value: func(u under[models.Citation]) string { return u.row.Ref }},
		{Name: "stance", Value: func(u under[models.Citation]) string { return u.row.Stance }},
		{Name: "grade", Value: func(u under[models.Citation]) string { return string(u.row.Grade) }},
	}...)
)

// packageColumns returns the columns of the tables of a data package, by table, for the documentation and its test.
func packageColumns() map[string][]string {
	all := map[string][]string{}
	for _, t := range tablesOf(&models.ForumRecord{}) {
		all["datapackage/"+t.name] = slices.Clone(t.Header)
	}
	return all
}
