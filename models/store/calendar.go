package store

import (
	"context"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// calendarRows bounds each half of a calendar; the latest stay.
const calendarRows = 1000

// Calendar returns the meetings that the filter names, and the due dates of the initiatives in the same scope: of
// one meeting, those first promised there.
func (s *Store) Calendar(ctx context.Context, actor models.Actor, w models.When, f models.MeetingFilter) (*models.Record[models.Calendar], error) {
	var out *models.Record[models.Calendar]
	err := s.view(ctx, w, func(v *view) error {
		meetings, err := v.meetingConditions(f)
		if err != nil {
			return err
		}
		initiatives, err := v.conditions(models.InitiativeFilter{Meetings: f.Refs, Forums: f.Forums, Countries: f.Countries, Topics: f.Topics})
		if err != nil {
			return err
		}
		var c models.Calendar
		if c.Meetings, err = v.meetingDays(meetings); err != nil {
			return err
		}
		if c.Due, err = v.dueDates(initiatives); err != nil {
			return err
		}
		out = single(v, c)
		return nil
	})
	return out, err
}

func (v *view) meetingDays(narrow []clause) ([]models.MeetingDays, error) {
	all := []models.MeetingDays{}
	where, args := and(narrow)
	err := each("read the days of meetings", v.raw(`SELECT m.ref, f.name_en, f.name_ja, m.city_en, m.city_ja, COALESCE(k.name_en, m.country), COALESCE(k.name_ja, m.country), m.format = 'virtual', m.starts_on, m.ends_on, m.recorded_at
		FROM meetings m JOIN forums f ON f.id = m.forum_id LEFT JOIN countries k ON k.iso2 = m.country WHERE m.ends_on <= ?`+where+` ORDER BY m.starts_on DESC, m.ref LIMIT ?`,
		append(append([]any{v.at.Until()}, args...), calendarRows)...), func(scan scanner) error {
		var m models.MeetingDays
		var starts, ends string
		if err := scan(&m.Ref, &m.Forum.EN, &m.Forum.JA, &m.City.EN, &m.City.JA, &m.Country.EN, &m.Country.JA, &m.Virtual, &starts, &ends, &m.RecordedAt); err != nil {
			return err
		}
		m.StartsOn, m.EndsOn = day(starts), day(ends)
		if v.at.Past() {
			m.RecordedAt = ""
		}
		all = append(all, m)
		return nil
	})
	slices.Reverse(all)
	return all, err
}

func (v *view) dueDates(conds []condition) ([]models.DueDate, error) {
	all := []models.DueDate{}
	about, err := v.about("i.id", conds)
	if err != nil {
		return nil, err
	}
	from, args := v.from()
	narrowed, narrowedArgs := and(about)
	judged := "FROM updates j WHERE j.initiative_id = i.id AND j.country = '' AND j.published AND j.effective_on <= ?"
	args = slices.Concat([]any{v.at.Until(), v.at.Until()}, args, []any{v.at.Until()}, narrowedArgs, []any{calendarRows})
	err = each("read due dates", v.raw(`SELECT i.ref, i.title_en, i.title_ja, `+statusSQL+`, i.due_on, i.due_precision, (SELECT COUNT(*) `+judged+`),
		COALESCE((SELECT MAX(j.recorded_at) `+judged+`), i.recorded_at)`+from+` WHERE i.begins_on <= ?`+narrowed+` AND i.due_on <> '' ORDER BY i.due_on DESC, i.ref LIMIT ?`, args...), func(scan scanner) error {
		var d models.DueDate
		var due, precision string
		if err := scan(&d.Ref, &d.Title.EN, &d.Title.JA, &d.Status, &due, &precision, &d.Revision, &d.RecordedAt); err != nil {
			return err
		}
		d.DueOn = date(due, precision)
		if v.at.Past() {
			d.RecordedAt = ""
		}
		all = append(all, d)
		return nil
	})
	slices.Reverse(all)
	return all, err
}
