package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestIndexFollowsJudgements compares the index after judgements, which add their own texts alone, with one that is made
// anew from the record.
func TestIndexFollowsJudgements(t *testing.T) {
	for _, e := range storetest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			options := storetest.QuadOptions(t, e)
			s := storetest.Open(t, options)
			rao, _ := people(t, s)
			judge := func(ref string, on models.Date) *models.Update {
				a := judgementOf(1)
				a.EffectiveOn = on
				u, err := s.Assess(ctx, rao, ref, initiativeOf(t, s, ref, models.When{}).Version, a, nil)
				must(t, err)
				return u
			}
			judge("QSCG-AI-ML", models.NewDate(2026, 11, 1))
			last := judge("QSCG-AI-ML", models.NewDate(2026, 11, 2))
			_, err := s.Undo(ctx, rao, last.ID, nil)
			must(t, err)
			must(t, s.Write(ctx, rao, assess, func(tx *store.Tx) error { // nothing of the initiative is true before its first judgement
				u := update("QSCG-CYBER-CHALLENGE")
				u.EffectiveOn = models.NewDate(2001, 1, 1)
				_, err := tx.AddUpdate(u)
				return err
			}))
			texts := func(s *store.Store) []string {
				return s.Lines(t, `SELECT kind || '|' || record || '|' || ref || '|' || part || '|' || anchor || '|' || lang || '|' || body || '|' || shown_from || '|' || recorded_at FROM search_texts ORDER BY 1`)
			}
			followed := texts(s)
			must(t, s.Exec("UPDATE versions SET version = 0 WHERE name = 'search'"))
			if diff := cmp.Diff(texts(storetest.Open(t, options)), followed); diff != "" {
				t.Errorf("the index differs from one made anew (-anew +followed):\n%s", diff)
			}
		})
	}
}
