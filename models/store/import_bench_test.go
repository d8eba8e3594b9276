package store_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/seed"
)

// BenchmarkImport applies the bundles of a made-up record of 100,000 judgements and compares the processor time for each
// judgement in the last fifth with that in the first: 1 means that it does not matter how much is there already.
func BenchmarkImport(b *testing.B) {
	size := seed.Size{Name: "bench", Countries: 50, Delegates: 1250, Meetings: 500, Initiatives: 5000, Updates: 100_000}
	var first, last float64
	for b.Loop() {
		s := storetest.New(b, store.SQLite)
		var spent, fifth time.Duration
		done := 0
		first, last = 0, 0
		for bundle := range seed.Large(size) {
			start := processorTime(b)
			if _, err := transfer.Apply(b.Context(), s, models.Program, bundle); err != nil {
				b.Fatal(err)
			}
			n := len(bundle.Updates)
			if n == 0 {
				continue // places and people, before the first judgement
			}
			took := processorTime(b) - start
			spent += took
			switch done += n; {
			case done <= size.Updates/5:
				fifth += took
				first = fifth.Seconds() * 1000 / float64(done)
			case done > size.Updates*4/5:
				if last == 0 {
					fifth, last = 0, 1
				}
				fifth += took
				last = fifth.Seconds() * 1000 / float64(done-size.Updates*4/5)
			}
		}
		if done != size.Updates || first == 0 || last == 0 {
			b.Fatalf("%d judgements, %.3f and %.3f ms each", done, first, last)
		}
		b.ReportMetric(spent.Seconds()*1000/float64(done), "cpu-ms/judgement")
	}
	b.ReportMetric(0, "ns/op") // of everything, which says nothing
	b.ReportMetric(last/first, "x-last-to-first")
}

// processorTime is the time that this process has used on all cores.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
