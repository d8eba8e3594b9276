package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

var auditor = models.Actor{Name: "An auditor", Role: models.Auditor}

// judged is a record with a judgement by a person, and the update.
func judged(t *testing.T, s *store.Store) *models.Update {
	t.Helper()
	storetest.Seed(t, s)
	id, err := s.AddUser(t.Context(), models.Program, models.NewUser{Email: "rao@example.org", Name: "A. Rao", Role: models.Analyst}, "hash")
	if err != nil {
		t.Fatal(err)
	}
	a := models.Assessment{Status: models.UnderWay, EffectiveOn: models.NewDate(2026, 11, 1), Reason: "evidence", Note: models.Text{EN: "A draft is out.", JA: "案が公表された。"},
		Evidence:   []models.CitedEvidence{{URL: "https://example.org/draft", Title: "Draft", Publisher: "Ministry", Grade: models.OfficialRecord, Stance: "supports"}},
		SearchNote: &models.NewSearchNote{SearchedOn: models.NewDate(2026, 11, 2), Where: "Gazette", Queries: []string{"AI", "AI、指針"}, Result: models.Text{EN: "Nothing more."}}}
	u, err := s.Assess(t.Context(), models.Actor{ID: id, Name: "A. Rao", Role: models.Analyst, Address: "192.0.2.1"}, "QSCG-AI-ML", 1, a, nil)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func findings(t *testing.T, s *store.Store) []string {
	t.Helper()
	v, err := s.Verify(t.Context(), auditor)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range v.Findings {
		all = append(all, f.Record+" "+f.What)
	}
	return all
}

// TestVerifyNamesWhatWasAltered alters a record behind the program's back, in each way that verify knows.
func TestVerifyNamesWhatWasAltered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u := judged(t, s)
		if got := findings(t, s); got != nil {
			t.Fatalf("an untouched record: %v", got)
		}
		unguard(t, s)
		judgement := fmt.Sprintf("update:%d content", u.ID)
		for _, c := range []struct{ name, sql, undo, want string }{
			{"a text", "UPDATE paragraph_texts SET body = body || '.' WHERE lang = 'ja' AND paragraph_id = (SELECT MIN(id) FROM paragraphs)", "UPDATE paragraph_texts SET body = SUBSTR(body, 1, LENGTH(body) - 1) WHERE lang = 'ja' AND paragraph_id = (SELECT MIN(id) FROM paragraphs)", "statement:qscg-2023-12#p0/ja text"},
			{"a kept status", "UPDATE current_statuses SET status = 'delivered' WHERE update_id = %d", "UPDATE current_statuses SET status = 'under_way' WHERE update_id = %d", "initiative:QSCG-AI-ML status"},
			{"the grade of a citation", "UPDATE citations SET grade = 'E3' WHERE update_id = %d", "UPDATE citations SET grade = 'E2' WHERE update_id = %d", judgement},
			{"the title of cited evidence", "UPDATE evidence SET title = 'Final' WHERE url = 'https://example.org/draft'", "UPDATE evidence SET title = 'Draft' WHERE url = 'https://example.org/draft'", judgement},
			{"the address of cited evidence", "UPDATE evidence SET url = 'https://example.org/final' WHERE url = 'https://example.org/draft'", "UPDATE evidence SET url = 'https://example.org/draft' WHERE url = 'https://example.org/final'", judgement},
			{"the text of a search note", "UPDATE search_notes SET result_en = 'Something.' WHERE result_en = 'Nothing more.'", "UPDATE search_notes SET result_en = 'Nothing more.' WHERE result_en = 'Something.'", judgement},
			{"the note under a judgement", "UPDATE updates SET search_note_id = NULL WHERE id = %d", "UPDATE updates SET search_note_id = (SELECT id FROM search_notes WHERE result_en = 'Nothing more.') WHERE id = %d", judgement},
		} {
			alter(t, s, fill(c.sql, u.ID))
			if got := findings(t, s); len(got) != 1 || got[0] != c.want {
				t.Errorf("%s was altered: %v; want %s", c.name, got, c.want)
			}
			alter(t, s, fill(c.undo, u.ID))
		}
		if got := findings(t, s); got != nil {
			t.Errorf("put back: %v", got)
		}
	})
}

// unguard drops the triggers that keep judgements and what hangs on them, as somebody with the database could.
func unguard(t *testing.T, s *store.Store) {
	t.Helper()
	if engine, _ := s.Engine(); engine == store.Postgres {
		for _, table := range []string{"updates", "citations", "search_notes"} {
			alter(t, s, "ALTER TABLE "+table+" DISABLE TRIGGER USER")
		}
		return
	}
	for _, trigger := range []string{"updates_no_change", "citations_no_change", "search_notes_no_change"} {
		alter(t, s, "DROP TRIGGER "+trigger)
	}
}

// TestWhatAJudgementRestsOnIsAppendOnly changes and removes citations and search notes that hang on published updates.
func TestWhatAJudgementRestsOnIsAppendOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u := judged(t, s)
		if u.SearchNote == "" || u.SearchNote != initiativeOf(t, s, u.Initiative, models.When{}).SearchNotes[0].Ref {
			t.Errorf("the judgement rests on the note %q; want the one that was added with it", u.SearchNote)
		}
		then, err := s.Update(t.Context(), models.Public, models.When{AsOf: "2026-11-01"}, fmt.Sprint(u.ID))
		if err != nil || then.Item.SearchNote != "" {
			t.Errorf("the day before the search the judgement names the note %q, %v", then.Item.SearchNote, err)
		}
		for _, sql := range []string{
			"UPDATE citations SET grade = 'E3' WHERE update_id = %d", "DELETE FROM citations WHERE update_id = %d",
			"UPDATE search_notes SET result_en = '' WHERE id = (SELECT search_note_id FROM updates WHERE id = %d)",
			"DELETE FROM search_notes WHERE id = (SELECT search_note_id FROM updates WHERE id = %d)",
		} {
			if err := s.Exec(fill(sql, u.ID)); err == nil || !strings.Contains(err.Error(), "published updates") {
				t.Errorf("%s: %v; want it refused by the schema", sql, err)
			}
		}
		if got := findings(t, s); got != nil {
			t.Errorf("verify finds %v", got)
		}
	})
}

// alter runs a statement behind the program's back.
func alter(t *testing.T, s *store.Store, sql string) {
	t.Helper()
	if err := s.Exec(sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func fill(sql string, id int64) string { return strings.ReplaceAll(sql, "%d", fmt.Sprint(id)) }

// TestVerifyNamesTheAlteredEntry drops the guards of the audit and edits, deletes and swaps entries.
func TestVerifyNamesTheAlteredEntry(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sql  []string
		want string
	}{
		"an edited action":    {[]string{"UPDATE audit SET action = 'x' WHERE seq = 2"}, "audit:2 hash"},
		"an edited actor":     {[]string{"UPDATE audit SET actor = 'x' WHERE seq = 3"}, "audit:3 hash"},
		"a deleted entry":     {[]string{"DELETE FROM audit WHERE seq = 2"}, "audit:2 missing"},
		"two swapped entries": {[]string{"UPDATE audit SET seq = 9 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 9"}, "audit:2 hash"},
		"a cut end":           {[]string{"DELETE FROM audit WHERE seq = 3"}, "audit:3 missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: storetest.Now, Head: filepath.Join(t.TempDir(), "heads")})
			judged(t, s)
			if err := s.CheckHead(t.Context()); err != nil {
				t.Fatalf("an untouched record: %v", err)
			}
			alter(t, s, "DROP TRIGGER audit_no_update")
			alter(t, s, "DROP TRIGGER audit_no_delete")
			for _, sql := range c.sql {
				alter(t, s, sql)
			}
			got := findings(t, s)
			if len(got) == 0 || got[0] != c.want {
				t.Errorf("%v; want %s first", got, c.want)
			}
		})
	}
}

// TestRewrittenChainDisagreesWithItsAnchor recomputes the whole chain after an edit, as somebody with the file could:
// only the heads kept outside the database tell.
func TestRewrittenChainDisagreesWithItsAnchor(t *testing.T) {
	t.Parallel()
	heads := filepath.Join(t.TempDir(), "heads")
	s := storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: storetest.Now, Head: heads})
	judged(t, s)
	alter(t, s, "DROP TRIGGER audit_no_update")
	alter(t, s, "UPDATE audit SET actor = 'Somebody else' WHERE seq = 2")
	s.Rechain(t)
	if got := findings(t, s); len(got) == 0 || got[0] != "audit:2 anchor" {
		t.Errorf("%v; want audit:2 anchor", got)
	}
	if err := s.CheckHead(t.Context()); err == nil || !strings.Contains(err.Error(), "was altered") {
		t.Errorf("the start says %v", err)
	}
	if err := os.Remove(heads); err != nil {
		t.Fatal(err)
	}
	if got := findings(t, s); got != nil {
		t.Errorf("without the anchor the rewritten chain holds together, but %v", got)
	}
}

// TestOlderDatabaseIsNoticed puts an earlier copy back beside the newer heads.
func TestOlderDatabaseIsNoticed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	o := store.Options{Path: filepath.Join(folder, "followthrough.db"), Now: storetest.Now, Head: filepath.Join(folder, "heads")}
	s := storetest.Open(t, o)
	judged(t, s)
	older := o
	older.Path = filepath.Join(folder, "older.db")
	old := storetest.Open(t, store.Options{Path: older.Path, Now: storetest.Now})
	storetest.Seed(t, old)
	back := storetest.Open(t, store.Options{Path: older.Path, Now: storetest.Now, Head: o.Head})
	if err := back.CheckHead(context.Background()); err == nil || !strings.Contains(err.Error(), "2 entries of the audit are missing since 2026-11-23T") {
		t.Errorf("the start says %v", err)
	}
}

func TestAuditIsForAuditors(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	for _, role := range models.Roles {
		_, err := s.Verify(t.Context(), models.Actor{Role: role})
		_, listed := s.Audit(t.Context(), models.Actor{Role: role}, models.AuditFilter{}, models.Page{Limit: 10})
		may := role == models.Auditor || role == models.Administrator
		if (err == nil) != may || (listed == nil) != may {
			t.Errorf("%s: %v, %v", role, err, listed)
		}
	}
}
