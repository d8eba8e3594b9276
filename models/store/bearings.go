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
	has := func(table string) string { // LIKE would fold case on one engine alone
		if v.engine == Postgres {
			return "STRPOS(" + table + ".sources, ?) > 0"
		}
		return "INSTR(" + table + ".sources, ?) > 0"
	}
	parts := []string{
		"SELECT 'initiative' AS kind, i.ref, i.title_en, i.title_ja FROM initiatives i WHERE " + has("i"),
		"SELECT 'meeting', m.ref, m.city_en, m.city_ja FROM meetings m WHERE " + has("m"),
		"SELECT 'meeting', m.ref, m.city_en, m.city_ja FROM publications p JOIN meetings m ON m.id = p.meeting_id WHERE " + has("p"),
		"SELECT 'statement', st.slug, st.title_en, st.title_ja FROM statements st WHERE " + has("st"),
		"SELECT 'delegate', d.slug, d.name_en, d.name_ja FROM delegates d WHERE " + has("d"),
		"SELECT 'delegate', d.slug, d.name_en, d.name_ja FROM offices o JOIN delegates d ON d.id = o.delegate_id WHERE " + has("o"),
		"SELECT 'country', k.iso2, k.name_en, k.name_ja FROM countries k WHERE " + has("k"),
		"SELECT 'contradiction', c.slug, c.subject_en, c.subject_ja FROM contradictions c WHERE " + has("c"),
	}
	args := make([]any, len(parts))
	for i := range args {
		args[i] = `"` + ref + `"`
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
