package handlers

import (
	"fmt"
	"io"
	"net/http"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// works are what an answer lets others cite: its record, or its table under the name that the file of it has.
func (s *Server) works(c *Call, reply *Reply, f frontend.Frame) []frontend.Work {
	one := func(w frontend.Work) []frontend.Work { return []frontend.Work{w} }
	if reply.Cite != nil {
		return one(reply.Cite(f))
	}
	switch r := reply.Data.(type) {
	case *models.Record[models.StatementRecord]:
		return frontend.CiteStatement(f, r.Item)
	case *models.Record[models.EvidenceRecord]:
		return one(frontend.CiteEvidence(f, r.Item.Evidence))
	case *models.Record[models.Commitment]:
		return one(frontend.CiteCommitment(f, r.Item))
	case *models.Record[models.InitiativeRecord]:
		return one(frontend.CiteRecord(f, r.Item.Title))
	case *models.Record[models.CountryRecord]:
		return one(frontend.CiteRecord(f, r.Item.Name))
	case *models.Record[models.DelegateRecord]:
		return one(frontend.CiteRecord(f, r.Item.Name))
	case *models.Record[models.ForumFacts]:
		return one(frontend.CiteRecord(f, r.Item.Name))
	case *models.Record[models.TopicRecord]:
		return one(frontend.CitePage(f, frontend.TopicTitle(f, r.Item)))
	case *models.Record[models.MeetingRecord]:
		return one(frontend.CitePage(f, frontend.MeetingTitle(f, r.Item.Meeting)))
	case *models.Record[models.SearchNote]:
		return one(frontend.CitePage(f, frontend.SearchNoteTitle(f, r.Item)))
	case *models.Record[models.Comparison]:
		return one(frontend.CitePage(f, frontend.CompareTitle(f, r.Item)))
	case *models.Matrix:
		return one(frontend.CiteTable(f, frontend.Narrowed(f, f.T("matrix.over_"+r.By), r.Facets)))
	case *models.List[models.Hit]:
		return one(frontend.CiteTable(f, frontend.SearchTitle(f, f.Query.Get("q"))))
	case *models.Record[models.Overview]:
		return one(frontend.CitePage(f, f.T("nav.overview")))
	}
	var known map[string][]models.Facet
	if list, ok := reply.Data.(interface {
		Known() map[string][]models.Facet
	}); ok {
		known = list.Known()
	}
	return one(frontend.CiteTable(f, frontend.Narrowed(f, f.Plain(s.words.Label("table", c.Route.Name)), known)))
}

// writeCitations writes the citation of an answer.
func (s *Server) writeCitations(w http.ResponseWriter, body io.Writer, c *Call, reply *Reply, write func(io.Writer, []represent.Citation) error) error {
	w.Header().Set("Content-Disposition", fmt.Sprintf("inline; filename=%q", c.Route.Name+"."+c.Format.Name))
	var all []represent.Citation
	for _, work := range s.works(c, reply, s.frame(c, reply.At)) {
		all = append(all, represent.Citation{
			Key: work.Key, Data: work.Table, Title: work.Title, Lang: string(work.Lang), Author: work.Author, Container: work.Container, Genre: work.Genre,
			Issued: work.Issued.String(), URL: work.URL, Accessed: work.Accessed.String(), Source: work.Source, Version: work.Version, Notes: work.Notes,
		})
	}
	return write(body, all)
}

// relation names what a format is to the page: the same in another form, or what describes it to programs that keep
// references.
func relation(f represent.Format) string {
	if f.Cites() {
		return "describedby"
	}
	return "alternate"
}
