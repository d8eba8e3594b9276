package handlers

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/models/transfer/suggest"
)

// importPath is where statements are brought in.
const importPath = "/import"

// stepPath is one step of a draft, and what of it is shown.
type stepPath struct {
	refPath
	Step string `path:"step" description:"source, align, mark, match or check."`
	Page int    `query:"page" description:"On pages: which hundred of the paragraphs." minimum:"1"`
	Mark int    `query:"mark" description:"On pages: number of the mark whose form is open." minimum:"1"`
	Row  int    `query:"row" description:"On pages: number of the paragraph, from 1, in which words are marked." minimum:"1"`
	Show string `query:"show" description:"On pages: todo shows what nobody has decided on." enum:"todo"`
}

// importView is a draft as programs read it.
type importView struct {
	models.Draft
	Refs      []string                   `json:"refs" description:"Of each row, its reference in the statement; empty for one that is left out."`
	Gaps      []importGap                `json:"gaps" description:"What it lacks before it can be published."`
	Proposals map[string]models.Proposal `json:"proposals" description:"On the step match: what each accepted mark resembles, by its number."`
}

// importGap is something that a draft lacks, in words.
type importGap struct {
	models.Gap
	Message string `json:"message"`
}

func (s *Server) viewOf(c *Call, d *models.Draft) importView {
	v := importView{Draft: *d, Refs: d.Work.Refs(), Gaps: []importGap{}, Proposals: map[string]models.Proposal{}}
	p := s.printer(c)
	for _, g := range d.Gaps() {
		v.Gaps = append(v.Gaps, importGap{g, p.Fields(g.Field.Key, labelled(p, importLabels, g.Field))})
	}
	return v
}

func (s *Server) imports(c *Call, _ struct{}) (*Reply, error) { return s.importsPage(c, nil) }

// importsPage lists the drafts, with the form of a new one.
func (s *Server) importsPage(c *Call, bad error) (*Reply, error) {
	all, err := s.Store.Imports(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	choices, err := s.Store.Choices(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	p := frontend.ImportsPage{Drafts: all, Choices: *choices, Form: s.form(c, bad)}
	list := models.List[models.Draft]{Items: slices.Clone(all), Total: len(all), Facets: map[string][]models.Facet{}}
	for i := range list.Items { // the work is read with the draft
		list.Items[i].Work = models.DraftWork{Rows: []models.DraftRow{}, Marks: []models.DraftMark{}, LeftOut: []string{}}
		list.Items[i].Sources, list.Items[i].Same = []models.DraftSource{}, []models.SameText{}
	}
	return &Reply{Data: list, Page: func(f frontend.Frame) templ.Component { return frontend.Imports(f, p) }}, nil
}

func (s *Server) importsAgain(c *Call, bad error) (*Reply, error) { return s.importsPage(c, bad) }

func (s *Server) importStep(c *Call, in stepPath) (*Reply, error) { return s.importPage(c, in, nil) }

// importPage is one step of a draft.
func (s *Server) importPage(c *Call, in stepPath, bad error) (*Reply, error) {
	if !slices.Contains(models.DraftSteps, in.Step) {
		return nil, models.NotFound("import", in.Ref+"/"+in.Step)
	}
	d, err := s.Store.Import(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	if d.Published != "" && c.Format == represent.HTML {
		return seeOther(c, "/statements/"+d.Published), nil
	}
	view := s.viewOf(c, d)
	p := frontend.ImportPage{Draft: *d, Step: in.Step, Refs: view.Refs, Gaps: s.gapLinks(view.Gaps), Form: s.form(c, bad), Page: in.Page, Mark: in.Mark, Row: in.Row, Todo: in.Show != ""}
	p.Form.Version = strconv.FormatInt(d.Version, 10)
	if in.Step == models.StepMark {
		p.Rules = suggestionRules()
	}
	if in.Step == models.StepMatch {
		if err := s.propose(c, d, &p, &view); err != nil {
			return nil, err
		}
	}
	if in.Step == models.StepSource || in.Step == models.StepMatch || in.Step == models.StepCheck {
		choices, err := s.Store.Choices(c.Context(), c.Actor)
		if err != nil {
			return nil, err
		}
		p.Choices = *choices
	}
	if in.Step == models.StepSource {
		p.Begin(typed(&d.Facts), c.Form, badKind(bad) == models.KindStale || bad != nil && c.Form.Has(formPrefix+"choose"))
	}
	return &Reply{Data: view, Version: d.Version, Page: func(f frontend.Frame) templ.Component { return frontend.Import(f, p) }}, nil
}

// suggestionRules are the rules that suggest passages, by their names.
func suggestionRules() map[string]models.SuggestionRule {
	all := map[string]models.SuggestionRule{}
	for _, set := range suggest.Explained() {
		for _, r := range slices.Concat(set.Verbs, set.Others) {
			all[r.Name] = r
		}
	}
	return all
}

// gapLinks are the gaps with their words, for the page.
func (s *Server) gapLinks(all []importGap) []frontend.ImportGap {
	links := make([]frontend.ImportGap, len(all))
	for i, g := range all {
		links[i] = frontend.ImportGap{Gap: g.Gap, Message: g.Message}
	}
	return links
}

// propose compares the marks with the record: for programs all of them, for a page the one whose form it shows.
func (s *Server) propose(c *Call, d *models.Draft, p *frontend.ImportPage, view *importView) error {
	initiatives, err := s.Store.InitiativeWords(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	compared := *d
	if c.Format == represent.HTML {
		p.Mark = p.Chosen()
		compared.Work.Marks = slices.DeleteFunc(slices.Clone(d.Work.Marks), func(m models.DraftMark) bool { return m.ID != p.Mark })
	}
	reader := models.Lang("")
	if c.Format == represent.HTML {
		reader = c.Lang
	}
	all, err := transfer.Propose(c.Context(), compared, initiatives, reader)
	if err != nil {
		return err
	}
	for id, proposal := range all {
		view.Proposals[strconv.Itoa(id)] = proposal
	}
	p.Proposal, p.Initiatives = all[p.Mark], initiatives
	return nil
}

// importAgain shows a step once more with what was typed.
func importAgain(step string) func(s *Server, c *Call, in refPath, bad error) (*Reply, error) {
	return func(s *Server, c *Call, in refPath, bad error) (*Reply, error) {
		n := func(name string) int {
			i, _ := strconv.Atoi(c.Form.Get(name)) // no number opens no form
			return i
		}
		at := stepPath{refPath: in, Step: step, Page: n(formPrefix + "at"), Mark: n("id")}
		if c.Form.Get("do") == "add" {
			at.Row = n("row") + 1
		}
		return s.importPage(c, at, bad)
	}
}

// importReply answers a change of a draft: with the next page, or with the draft.
func (s *Server) importReply(c *Call, ref, page, key string, args ...any) (*Reply, error) {
	if c.Format == represent.HTML {
		return s.done(c, page, key, args...), nil
	}
	d, err := s.Store.Import(c.Context(), c.Actor, ref)
	if err != nil {
		return nil, err
	}
	return &Reply{Status: c.Route.Status, Data: s.viewOf(c, d), Location: apiPrefix + importPath + "/" + ref + "/" + models.StepSource}, nil
}

// progressPage says how far the reading of a statement is, leads to its draft, or says what went wrong with the form as
// it was typed.
func (s *Server) progressPage(c *Call, in refPath) (*Reply, error) {
	p, err := s.findPlan(c, in.Ref)
	if err != nil {
		return nil, err
	}
	state := p.state()
	draft, err := p.outcome()
	if err != nil {
		c.Form = p.form
		if c.Format != represent.HTML || c.Form == nil || !mendable(err) {
			return nil, err
		}
		reply, failed := s.planAgain(c, p, err)
		if failed != nil {
			return nil, failed
		}
		reply.Status = statusInvalid
		return reply, nil
	}
	if draft != "" && c.Format == represent.HTML {
		return seeOther(c, importPath+"/"+draft+"/"+p.step), nil
	}
	page := frontend.ImportProgress{Ref: in.Ref, Stage: state.Stage, Done: state.Done, Total: state.Total}
	return &Reply{Data: state, Page: func(f frontend.Frame) templ.Component { return frontend.ImportProgressPage(f, page) }}, nil
}

// planAgain shows the form that a plan came from.
func (s *Server) planAgain(c *Call, p *plan, bad error) (*Reply, error) {
	if p.of == "" {
		return s.importsPage(c, bad)
	}
	return importAgain(p.step)(s, c, refPath{p.of}, bad)
}

// importRoutes are the lines of bringing statements in. A draft is its author's alone.
func importRoutes() []Route {
	reading := func(r Route) Route {
		r.Permission = models.PermitEdit
		return r
	}
	step := importPath + "/:ref/"
	return []Route{
		reading(get[struct{}, models.List[models.Draft]]("imports", importPath, "One's own drafts of statements, without their texts and paragraphs.", pageAndData, (*Server).imports)),
		making(uploads(write[struct{}, importBody, importView]("begin-import", importPath, "Read the texts of a statement into a draft, which nobody else sees.", models.PermitEdit, pageAndData, (*Server).beginImport, whole((*Server).importsAgain)))),
		reading(get[refPath, planned]("import-progress", importPath+"/progress/:ref", "How far the reading of a statement is.", pageAndData, (*Server).progressPage)),
		reading(get[stepPath, importView]("import", step+":step", "A draft of a statement. Every step answers with the same; If-Match of a change names its version.", pageAndData, (*Server).importStep)),
		uploads(writeOver[refPath, importBody, importView]("describe-import", step+models.StepSource, "Say what a statement is, or give other texts for it.", models.PermitEdit, pageAndData, (*Server).factsOf, (*Server).describeImport, importAgain(models.StepSource))),
		write[refPath, alignBody, importView]("align-import", step+models.StepAlign, "Change the paragraphs of a draft by one step.", models.PermitEdit, pageAndData, (*Server).alignImport, importAgain(models.StepAlign)),
		write[refPath, markBody, importView]("mark-import", step+models.StepMark, "Decide on a suggested passage of a draft, or mark one.", models.PermitEdit, pageAndData, (*Server).markImport, importAgain(models.StepMark)),
		write[refPath, matchBody, importView]("match-import", step+models.StepMatch, "Say what becomes of an accepted mark, and what it follows.", models.PermitEdit, pageAndData, (*Server).matchImport, importAgain(models.StepMatch)),
		write[refPath, stepBody, importView]("undo-import", step+"undo", "Take the last step of a draft back.", models.PermitEdit, pageAndData, (*Server).undoImport, importAgain(models.StepAlign)),
		write[refPath, empty, struct{}]("discard-import", step+"discard", "Discard a draft with its texts.", models.PermitEdit, pageAndData, (*Server).discardImport, importAgain(models.StepCheck)),
		write[refPath, importPublication, importView]("publish-import", step+"publish", "Publish a draft: all of it or none.", models.PermitEdit, pageAndData, (*Server).publishImport, importAgain(models.StepCheck)),
	}
}

// underWay answers a program whose statement takes longer to read than it can be kept waiting.
func (s *Server) underWay(c *Call, p *plan) *Reply {
	at := importPath + "/progress/" + p.ref
	if c.Format == represent.HTML {
		return seeOther(c, at)
	}
	return &Reply{Status: http.StatusAccepted, Data: p.state(), Location: apiPrefix + at}
}
