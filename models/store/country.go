package store

import (
	"context"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Country returns one country by its ISO 3166 alpha-2 code with its parts in the initiatives that match the filter.
// part narrows them to the statuses of its own part; empty for all.
func (s *Store) Country(ctx context.Context, actor models.Actor, w models.When, iso2 string, f models.InitiativeFilter, part []models.Status) (*models.Record[models.CountryRecord], error) {
	return recordOf(ctx, s, w, "country", iso2, func(v *view) ([]models.CountryRecord, error) {
		iso2 := strings.ToUpper(iso2)
		if _, ok := find(v.words.countries, iso2, word.slug); !ok {
			return nil, nil
		}
		f.Countries, f.Limit = []string{iso2}, models.MaxLimit
		conds, err := v.conditions(f)
		if err != nil {
			return nil, err
		}
		var bad []models.FieldError
		codes("part", part, models.Status.Valid, &bad)
		if err := models.Invalid(bad...); err != nil {
			return nil, err
		}
		all, err := v.countries(conds)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(all, func(c models.Country) bool { return c.ISO2 == iso2 })
		r := models.CountryRecord{Country: all[at], Initiatives: []models.Initiative{}, OnlyLacking: []string{}, Alone: []string{}, Topics: []models.Reference{}}
		for _, t := range v.words.tree() {
			r.Topics = append(r.Topics, models.Reference{Ref: t.Slug, Title: t.Text})
		}
		if err := v.ownParts(&r, conds, part); err != nil {
			return nil, err
		}
		return []models.CountryRecord{r}, v.aboutCountry(&r, iso2)
	})
}

// ownParts reads the initiatives with a part of the country and compares it with the parts of the others.
func (v *view) ownParts(r *models.CountryRecord, conds []condition, part []models.Status) error {
	items, _, err := v.initiatives(conds, models.InitiativeFilter{Sort: models.SortTopic, Limit: models.MaxLimit})
	for _, i := range items {
		own, others, acting := models.Part{}, 0, 0
		for _, p := range i.Parts {
			switch {
			case p.Country == r.ISO2:
				own = p
			case p.Applicable():
				others++
				if p.Status.ShowsAction() {
					acting++
				}
			}
		}
		if own.Was.ShowsAction() {
			r.ActionWas++
		}
		if others > 0 && acting == others && !own.Status.ShowsAction() {
			r.OnlyLacking = append(r.OnlyLacking, i.Ref)
		}
		if acting == 0 && own.Status.ShowsAction() {
			r.Alone = append(r.Alone, i.Ref)
		}
		if len(part) == 0 || slices.Contains(part, own.Status) {
			r.Initiatives = append(r.Initiatives, i)
		}
	}
	return err
}

// aboutCountry reads what does not depend on the filter.
func (v *view) aboutCountry(r *models.CountryRecord, iso2 string) (err error) {
	if r.Delegates, err = v.attendances("d.country = ?", []any{iso2}); err != nil {
		return err
	}
	slices.Reverse(r.Delegates)
	if r.Statements, err = v.statementNames(`EXISTS (SELECT 1 FROM attendances a JOIN delegates d ON d.id = a.delegate_id
		WHERE a.meeting_id = m.id AND d.country = ?)`, []any{iso2}); err != nil {
		return err
	}
	if r.Latest, err = v.updates("u.country = ?", []any{iso2}, latestRows); err != nil {
		return err
	}
	if r.Contradictions, err = v.contradictions("country", iso2); err != nil {
		return err
	}
	r.SourceLangs = map[models.Lang]int{}
	return each("count sources", v.raw(`SELECT e.langs, COUNT(DISTINCT e.id) FROM citations c JOIN evidence e ON e.id = c.evidence_id
		WHERE c.country = ? AND c.occurred_on <= ? AND `+v.datedBy("e")+` GROUP BY e.langs`, iso2, v.at.Until(), v.at.Until()), func(scan scanner) error {
		var langs string
		var n int
		if err := scan(&langs, &n); err != nil {
			return err
		}
		for _, l := range list(langs) {
			r.SourceLangs[models.Lang(l)] += n
		}
		return nil
	})
}
