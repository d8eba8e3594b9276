package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// Removed lists what was removed and can be restored, the latest first.
func (s *Store) Removed(ctx context.Context, actor models.Actor, p models.Page) (*models.List[models.Removed], error) {
	if !models.May(actor, models.PermitEdit) {
		return nil, forbidden()
	}
	return listOf(ctx, s, "removed", models.When{}, p, func(v *view, after string, limit int) ([]models.Removed, int, error) {
		before := after
		if before == "" {
			before = presentOnly
		}
		all, total := []models.Removed{}, 0
		if err := scanRow(v.raw("SELECT COUNT(*) FROM tombstones WHERE kind IN ("+marks(len(models.EditKinds))+")", kindArgs()...), &total); err != nil {
			return nil, 0, translate("count what was removed", err)
		}
		err := each("read what was removed", v.raw("SELECT kind, ref, title_en, title_ja, reason_en, reason_ja, removed_at FROM tombstones WHERE kind IN ("+marks(len(models.EditKinds))+`)
			AND removed_at || kind || ref < ? ORDER BY removed_at || kind || ref DESC LIMIT ?`, append(kindArgs(), before, limit)...), func(scan scanner) error {
			var r models.Removed
			err := scan(&r.Kind, &r.Ref, &r.Title.EN, &r.Title.JA, &r.Reason.EN, &r.Reason.JA, &r.RemovedAt)
			all = append(all, r)
			return err
		})
		return all, total, err
	}, func(r models.Removed) string { return r.RemovedAt + r.Kind + r.Ref })
}

func kindArgs() []any {
	args := make([]any, len(models.EditKinds))
	for i, k := range models.EditKinds {
		args[i] = k
	}
	return args
}

// Choices reads what the fields of an edit can name.
func (s *Store) Choices(ctx context.Context, actor models.Actor) (*models.Choices, error) {
	if !models.May(actor, models.PermitEdit) {
		return nil, forbidden()
	}
	var all models.Choices
	err := s.view(ctx, models.When{}, func(v *view) error {
		for _, w := range v.words.forums {
			all.Forums = append(all.Forums, models.Reference{Ref: w.Slug, Title: w.Text})
		}
		for _, w := range v.words.countries {
			all.Countries = append(all.Countries, models.Reference{Ref: w.Slug, Title: w.Text})
		}
		for _, t := range v.words.tree() {
			all.Topics = append(all.Topics, models.Reference{Ref: t.Slug, Title: t.Text})
			all.Depths = append(all.Depths, t.Depth)
		}
		for _, m := range v.words.meetings {
			on := " " + m.Starts.String()
			all.Meetings = append(all.Meetings, models.Reference{Ref: m.Slug, Title: models.Text{EN: m.EN + on, JA: m.JA + on}})
		}
		err := each("read initiatives", v.raw("SELECT ref, title_en, title_ja FROM initiatives ORDER BY ref"), func(scan scanner) error {
			var r models.Reference
			err := scan(&r.Ref, &r.Title.EN, &r.Title.JA)
			all.Initiatives = append(all.Initiatives, r)
			return err
		})
		if err != nil {
			return err
		}
		return each("read offices", v.raw(`SELECT o.id, d.name_en, d.name_ja, o.title_en, o.title_ja, d.country FROM offices o JOIN delegates d ON d.id = o.delegate_id
			JOIN countries k ON k.iso2 = d.country ORDER BY k.position, d.slug, o.from_on, o.id`), func(scan scanner) error {
			var o models.OfficeChoice
			err := scan(&o.ID, &o.Delegate.EN, &o.Delegate.JA, &o.Title.EN, &o.Title.JA, &o.Country)
			all.Offices = append(all.Offices, o)
			return err
		})
	})
	return &all, err
}
