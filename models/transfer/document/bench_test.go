package document

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"testing"
)

// page is how many characters a page of a statement has.
const charactersOfPage = 3000

// pages returns paragraphs of so many pages, made of the words of the samples in any order.
func pages(n int, of []string) []string {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	words := strings.Fields(strings.Join(of[2:], " "))
	var all []string
	for length := 0; length < n*charactersOfPage; {
		var b strings.Builder
		for b.Len() < 600 {
			b.WriteString(words[r.IntN(len(words))] + " ")
		}
		all = append(all, b.String()+"2025.")
		length += b.Len()
	}
	return all
}

// suppliedAs writes a long statement in every format; bilingual ones have as many pages in French.
func suppliedAs(t testing.TB, n int) map[string]File {
	one, another := pages(n, english), pages(n, french)
	another = another[:min(len(one), len(another))]
	one = one[:len(another)]
	file := func(name, data string) File { return File{Name: name, Data: []byte(data)} }
	return map[string]File{
		"text":        file("a.txt", strings.Join(one, "\n\n")),
		"markdown":    file("a.md", strings.Join(one, "\n\n- ")),
		"html":        file("a.html", pageOf(one)),
		"docx":        file("a.docx", string(docxOf(t, each(one, "%s", wordParagraph)))),
		"pipes":       file("a.txt", pairs(one, another, "%s | %s |\n", asIs)),
		"table":       file("a.html", "<html><table>"+pairs(one, another, "<tr><td>%s<td>%s</tr>", html.EscapeString)+"</table>"),
		"alternating": file("a.txt", pairs(one, another, "%s\n\n%s\n\n", asIs)),
	}
}

func BenchmarkRead(b *testing.B) {
	for _, format := range []string{"text", "markdown", "html", "docx", "pipes", "table", "alternating"} {
		for _, n := range []int{50, 100, 200} {
			f := suppliedAs(b, n)[format]
			r := mustRead(b, f)
			size := 0
			for _, t := range r.Texts {
				size += len(t.Body)
			}
			if r.Texts[0].Format != format {
				b.Fatalf("read as %s, want %s", r.Texts[0].Format, format)
			}
			b.Run(fmt.Sprintf("%s/%d_pages", format, n), func(b *testing.B) {
				b.SetBytes(int64(size)) // of plain text
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Read([]File{f}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// TestCostGrowsWithTheLength compares allocations, which do not depend on what else the machine does.
func TestCostGrowsWithTheLength(t *testing.T) {
	small, large := suppliedAs(t, 25), suppliedAs(t, 100)
	for format, f := range large {
		cost := func(f File) float64 {
			return testing.AllocsPerRun(1, func() {
				if _, err := Read([]File{f}); err != nil {
					t.Fatal(err)
				}
			})
		}
		if a, b := cost(small[format]), cost(f); b > 5*a {
			t.Errorf("%s: %.0f allocations for 25 pages, %.0f for 100", format, a, b)
		}
	}
}
