package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const (
	scaleWriters = 4
	scaleEach    = 12 // judgements of each writer
	scaleKill    = 16 // acknowledged judgements, after which a process is killed
)

// judged are the initiatives that the writers judge, one each.
var judged = [scaleWriters]string{"QSCG-AI-ML", "QSCG-CYBER-CHALLENGE", "QSCG-CLOUD-SERVICES", "QSCG-IOT-MUTUAL-RECOGNITION"}

// TestTwoProcessesAndAReplica runs two processes behind a proxy on one PostgreSQL with a streaming replica. People judge
// and read through both while one of them is killed.
func TestTwoProcessesAndAReplica(t *testing.T) {
	primary, replica := storetest.Replicated(t)
	serving := []string{"--database-url", primary, "--replica-url", replica}
	processes := make([]*process, 2)
	var started sync.WaitGroup
	for n := range processes {
		started.Go(func() { processes[n] = spawn(t, serving...) }) // together, on an empty database
	}
	started.Wait()
	if processes[0] == nil || processes[1] == nil {
		t.FailNow()
	}
	s := storetest.Open(t, store.Options{DatabaseURL: primary, Now: time.Now})
	tokens := scaleAccounts(t, s)
	front := proxy(t, processes...)

	t.Run("a session and what is open are known to both", func(t *testing.T) {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		one := caller{address: processes[0].address}.signIn(t, "sato@example.org")
		two := caller{address: processes[1].address}.signIn(t, "rao@example.org")
		one.address, two.address = two.address, one.address
		for _, c := range []caller{one, two} {
			if status, _, body := c.send("GET", "/en/account", "", "Accept", "text/html"); status != http.StatusOK {
				t.Fatalf("a session at the other process: %d %.200s", status, body)
			}
		}
		r, _, _ := one.initiative(t, judged[0])
		events := one.listen(ctx, t, "initiative:"+judged[0], r.Item.Version)
		hears(t, events, "present", `"people":[]`)
		_ = two.listen(ctx, t, "initiative:"+judged[0], r.Item.Version)
		hears(t, events, "present", "Rao")
		w := writer{t: t, caller: caller{address: two.address, token: tokens[1]}, ref: judged[0]}
		w.judge(0)
		hears(t, events, "moved")
	})

	before := updatesOf(t, primary)
	crowd := newCrowd(t, front, processes[1].address)
	var acknowledged atomic.Int64
	var writing sync.WaitGroup
	writers := make([]*writer, scaleWriters)
	for n := range writers {
		writers[n] = &writer{t: t, caller: caller{address: front, token: tokens[n%len(tokens)]}, ref: judged[n], made: &acknowledged}
		writing.Go(func() {
			for i := range scaleEach {
				writers[n].judge(i + 1)
			}
		})
	}
	for deadline := time.Now().Add(20 * time.Second); acknowledged.Load() < scaleKill && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	processes[0].kill()
	writing.Wait()
	crowd.leave()
	if reads := crowd.reads.Load(); reads < 20 {
		t.Errorf("%d reads beside the writing; want at least 20", reads)
	}

	t.Run("nothing acknowledged is lost or made twice", func(t *testing.T) {
		if made := updatesOf(t, primary) - before; made != scaleWriters*scaleEach || acknowledged.Load() != scaleWriters*scaleEach {
			t.Errorf("%d judgements are in the record and %d were acknowledged; want %d", made, acknowledged.Load(), scaleWriters*scaleEach)
		}
		for _, w := range writers {
			r, _, _ := caller{address: processes[1].address}.initiative(t, w.ref)
			have := map[int64]bool{}
			for _, u := range r.Item.Updates {
				have[u.ID] = true
			}
			for _, id := range w.ids {
				if !have[id] {
					t.Errorf("judgement %d of %s was acknowledged and is gone", id, w.ref)
				}
			}
		}
	})
	t.Run("counters are right and the same at every process", func(t *testing.T) {
		if lines, err := s.CheckCurrent(t.Context()); err != nil || len(lines) > 0 {
			t.Errorf("current statuses differ from their definition: %v, %v", lines, err)
		}
		again := spawn(t, serving...)
		for _, path := range []string{"/overview.json", "/initiatives.json?limit=200", "/api/v1/matrix", "/activity.json"} {
			_, _, one := caller{address: processes[1].address}.send("GET", path, "")
			status, _, two := caller{address: again.address}.send("GET", path, "")
			if status != http.StatusOK || one != two {
				t.Errorf("%s: %d; the process that stayed answers\n%.300s\nand a new one\n%.300s", path, status, one, two)
			}
		}
		_, _, body := caller{address: again.address}.send("GET", "/overview.json", "")
		countsAgree(t, primary, body)
		var clients int
		if query(t, replica, "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = '' AND backend_type = 'client backend' AND pid <> pg_backend_pid()", &clients); clients == 0 {
			t.Error("no process is connected to the replica; the test has shown nothing about it")
		}
	})
	t.Run("verify finds nothing", func(t *testing.T) {
		if out, err := command("", "verify", "--database-url", primary); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
}

// scaleAccounts makes two people and a token for each.
func scaleAccounts(t *testing.T, s *store.Store) []string {
	t.Helper()
	h, err := session.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := h.Hash(t.Context(), words)
	if err != nil {
		t.Fatal(err)
	}
	var tokens []string
	for _, name := range []string{"Sato", "Rao"} {
		n := models.NewUser{Email: strings.ToLower(name) + "@example.org", Name: name, Role: models.Publisher}
		id, err := s.AddUser(t.Context(), models.Program, n, hash)
		if err != nil {
			t.Fatal(err)
		}
		secret, prefix := session.NewToken()
		if _, err := s.AddToken(t.Context(), models.Actor{ID: id, Name: name, Role: n.Role}, models.NewToken{Name: "scale", Scope: models.ScopeWrite}, prefix, session.HashOf(secret)); err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, secret)
	}
	return tokens
}

// writer judges one initiative again and again.
type writer struct {
	t testing.TB
	caller
	ref  string
	made *atomic.Int64
	ids  []int64 // of what was acknowledged
}

// judge records a judgement and does not give up before it is acknowledged: a request that was lost is sent again under
// its key. Whoever has written sees it at once, without an account as well.
func (w *writer) judge(n int) {
	status := []string{"under_way", "announced"}[n%2]
	body := fmt.Sprintf(`{"status": %q, "effective_on": %q, "reason": "evidence", "note": {"en": "Judgement %d."},
		"evidence": [{"url": "https://example.org/%s/%d", "title": "A", "publisher": "P", "grade": "E1", "stance": "supports"}]}`, status, time.Now().UTC().Format(time.DateOnly), n, w.ref, n)
	deadline := time.Now().Add(20 * time.Second)
	lost := func(what string) bool {
		if time.Now().After(deadline) {
			w.t.Errorf("%s, judgement %d: %s for 20 s", w.ref, n, what)
			return false
		}
		time.Sleep(10 * time.Millisecond)
		return true
	}
	r, _, ok := w.initiative(w.t, w.ref)
	for !ok {
		if !lost("cannot be read") {
			return
		}
		r, _, ok = w.initiative(w.t, w.ref)
	}
	for {
		code, _, answer := w.send("POST", "/api/v1/initiatives/"+w.ref+"/updates", body, "Content-Type", "application/json",
			"If-Match", strconv.Quote(strconv.FormatInt(r.Item.Version, 10)), "Idempotency-Key", fmt.Sprint(w.ref, n))
		if code == http.StatusCreated {
			var u struct{ ID int64 }
			if err := json.Unmarshal([]byte(answer), &u); err != nil || u.ID == 0 {
				w.t.Errorf("the answer names no judgement: %v %.200s", err, answer)
			}
			w.ids = append(w.ids, u.ID)
			break
		}
		if code != 0 && code != http.StatusBadGateway && code != http.StatusServiceUnavailable {
			w.t.Errorf("%s, judgement %d: %d %.300s; want 201", w.ref, n, code, answer)
			return
		}
		if !lost(fmt.Sprint("answered ", code)) {
			return
		}
	}
	if w.made != nil {
		w.made.Add(1)
	}
	seen, _, ok := caller{address: w.address}.initiative(w.t, w.ref)
	if ok && (len(seen.Item.Updates) == 0 || seen.Item.Version <= r.Item.Version) {
		w.t.Errorf("%s: the public does not see judgement %d after it was acknowledged: version %d, before it %d", w.ref, n, seen.Item.Version, r.Item.Version)
	}
}

// crowd reads without an account until it leaves: through the proxy, and at the process that stays.
type crowd struct {
	reads atomic.Int64
	leave func()
}

func newCrowd(t testing.TB, addresses ...string) *crowd {
	c := &crowd{}
	stop := make(chan struct{})
	var reading sync.WaitGroup
	for _, address := range addresses {
		reading.Go(func() {
			shown := int64(0)
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				r, header, ok := caller{address: address}.initiative(t, judged[n%len(judged)])
				if !ok {
					continue
				}
				c.reads.Add(1)
				var named int64
				if _, err := fmt.Sscanf(header.Get("ETag"), `W/"%d-`, &named); err != nil {
					t.Errorf("the tag %q names no version: %v", header.Get("ETag"), err)
				}
				if r.DataVersion < named || r.DataVersion < shown {
					t.Errorf("%s shows data version %d; its tag names %d and it has shown %d", address, r.DataVersion, named, shown)
				}
				shown = r.DataVersion
			}
		})
	}
	c.leave = sync.OnceFunc(func() { close(stop); reading.Wait() })
	t.Cleanup(c.leave)
	return c
}

// updatesOf counts the judgements in the record.
func updatesOf(t testing.TB, address string) int {
	t.Helper()
	var n int
	query(t, address, "SELECT COUNT(*) FROM updates", &n)
	return n
}

// query reads one row of a server behind the program's back.
func query(t testing.TB, address, statement string, dest ...any) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(statement).Scan(dest...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// countedSQL counts the initiatives by status, from the judgements alone.
const countedSQL = `SELECT json_object_agg(status, n) FROM (SELECT status, COUNT(*) AS n FROM (
	SELECT CASE WHEN i.superseded_by_id IS NOT NULL THEN 'superseded' ELSE COALESCE((SELECT u.status FROM updates u WHERE u.initiative_id = i.id AND u.country = '' AND u.published
		AND u.effective_on <= to_char(now(), 'YYYY-MM-DD') AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = u.id AND r.published)
		ORDER BY u.effective_on DESC, u.recorded_at DESC, u.id DESC LIMIT 1), 'not_assessed') END AS status
	FROM initiatives i WHERE i.removed_at = '') each_one GROUP BY status) counted`

// countsAgree compares what the overview counts with a count of the judgements.
func countsAgree(t *testing.T, primary, overview string) {
	t.Helper()
	var shown struct {
		Item struct {
			Summary struct{ Statuses map[string]int }
		}
	}
	if err := json.Unmarshal([]byte(overview), &shown); err != nil {
		t.Fatal(err)
	}
	var b []byte
	query(t, primary, countedSQL, &b)
	var want map[string]int
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	got := shown.Item.Summary.Statuses
	maps.DeleteFunc(got, func(_ string, n int) bool { return n == 0 })
	if !maps.Equal(got, want) {
		t.Errorf("the overview counts %v; the judgements say %v", got, want)
	}
}
