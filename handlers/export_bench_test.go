package handlers_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// everyUpdate is the statement whose rows /updates.csv?all=1 has, for a program that has nothing else to do.
const everyUpdate = `SELECT u.id, i.ref, u.country, u.status, u.superseded, u.effective_on, COALESCE(m.ref,''), u.occasion_en, u.occasion_ja, u.mark, u.reason_kind,
	u.note_en, u.note_ja, u.rationale_en, u.rationale_ja, u.remark_en, u.remark_ja, u.scope_en, u.scope_ja, u.grade, u.confidence, u.provenance, u.source_ref, u.recorded_at, u.author,
	COALESCE(u.replaces_id,''), COALESCE(n.ref,'') FROM updates u JOIN initiatives i ON i.id = u.initiative_id LEFT JOIN meetings m ON m.id = u.meeting_id
	LEFT JOIN search_notes n ON n.id = u.search_note_id WHERE u.published AND u.effective_on <= '9999' AND i.begins_on <= '9999' ORDER BY u.id`

// sink counts what it is sent, and looks now and then how much memory is in use.
type sink struct {
	header http.Header
	status int
	bytes  int
	lines  int
	writes int
	most   uint64
}

func (s *sink) Header() http.Header    { return s.header }
func (s *sink) WriteHeader(status int) { s.status = status }
func (s *sink) Write(b []byte) (int, error) {
	s.bytes, s.lines, s.writes = s.bytes+len(b), s.lines+bytes.Count(b, []byte{'\n'}), s.writes+1
	if s.writes%64 == 0 {
		s.most = max(s.most, inUse())
	}
	return len(b), nil
}

// inUse is what the program holds of the memory of the machine.
func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// BenchmarkExport reads every judgement as one CSV and compares rows per processor second with the sqlite3 tool (Debian's
// package of that name) writing the same columns, and the memory with that before.
func BenchmarkExport(b *testing.B) {
	l := newLarge(b)
	tool, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("sqlite3 is not installed")
	}
	clock := newClock()
	h, err := handlers.New(handlers.Options{Store: storetest.Open(b, store.Options{Path: l.path, Now: clock.Now}), Log: slog.New(slog.DiscardHandler), Now: clock.Now, Version: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	var most, rows float64
	own := func() {
		clock.pass(time.Minute) // there is a limit on exports
		runtime.GC()
		before := inUse()
		s := &sink{header: http.Header{}}
		h.ServeHTTP(s, httptest.NewRequest("GET", "/updates.csv?all=1", nil))
		if s.status != http.StatusOK || s.lines < 1000 {
			b.Fatalf("status %d, %d lines", s.status, s.lines)
		}
		rows = float64(s.lines - 1)
		most = max(most, float64(s.most)-float64(before))
	}
	var ratios []float64
	var ours, theirs time.Duration
	for b.Loop() {
		start := processor()
		own()
		mine := processor() - start
		start = children(b)
		run := exec.Command(tool, "-readonly", "-csv", l.path, everyUpdate)
		count := &sink{header: http.Header{}}
		run.Stdout = count
		if err := run.Run(); err != nil || float64(count.lines) < rows {
			b.Fatalf("%v: %d lines; want %.0f", err, count.lines, rows)
		}
		tools := children(b) - start
		ours, theirs = ours+mine, theirs+tools
		ratios = append(ratios, tools.Seconds()/mine.Seconds())
	}
	slices.Sort(ratios)
	report(b, "tool", ours/time.Duration(b.N), theirs/time.Duration(b.N), ratios)
	b.ReportMetric(rows/(ours.Seconds()/float64(b.N)), "rows/cpu-s")
	b.ReportMetric(most/(1<<20), "MB-grown")
}

// children is the processor time of the programs that were started and have ended.
func children(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
