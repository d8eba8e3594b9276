package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/models/transfer/document"
)

// pageCharacters is about one printed page of a statement in English.
const pageCharacters = 3000

// BenchmarkPlanStatement reads statements of 50, 100 and 200 pages in two languages, which repeat the paragraphs of the
// record under other numbers: time and memory per page should not grow with the length.
func BenchmarkPlanStatement(b *testing.B) {
	s, _ := tokyo(b)
	for _, pages := range []int{50, 100, 200} {
		var en, ja strings.Builder
		for n := 0; en.Len() < pages*pageCharacters; n++ {
			p := s.Paragraphs[1+n%7]
			fmt.Fprintf(&en, "%d. %s\n\n", n+1, p.Texts["en"])
			fmt.Fprintf(&ja, "%d %s\n\n", n+1, p.Texts["ja"])
		}
		files := []document.File{{Name: "en.txt", Data: []byte(en.String())}, {Name: "ja.txt", Data: []byte(ja.String())}}
		b.Run(fmt.Sprintf("%dpages", pages), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := transfer.PlanStatement(b.Context(), files, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/float64(pages), "ms/page")
		})
	}
}
