package handlers

import (
	"fmt"
	"strings"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// readme tells people who open a data package by hand what it is, in both languages.
func (s *Server) readme(p *represent.Package) string {
	var b strings.Builder
	caution := s.words.Label("package", "caution")
	fmt.Fprintf(&b, "# %s\n\n%s\n\n%s\n\n%s\n\n%s\n\n%s\n\n", p.Title, p.TitleJA, p.Description, p.DescriptionJA, caution.EN, caution.JA)
	asOf, known := s.words.Label("time", "latest"), s.words.Label("time", "latest")
	if p.KnownAt != "" {
		known = models.Text{EN: p.KnownAt, JA: p.KnownAt}
	}
	if p.AsOf != nil {
		asOf = models.Text{EN: *p.AsOf, JA: *p.AsOf}
	}
	for _, n := range [][]string{
		s.note("package", p.ID, models.Text{}), s.note("as_of", "", asOf), s.note("known_at", "", known), s.note("version", p.Version, models.Text{}),
		s.note("exported_on", strings.TrimSuffix(p.Created, "T00:00:00Z"), models.Text{}), s.note("terms", "", s.words.Label("footer", "licence")),
	} {
		fmt.Fprintf(&b, "- %s / %s: %s\n", n[0], n[1], strings.Join(distinct(n[2:]), " / "))
	}
	about := s.words.Label("package", "tables")
	fmt.Fprintf(&b, "\n## %s / %s\n\n| CSV | %s | %s |\n|---|---|---|\n", about.EN, about.JA, s.words[models.Japanese].T("language.other"), s.words[models.English].T("language.other"))
	for _, r := range p.Resources {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.Path, r.Description, r.DescriptionJA)
	}
	about = s.words.Label("package", "codes")
	fmt.Fprintf(&b, "\n## %s / %s\n\n", about.EN, about.JA)
	for _, row := range s.legend() {
		fmt.Fprintf(&b, "- %s / %s `%s`: %s / %s\n", row[0], row[1], row[2], row[3], row[4])
	}
	return b.String()
}

// distinct keeps what is not empty and did not stand before.
func distinct(all []string) []string {
	var some []string
	for _, s := range all {
		if s != "" && (len(some) == 0 || some[len(some)-1] != s) {
			some = append(some, s)
		}
	}
	return some
}
