package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const (
	racingPairs = 1000 // on the embedded engine; a fifth on PostgreSQL, where each costs twice as much
	retries     = 200
	runners     = 8 // pairs that race at a time, each on an initiative of its own
)

// judgement is the body of an update that says what sent it.
func judgement(note string) string {
	b, err := json.Marshal(map[string]any{"status": "under_way", "effective_on": "2026-11-01", "reason": "evidence", "note": map[string]string{"en": note},
		"evidence": []map[string]string{{"ref": "wh-2023-12-15", "grade": "E2", "stance": "supports"}}})
	if err != nil {
		panic(err) // texts can be encoded
	}
	return string(b)
}

// judge posts an update to an initiative on the version that a tag names.
func (v *visitor) judge(ref, tag, body string, header ...string) (*http.Response, string) {
	v.t.Helper()
	r := v.send("POST", "/api/v1/initiatives/"+ref+"/updates", body, append([]string{"Content-Type", "application/json", "If-Match", tag}, header...)...)
	return r, read(v.t, r)
}

// notes reads an initiative as a program does: its entity tag, and the notes of its updates by how often they stand.
func (v *visitor) notes(ref string) (tag string, notes map[string]int) {
	v.t.Helper()
	r := v.send("GET", "/api/v1/initiatives/"+ref, "")
	var record models.Record[models.InitiativeRecord]
	if err := json.Unmarshal([]byte(read(v.t, r)), &record); err != nil || r.StatusCode != http.StatusOK {
		v.t.Fatalf("read %s: %d %v", ref, r.StatusCode, err)
	}
	notes = map[string]int{}
	for _, u := range record.Item.Updates {
		notes[u.Note.EN]++
	}
	return r.Header.Get("ETag"), notes
}

// program is a visitor with a token that may write, of an account of its own.
func program(t testing.TB, s *store.Store, site site, name string) *visitor {
	t.Helper()
	v := site.visitor(name)
	v.token = token(t, s, person(t, s, name, models.Analyst), models.ScopeWrite)
	return v
}

// initiativeRefs are the initiatives of the record.
func initiativeRefs(t testing.TB, s *store.Store) []string {
	t.Helper()
	list, err := s.Initiatives(context.Background(), models.Public, models.When{}, models.InitiativeFilter{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, i := range list.Items {
		refs = append(refs, i.Ref)
	}
	slices.Sort(refs)
	return refs
}

// both runs two calls at the same moment.
func both(a, b func()) {
	var wait sync.WaitGroup
	begin := make(chan struct{})
	for _, f := range []func(){a, b} {
		wait.Go(func() { <-begin; f() })
	}
	close(begin)
	wait.Wait()
}

// spread runs n rounds on a few goroutines, each of which has initiatives that no other one touches.
func spread(refs []string, n int, round func(n int, ref string)) {
	var wait sync.WaitGroup
	for k := range runners {
		wait.Go(func() {
			for i := k; i < n; i += runners {
				round(i, refs[i%(len(refs)/runners*runners)])
			}
		})
	}
	wait.Wait()
}

// TestOfTwoChangesOfOneVersionOneIsMade lets two people judge the same version of an initiative at the same moment, again
// and again: one is told 201 and the other 412, and the history holds what was acknowledged, each once.
func TestOfTwoChangesOfOneVersionOneIsMade(t *testing.T) {
	t.Parallel()
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		site := newSite(t, s)
		a, b := program(t, s, site, "sato"), program(t, s, site, "brown")
		refs := initiativeRefs(t, s)
		pairs := racingPairs
		if engine, _ := s.Engine(); engine == store.Postgres {
			pairs /= 5
		}
		before, tags := map[string]map[string]int{}, map[string]string{}
		for _, ref := range refs {
			tags[ref], before[ref] = a.notes(ref)
		}
		var mu sync.Mutex
		acknowledged := map[string][]string{}
		var made, stale atomic.Int64
		began := time.Now()
		spread(refs, pairs, func(n int, ref string) {
			mu.Lock()
			tag := tags[ref]
			mu.Unlock()
			var of [2]int
			var said [2]string
			one := func(i int, v *visitor) {
				r, body := v.judge(ref, tag, judgement(fmt.Sprintf("round %d by %s", n, v.name)))
				of[i], said[i] = r.StatusCode, body
			}
			both(func() { one(0, a) }, func() { one(1, b) })
			switch {
			case of[0] == http.StatusCreated && of[1] == http.StatusPreconditionFailed, of[1] == http.StatusCreated && of[0] == http.StatusPreconditionFailed:
			default:
				t.Errorf("round %d on %s with %s: %v; want one 201 and one 412: %.300s", n, ref, tag, of, said)
			}
			for i, v := range []*visitor{a, b} {
				switch of[i] {
				case http.StatusCreated:
					made.Add(1)
					mu.Lock()
					acknowledged[ref] = append(acknowledged[ref], fmt.Sprintf("round %d by %s", n, v.name))
					mu.Unlock()
				case http.StatusPreconditionFailed:
					stale.Add(1)
					var told struct{ Current models.Current }
					if err := json.Unmarshal([]byte(said[i]), &told); err != nil || told.Current.Status != models.UnderWay {
						t.Errorf("round %d: a change that came too late is not told how the record stands: %s", n, said[i])
					}
					mu.Lock()
					tags[ref] = fmt.Sprintf(`"%d"`, told.Current.Version) // the next pair goes on from there
					mu.Unlock()
				}
			}
		})
		t.Logf("%s: %d pairs in %s: %d made, %d too late", engineOf(s), pairs, time.Since(began).Round(time.Millisecond), made.Load(), stale.Load())
		if made.Load() != int64(pairs) || stale.Load() != int64(pairs) {
			t.Errorf("%d made, %d too late; want %d and %d", made.Load(), stale.Load(), pairs, pairs)
		}
		grown := 0
		for _, ref := range refs {
			_, after := a.notes(ref)
			for _, note := range acknowledged[ref] {
				if after[note] != 1 {
					t.Errorf("%s: %q was acknowledged and stands %d times in the history", ref, note, after[note])
				}
			}
			for note, times := range after {
				grown += times - before[ref][note]
			}
		}
		if grown != pairs {
			t.Errorf("the histories grew by %d; want %d", grown, pairs)
		}
		if lines, err := s.CheckCurrent(context.Background()); err != nil || len(lines) > 0 {
			t.Errorf("what stands does not follow from the histories: %v %v", lines, err)
		}
	})
}

// TestAChangeSentAgainIsMadeOnce sends changes again under their keys, after the answer was lost and at the same moment.
func TestAChangeSentAgainIsMadeOnce(t *testing.T) {
	t.Parallel()
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		site := newSite(t, s)
		v, other := program(t, s, site, "sato"), program(t, s, site, "brown")
		refs := initiativeRefs(t, s)
		before := 0
		for _, ref := range refs {
			_, notes := v.notes(ref)
			for _, times := range notes {
				before += times
			}
		}
		audit := auditLength(t, s)
		began := time.Now()
		var reused atomic.Int64
		spread(refs, retries, func(n int, ref string) {
			tag := v.send("HEAD", "/api/v1/initiatives/"+ref, "").Header.Get("ETag")
			key, body := fmt.Sprintf("key-%d", n), judgement(fmt.Sprintf("change %d", n))
			var answers [2]*http.Response
			var said [2]string
			send := func(i int) { answers[i], said[i] = v.judge(ref, tag, body, "Idempotency-Key", key) }
			if n%2 == 0 {
				send(0)
				send(1)
			} else {
				both(func() { send(0) }, func() { send(1) })
			}
			if answers[0].StatusCode != http.StatusCreated || answers[1].StatusCode != http.StatusCreated || said[0] != said[1] || answers[0].Header.Get("Location") != answers[1].Header.Get("Location") {
				t.Errorf("change %d sent twice: %d %s and %d %s; want one answer", n, answers[0].StatusCode, said[0], answers[1].StatusCode, said[1])
			}
			if r, said := v.judge(ref, tag, judgement("another"), "Idempotency-Key", key); r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(said, "problem:reused") {
				t.Errorf("another change under key %d: %d %s; want 422", n, r.StatusCode, said)
			} else {
				reused.Add(1)
			}
		})
		after := 0
		for _, ref := range refs {
			_, notes := v.notes(ref)
			for note, times := range notes {
				after += times
				if strings.HasPrefix(note, "change ") && times != 1 {
					t.Errorf("%s: %q stands %d times", ref, note, times)
				}
			}
		}
		t.Logf("%s: %d changes sent twice in %s: %d effects, %d refusals of another change under the same key", engineOf(s), retries, time.Since(began).Round(time.Millisecond), after-before, reused.Load())
		if after-before != retries || auditLength(t, s)-audit != retries {
			t.Errorf("%d updates and %d audit entries; want %d of each", after-before, auditLength(t, s)-audit, retries)
		}
		tag, _ := other.notes(refs[0])
		if r, said := other.judge(refs[0], tag, judgement("somebody else's"), "Idempotency-Key", "key-0"); r.StatusCode != http.StatusCreated {
			t.Errorf("the same key of somebody else: %d %s; want 201", r.StatusCode, said)
		}
	})
}

func engineOf(s *store.Store) string {
	name, _ := s.Engine()
	return string(name)
}
