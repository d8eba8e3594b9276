package seed_test

import (
	"slices"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestEveryCodeOfTheRecordIsExplained finds the kinds and strengths of the record among those that the method defines.
// The schema does not check them.
func TestEveryCodeOfTheRecordIsExplained(t *testing.T) {
	t.Parallel()
	b := quad(t)
	known := func(what, ref, code string, list []string) {
		if !slices.Contains(list, code) {
			t.Errorf("%s: the %s %q is not explained", ref, what, code)
		}
	}
	for _, i := range b.Initiatives {
		known("kind", i.Ref, i.Kind, models.Kinds)
	}
	for _, c := range b.Commitments {
		known("kind", c.Code, c.Kind, models.Kinds)
		known("strength", c.Code, c.Strength, models.Strengths)
	}
}
