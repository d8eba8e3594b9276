package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// envelope puts rows into a list that says what time and version it speaks of.
func envelope[T any](v *view, items []T, total int) *models.List[T] {
	return &models.List[T]{Items: items, Total: total, Facets: map[string][]models.Facet{}, AsOf: v.at.AsOf, VS: v.at.VS, KnownAt: v.at.KnownAt, At: v.at, DataVersion: v.version}
}

// single puts one record into an envelope that says what time and version it speaks of.
func single[T any](v *view, item T) *models.Record[T] {
	return &models.Record[T]{Item: item, AsOf: v.at.AsOf, VS: v.at.VS, KnownAt: v.at.KnownAt, At: v.at, DataVersion: v.version}
}

// listOf builds one page of the list of that name, which is ordered by a unique text key. fetch returns up to limit
// rows after the key and the number of all rows.
func listOf[T any](ctx context.Context, s *Store, name string, w models.When, p models.Page,
	fetch func(v *view, after string, limit int) ([]T, int, error), key func(T) string) (*models.List[T], error) {
	after, err := cursorOf(name, p.After)
	if err != nil {
		return nil, err
	}
	var out *models.List[T]
	err = s.view(ctx, w, func(v *view) error {
		items, total, err := fetch(v, after.Ref, p.Limit+1)
		if err != nil {
			return err
		}
		out = envelope(v, items, total)
		if len(items) > p.Limit {
			out.Items = items[:p.Limit]
			token := cursor{List: name, Ref: key(items[p.Limit-1])}.String()
			out.Next = &token
		}
		return nil
	})
	return out, err
}

// recordOf builds one record, or the error that there is none.
func recordOf[T any](ctx context.Context, s *Store, w models.When, what, ref string, fetch func(v *view) ([]T, error)) (*models.Record[T], error) {
	var out *models.Record[T]
	err := s.view(ctx, w, func(v *view) error {
		found, err := fetch(v)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return v.absent(what, ref)
		}
		out = single(v, found[0])
		return nil
	})
	return out, err
}
