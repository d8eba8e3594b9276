package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// Initiative returns everything on one initiative at the time of the view.
func (s *Store) Initiative(ctx context.Context, actor models.Actor, w models.When, ref string) (*models.Record[models.InitiativeRecord], error) {
	var out *models.Record[models.InitiativeRecord]
	err := s.view(ctx, w, func(v *view) error {
		r, id, err := v.initiative(ref)
		if err != nil {
			return err
		}
		steps := []func() error{
			func() (err error) { r.Updates, err = v.updates("u.initiative_id = ?", []any{id}, 1000); return },
			func() (err error) { r.Context, err = v.contexts(id); return },
			func() (err error) { r.Commitments, err = v.commitments("ci.initiative_id = ?", []any{id}); return },
			func() error { return v.relations(id, r) },
			func() (err error) { r.SearchNotes, err = v.searchNotes("i.id = ?"+latestNotes, []any{id}); return },
			func() (err error) { r.Contradictions, err = v.contradictions("initiative", ref); return },
		}
		for _, step := range steps {
			if err := step(); err != nil {
				return err
			}
		}
		r.Ribbon = v.ribbon(judgementsOf(r.Updates)[ref], nil)
		out = single(v, *r)
		return nil
	})
	return out, err
}

// initiative reads the row and what only the record shows. What is described later than the view is left out.
func (v *view) initiative(ref string) (*models.InitiativeRecord, int64, error) {
	items, err := v.rowsByRef("i.ref = ?", []any{ref})
	if err != nil {
		return nil, 0, err
	}
	if len(items) == 0 {
		return nil, 0, v.absent("initiative", ref)
	}
	r := &models.InitiativeRecord{Initiative: items[0], Children: []models.Reference{}, Related: []models.Reference{}}
	var id int64
	var described, sources string
	err = scanRow(v.raw("SELECT id, version, summary_en, summary_ja, described_on, note_en, note_ja, sources FROM initiatives WHERE ref = ?", ref), &id, &r.Version, &r.Summary.EN, &r.Summary.JA, &described, &r.Note.EN, &r.Note.JA, &sources)
	if err != nil {
		return nil, 0, translate("read "+ref, err)
	}
	r.DescribedOn, r.Sources = day(described), list(sources)
	if described > v.at.Until() {
		r.Summary, r.DescribedOn = models.Text{}, models.Date{}
	}
	if v.at.Past() {
		r.Note, r.Sources = models.Text{}, []string{} // both may speak of later texts
	}
	return r, id, nil
}

// relations reads the initiative above, those below and those beside it, as far as they existed by then.
func (v *view) relations(id int64, r *models.InitiativeRecord) error {
	return each("read relations", v.raw(`
		SELECT 'parent' AS relation, p.ref, p.title_en, p.title_ja FROM initiatives i JOIN initiatives p ON p.id = i.parent_id WHERE i.id = ? AND p.begins_on <= ?
		UNION ALL SELECT 'child', c.ref, c.title_en, c.title_ja FROM initiatives c WHERE c.parent_id = ? AND c.begins_on <= ?
		UNION ALL SELECT 'related', o.ref, o.title_en, o.title_ja FROM initiative_relations x JOIN initiatives o ON o.id = x.related_id WHERE x.initiative_id = ? AND o.begins_on <= ?
		ORDER BY 1, 2`, id, v.at.Until(), id, v.at.Until(), id, v.at.Until()), func(scan scanner) error {
		var relation string
		var o models.Reference
		if err := scan(&relation, &o.Ref, &o.Title.EN, &o.Title.JA); err != nil {
			return err
		}
		switch relation {
		case "parent":
			r.Parent = &o
		case "child":
			r.Children = append(r.Children, o)
		case "related":
			r.Related = append(r.Related, o)
		}
		return nil
	})
}
