package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// furnish makes a record that has rows in every table.
func furnish(t *testing.T, s *store.Store) {
	t.Helper()
	rao, sato := people(t, s)
	must(t, s.Invite(ctx, models.Program, models.NewUser{Email: "brown@example.org", Name: "Brown", Role: models.Reader}, "link"))
	must(t, s.SetSecondFactor(ctx, sato, "secret", []string{"code"}, ""))
	_, err := s.AddToken(ctx, rao, models.NewToken{Name: "Script", Scope: models.ScopeWrite}, "ct_live_", "token")
	must(t, err)
	must(t, s.Sessions().CommitCtx(ctx, "session", fmt.Appendf(nil, `{"user":%d,"fresh":true}`, rao.ID), storetest.Now().Add(time.Hour)))
	must(t, s.Share(ctx, store.Shared{Kind: store.SharedViewer, Ref: "page", User: rao.ID, About: "topic:awareness", Data: "now"}, time.Hour))
	_, err = s.Try(ctx, "sato@example.org", "192.0.2.1")
	must(t, err)
	must(t, s.SetSignInToRead(ctx, models.Program, true))
	must(t, s.SetSecondPerson(ctx, models.Program, []string{"qscg"}))
	for _, publish := range []bool{true, false} {
		d := nextStatement()
		if !publish {
			d.Facts.NewMeeting = nil
		}
		ref, err := s.StartImport(ctx, rao, d, nil)
		must(t, err)
		if publish {
			matched(t, s, rao, ref)
			_, err = s.PublishImport(ctx, rao, ref, models.ImportPublication{Version: version(t, s, rao, ref), Undecided: 1}, nil)
			must(t, err)
			continue
		}
		must(t, s.StepImport(ctx, rao, ref, version(t, s, rao, ref), "leave_out", func(d *models.Draft) error { return d.Align(models.AlignStep{Do: "leave_out", Row: 0}) }, nil))
	}
	p := statement(t, s, models.When{}).Paragraphs[0]
	must(t, s.Correct(ctx, rao, fromTokyo, p.Ref, statement(t, s, models.When{}).Version, models.Correction{Lang: models.English, Text: p.Texts["en"] + " More \u3000“words”.", Reason: why}, nil))
	must(t, edit(t, s, rao, "topic", "supply-chain", func(e *models.TopicEdit) { e.Slug = "supply-chains" }))
	must(t, s.Create(ctx, rao, "topic", &models.TopicEdit{Slug: "nothing", Name: models.Text{EN: "Nothing"}}, nil))
	must(t, s.Remove(ctx, rao, "topic", "nothing", 1, why, nil))
	u, err := s.Assess(ctx, rao, "QSCG-AI-ML", 1, models.Assessment{Status: models.Delivered, EffectiveOn: models.NewDate(2026, 11, 2), Reason: "evidence", Evidence: cited}, &models.Receipt{Key: "k", Fingerprint: "f"})
	must(t, err)
	_, err = s.Undo(ctx, rao, u.ID, nil)
	must(t, err)
	must(t, s.Retract(ctx, sato, "wh-2023-12-15", why, nil))
	must(t, freeze(t, s, models.Program, nil))
	must(t, s.StartRound(ctx, rao, inTokyo))
	must(t, s.SaveItem(ctx, rao, inTokyo, "QSCG-INTL-LAW", 0, models.RoundWork{Decision: models.DecideConfirm}, "a=1&b=é", nil))
}

// rows reads every row of every table, in the order of its key, as text, without the list of migrations. The tokens of
// the search cannot be read; the texts they are made from can.
func rows(t *testing.T, s *store.Store) map[string][]string {
	t.Helper()
	all, err := s.Rows(ctx)
	must(t, err)
	return all
}

// TestMoveThereAndBackChangesNothing moves a record with rows in every table to the other engine and back.
func TestMoveThereAndBackChangesNothing(t *testing.T) {
	if len(storetest.Engines()) < 2 {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	start := storetest.Quad(t, store.SQLite)
	furnish(t, start)
	for _, sql := range []string{"CREATE TABLE zz_later (name TEXT PRIMARY KEY, amount INTEGER)", "INSERT INTO zz_later VALUES ('of a later version', NULL)"} {
		must(t, start.Exec(sql))
	}
	want := rows(t, start)
	for name, some := range want {
		if len(some) == 0 {
			t.Errorf("%s is empty; a move of it proves nothing", name)
		}
	}
	hits := search(t, start)
	from := start
	for _, to := range []store.Options{{DatabaseURL: storetest.Database(t), Now: storetest.Now}, {Path: path(t), Now: storetest.Now, Head: path(t) + ".heads"}} {
		target := storetest.Open(t, to)
		must(t, target.Exec("CREATE TABLE zz_later (name TEXT PRIMARY KEY, amount BIGINT)"))
		schema := target.Schema(t)
		moved, err := target.MoveFrom(ctx, from, func(int64, int64) {})
		must(t, err)
		target = storetest.Open(t, to)
		if diff := cmp.Diff(want, rows(t, target)); diff != "" {
			t.Errorf("it was (-) and is (+):\n%s", diff)
		}
		n := 0
		for _, some := range want {
			n += len(some)
		}
		if moved.Tables != len(want) || moved.Rows != int64(n) || moved.Seq != int64(len(want["audit"])) || moved.Missed != 0 {
			t.Errorf("moved %+v; there are %d tables with %d rows and %d entries", moved, len(want), n, len(want["audit"]))
		}
		if diff := cmp.Diff(schema, target.Schema(t)); diff != "" {
			t.Errorf("the schema was (-) and is (+):\n%s", diff)
		}
		if got := findings(t, target); got != nil {
			t.Errorf("verify finds %v", got)
		}
		must(t, target.CheckHead(ctx))
		if diff := cmp.Diff(hits, search(t, target)); diff != "" {
			t.Errorf("a search found (-) and finds (+):\n%s", diff)
		}
		from = target
	}
	heads, err := os.ReadFile(from.HeadPath())
	if err != nil || !strings.HasPrefix(string(heads), fmt.Sprintf("%d ", len(want["audit"]))) {
		t.Errorf("the head kept outside the moved record: %q, %v", heads, err)
	}
	for _, s := range []*store.Store{start, from} { // both go on from the same place
		_, err := s.AddUser(ctx, models.Program, models.NewUser{Email: "next@example.org", Name: "next", Role: models.Reader}, "hash")
		must(t, err)
	}
	if diff := cmp.Diff(rows(t, start)["users"], rows(t, from)["users"]); diff != "" {
		t.Errorf("the next account here (-) and there (+):\n%s", diff)
	}
}

// search finds records in both languages.
func search(t *testing.T, s *store.Store) []string {
	t.Helper()
	var all []string
	for _, q := range []string{"cyber", "能力構築", "labels", "登録簿", "undersea cables"} {
		list, err := s.Search(ctx, models.Program, models.When{}, models.SearchFilter{Words: q}, models.Page{Limit: 200})
		must(t, err)
		if list.Total == 0 {
			t.Errorf("nothing is found for %s", q)
		}
		for _, h := range list.Items {
			all = append(all, fmt.Sprintf("%s: %+v", q, h))
		}
	}
	return all
}

// TestMoveCountsOnBehindTheGreatestID adds to a record that was moved to PostgreSQL.
func TestMoveCountsOnBehindTheGreatestID(t *testing.T) {
	movedEach(t, func(t *testing.T, source, target *store.Store, again func() *store.Store) {
		_, err := target.MoveFrom(ctx, source, func(int64, int64) {})
		must(t, err)
		target = again()
		for _, s := range []*store.Store{source, target} {
			furnish(t, s)
		}
		if diff := cmp.Diff(rows(t, source), rows(t, target)); diff != "" {
			t.Errorf("what was added to the one (-) and to its copy (+):\n%s", diff)
		}
	})
}

// movedEach runs a test of a move from SQLite with the Quad record to each engine.
func movedEach(t *testing.T, test func(t *testing.T, source, target *store.Store, again func() *store.Store)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, probe *store.Store) {
		to := store.Options{Path: path(t), Now: storetest.Now}
		if engine, _ := probe.Engine(); engine == store.Postgres {
			to = store.Options{DatabaseURL: storetest.Database(t), Now: storetest.Now}
		}
		test(t, storetest.Quad(t, store.SQLite), storetest.Open(t, to), func() *store.Store { return storetest.Open(t, to) })
	})
}

// TestMoveToARecordThatHoldsSomethingIsRefused finds a single row in the target.
func TestMoveToARecordThatHoldsSomethingIsRefused(t *testing.T) {
	movedEach(t, func(t *testing.T, source, target *store.Store, _ func() *store.Store) {
		must(t, target.Exec("INSERT INTO settings (name, value) VALUES ('a', 'b')"))
		before := rows(t, target)
		if _, err := target.MoveFrom(ctx, source, func(int64, int64) {}); err == nil || !strings.Contains(err.Error(), "not empty: there are rows in settings") {
			t.Errorf("a target with a row: %v", err)
		}
		if diff := cmp.Diff(before, rows(t, target)); diff != "" {
			t.Errorf("the target was (-) and is (+):\n%s", diff)
		}
		must(t, target.Exec("DELETE FROM settings"))
		must(t, target.Exec("CREATE TABLE foreigner (a INTEGER)"))
		if _, err := target.MoveFrom(ctx, source, func(int64, int64) {}); err == nil || !strings.Contains(err.Error(), "foreigner(a)") {
			t.Errorf("a target with a table of somebody else: %v", err)
		}
		if _, err := source.MoveFrom(ctx, storetest.New(t, store.SQLite), func(int64, int64) {}); err == nil {
			t.Error("an empty record was moved over a full one")
		}
		must(t, target.Exec("DROP TABLE foreigner"))
		if _, err := target.MoveFrom(ctx, storetest.New(t, store.SQLite), func(int64, int64) {}); err == nil || !strings.Contains(err.Error(), "nothing was ever written") {
			t.Errorf("a source that is empty: %v", err)
		}
	})
}

// TestMoveCutShortLeavesNothing stops a move in the middle, and one whose source has a reference to nothing.
func TestMoveCutShortLeavesNothing(t *testing.T) {
	movedEach(t, func(t *testing.T, source, target *store.Store, again func() *store.Store) {
		for i := range 6000 { // so that a move says in the middle how far it is
			must(t, source.Exec("INSERT INTO changed (version, initiative_id) VALUES (?, ?)", 5+i, 0))
		}
		before, schema := rows(t, target), target.Schema(t)
		stopped, stop := context.WithCancel(ctx)
		told := 0
		_, err := target.MoveFrom(stopped, source, func(done, all int64) {
			told++
			if done == 0 || done >= all {
				t.Errorf("%d of %d rows; want the middle", done, all)
			}
			stop()
		})
		if told == 0 || !errors.Is(err, context.Canceled) {
			t.Errorf("told %d times, ended with %v", told, err)
		}
		unchanged := func(what string) {
			t.Helper()
			target = again()
			if diff := cmp.Diff(before, rows(t, target)); diff != "" {
				t.Errorf("%s left (+):\n%s", what, diff)
			}
			if diff := cmp.Diff(schema, target.Schema(t)); diff != "" {
				t.Errorf("%s changed the schema:\n%s", what, diff)
			}
		}
		unchanged("a move that was stopped")
		must(t, source.Exec("PRAGMA foreign_keys = OFF"))
		must(t, source.Exec("UPDATE offices SET delegate_id = 999 WHERE id = 1"))
		if _, err := target.MoveFrom(ctx, source, func(int64, int64) {}); err == nil || !strings.Contains(err.Error(), "check references") {
			t.Errorf("a reference to nothing: %v", err)
		}
		unchanged("a move that was refused at its end")
		must(t, source.Exec("UPDATE offices SET delegate_id = 1 WHERE id = 1"))
		if _, err := target.MoveFrom(ctx, source, func(int64, int64) {}); err != nil {
			t.Errorf("once more: %v", err)
		}
		if engine, _ := target.Engine(); engine == store.SQLite && target.Pragma(t, "writer", "foreign_keys") != "1" {
			t.Error("references are no longer looked at")
		}
	})
}

// TestMoveTellsWhatItMissed writes to the source while it is copied.
func TestMoveTellsWhatItMissed(t *testing.T) {
	movedEach(t, func(t *testing.T, source, target *store.Store, again func() *store.Store) {
		for i := range 6000 {
			must(t, source.Exec("INSERT INTO changed (version, initiative_id) VALUES (?, ?)", 5+i, 0))
		}
		want := rows(t, source)
		moved, err := target.MoveFrom(ctx, source, func(int64, int64) { must(t, freeze(t, source, models.Program, nil)) })
		must(t, err)
		if moved.Missed == 0 || moved.Seq != int64(len(want["audit"])) {
			t.Errorf("moved %+v; want what was missed, after %d entries", moved, len(want["audit"]))
		}
		if diff := cmp.Diff(want, rows(t, again())); diff != "" {
			t.Errorf("the snapshot (-) and the copy (+):\n%s", diff)
		}
	})
}

// TestMoveAsksTheSchema compares what is moved with the tables of the files that make the schema.
func TestMoveAsksTheSchema(t *testing.T) {
	files, err := filepath.Glob("migrations/sqlite/*.sql")
	must(t, err)
	var made []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		must(t, err)
		for line := range strings.Lines(string(b)) {
			if rest, ok := strings.CutPrefix(line, "CREATE TABLE "); ok && !slices.Contains(made, strings.Fields(rest)[0]) {
				made = append(made, strings.Fields(rest)[0])
			}
			if rest, ok := strings.CutPrefix(line, "DROP TABLE "); ok {
				made = slices.DeleteFunc(made, func(n string) bool { return n == strings.Trim(rest, ";\n") })
			}
		}
	}
	slices.Sort(made)
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var moved []string
		for name := range rows(t, s) {
			moved = append(moved, name)
		}
		slices.Sort(moved)
		if diff := cmp.Diff(made, moved); diff != "" {
			t.Errorf("made by the migrations (-) and moved (+):\n%s", diff)
		}
	})
}
