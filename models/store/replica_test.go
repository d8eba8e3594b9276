package store_test

import (
	"database/sql"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// clock is a time that a test moves on.
type clock struct{ past atomic.Int64 }

func (c *clock) now() time.Time { return storetest.Now().Add(time.Duration(c.past.Load())) }

func (c *clock) pass(d time.Duration) { c.past.Add(int64(d)) }

// ask runs statements on a server behind the store's back.
func ask(t *testing.T, address string, statements ...string) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	must(t, err)
	defer db.Close()
	for _, one := range statements {
		if _, err := db.Exec(one); err != nil {
			t.Fatalf("%s: %v", one, err)
		}
	}
}

// until waits for something that a replica will do in a moment.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within ten seconds", what)
		}
	}
}

func recordOne(t *testing.T, s *store.Store) {
	t.Helper()
	must(t, s.Write(ctx, analyst, assess, func(tx *store.Tx) error { _, err := tx.AddUpdate(update("QSCG-AI-ML")); return err }))
}

// TestReplicaAnswersThePublic holds a real streaming replica back, ends its connections and stops it. Nobody may be shown
// less than was shown before, and nothing may fail.
func TestReplicaAnswersThePublic(t *testing.T) {
	primary, replica := storetest.Replicated(t)
	var passing clock
	var faults []error
	s := storetest.Open(t, store.Options{DatabaseURL: primary, ReplicaURL: replica, Now: passing.now, Warn: func(err error) { faults = append(faults, err) }})
	storetest.Seed(t, s)
	caughtUp := func() bool {
		passing.pass(time.Minute)
		answered, _ := s.FromReplica(t)
		return answered
	}
	until(t, "the replica answers", caughtUp)
	if list, err := s.Initiatives(store.ForPublic(ctx), models.Public, models.When{}, models.InitiativeFilter{Limit: 200}); err != nil || list.Total != 29 {
		t.Errorf("%v, %v; want the list of 29 from the replica", list, err)
	}
	recordOne(t, s)
	until(t, "the replica has what was written", caughtUp)

	ask(t, replica, "SELECT pg_wal_replay_pause()")
	recordOne(t, s)
	if answered, v := s.FromReplica(t); answered || v != 3 {
		t.Errorf("after a write that the replica lacks, it answers (%v) with version %d; want the primary with 3", answered, v)
	}
	other := storetest.Open(t, store.Options{DatabaseURL: primary, ReplicaURL: replica, Now: passing.now})
	if answered, v := other.FromReplica(t); !answered || v != 2 {
		t.Errorf("a process that has shown nothing newer: %v, version %d; want the replica with 2", answered, v)
	}
	if v, err := other.DataVersion(ctx); err != nil || v != 3 {
		t.Errorf("version %d, %v; want 3", v, err)
	}
	if answered, v := other.FromReplica(t); answered || v != 3 {
		t.Errorf("once it has shown version 3: %v, version %d; want the primary with 3", answered, v)
	}
	ask(t, replica, "SELECT pg_wal_replay_resume()")
	until(t, "the replica has caught up", caughtUp)
	if len(faults) > 0 {
		t.Errorf("being behind is told as a fault: %v", faults)
	}

	if tries := s.CancelOnReplica(t); tries != 2 {
		t.Errorf("a read that the replica ended was run %d times; want once more, on the primary", tries)
	}
	if answered, _ := s.FromReplica(t); answered || len(faults) != 1 {
		t.Errorf("after a fault the replica is asked at once (%v), %d faults were told; want it left alone and one", answered, len(faults))
	}
	until(t, "the replica is asked again", caughtUp)
	if _, err := s.Topic(store.ForPublic(ctx), models.Public, models.When{}, "nope", models.InitiativeFilter{}); kindOf(err) != models.KindNotFound {
		t.Errorf("an unknown topic: %v; want not found", err)
	}
}

// TestReplicaThatCannotAnswer names replicas that are away, of another record, or have none. The primary answers.
func TestReplicaThatCannotAnswer(t *testing.T) {
	if os.Getenv(storetest.PostgresVariable) == "" {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	other := storetest.QuadOptions(t, store.Postgres).DatabaseURL
	at, err := url.Parse(storetest.Database(t))
	must(t, err)
	empty := at.String()
	at.Host = "127.0.0.1:1"
	for name, address := range map[string]string{"away": at.String(), "of another record": other, "without a record": empty} {
		t.Run(name, func(t *testing.T) {
			var faults []string
			o := storetest.QuadOptions(t, store.Postgres)
			o.ReplicaURL, o.Warn = address, func(err error) { faults = append(faults, err.Error()) }
			s := storetest.Open(t, o)
			if name == "of another record" { // the copies of the tests begin with the same entry
				ask(t, other, "ALTER TABLE audit DISABLE TRIGGER ALL", "UPDATE audit SET hash = 'feed' || substr(hash, 5)")
			}
			for range 2 {
				list, err := s.Initiatives(store.ForPublic(ctx), models.Public, models.When{}, models.InitiativeFilter{Limit: 200})
				if err != nil || list.Total != 29 {
					t.Fatalf("%v, %v; want the list of the primary", list, err)
				}
			}
			if len(faults) != 1 || !strings.Contains(faults[0], "the replica does not answer") {
				t.Errorf("told %q; want the fault, once", faults)
			}
		})
	}
}

func TestReplicaNeedsPostgres(t *testing.T) {
	if _, err := store.Open(ctx, store.Options{Path: path(t), ReplicaURL: "postgres://a/b", Now: storetest.Now}); err == nil {
		t.Error("a replica of an embedded database is taken")
	}
}
