package handlers

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// recordVersion is the version of the record that a change was made on: the last number of the entity tag in If-Match, or
// what the form carries. 0 stands for none.
func (c *Call) recordVersion() int64 {
	given := strings.TrimSpace(c.Request.Header.Get("If-Match"))
	if given == "" {
		n, _ := strconv.ParseInt(c.Form.Get(formPrefix+"version"), 10, 64) // no number is no version
		return max(n, 0)
	}
	tag := strings.Trim(strings.TrimPrefix(given, "W/"), `"`)
	n, err := strconv.ParseInt(tag[strings.LastIndexByte(tag, '.')+1:], 10, 64)
	if err != nil || n < 1 {
		return staleVersion
	}
	return n
}

// staleVersion is a version that no record has: the tag names another one.
const staleVersion = 1 << 62

// update answers with one judgement; on pages it stands among the others of its initiative.
func (s *Server) update(c *Call, in recordInput) (*Reply, error) {
	r, err := s.Store.Update(c.Context(), c.Actor, in.when(), in.Ref)
	if err != nil {
		return nil, err
	}
	reply := &Reply{Data: r, At: &r.At}
	if c.Format.Cites() {
		of, err := s.Store.Initiative(c.Context(), c.Actor, in.when(), r.Item.Initiative)
		if err != nil {
			return nil, err
		}
		reply.Cite = func(f frontend.Frame) frontend.Work { return frontend.CiteUpdate(f, of.Item.Title, r.Item) }
	}
	return reply, nil
}

// assess records a judgement on an initiative or on one country's part.
func (s *Server) assess(c *Call, in refPath, a models.Assessment) (*Reply, error) {
	if c.Format == represent.HTML {
		if err := chosen(c.Form); err != nil {
			return nil, err
		}
	}
	u, err := s.Store.Assess(c.Context(), c.Actor, in.Ref, c.recordVersion(), a, c.receipt())
	if err != nil {
		return nil, typedEvidence(c.Form, err)
	}
	return s.recorded(c, u, "update.saved")
}

// undo takes back the judgement that stands, by another entry.
func (s *Server) undo(c *Call, in refPath, _ empty) (*Reply, error) {
	id, err := idOf(in.Ref, "update")
	if err != nil {
		return nil, err
	}
	u, err := s.Store.Undo(c.Context(), c.Actor, id, c.receipt())
	if err != nil {
		return nil, err
	}
	return s.recorded(c, u, "update.undone")
}

// recorded answers with an update that was made.
func (s *Server) recorded(c *Call, u *models.Update, key string) (*Reply, error) {
	if c.Format == represent.HTML {
		p := s.printer(c)
		r, err := s.Store.Initiative(c.Context(), c.Actor, models.When{}, u.Initiative)
		if err != nil {
			return nil, err
		}
		if u.Country == "" && r.Item.Status != u.Status && key == "update.saved" { // dated before what stands
			return s.done(c, "/initiatives/"+u.Initiative, "update.saved_history", "status", p.T("status."+string(r.Item.Status))), nil
		}
		return s.done(c, "/initiatives/"+u.Initiative, key, "status", p.T("status."+string(u.Status))), nil
	}
	return &Reply{Status: c.Route.Status, Data: u, Location: fmt.Sprintf("%s/updates/%d", apiPrefix, u.ID)}, nil
}

// typedRows gives the fields of an error the numbers that the rows of a list have in the form, where those that were
// left empty count too. A row is empty when nothing was typed into any of the fields that say something.
func typedRows(form url.Values, err error, list string, says ...string) error {
	var known *models.Error
	if form == nil || !errors.As(err, &known) {
		return err
	}
	var rows []string
	for i := range maxRows {
		row := fmt.Sprintf("%s.%d.", list, i)
		if slices.ContainsFunc(says, func(field string) bool { return strings.TrimSpace(form.Get(row+field)) != "" }) {
			rows = append(rows, row)
		}
	}
	for i := range known.Fields {
		field := &known.Fields[i].Field
		if name, ok := strings.CutPrefix(*field, list+"."); ok {
			n, rest, _ := strings.Cut(name, ".")
			if at, err := strconv.Atoi(n); err == nil && at < len(rows) {
				*field = strings.TrimSuffix(rows[at]+rest, ".")
			}
		}
	}
	return err
}

// typedEvidence numbers the rows of evidence as the form does.
func typedEvidence(form url.Values, err error) error {
	return typedRows(form, err, "evidence", "ref", "url", "title", "publisher", "published_on")
}

// chosen checks that, after a conflict, one side was chosen of every field on which two people differ.
func chosen(form url.Values) error {
	var bad []models.FieldError
	for _, field := range form[formPrefix+"choose"] {
		if !form.Has(field) {
			bad = append(bad, models.Field(field, "error.choose"))
		}
	}
	return models.Invalid(bad...)
}

// updateQuery opens the form of an update: on one country's part, or in place of an update that it corrects.
type updateQuery struct {
	refPath
	Country  string `query:"country" description:"ISO 3166 alpha-2 code of the part."`
	Replaces int    `query:"replaces" description:"ID of the update to correct."`
}

func (s *Server) updatePage(c *Call, in updateQuery) (*Reply, error) {
	return s.updateForm(c, in, nil)
}

func (s *Server) updateAgain(c *Call, in refPath, bad error) (*Reply, error) {
	return s.updateForm(c, updateQuery{refPath: in}, bad)
}

func (s *Server) updateForm(c *Call, in updateQuery, bad error) (*Reply, error) {
	r, err := s.Store.Initiative(c.Context(), c.Actor, models.When{}, in.Ref)
	if err != nil {
		return nil, err
	}
	known, err := s.someEvidence(c)
	if err != nil {
		return nil, err
	}
	p := frontend.UpdateForm{Record: r.Item, Meetings: r.At.Meetings, Evidence: known, Today: s.Store.Today(), Form: s.form(c, bad)}
	if c.Form == nil {
		p.Begin(in.Country, int64(in.Replaces))
	}
	if p.Form.Version == "" {
		p.Form.Version = c.Form.Get(formPrefix + "version")
	}
	if badKind(bad) == models.KindStale || bad != nil && c.Form.Has(formPrefix+"choose") {
		p.Conflict(c.Form.Get(formPrefix+"before"), c.Form)
	}
	if k := badKind(bad); k == models.KindReused || k == models.KindUnversioned {
		p.Form.Version = strconv.FormatInt(r.Item.Version, 10)
	}
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.UpdatePage(f, p) }}, nil
}

// offered is how much evidence of the record a form offers; any other is named by its reference.
const offered = 200

func (s *Server) someEvidence(c *Call) ([]models.Evidence, error) {
	list, err := s.Store.EvidenceList(c.Context(), c.Actor, models.When{}, models.Page{Limit: offered})
	if err != nil {
		return nil, err
	}
	return list.Items, nil
}

// retraction says why evidence is struck out.
type retraction struct {
	Reason models.Text `json:"reason" description:"In one language or both."`
}

// retract strikes a piece of evidence out. It stays where it is cited, with the reason.
func (s *Server) retract(c *Call, in refPath, b retraction) (*Reply, error) {
	if err := s.Store.Retract(c.Context(), c.Actor, in.Ref, b.Reason, c.receipt()); err != nil {
		return nil, err
	}
	if c.Format == represent.HTML {
		return s.done(c, "/evidence/"+in.Ref, "evidence.retracted_done"), nil
	}
	r, err := s.Store.Evidence(c.Context(), c.Actor, models.When{}, in.Ref)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: r.Item}, nil
}

func (s *Server) retractPage(c *Call, in refPath) (*Reply, error) { return s.retractAgain(c, in, nil) }

// retractAgain says what rests on the evidence, before it is struck out.
func (s *Server) retractAgain(c *Call, in refPath, bad error) (*Reply, error) {
	r, err := s.Store.Evidence(c.Context(), c.Actor, models.When{}, in.Ref)
	if err != nil {
		return nil, err
	}
	form := s.form(c, bad)
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.RetractPage(f, r.Item, form) }}, nil
}

// updates answers with every judgement, a page of them or all in one file.
func (s *Server) updates(c *Call, in updatesInput) (*Reply, error) {
	whole, err := in.whole(c)
	if err != nil {
		return nil, err
	}
	if whole {
		return &Reply{Table: represent.Stream(updateColumns, func(f func(*models.Update) error) error {
			return s.Store.EachUpdate(c.Context(), c.Actor, in.when(), f)
		})}, nil
	}
	p, err := in.page()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Updates(c.Context(), c.Actor, in.when(), p)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: list, Table: represent.Tabulate(updateColumns, pointers(list.Items)), At: &list.At, Next: list.Next}, nil
}
