package store_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestKnownAtShowsWhatHadBeenRecorded records one more judgement an hour after the rest and looks at the record
// before, between and after.
func TestKnownAtShowsWhatHadBeenRecorded(t *testing.T) {
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			now := storetest.Now()
			o := store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: func() time.Time { return now }}
			if engine == store.Postgres {
				o.DatabaseURL = storetest.Database(t)
			}
			s := storetest.Open(t, o)
			storetest.Seed(t, s)
			before := everything(t, s, models.When{})
			earlier := everything(t, s, models.When{AsOf: "2024-01-01"})

			now = now.Add(time.Hour)
			on, err := models.ParseDate("2023-12-20")
			if err != nil {
				t.Fatal(err)
			}
			u := models.Update{Initiative: "QSCG-SUPPLY-CHAIN-FRAMEWORK", Status: models.UnderWay, EffectiveOn: on, Mark: models.Changed, ReasonKind: "evidence",
				Note: models.Text{EN: "Learned late.", JA: "後から判明。"}, Confidence: models.Verified}
			err = s.Write(ctx, models.Program, store.Change{Action: "assess", Object: "initiative:QSCG-SUPPLY-CHAIN-FRAMEWORK", Needs: models.PermitImport},
				func(tx *store.Tx) error { _, err := tx.AddUpdate(u); return err })
			if err != nil {
				t.Fatal(err)
			}

			const then = "2026-11-23T09:30:00Z"
			for _, c := range []struct {
				asOf string
				want map[string]string
			}{{"", before}, {"2024-01-01", earlier}} {
				got := everything(t, s, models.When{AsOf: c.asOf, KnownAt: then})
				if diff := cmp.Diff(withoutVersion(c.want), withoutVersion(got)); diff != "" {
					t.Errorf("as of %q, known at %s: then (-) and now (+) differ:\n%s", c.asOf, then, diff)
				}
			}
			r, err := s.Initiative(ctx, models.Public, models.When{AsOf: "2024-01-01"}, "QSCG-SUPPLY-CHAIN-FRAMEWORK")
			if err != nil || r.Item.Updates[0].Note.EN != "Learned late." {
				t.Errorf("known now: %v, %+v", err, r)
			}
			list, err := s.Initiatives(ctx, models.Public, models.When{KnownAt: "2026-11-22"}, models.InitiativeFilter{Limit: 5})
			if err != nil || list.Total != 0 {
				t.Errorf("known before anything was recorded: %d, %v", list.Total, err)
			}
			if list, err = s.Initiatives(ctx, models.Public, models.When{KnownAt: "2026-11-23"}, models.InitiativeFilter{Limit: 5}); err != nil || list.Total != 29 {
				t.Errorf("known at the end of the day: %d, %v", list.Total, err)
			}
			for _, bad := range []string{"yesterday", "2026-13-01", "2026-11-23T25:00:00Z", "'; --"} {
				if _, err := s.Initiatives(ctx, models.Public, models.When{KnownAt: bad}, models.InitiativeFilter{Limit: 5}); kindOf(err) != models.KindInvalid {
					t.Errorf("known_at %q: %v", bad, err)
				}
			}
		})
	}
}

// withoutVersion leaves out what any write and the instant asked for change.
func withoutVersion(all map[string]string) map[string]string {
	out := map[string]string{}
	for name, json := range all {
		out[name] = versions.ReplaceAllString(json, "")
	}
	return out
}

// TestUpgradeOfAnOlderRecord opens a record that version 0.1.0 wrote, with child rows in every table, and compares
// it with a new one.
func TestUpgradeOfAnOlderRecord(t *testing.T) {
	packed, err := os.Open("testdata/record-0001.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "followthrough.db")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(file, unpacked); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	old := storetest.Open(t, store.Options{Path: path, Now: storetest.Now})
	fresh := storetest.Quad(t, store.SQLite)
	schema := "SELECT sql FROM sqlite_master WHERE sql <> '' AND name NOT LIKE 'goose%' ORDER BY name"
	if diff := cmp.Diff(fresh.Lines(t, schema), old.Lines(t, schema)); diff != "" {
		t.Errorf("a new schema (-) and an upgraded one (+) differ:\n%s", diff)
	}
	for _, broken := range old.Lines(t, `SELECT "table" || ' ' || rowid FROM pragma_foreign_key_check`) {
		t.Errorf("dangling: %s", broken)
	}
	for table, want := range map[string]int{"initiatives": 29, "updates": 136, "evidence": 144, "search_notes": 6} {
		if got := old.Int(t, "SELECT COUNT(*) FROM "+table+" WHERE recorded_at > '2026-11-23T00' AND recorded_at < '2026-11-24'"); got != want {
			t.Errorf("%s: %d rows with the time of the import, want %d", table, got, want)
		}
	}
	f := models.SearchFilter{Words: "能力構築"}
	if diff := cmp.Diff(found(t, fresh, models.When{}, f), found(t, old, models.When{}, f)); diff != "" {
		t.Errorf("a new record (-) and an upgraded one (+) find different things:\n%s", diff)
	}
}
