package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// Forums returns one page of the forums with the meetings that were held by the time of the view, by slug.
func (s *Store) Forums(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.ForumFacts], error) {
	return listOf(ctx, s, "forums", w, p, func(v *view, after string, limit int) ([]models.ForumFacts, int, error) {
		all, err := v.forums("f.slug > ?", []any{after}, limit)
		return all, len(v.words.forums), err
	}, func(f models.ForumFacts) string { return f.Slug })
}

// ForumFacts returns one forum with its meetings.
func (s *Store) ForumFacts(ctx context.Context, actor models.Actor, w models.When, slug string) (*models.Record[models.ForumFacts], error) {
	return recordOf(ctx, s, w, "forum", slug, func(v *view) ([]models.ForumFacts, error) {
		return v.forums("f.slug = ?", []any{slug}, 1)
	})
}

// forums reads the forums that a condition names, by slug.
func (v *view) forums(cond string, args []any, limit int) ([]models.ForumFacts, error) {
	all, index := []models.ForumFacts{}, map[string]int{}
	err := each("read forums", v.raw("SELECT f.slug, f.name_en, f.name_ja, f.position FROM forums f WHERE "+cond+" ORDER BY f.slug LIMIT ?", append(args, limit)...), func(scan scanner) error {
		f := models.ForumFacts{Forum: models.Forum{Members: []string{}}, Meetings: []models.MeetingBrief{}}
		err := scan(&f.Slug, &f.Name.EN, &f.Name.JA, &f.Position)
		index[f.Slug] = len(all)
		all = append(all, f)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, m := range v.words.meetings {
		if at, wanted := index[m.ForumOf.Slug]; wanted && m.Ends.Last() <= v.at.Until() {
			all[at].Meetings = append(all[at].Meetings, *brief(m))
		}
	}
	return all, each("read members", v.raw("SELECT f.slug, fm.country FROM forum_members fm JOIN forums f ON f.id = fm.forum_id JOIN countries k ON k.iso2 = fm.country ORDER BY k.position, k.iso2"), func(scan scanner) error {
		var slug, country string
		err := scan(&slug, &country)
		if at, wanted := index[slug]; wanted {
			all[at].Members = append(all[at].Members, country)
		}
		return err
	})
}
