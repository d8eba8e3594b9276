package store

import (
	"strings"

	"github.com/followthrough/followthrough/models"
)

// bearings reads the judgements and wider events that cite a piece of evidence, the latest first.
func (v *view) bearings(ref string) ([]models.Bearing, error) {
	all := []models.Bearing{}
	err := each("read bearings", v.raw(`SELECT i.ref, i.title_en, i.title_ja, c.country, COALESCE(u.id,0), COALESCE(u.status,''),
		COALESCE(u.effective_on, x.occurred_on), COALESCE(u.effective_precision, x.occurred_precision), COALESCE(u.note_en, x.note_en), COALESCE(u.note_ja, x.note_ja), c.stance, c.grade
		FROM citations c JOIN evidence e ON e.id = c.evidence_id JOIN initiatives i ON i.id = c.initiative_id
		LEFT JOIN updates u ON u.id = c.update_id LEFT JOIN contexts x ON x.id = c.context_id
		WHERE e.ref = ? AND c.occurred_on <= ? AND i.begins_on <= ? AND (u.id IS NULL OR u.published) ORDER BY c.occurred_on DESC, i.ref, c.country, c.id`,
		ref, v.at.Until(), v.at.Until()), func(scan scanner) error {
		var b models.Bearing
		var on, precision string
		if err := scan(&b.Initiative, &b.Title.EN, &b.Title.JA, &b.Country, &b.Update, &b.Status, &on, &precision, &b.Note.EN, &b.Note.JA, &b.Stance, &b.Grade); err != nil {
			return err
		}
		b.On = date(on, precision)
		all = append(all, b)
		return nil
	})
	return all, err
}

// cited reads the records that name a piece of evidence among their sources. A view of the past shows no lists of
// sources, because some have no date.
func (v *view) cited(ref string) ([]models.RecordRef, error) {
	all := []models.RecordRef{}
	if v.at.Past() {
		return all, nil
	}
	parts := []string{
		"SELECT 'initiative' AS kind, ref, title_en, title_ja FROM initiatives WHERE sources LIKE ? ESCAPE '\\'",
		"SELECT 'meeting', m.ref, m.city_en, m.city_ja FROM meetings m WHERE m.sources LIKE ? ESCAPE '\\'",
		"SELECT 'meeting', m.ref, m.city_en, m.city_ja FROM publications p JOIN meetings m ON m.id = p.meeting_id WHERE p.sources LIKE ? ESCAPE '\\'",
		"SELECT 'delegate', slug, name_en, name_ja FROM delegates WHERE sources LIKE ? ESCAPE '\\'",
		"SELECT 'delegate', d.slug, d.name_en, d.name_ja FROM offices o JOIN delegates d ON d.id = o.delegate_id WHERE o.sources LIKE ? ESCAPE '\\'",
		"SELECT 'country', iso2, name_en, name_ja FROM countries WHERE sources LIKE ? ESCAPE '\\'",
		"SELECT 'contradiction', slug, subject_en, subject_ja FROM contradictions WHERE sources LIKE ? ESCAPE '\\'",
	}
	args := make([]any, len(parts))
	for i := range args {
		args[i] = `%"` + escapeLike(ref) + `"%`
	}
	err := each("read where it is named", v.raw(strings.Join(parts, " UNION ")+" ORDER BY 1, 2", args...), func(scan scanner) error {
		var r models.RecordRef
		if err := scan(&r.Kind, &r.Ref, &r.Title.EN, &r.Title.JA); err != nil {
			return err
		}
		all = append(all, r)
		return nil
	})
	return all, err
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// escapeLike writes a text so that LIKE ... ESCAPE '\' takes it literally.
func escapeLike(s string) string { return likeEscaper.Replace(s) }
