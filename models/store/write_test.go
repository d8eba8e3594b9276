package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

var analyst = models.Actor{Name: "K. Sato", Role: models.Analyst}

var assess = store.Change{Action: "assess", Object: "initiative:QSCG-AI-ML", Detail: map[string]string{"status": "stalled"}, Needs: models.PermitAssess}

func update(ref string) models.Update {
	return models.Update{Initiative: ref, Status: models.UnderWay, EffectiveOn: models.NewDate(2025, 3, 1), Mark: models.Changed, ReasonKind: "event",
		Note: models.Text{EN: "A draft exists."}, Confidence: models.Verified}
}

func count(t *testing.T, s *store.Store) int {
	t.Helper()
	list, err := s.Initiatives(ctx, models.Public, models.When{}, models.InitiativeFilter{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	return len(list.Items)
}

func kindOf(err error) models.Kind {
	var e *models.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func TestWriteLeavesOneAuditEntry(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		before, err := s.AuditLog(ctx, 0, 100)
		if err != nil || len(before) != 1 || before[0].Action != "import" || before[0].Actor != "followthrough" {
			t.Fatalf("after seeding: %+v, %v; want the one entry of the import", before, err)
		}
		err = s.Write(ctx, analyst, assess, func(tx *store.Tx) error { _, err := tx.AddUpdate(update("QSCG-AI-ML")); return err })
		if err != nil {
			t.Fatal(err)
		}
		after, err := s.AuditLog(ctx, 1, 100)
		if err != nil || len(after) != 1 || after[0].Actor != "K. Sato" || after[0].Seq != 2 || after[0].Hash == before[0].Hash || len(after[0].Hash) != 64 {
			t.Errorf("after one write: %+v, %v; want one entry of its actor, chained to the one before", after, err)
		}
		if v, _ := s.DataVersion(ctx); v != 2 {
			t.Errorf("data version = %d; want 2", v)
		}
	})
}

func TestFailedWriteLeavesNothing(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		updates := s.Int(t, "SELECT COUNT(*) FROM updates")
		for name, f := range map[string]func(*store.Tx) error{
			"an error after an update": func(tx *store.Tx) error {
				if _, err := tx.AddUpdate(update("QSCG-AI-ML")); err != nil {
					return err
				}
				return errors.New("the power went")
			},
			"an unknown initiative": func(tx *store.Tx) error { _, err := tx.AddUpdate(update("QSCG-NOPE")); return err },
			"a duplicate":           func(tx *store.Tx) error { return tx.AddTopic(models.Topic{Slug: "awareness"}) },
		} {
			if err := s.Write(ctx, analyst, assess, f); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		log, _ := s.AuditLog(ctx, 0, 100)
		if v, _ := s.DataVersion(ctx); v != 1 || len(log) != 1 || s.Int(t, "SELECT COUNT(*) FROM updates") != updates {
			t.Errorf("after failed writes: version %d, %d audit entries; want 1 and 1, and no update", v, len(log))
		}
	})
}

func TestWriteAsksForThePermission(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	err := s.Write(ctx, models.Public, assess, func(*store.Tx) error { t.Error("ran"); return nil })
	if kindOf(err) != models.KindForbidden {
		t.Errorf("anonymous write: %v; want forbidden", err)
	}
}

func TestEngineErrorsBecomeKinds(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		for name, c := range map[string]struct {
			sql  string
			want models.Kind
		}{
			"duplicate key":     {"INSERT INTO datasets (name, sha256, applied_at) VALUES ('quad','','')", models.KindConflict},
			"missing parent":    {"INSERT INTO forum_members (forum_id, country) VALUES (999, 'JP')", models.KindConflict},
			"parent with child": {"DELETE FROM countries WHERE iso2 = 'JP'", models.KindConflict},
			"check":             {"UPDATE parts SET role = 'boss'", models.KindInvalid},
			"audit is kept":     {"UPDATE audit SET actor = 'nobody'", models.KindConflict},
			"audit stays":       {"DELETE FROM audit", models.KindConflict},
			"updates stand":     {"UPDATE updates SET status = 'dropped'", models.KindConflict},
			"updates are kept":  {"DELETE FROM updates", models.KindConflict},
		} {
			if err := s.Exec(c.sql); kindOf(err) != c.want {
				t.Errorf("%s: got %v; want the kind %s", name, err, c.want)
			}
		}
	})
}

// TestCurrentStatusFollowsTheUpdates applies random updates and compares the maintained statuses with their
// definition: the latest published update by effective date, then by record time, without those replaced.
func TestCurrentStatusFollowsTheUpdates(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		r := rand.New(rand.NewPCG(7, 11))
		refs := []string{"QSCG-AI-ML", "QSCG-CYBER-CHALLENGE", "QSCG-CLOUD-SERVICES"}
		var made []models.Update
		for n := range 60 {
			u := update(refs[r.IntN(len(refs))])
			u.Status, u.Country = models.Statuses[r.IntN(len(models.Statuses))], []string{"", "JP", "US"}[r.IntN(3)]
			u.EffectiveOn = models.NewDate(2021+r.IntN(6), 1+r.IntN(12), 1+r.IntN(28))
			if len(made) > 0 && r.IntN(3) == 0 {
				old := made[r.IntN(len(made))]
				u.Initiative, u.Country, u.Replaces, u.ReasonKind = old.Initiative, old.Country, old.ID, "correction"
			}
			err := s.Write(ctx, analyst, assess, func(tx *store.Tx) (err error) { u.ID, err = tx.AddUpdate(u); return })
			if err != nil {
				t.Fatalf("update %d: %v", n, err)
			}
			made = append(made, u)
			if lines, err := s.CheckCurrent(ctx); err != nil || len(lines) > 0 {
				t.Fatalf("after update %d (%+v): %v, %v", n, u, lines, err)
			}
		}
		if n := s.Int(t, "SELECT COUNT(*) FROM initiatives i WHERE begins_on > (SELECT MIN(effective_on) FROM updates u WHERE u.initiative_id = i.id AND u.country = '')"); n != 0 {
			t.Errorf("%d initiatives begin after their first update", n)
		}
	})
}

// TestCheckCurrentNoticesADifference shows that the check above can fail.
func TestCheckCurrentNoticesADifference(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		if err := s.Exec("UPDATE current_statuses SET status = 'dropped' WHERE country = 'JP'"); err != nil {
			t.Fatal(err)
		}
		if lines, err := s.CheckCurrent(ctx); err != nil || len(lines) == 0 {
			t.Errorf("an altered status went unnoticed: %v, %v", lines, err)
		}
	})
}

func TestTextIsKeptByteForByte(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		// A compatibility ideograph, half-width kana, a combining mark, an ideographic space, line ends, a bidi control.
		body := "\ufa19 ｻｲﾊﾞｰ か\u3099\u3000㍿\r\n\u2028 \u202eabc 𠮷 “quoted”"
		st := models.Statement{Slug: "odd", Meeting: "qscg-2023-12", Paragraphs: []models.Paragraph{{Ref: "p1", Texts: map[models.Lang]string{models.Japanese: body}}}}
		if err := s.Write(ctx, analyst, assess, func(tx *store.Tx) error { return tx.AddStatement(st) }); err != nil {
			t.Fatal(err)
		}
		r, err := s.Statement(ctx, models.Public, models.When{}, "odd")
		if err != nil || r.Item.Paragraphs[0].Texts[models.Japanese] != body {
			t.Errorf("got %+q, %v; want %+q", r.Item.Paragraphs[0].Texts, err, body)
		}
		for n, bad := range []string{"a\x00b", "a\xffb"} {
			st.Slug, st.Paragraphs[0].Texts = fmt.Sprint("bad", n), map[models.Lang]string{models.English: bad}
			if err := s.Write(ctx, analyst, assess, func(tx *store.Tx) error { return tx.AddStatement(st) }); kindOf(err) != models.KindInvalid {
				t.Errorf("%q: got %v; want invalid", bad, err)
			}
		}
	})
}
