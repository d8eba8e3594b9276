package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestPastWordsShowNoMarkOnATwin marks the first of two like sentences and corrects the paragraph until the second looks
// as the first did: a view of the former words does not show the mark on the wrong one.
func TestPastWordsShowNoMarkOnATwin(t *testing.T) {
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			now := storetest.Now()
			o := store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: func() time.Time { return now }}
			if engine == store.Postgres {
				o.DatabaseURL = storetest.Database(t)
			}
			s := storetest.Open(t, o)
			storetest.Seed(t, s)
			mine, _ := twoAnalysts(t, s)
			d := nextStatement()
			body := "Alpha. We will act. Beta. We will act. Gamma."
			d.Sources = []models.DraftSource{{Lang: "en", Format: "text", Body: body, SHA256: sum(body)}}
			d.Work = models.DraftWork{Rows: []models.DraftRow{{Cells: map[models.Lang]models.Span{"en": {From: 0, To: len(body)}}}},
				Marks: []models.DraftMark{{ID: 1, State: models.MarkAccepted, Words: map[models.Lang]models.Span{"en": {From: 7, To: 19}}, Kind: "commitment",
					Suggestion: models.Suggestion{Type: "action", Strength: "will", Trackable: true}}}}
			ref, err := s.StartImport(ctx, mine, d, nil)
			must(t, err)
			must(t, s.StepImport(ctx, mine, ref, 1, "match", func(d *models.Draft) error {
				return d.Match(models.MatchStep{ID: 1, Track: models.TrackNone})
			}, nil))
			slug, err := s.PublishImport(ctx, mine, ref, models.ImportPublication{Version: 2}, nil)
			must(t, err)
			then := now
			for i, words := range []string{"Beta. We will act. Beta. We will act. Gamma.", "Beta. We will act. Gamma. We will act. Gamma."} {
				now = now.Add(time.Hour)
				must(t, s.Correct(ctx, mine, slug, "p1", int64(i+1), models.Correction{Lang: "en", Text: words, Reason: models.Text{EN: "A slip."}}, nil))
			}
			r, err := s.Statement(ctx, models.Public, models.When{KnownAt: then.Add(time.Minute).Format(time.RFC3339)}, slug)
			must(t, err)
			if got := r.Item.Paragraphs[0].Texts["en"]; got != body {
				t.Errorf("the words then are %q", got)
			}
			if w := r.Item.Commitments[0].Words["en"]; w.Exact != "" && w.Prefix != "Alpha. " || w.Exact == "" && !w.NeedsReanchoring {
				t.Errorf("the mark then is %+v; want the first sentence or none", w)
			}
		})
	}
}
