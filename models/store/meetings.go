package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// Meetings returns one page of the meetings that match the filter and were held by the time of the view, by ref.
func (s *Store) Meetings(ctx context.Context, actor models.Actor, w models.When, f models.MeetingFilter, p models.Page) (*models.List[models.Meeting], error) {
	return listOf(ctx, s, "meetings", w, p, func(v *view, after string, limit int) ([]models.Meeting, int, error) {
		narrow, err := v.meetingConditions(f)
		if err != nil {
			return nil, 0, err
		}
		where, args := and(narrow)
		total := 0
		if err := scanRow(v.raw("SELECT COUNT(*) FROM meetings m WHERE m.ends_on <= ?"+where, append([]any{v.at.Until()}, args...)...), &total); err != nil {
			return nil, 0, translate("count meetings", err)
		}
		all, err := v.meetings("m.ref > ?"+where, append([]any{after}, args...), limit)
		return all, total, err
	}, func(m models.Meeting) string { return m.Ref })
}

// meetings reads the meetings that a condition names, by ref, with publications and attendances: three statements.
func (v *view) meetings(cond string, args []any, limit int) ([]models.Meeting, error) {
	all, index, refs := []models.Meeting{}, map[string]int{}, []any{}
	err := each("read meetings", v.raw(`SELECT m.ref, f.slug, f.name_en, f.name_ja, m.number, m.in_person_number, m.format, m.city_en, m.city_ja, m.country,
		m.starts_on, m.ends_on, m.host, m.note_en, m.note_ja, m.confidence, m.sources
		FROM meetings m JOIN forums f ON f.id = m.forum_id WHERE m.ends_on <= ? AND `+cond+` ORDER BY m.ref LIMIT ?`,
		append(append([]any{v.at.Until()}, args...), limit)...), func(scan scanner) error {
		m := models.Meeting{Publications: []models.Publication{}, Attendances: []models.Attendance{}}
		var starts, ends, sources string
		if err := scan(&m.Ref, &m.Forum, &m.ForumName.EN, &m.ForumName.JA, &m.Number, &m.InPersonNumber, &m.Format, &m.City.EN, &m.City.JA,
			&m.Country, &starts, &ends, &m.Host, &m.Note.EN, &m.Note.JA, &m.Confidence, &sources); err != nil {
			return err
		}
		m.StartsOn, m.EndsOn, m.Sources = day(starts), day(ends), list(sources)
		if v.at.Past() {
			m.Note, m.Sources = models.Text{}, []string{}
		}
		index[m.Ref] = len(all)
		refs = append(refs, m.Ref)
		all = append(all, m)
		return nil
	})
	if err != nil || len(refs) == 0 {
		return all, err
	}
	published, err := v.publications("m.ref IN ("+marks(len(refs))+")", refs)
	if err != nil {
		return nil, err
	}
	for _, p := range published {
		m := &all[index[p.Meeting]]
		m.Publications = append(m.Publications, p)
	}
	present, err := v.attendances("m.ref IN ("+marks(len(refs))+")", refs)
	for _, a := range present {
		m := &all[index[a.Meeting]]
		m.Attendances = append(m.Attendances, a)
	}
	return all, err
}

// attendances reads who represented whom, by meeting and country, with the office held then.
func (v *view) attendances(cond string, args []any) ([]models.Attendance, error) {
	all := []models.Attendance{}
	err := each("read attendances", v.raw(`SELECT d.slug, d.name_en, d.name_ja, d.country, m.ref, m.ends_on, a.role, o.title_en, o.title_ja
		FROM attendances a JOIN delegates d ON d.id = a.delegate_id JOIN meetings m ON m.id = a.meeting_id JOIN offices o ON o.id = a.office_id
		JOIN countries k ON k.iso2 = d.country
		WHERE m.ends_on <= ? AND `+cond+` ORDER BY m.ends_on, m.ref, k.position, d.slug`, append([]any{v.at.Until()}, args...)...), func(scan scanner) error {
		var a models.Attendance
		var on string
		if err := scan(&a.Delegate, &a.Name.EN, &a.Name.JA, &a.Country, &a.Meeting, &on, &a.Role, &a.Office.EN, &a.Office.JA); err != nil {
			return err
		}
		a.HeldOn = day(on)
		all = append(all, a)
		return nil
	})
	return all, err
}
