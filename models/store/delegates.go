package store

import (
	"context"
	"encoding/json"

	"github.com/followthrough/followthrough/models"
)

// Delegates returns one page of the people who had attended a meeting by the time of the view, by slug.
func (s *Store) Delegates(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.Delegate], error) {
	return listOf(ctx, s, "delegates", w, p, func(v *view, after string, limit int) ([]models.Delegate, int, error) {
		var total int
		err := scanRow(v.raw(`SELECT COUNT(DISTINCT a.delegate_id) FROM attendances a JOIN meetings m ON m.id = a.meeting_id WHERE m.ends_on <= ?`, v.at.Until()), &total)
		if err != nil {
			return nil, 0, translate("count delegates", err)
		}
		all, err := v.delegates("d.slug > ?", []any{after}, limit)
		return all, total, err
	}, func(d models.Delegate) string { return d.Slug })
}

// Delegate returns one person with offices and attendances.
func (s *Store) Delegate(ctx context.Context, actor models.Actor, w models.When, slug string) (*models.Record[models.Delegate], error) {
	return recordOf(ctx, s, w, "delegate", slug, func(v *view) ([]models.Delegate, error) {
		return v.delegates("d.slug = ?", []any{slug}, 1)
	})
}

// delegates reads the people that a condition names, by slug, with offices and attendances: three statements.
func (v *view) delegates(cond string, args []any, limit int) ([]models.Delegate, error) {
	all, index, slugs := []models.Delegate{}, map[string]int{}, []any{}
	err := each("read delegates", v.raw(`SELECT d.slug, d.name_en, d.name_ja, d.variants, d.country, d.notes, d.confidence, d.sources FROM delegates d
		WHERE EXISTS (SELECT 1 FROM attendances a JOIN meetings m ON m.id = a.meeting_id WHERE a.delegate_id = d.id AND m.ends_on <= ?)
		AND `+cond+` ORDER BY d.slug LIMIT ?`, append(append([]any{v.at.Until()}, args...), limit)...), func(scan scanner) error {
		d := models.Delegate{Notes: []models.Text{}, Offices: []models.Office{}, Attendances: []models.Attendance{}}
		var variants, notes, sources string
		if err := scan(&d.Slug, &d.Name.EN, &d.Name.JA, &variants, &d.Country, &notes, &d.Confidence, &sources); err != nil {
			return err
		}
		d.Variants, d.Sources = list(variants), list(sources)
		if v.at.Past() { // notes and sources may speak of later events
			d.Sources, notes = []string{}, "[]"
		}
		if err := json.Unmarshal([]byte(notes), &d.Notes); err != nil {
			return err
		}
		index[d.Slug] = len(all)
		slugs = append(slugs, d.Slug)
		all = append(all, d)
		return nil
	})
	if err != nil || len(slugs) == 0 {
		return all, err
	}
	present, err := v.attendances("d.slug IN ("+marks(len(slugs))+")", slugs)
	if err != nil {
		return nil, err
	}
	for _, a := range present {
		d := &all[index[a.Delegate]]
		d.Attendances = append(d.Attendances, a)
	}
	return all, v.offices(slugs, func(slug string, o models.Office) {
		d := &all[index[slug]]
		d.Offices = append(d.Offices, o)
	})
}

// offices reads the posts that people held; an end after the view is not known yet.
func (v *view) offices(slugs []any, add func(string, models.Office)) error {
	return each("read offices", v.raw(`SELECT d.slug, o.title_en, o.title_ja, o.country, o.from_on, o.from_precision, o.until_on, o.until_precision, o.until_known, o.confidence, o.sources
		FROM offices o JOIN delegates d ON d.id = o.delegate_id WHERE d.slug IN (`+marks(len(slugs))+`) AND o.from_on <= ? ORDER BY d.slug, o.from_on, o.id`,
		append(append([]any{}, slugs...), v.at.Until())...), func(scan scanner) error {
		var slug, from, fromP, until, untilP, sources string
		var o models.Office
		if err := scan(&slug, &o.Title.EN, &o.Title.JA, &o.Country, &from, &fromP, &until, &untilP, &o.UntilKnown, &o.Confidence, &sources); err != nil {
			return err
		}
		o.From, o.Until, o.Sources = date(from, fromP), date(until, untilP), list(sources)
		if until > v.at.Until() {
			o.Until, o.UntilKnown = models.Date{}, false
		}
		if v.at.Past() {
			o.Sources = []string{}
		}
		add(slug, o)
		return nil
	})
}
