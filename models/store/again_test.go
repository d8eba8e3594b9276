package store_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// onPostgres opens a store with the Quad record on PostgreSQL, for what the other engine does not know.
func onPostgres(t *testing.T) *store.Store {
	t.Helper()
	if os.Getenv(storetest.PostgresVariable) == "" {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	return storetest.Quad(t, store.Postgres)
}

// giveUp makes PostgreSQL give up the first changes of a kind that a table sees, with a code, at once or when they are
// committed. A sequence counts them: it does not go back with the transaction.
func giveUp(t *testing.T, s *store.Store, event, table, code string, times int, atCommit bool) {
	t.Helper()
	kind, when := "TRIGGER", ""
	if atCommit {
		kind, when = "CONSTRAINT TRIGGER", " DEFERRABLE INITIALLY DEFERRED"
	}
	for _, sql := range []string{
		"CREATE SEQUENCE gave_up",
		fmt.Sprintf(`CREATE FUNCTION give_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF nextval('gave_up') <= %d THEN RAISE EXCEPTION 'given up' USING ERRCODE = '%s'; END IF; RETURN NULL; END $$`, times, code),
		fmt.Sprintf("CREATE %s give_up AFTER %s ON %s%s FOR EACH ROW EXECUTE FUNCTION give_up()", kind, event, table, when),
	} {
		must(t, s.Exec(sql))
	}
}

// TestAWriteIsRunAgain publishes a round whose transaction PostgreSQL gives up. What the closure of the write found out
// the first time must not be counted twice.
func TestAWriteIsRunAgain(t *testing.T) {
	for name, c := range map[string]struct {
		code     string
		times    int
		atCommit bool
		kind     models.Kind // of the error; empty when the write is made
	}{
		"a serialisation failure":           {"40001", 1, false, ""},
		"a deadlock":                        {"40P01", 1, false, ""},
		"a failure of the commit":           {"40001", 1, true, ""},
		"three in a row":                    {"40001", 3, false, ""},
		"four in a row":                     {"40001", 4, false, models.KindBusy},
		"four in a row at the commit":       {"40P01", 4, true, models.KindBusy},
		"something else, which is an error": {"23514", 1, false, models.KindInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			s := onPostgres(t)
			rao, sato := people(t, s)
			must(t, s.StartRound(ctx, rao, inTokyo))
			must(t, s.SaveItem(ctx, rao, inTokyo, "QSCG-INTL-LAW", 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil))
			r := roundOf(t, s, rao)
			updates, entries := s.Int(t, "SELECT COUNT(*) FROM updates"), s.Int(t, "SELECT COUNT(*) FROM audit")
			giveUp(t, s, "UPDATE", "rounds", c.code, c.times, c.atCommit)
			err := s.Publish(ctx, sato, inTokyo, len(r.Unreviewed()), 0)
			if kindOf(err) != c.kind || (err == nil) != (c.kind == "") {
				t.Fatalf("got %v; want the kind %q", err, c.kind)
			}
			want := 1
			if err != nil {
				want = 0
			}
			if made := s.Int(t, "SELECT COUNT(*) FROM updates") - updates; made != want {
				t.Errorf("%d judgements; want %d", made, want)
			}
			log, err := s.AuditLog(ctx, int64(entries), 100)
			if err != nil || len(log) != want {
				t.Fatalf("%d entries of the audit, %v; want %d", len(log), err, want)
			}
			if want == 1 && strings.Count(log[0].Detail, `"QSCG-AI-ML"`) != 1 {
				t.Errorf("the audit names what was carried more than once, or not: %s", log[0].Detail)
			}
			if got := findings(t, s); got != nil {
				t.Errorf("verify finds %v", got)
			}
		})
	}
}

// TestAWriteIsRunAgainWithItsReceipt sends a change a second time after PostgreSQL gave up the first one once.
func TestAWriteIsRunAgainWithItsReceipt(t *testing.T) {
	s := onPostgres(t)
	rao, _ := people(t, s)
	giveUp(t, s, "INSERT", "submissions", "40001", 1, true)
	version := initiativeOf(t, s, "QSCG-AI-ML", models.When{}).Version
	judge := func() (*models.Update, *models.Receipt) {
		receipt := &models.Receipt{Key: "once", Fingerprint: "same"}
		u, err := s.Assess(ctx, rao, "QSCG-AI-ML", version, models.Assessment{Status: models.Delivered, Reason: "event", EffectiveOn: models.NewDate(2025, 3, 1), Note: models.Text{EN: "Done."}, Evidence: cited}, receipt)
		must(t, err)
		return u, receipt
	}
	first, made := judge()
	second, replayed := judge()
	if made.Replayed || !replayed.Replayed || first.ID != second.ID {
		t.Errorf("first %+v, then %+v of judgement %d and %d; want it made once and then only told", made, replayed, first.ID, second.ID)
	}
}

// TestHousekeepingIsRunAgain ends a session whose deletion PostgreSQL gives up once.
func TestHousekeepingIsRunAgain(t *testing.T) {
	s := onPostgres(t)
	must(t, s.Sessions().CommitCtx(ctx, "hash", []byte(`{}`), storetest.Now().Add(1e9)))
	giveUp(t, s, "DELETE", "sessions", "40P01", 1, false)
	must(t, s.Sessions().DeleteCtx(ctx, "hash"))
	if n := s.Int(t, "SELECT COUNT(*) FROM sessions"); n != 0 {
		t.Errorf("%d sessions; want none", n)
	}
}
