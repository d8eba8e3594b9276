package handlers

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// packageInput names a forum and a time. There is nothing to compare with: the tables hold the history itself.
type packageInput struct {
	refPath
	momentQuery
}

// dataPackage answers with every table of a forum and a description of them that programs read.
func (s *Server) dataPackage(c *Call, in packageInput) (*Reply, error) {
	r, err := s.Store.Forum(c.Context(), c.Actor, models.When{AsOf: in.AsOf, VS: "none", KnownAt: in.KnownAt}, in.Ref)
	if err != nil {
		return nil, err
	}
	p := s.describePackage(c, r)
	for _, t := range tablesOf(&r.Item) {
		resource, err := s.resource(t, r.Item.Meetings)
		if err != nil {
			return nil, fmt.Errorf("write the table %s: %w", t.name, err)
		}
		p.Resources = append(p.Resources, resource)
	}
	return &Reply{Data: p, Package: p, At: &r.At}, nil
}

// describePackage says what the package as a whole is.
func (s *Server) describePackage(c *Call, r *models.Record[models.ForumRecord]) *represent.Package {
	forum, host := r.Item.Forum, s.origin(c.Request)
	title, about := s.words.Label("package", "title"), s.words.Label("package", "about")
	pages := frontend.Frame{Path: "/", Query: url.Values{"forum": {forum.Slug}, "as_of": c.Query["as_of"], "known_at": c.Query["known_at"]}}
	p := &represent.Package{
		Profile: "tabular-data-package", Name: "followthrough-" + strings.ToLower(forum.Slug), ID: host + frontend.Frame{Path: c.Path, Query: c.Query}.As(represent.ZIP.Name),
		Title: title.EN + forum.Name.EN, TitleJA: title.JA + forum.Name.JA, Description: about.EN, DescriptionJA: about.JA,
		Homepage: host + pages.In(models.English), Version: strconv.FormatInt(r.DataVersion, 10), Created: s.Store.Today().String() + "T00:00:00Z",
		Licenses: []represent.License{s.openLicence()}, Sources: append(publicationSources(r.Item.Meetings), evidenceSources(r.Item.Evidence)...),
	}
	p.KnownAt = r.At.KnownAt
	if r.At.Past() {
		day := r.AsOf.String()
		p.AsOf = &day
	}
	return p
}

// resource describes one table.
func (s *Server) resource(t packageTable, meetings []models.Meeting) (*represent.Resource, error) {
	r, err := represent.NewResource(t.name, t.Table, t.key, s.aboutColumn)
	if err != nil {
		return nil, err
	}
	title, about := s.words.Label("table", t.name), s.words.Label("about", t.name)
	r.Title, r.TitleJA, r.Description, r.DescriptionJA = title.EN, title.JA, about.EN, about.JA
	r.Schema.ForeignKeys, r.Licenses = t.links, []represent.License{s.openLicence()}
	if t.quotes {
		r.Licenses, r.Sources = []represent.License{s.issuersTerms()}, publicationSources(meetings)
	}
	return r, nil
}

// openLicence is that of the data. Its name and address are those of the licence itself.
func (s *Server) openLicence() represent.License {
	title := s.words.Label("licence", "data")
	return represent.License{Name: "CC-BY-4.0", Path: "https://creativecommons.org/licenses/by/4.0/", Title: title.EN, TitleJA: title.JA}
}

// issuersTerms are those of the words of statements. The Open Definition has no name for them.
func (s *Server) issuersTerms() represent.License {
	title := s.words.Label("licence", "quoted")
	return represent.License{Name: "notspecified", Title: title.EN, TitleJA: title.JA}
}

// aboutColumn says what a column means. A column of words in one language is explained by what it words, and a count
// of one status by the status.
func (s *Server) aboutColumn(name string) (en, ja string) {
	about := func(key string) models.Text { return s.words.Label("column", key) }
	if status, ok := strings.CutPrefix(name, "summary_statuses_"); ok {
		word, base := s.words.Label("status", status), about("summary_statuses")
		return base.EN + word.EN, base.JA + word.JA
	}
	for _, l := range models.Langs {
		if base, ok := strings.CutSuffix(name, "_"+string(l)); ok {
			text, wording := about(base), about("wording_"+string(l))
			return text.EN + " " + wording.EN, text.JA + wording.JA
		}
	}
	text := about(name)
	return text.EN, text.JA
}

func publicationSources(meetings []models.Meeting) []represent.Source {
	var all []represent.Source
	for _, m := range meetings {
		for _, p := range m.Publications {
			all = append(all, represent.Source{Title: p.Publisher + ": " + p.Title, Path: p.URL})
		}
	}
	return all
}

func evidenceSources(evidence []models.Evidence) []represent.Source {
	all := make([]represent.Source, len(evidence))
	for i, e := range evidence {
		all[i] = represent.Source{Title: e.Publisher + ": " + e.Title, Path: e.URL}
	}
	return all
}
