package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// Delegate returns one person with offices, attendances, the succession in the seats held and the initiatives promised
// at the meetings attended, whose was is the status at the end of the last of them.
func (s *Store) Delegate(ctx context.Context, actor models.Actor, w models.When, slug string) (*models.Record[models.DelegateRecord], error) {
	return recordOf(ctx, s, w, "delegate", slug, func(v *view) ([]models.DelegateRecord, error) {
		found, err := v.delegates("d.slug = ?", []any{slug}, 1)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		r := models.DelegateRecord{Delegate: found[0]}
		if r.Seats, err = v.seats(r.Delegate); err != nil {
			return nil, err
		}
		then := *v
		for _, a := range r.Attendances {
			if a.HeldOn.After(r.Since) {
				r.Since = a.HeldOn
			}
		}
		then.at.VS = r.Since
		conds, err := v.conditions(models.InitiativeFilter{Delegates: []string{slug}})
		if err != nil {
			return nil, err
		}
		if r.Initiatives, _, err = then.initiatives(conds, models.InitiativeFilter{Sort: models.SortTopic, Limit: models.MaxLimit}); err != nil {
			return nil, err
		}
		r.Contradictions, err = v.contradictions("delegate", slug)
		return []models.DelegateRecord{r}, err
	})
}

// seats finds, for each forum where the person headed the delegation, who headed it before and after.
func (v *view) seats(d models.Delegate) ([]models.Seat, error) {
	heads, err := v.attendances("d.country = ? AND a.role IN ('head','host')", []any{d.Country})
	forumOf := map[string]forumWord{}
	for _, m := range v.words.meetings {
		forumOf[m.Slug] = m.ForumOf
	}
	seats := []models.Seat{}
	for _, f := range v.words.forums {
		seat := models.Seat{Forum: f.Slug, ForumName: f.Text}
		first, last := -1, -1
		for i, a := range heads {
			if a.Delegate == d.Slug && forumOf[a.Meeting].ID == f.ID {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
		if first < 0 {
			continue
		}
		for i := range heads {
			if forumOf[heads[i].Meeting].ID != f.ID || heads[i].Delegate == d.Slug {
				continue
			}
			if i < first {
				seat.Before = &heads[i]
			}
			if i > last && seat.After == nil {
				seat.After = &heads[i]
			}
		}
		seats = append(seats, seat)
	}
	return seats, err
}
