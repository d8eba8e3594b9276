package store

import (
	"context"
	"encoding/json"

	"github.com/followthrough/followthrough/models"
)

// Delegates returns one page of the people who had attended a meeting by the time of the view and match the filter, by
// slug.
func (s *Store) Delegates(ctx context.Context, actor models.Actor, w models.When, f models.DelegateFilter, p models.Page) (*models.List[models.Delegate], error) {
	var facet []models.Facet
	list, err := listOf(ctx, s, "delegates", w, p, func(v *view, after string, limit int) ([]models.Delegate, int, error) {
		cond, args, err := v.delegateConditions(f)
		if err != nil {
			return nil, 0, err
		}
		if facet, err = v.delegateCountries(f); err != nil {
			return nil, 0, err
		}
		var total int
		err = scanRow(v.raw(`SELECT COUNT(*) FROM delegates d WHERE `+v.seen()+cond, append([]any{v.at.Until()}, args...)...), &total)
		if err != nil {
			return nil, 0, translate("count delegates", err)
		}
		all, err := v.delegates("d.slug > ?"+cond, append([]any{after}, args...), limit)
		return all, total, err
	}, func(d models.Delegate) string { return d.Slug })
	if err == nil {
		list.Facets["country"] = facet
	}
	return list, err
}

// seen is the condition that a view shows a delegate (d): somebody who had attended a meeting by its time, and in the
// present somebody who has not attended one yet. Its argument is until.
func (v *view) seen() string {
	attended := "EXISTS (SELECT 1 FROM attendances a JOIN meetings m ON m.id = a.meeting_id WHERE a.delegate_id = d.id AND m.ends_on <= ?)"
	if v.at.Past() {
		return attended
	}
	return "(" + attended + " OR NOT EXISTS (SELECT 1 FROM attendances a JOIN meetings m ON m.id = a.meeting_id WHERE a.delegate_id = d.id))"
}

// delegateCountries counts the people of each country under the other fields of the filter.
func (v *view) delegateCountries(f models.DelegateFilter) ([]models.Facet, error) {
	f.Countries = nil
	cond, args, err := v.delegateConditions(f)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	err = each("count delegates", v.raw(`SELECT d.country, COUNT(*) FROM delegates d WHERE `+v.seen()+cond+" GROUP BY d.country", append([]any{v.at.Until()}, args...)...), func(scan scanner) error {
		var country string
		var n int
		if err := scan(&country, &n); err != nil {
			return err
		}
		counts[country] = n
		return nil
	})
	facet := make([]models.Facet, len(v.words.countries))
	for i, c := range v.words.countries {
		facet[i] = models.Facet{Value: c.Slug, Label: c.Text, Count: counts[c.Slug]}
	}
	return facet, err
}

// delegateConditions turns a filter into SQL that follows other conditions, and reports every value it does not know.
func (v *view) delegateConditions(f models.DelegateFilter) (string, []any, error) {
	var bad []models.FieldError
	var all []clause
	all = append(all, in("d.country", lookup(v.words.countries, "country", f.Countries, func(w word) any { return w.Slug }, &bad), "")...)
	all = append(all, in("EXISTS (SELECT 1 FROM attendances xa WHERE xa.delegate_id = d.id AND xa.meeting_id",
		lookup(v.words.meetings, "meeting", f.Meetings, func(m meetingWord) any { return m.ID }, &bad), ")")...)
	for _, records := range v.wordsIn("delegate", f.Words) {
		all = append(all, clause{"d.slug IN (" + records.sql + ")", records.args})
	}
	sql, args := and(all)
	return sql, args, models.Invalid(bad...)
}

// delegates reads the people that a condition names, by slug, with offices and attendances: three statements.
func (v *view) delegates(cond string, args []any, limit int) ([]models.Delegate, error) {
	all, index, slugs := []models.Delegate{}, map[string]int{}, []any{}
	err := each("read delegates", v.raw(`SELECT d.slug, d.name_en, d.name_ja, d.variants, d.country, d.notes, d.confidence, d.sources FROM delegates d
		WHERE `+v.seen()+`
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
