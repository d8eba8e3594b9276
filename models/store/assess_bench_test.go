package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
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

// judgementOf is an update with new evidence, as an analyst posts it.
func judgementOf(n int) models.Assessment {
	return models.Assessment{Status: models.UnderWay, EffectiveOn: models.NewDate(2026, 11, 1), Reason: "evidence", Note: models.Text{EN: fmt.Sprintf("Step %d was taken.", n), JA: "一歩進んだ。"},
		Evidence: []models.CitedEvidence{{URL: fmt.Sprintf("https://example.org/%d", n), Title: "A step", Publisher: "Ministry", Grade: models.OfficialRecord, Stance: "supports"}}}
}

// BenchmarkAssess records judgements one after the other, each acknowledged after its fsync, and then runs the same
// statements on the same engine without the program: the floor under one transaction.
func BenchmarkAssess(b *testing.B) {
	folder := b.TempDir()
	var statements [][]string
	traced := false
	s := storetest.Open(b, store.Options{Path: filepath.Join(folder, "a.db"), Now: storetest.Now, Trace: func(sql string) {
		if traced {
			statements[len(statements)-1] = append(statements[len(statements)-1], sql)
		}
	}})
	storetest.Seed(b, s)
	floor := storetest.Open(b, store.Options{Path: filepath.Join(folder, "b.db"), Now: storetest.Now})
	storetest.Seed(b, floor)
	if err := floor.Close(); err != nil {
		b.Fatal(err)
	}
	list, err := s.Initiatives(b.Context(), models.Public, models.When{}, models.InitiativeFilter{Limit: 200})
	if err != nil {
		b.Fatal(err)
	}
	assess := func(n int) { // each initiative in its turn, as a round walks them
		ref, version := list.Items[n%len(list.Items)].Ref, int64(n/len(list.Items)+1)
		if _, err := s.Assess(b.Context(), models.Actor{Name: "K. Sato", Role: models.Analyst}, ref, version, judgementOf(n), nil); err != nil {
			b.Fatal(err)
		}
	}
	const traces = 200
	traced = true
	for n := range traces {
		statements = append(statements, nil)
		assess(n)
	}
	traced = false
	var times []time.Duration
	for b.Loop() {
		began := time.Now()
		assess(traces + len(times))
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	bare := replay(b, filepath.Join(folder, "b.db"), statements)
	b.ReportMetric(float64(times[len(times)*99/100])/float64(time.Millisecond), "p99-ms")
	b.ReportMetric(float64(bare)/float64(time.Millisecond), "bare-ms/op")
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(bare), "x-bare")
}

// replay runs the statements of each transaction on a file of its own and returns the time for one.
func replay(b *testing.B, path string, transactions [][]string) time.Duration {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	began := time.Now()
	for _, all := range transactions {
		tx, err := db.BeginTx(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, statement := range all {
			if strings.HasPrefix(strings.TrimSpace(strings.ToUpper(statement)), "SELECT") || strings.HasPrefix(statement, "WITH") || strings.Contains(statement, "RETURNING") {
				rows, err := tx.QueryContext(b.Context(), statement)
				if err != nil {
					b.Fatalf("%s: %v", statement, err)
				}
				for rows.Next() {
				}
				err = rows.Err()
				if closing := rows.Close(); err != nil || closing != nil {
					b.Fatalf("%s: %v", statement, err)
				}
				continue
			}
			if _, err := tx.ExecContext(b.Context(), statement); err != nil {
				b.Fatalf("%s: %v", statement, err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began) / time.Duration(len(transactions))
}

// BenchmarkAssessTogether records judgements by sixteen people at the same time and compares the rate with that of one
// after the other.
func BenchmarkAssessTogether(b *testing.B) {
	const people, each = 16, 20
	s := storetest.Open(b, store.Options{Path: filepath.Join(b.TempDir(), "a.db"), Now: storetest.Now})
	storetest.Seed(b, s)
	list, err := s.Initiatives(b.Context(), models.Public, models.When{}, models.InitiativeFilter{Limit: people})
	if err != nil {
		b.Fatal(err)
	}
	var n atomic.Int64
	assess := func(person int) {
		i := list.Items[person]
		if _, err := s.Assess(b.Context(), models.Actor{Name: "K. Sato", Role: models.Analyst}, i.Ref, store.AnyVersion, judgementOf(int(n.Add(1))), nil); err != nil {
			b.Error(err)
		}
	}
	var alone, together time.Duration
	for b.Loop() {
		began := time.Now()
		for n := range each {
			assess(n % people)
		}
		alone += time.Since(began)
		began = time.Now()
		var all sync.WaitGroup
		for person := range people {
			all.Go(func() {
				for range each {
					assess(person)
				}
			})
		}
		all.Wait()
		together += time.Since(began)
	}
	b.ReportMetric(float64(b.N*each)/alone.Seconds(), "alone-per-s")
	b.ReportMetric(float64(b.N*people*each)/together.Seconds(), "together-per-s")
	b.ReportMetric(people*float64(alone)/float64(together), "x-alone")
}
