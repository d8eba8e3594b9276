package wording

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
)

const mebibyte = 1 << 20

// filled repeats what next makes until the text has a mebibyte.
func filled(next func(i int) string) string {
	var b strings.Builder
	for i := 0; b.Len() < mebibyte; i++ {
		b.WriteString(next(i))
	}
	return b.String()
}

// worstCase is two texts of a mebibyte that are hard to compare.
type worstCase struct {
	name string
	lang models.Lang
	a, b string
}

func worstCases() []worstCase {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(filled(func(i int) string { return fmt.Sprintf("w%d ", i) }))
	shuffled := append([]string{}, words...)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	few := func() string {
		return filled(func(int) string { return string([]rune("我々は能力を強化")[r.IntN(8)]) })
	}
	return []worstCase{
		{"all different", "en", filled(func(i int) string { return fmt.Sprintf("a%d ", i) }), filled(func(i int) string { return fmt.Sprintf("b%d ", i) })},
		{"all different, Japanese", "ja", filled(func(i int) string { return string(rune(0x4e00 + i%8000)) }), filled(func(i int) string { return string(rune(0x4e00 + 8000 + i%8000)) })},
		{"one token, one more", "ja", filled(func(int) string { return "我" }), filled(func(int) string { return "我" }) + "我"},
		{"one token, others at the ends", "ja", "彼" + filled(func(int) string { return "我" }) + "彼", "此" + filled(func(int) string { return "我" }) + "我此"},
		{"shuffled", "en", strings.Join(words, " "), strings.Join(shuffled, " ")},
		{"alternating", "ja", filled(func(i int) string { return string([]rune("我々")[i%2]) }), "此" + filled(func(i int) string { return string([]rune("々我")[i%2]) }) + "彼"},
		{"alternating, out of step", "en", filled(func(i int) string { return "a.b."[i%4 : i%4+1] }), filled(func(i int) string { return ".a,b"[i%4 : i%4+1] })},
		{"few characters at random", "ja", few(), few()},
		{"half the words replaced", "en", strings.Join(words, " "), strings.Join(replaced(words), " ")},
		{"one cluster", "en", "a" + filled(func(int) string { return "\u0301" }), "a" + filled(func(int) string { return "\u0302" })},
		{"spaces and line ends", "en", filled(func(i int) string { return " \n"[i%2 : i%2+1] }), filled(func(i int) string { return "\r\n"[i%2 : i%2+1] })},
	}
}

func replaced(words []string) []string {
	out := append([]string{}, words...)
	for i := range out {
		if i%2 == 0 {
			out[i] = "x" + out[i]
		}
	}
	return out
}

// TestWorstCasesAreWithinTheBudget is the promise for two texts of a mebibyte: five seconds and 200 MiB.
func TestWorstCasesAreWithinTheBudget(t *testing.T) {
	for _, c := range worstCases() {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			peak := peakHeap(func() {
				got, err := Diff(ctx, c.lang, c.a, c.b)
				if err != nil {
					t.Fatal(err)
				}
				if Made(got, models.OpAdded) != c.a || Made(got, models.OpRemoved) != c.b {
					t.Error("the pieces do not make the texts")
				}
			})
			if peak > 200*mebibyte {
				t.Errorf("%d MiB at its peak", peak/mebibyte)
			}
		})
	}
}

// peakHeap returns by how much the heap grew at most while f ran; it looks every few milliseconds.
func peakHeap(f func()) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, peak := m.HeapAlloc, m.HeapAlloc
	done, seen := make(chan struct{}), make(chan uint64)
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				seen <- peak
				return
			case <-tick.C:
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}
	}()
	f()
	close(done)
	return <-seen - before
}

func BenchmarkDiff(b *testing.B) {
	for _, c := range worstCases() {
		b.Run(strings.ReplaceAll(c.name, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			peak, pieces := uint64(0), 0
			for b.Loop() {
				peak = max(peak, peakHeap(func() {
					got, err := Diff(context.Background(), c.lang, c.a, c.b)
					if err != nil {
						b.Fatal(err)
					}
					pieces = len(got)
				}))
			}
			b.ReportMetric(float64(peak)/mebibyte, "peak-MiB")
			b.ReportMetric(float64(pieces), "pieces")
		})
	}
}
