package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// chunk is how many rows of a forum one statement reads: few enough that the marks for what hangs on them stay below
// the limits of both engines.
const chunk = 50

// Forum returns everything that belongs to a forum at the time of the view, read in one snapshot.
func (s *Store) Forum(ctx context.Context, actor models.Actor, w models.When, slug string) (*models.Record[models.ForumRecord], error) {
	var out *models.Record[models.ForumRecord]
	err := s.view(ctx, w, func(v *view) error {
		own, ok := find(v.words.forums, slug, word.slug)
		if !ok {
			return v.absent("forum", slug)
		}
		r := &models.ForumRecord{}
		// Each step adds what the ones before refer to.
		steps := []func(forumWord, *models.ForumRecord) error{v.forumTexts, v.forumInitiatives, v.forumHistory, v.forumMeetings, v.forumPlaces, v.forumEvidence}
		for _, step := range steps {
			if err := step(own, r); err != nil {
				return err
			}
		}
		dropLoose(r)
		out = single(v, *r)
		return nil
	})
	return out, err
}

// forumTexts reads the meetings of the forum, what they issued and who attended them.
func (v *view) forumTexts(own forumWord, r *models.ForumRecord) (err error) {
	if r.Meetings, err = pages(func(after string) ([]models.Meeting, error) {
		return v.meetings("m.forum_id = ? AND m.ref > ?", []any{own.ID, after}, chunk)
	}, func(m models.Meeting) string { return m.Ref }); err != nil {
		return err
	}
	if r.Statements, err = pages(func(after string) ([]models.Statement, error) {
		return v.statements("m.forum_id = ? AND st.slug > ?", []any{own.ID, after}, chunk)
	}, func(t models.Statement) string { return t.Slug }); err != nil {
		return err
	}
	if r.Delegates, err = pages(func(after string) ([]models.Delegate, error) {
		return v.delegates(`EXISTS (SELECT 1 FROM attendances fa JOIN meetings fm ON fm.id = fa.meeting_id
			WHERE fa.delegate_id = d.id AND fm.ends_on <= ? AND fm.forum_id = ?) AND d.slug > ?`, []any{v.at.Until(), own.ID, after}, chunk)
	}, func(d models.Delegate) string { return d.Slug }); err != nil {
		return err
	}
	r.Commitments, err = v.commitments("m.forum_id = ?", []any{own.ID})
	return err
}

// pages reads a list that is ordered by a unique text key, a chunk at a time.
func pages[T any](read func(after string) ([]T, error), key func(T) string) ([]T, error) {
	all := []T{}
	for after := ""; ; after = key(all[len(all)-1]) {
		some, err := read(after)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if len(some) < chunk {
			return all, nil
		}
	}
}
