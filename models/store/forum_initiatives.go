package store

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// forumInitiatives reads the initiatives taken up at a meeting of the forum, those that its commitments are tied to,
// and whatever took the place of one of them.
func (v *view) forumInitiatives(own forumWord, r *models.ForumRecord) error {
	conds, err := v.conditions(models.InitiativeFilter{Forums: []string{own.Slug}})
	if err != nil {
		return err
	}
	f := models.InitiativeFilter{Sort: models.SortRef, Limit: chunk}
	for next := new(string); next != nil; {
		f.After = *next
		var some []models.Initiative
		if some, next, err = v.initiatives(conds, f); err != nil {
			return err
		}
		r.Initiatives = append(r.Initiatives, some...)
	}
	known, wanted := map[string]bool{"": true}, map[string]bool{}
	for _, c := range r.Commitments {
		for _, ref := range c.Initiatives {
			wanted[ref] = true
		}
	}
	for added := r.Initiatives; len(added) > 0 || len(wanted) > 0; {
		for _, i := range added {
			known[i.Ref], wanted[i.SupersededBy] = true, true
		}
		maps.DeleteFunc(wanted, func(ref string, _ bool) bool { return known[ref] })
		added = nil
		for some := range slices.Chunk(slices.Sorted(maps.Keys(wanted)), chunk) {
			found, err := v.rowsByRef("i.ref IN ("+marks(len(some))+")", anys(some))
			if err != nil {
				return err
			}
			added = append(added, found...)
		}
		clear(wanted) // what was not found does not exist in this view
		r.Initiatives = append(r.Initiatives, added...)
	}
	slices.SortFunc(r.Initiatives, func(a, b models.Initiative) int { return strings.Compare(a.Ref, b.Ref) })
	return nil
}

// forumHistory reads every judgement on the initiatives and their parts in the order it was recorded, and what was
// looked for and not found.
func (v *view) forumHistory(_ forumWord, r *models.ForumRecord) error {
	for some := range slices.Chunk(r.Initiatives, chunk) {
		cond, args := "i.ref IN ("+marks(len(some))+")", anys(refsOf(some))
		updates, err := v.updates(cond, args, math.MaxInt32)
		if err != nil {
			return err
		}
		notes, err := v.searchNotes(cond+" ORDER BY n.ref", args)
		if err != nil {
			return err
		}
		r.Updates, r.SearchNotes = append(r.Updates, updates...), append(r.SearchNotes, notes...)
	}
	slices.SortFunc(r.Updates, func(a, b models.Update) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

// forumEvidence keeps, of all evidence, what bears on the initiatives.
func (v *view) forumEvidence(_ forumWord, r *models.ForumRecord) error {
	ours := map[string]bool{}
	for _, ref := range refsOf(r.Initiatives) {
		ours[ref] = true
	}
	all, err := pages(func(after string) ([]models.Evidence, error) {
		some, _, err := v.evidence("e.ref > ?", after, chunk)
		return some, err
	}, func(e models.Evidence) string { return e.Ref })
	r.Evidence = slices.DeleteFunc(all, func(e models.Evidence) bool {
		return !slices.ContainsFunc(e.Initiatives, func(ref string) bool { return ours[ref] })
	})
	return err
}

func refsOf(all []models.Initiative) []string {
	refs := make([]string, len(all))
	for n, i := range all {
		refs[n] = i.Ref
	}
	return refs
}

func anys[T any](all []T) []any {
	out := make([]any, len(all))
	for i, one := range all {
		out[i] = one
	}
	return out
}
