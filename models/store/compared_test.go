package store_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

func comparedAt(t *testing.T, s *store.Store, w models.When, a, b string) models.Compared {
	t.Helper()
	r, err := s.Compared(ctx, models.Public, w, edition(t, a), edition(t, b))
	if err != nil {
		t.Fatalf("%q and %q: %v", a, b, err)
	}
	return r.Item
}

func edition(t *testing.T, value string) models.Edition {
	t.Helper()
	e, ok := models.ParseEdition(value)
	if !ok {
		t.Fatalf("%q is no edition", value)
	}
	return e
}

// corrected gives the statement of the Quad record editions 2 and 3: each replaces words of p2, and 3 those of p3 too.
func corrected(t *testing.T, s *store.Store, at ...string) {
	t.Helper()
	const paragraph = "(SELECT p.id FROM paragraphs p JOIN statements st ON st.id = p.statement_id WHERE st.slug = 'qscg-2023-12' AND p.ref = ?)"
	former := func(ref string, from, until int) {
		must(t, s.Exec("INSERT INTO former_texts (paragraph_id, lang, edition, until_edition, body, sha256) SELECT paragraph_id, lang, ?, ?, body, sha256 FROM paragraph_texts WHERE lang = 'en' AND paragraph_id = "+paragraph, from, until, ref))
	}
	now := func(ref, body string, from int) {
		must(t, s.Exec("UPDATE paragraph_texts SET body = ?, edition = ? WHERE lang = 'en' AND paragraph_id = "+paragraph, body, from, ref))
	}
	former("p2", 1, 2)
	now("p2", "Second.", 2)
	former("p2", 2, 3)
	now("p2", "Third.", 3)
	former("p3", 1, 3)
	now("p3", "Third as well.", 3)
	must(t, s.Exec("UPDATE statements SET edition = 3 WHERE slug = 'qscg-2023-12'"))
	for i, recorded := range at {
		must(t, s.Exec("INSERT INTO editions (statement_id, edition, recorded_at, reason_en, reason_ja, author) SELECT id, ?, ?, 'r', 'r', 'a' FROM statements WHERE slug = 'qscg-2023-12'", i+2, recorded))
	}
}

func TestEditionsAreReadAsTheyStood(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		first := comparedAt(t, s, models.When{}, "qscg-2023-12", "qscg-2023-12").A
		corrected(t, s, "2026-11-24T00:00:00.000000Z", "2026-11-25T00:00:00.000000Z")
		words := func(c models.ComparedText) [2]string {
			at := func(ref string) string {
				return c.Paragraphs[slices.IndexFunc(c.Paragraphs, func(p models.Paragraph) bool { return p.Ref == ref })].Texts[models.English]
			}
			return [2]string{at("p2"), at("p3")}
		}
		original := words(first)
		for value, want := range map[string][2]string{
			"qscg-2023-12@1": original, "qscg-2023-12@2": {"Second.", original[1]}, "qscg-2023-12@3": {"Third.", "Third as well."}, "qscg-2023-12": {"Third.", "Third as well."},
		} {
			got := comparedAt(t, s, models.When{}, value, "qscg-2023-12").A
			if words(got) != want || len(got.Paragraphs) != len(first.Paragraphs) || got.Editions != 3 {
				t.Errorf("%s has %q, %d paragraphs, %d editions; want %q", value, words(got), len(got.Paragraphs), got.Editions, want)
			}
		}
		t.Run("the_latest_two_are_compared_by_default", func(t *testing.T) {
			if c := comparedAt(t, s, models.When{}, "", ""); c.A.Edition != 2 || c.B.Edition != 3 || c.A.Slug != c.B.Slug {
				t.Errorf("edition %d of %s and %d of %s", c.A.Edition, c.A.Slug, c.B.Edition, c.B.Slug)
			}
		})
		t.Run("an_edition_recorded_later_is_not_known", func(t *testing.T) {
			then := models.When{KnownAt: "2026-11-24T12:00:00Z"}
			if c := comparedAt(t, s, then, "", ""); c.A.Edition != 1 || c.B.Edition != 2 || words(c.B) != [2]string{"Second.", original[1]} {
				t.Errorf("editions %d and %d, %q", c.A.Edition, c.B.Edition, words(c.B))
			}
			_, err := s.Compared(ctx, models.Public, then, edition(t, "qscg-2023-12@3"), models.Edition{})
			if got := complaints(err); got != "a error.unknown_edition" {
				t.Errorf("edition 3: %q", got)
			}
		})
	})
}

func TestComparedStatements(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		t.Run("one_wording_is_not_two", func(t *testing.T) {
			if c := comparedAt(t, s, models.When{}, "", ""); c.A.Slug != "" || c.B.Slug != "" || len(c.Choices) != 1 {
				t.Errorf("%q and %q of %d", c.A.Slug, c.B.Slug, len(c.Choices))
			}
		})
		storetest.Earlier(t, s)
		for _, c := range [][4]string{
			{"", "", storetest.EarlierSlug, "qscg-2023-12"}, {"qscg-2023-12", "", "qscg-2023-12", storetest.EarlierSlug}, {storetest.EarlierSlug, "", storetest.EarlierSlug, "qscg-2023-12"},
			{"", "qscg-2023-12", storetest.EarlierSlug, "qscg-2023-12"}, {"qscg-2023-12", "qscg-2023-12@1", "qscg-2023-12", "qscg-2023-12"},
		} {
			if got := comparedAt(t, s, models.When{}, c[0], c[1]); got.A.Slug != c[2] || got.B.Slug != c[3] {
				t.Errorf("asked for %q and %q: got %s and %s", c[0], c[1], got.A.Slug, got.B.Slug)
			}
		}
		t.Run("what_is_not_there_is_named", func(t *testing.T) {
			_, err := s.Compared(ctx, models.Public, models.When{}, edition(t, "nowhere"), edition(t, "qscg-2023-12@2"))
			if got := complaints(err); got != "a error.unknown_value; b error.unknown_edition" {
				t.Errorf("got %q", got)
			}
		})
		t.Run("a_later_statement_is_not_in_a_view_of_the_past", func(t *testing.T) {
			then := models.When{AsOf: "2023-06-30"}
			if c := comparedAt(t, s, then, "", ""); len(c.Choices) != 1 || c.A.Slug != "" {
				t.Errorf("%+v", c.Choices)
			}
			_, err := s.Compared(ctx, models.Public, then, models.Edition{}, edition(t, "qscg-2023-12"))
			if got := complaints(err); got != "b error.unknown_value" {
				t.Errorf("got %q", got)
			}
		})
		t.Run("titles_of_initiatives_come_along", func(t *testing.T) {
			c := comparedAt(t, s, models.When{}, "", "")
			for _, m := range slices.Concat(c.A.Commitments, c.B.Commitments) {
				for _, ref := range m.Initiatives {
					if c.Initiatives[ref].IsZero() {
						t.Errorf("%s has no title", ref)
					}
				}
			}
		})
	})
}

// TestLineageIsReadAsItWasKnown ties two commitments an hour after the rest.
func TestLineageIsReadAsItWasKnown(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		storetest.Earlier(t, s)
		must(t, s.Exec(`INSERT INTO lineage (statement_id, commitment_id, earlier_id, relation, recorded_at)
			SELECT c.statement_id, c.id, e.id, 'advanced', '2026-11-24T00:00:00.000000Z' FROM commitments c, commitments e WHERE c.code = 'QSCG-2023-12-P06-1' AND e.code = 'QSCG-2023-01-P02-1'`))
		if got := comparedAt(t, s, models.When{}, "", "").Lineage["QSCG-2023-12-P06-1"]; !slices.Equal(got, []models.LineageLink{{Code: "QSCG-2023-01-P02-1", Relation: "advanced"}}) {
			t.Errorf("got %+v", got)
		}
		if got := comparedAt(t, s, models.When{KnownAt: "2026-11-23T10:00:00Z"}, "", ""); len(got.Lineage) != 0 || got.A.Slug == "" {
			t.Errorf("before it was recorded: %+v", got.Lineage)
		}
	})
}

// TestComparedStatementsAreCounted reads in a number of statements that does not grow with the record.
func TestComparedStatementsAreCounted(t *testing.T) {
	n := 0
	s := storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: func() time.Time { return storetest.Now() }, Trace: func(string) { n++ }})
	storetest.Seed(t, s)
	storetest.Earlier(t, s)
	comparedAt(t, s, models.When{}, "", "")
	n = 0
	comparedAt(t, s, models.When{}, "", "")
	if n > 12 {
		t.Errorf("%d statements; want 12 at most", n)
	}
}
