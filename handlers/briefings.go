package handlers

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var briefingFormats = []represent.Format{represent.HTML, represent.JSON, represent.File, represent.MD, represent.CSV}

// briefingRoutes are the lines of briefings. Everybody may compose one and take it along; freezing is a change.
func briefingRoutes() []Route {
	return []Route{
		get[listPage, models.List[models.FrozenBriefing]]("briefings", "/briefings", "The briefings that were frozen, the latest first.", pageAndData, (*Server).briefings),
		get[briefingInput, models.Record[models.Briefing]]("briefing-preview", "/briefings/new", "A briefing before a meeting, by what it is to hold: as a page with its form, as a single HTML file, as Markdown, and its initiatives as a table.", briefingFormats, (*Server).composer),
		get[refPath, models.FrozenBriefing]("briefing", "/briefings/:ref", "A frozen briefing, byte for byte as it was kept.", slices.Concat(briefingFormats, represent.Citations), (*Server).briefing),
		making(write[struct{}, models.BriefingOptions, models.FrozenBriefing]("freeze", "/briefings", "Freeze a briefing: its forms are kept with their hashes and never change.", models.PermitEdit, pageAndData, (*Server).freeze, whole((*Server).composerAgain))),
	}
}

// briefingInput is what a briefing is to hold.
type briefingInput struct {
	momentQuery
	VS        string   `query:"vs" description:"Compare with this day: a civil date, the ref of a meeting, or none. The last meeting of the record's own forum before as_of when left out."`
	For       string   `query:"for" description:"What it prepares for: the ref of a planned meeting, or the slug of a forum for its next meeting, announced or not. The next meeting of the record's own forum when left out."`
	Title     string   `query:"title" description:"Printed above the heading." maxLength:"300"`
	Audience  string   `query:"audience" description:"Whom it is for." maxLength:"300"`
	Lang      string   `query:"lang" description:"Language of the briefing; that of the address when left out." enum:"en,ja,both"`
	Include   []string `query:"include" description:"What it holds; summary, changes, topics and evidence when left out." enum:"summary,changes,topics,wording,statement,evidence"`
	ByCountry []string `query:"by_country" description:"ISO 3166 alpha-2; a country with a section of its own."`
	Topic     []string `query:"topic" description:"Slug; includes the topics below it."`
	Country   []string `query:"country" description:"ISO 3166 alpha-2; the country has a part that is not not_applicable."`
	Delegate  []string `query:"delegate" description:"Slug; a commitment stands in a statement of a meeting that the person attended."`
	Status    []string `query:"status" description:"Code of the delivery scale." scale:"status"`
	Paper     string   `query:"paper" description:"Size of the printed page; a4 when left out." enum:"a4,letter"`
	GreySafe  string   `query:"grey_safe" description:"1 prints outlines and patterns instead of tints." enum:"1"`
	tableQuery
}

func (q briefingInput) options() models.BriefingOptions {
	return models.BriefingOptions{For: q.For, Title: q.Title, Audience: q.Audience, Lang: q.Lang, Include: q.Include, ByCountry: q.ByCountry,
		Topic: q.Topic, Country: q.Country, Delegate: q.Delegate, Status: codes[models.Status](q.Status), Paper: q.Paper, GreySafe: q.GreySafe != "", AsOf: q.AsOf, VS: q.VS, KnownAt: q.KnownAt}
}

// briefingColumns are those of the table of initiatives, and the evidence under each.
var briefingColumns = append(ofBriefing(initiativeColumns), represent.Column[briefedRow]{Name: "sources", Value: func(r briefedRow) string { return strings.Join(r.sources, ";") }})

// briefedRow is an initiative with the refs of the evidence that it rests on.
type briefedRow struct {
	models.Initiative
	sources []string
}

// ofBriefing are columns of initiatives for the rows of a briefing.
func ofBriefing(of []represent.Column[models.Initiative]) []represent.Column[briefedRow] {
	all := make([]represent.Column[briefedRow], len(of))
	for i, c := range of {
		all[i] = represent.Column[briefedRow]{Name: c.Name, Type: c.Type, Value: func(r briefedRow) string { return c.Value(r.Initiative) }}
	}
	return all
}

// annex is the table of the initiatives of a briefing.
func annex(b models.Briefing) *represent.Table {
	rows := make([]briefedRow, len(b.Initiatives))
	for i, item := range b.Initiatives {
		rows[i].Initiative = item.Initiative
		for _, n := range item.AllSources() {
			rows[i].sources = append(rows[i].sources, b.Evidence[n-1].Ref)
		}
	}
	return represent.Tabulate(briefingColumns, rows)
}

func (s *Server) composer(c *Call, in briefingInput) (*Reply, error) {
	return s.composed(c, in.options(), nil)
}

// composed is a briefing that nobody has frozen, in every form.
func (s *Server) composed(c *Call, o models.BriefingOptions, bad error) (*Reply, error) {
	o.Complete(c.Lang)
	r, err := s.Store.Briefing(c.Context(), c.Actor, o)
	if err != nil {
		return nil, err
	}
	s.label(r.Item.Choices.Facets, r.At)
	form := s.form(c, bad)
	return &Reply{Data: r, Table: annex(r.Item), At: &r.At,
		Page: func(f frontend.Frame) templ.Component {
			f.Path = "/briefings/new"
			return frontend.Compose(f, r.Item, frontend.NewSheet(s.words, r, func(path string) string { return f.To(path) }), form)
		},
		File: func(f represent.Format) (File, error) {
			body, err := s.written(c, f, s.sheet(c, r))
			return File{"briefing-" + r.Item.Options.Lang, body}, err
		}}, nil
}

// composerAgain shows the form once more when a briefing could not be frozen, without what cannot be.
func (s *Server) composerAgain(c *Call, bad error) (*Reply, error) {
	c.Query = nil
	in, typed := briefingInput{}, c.Form
	c.Query = map[string][]string{}
	for name, values := range typed {
		if !strings.HasPrefix(name, formPrefix) {
			c.Query[name] = values
		}
	}
	for range layers {
		err := decode(c, &in)
		var reply *Reply
		if err == nil {
			reply, err = s.composed(c, in.options(), bad)
		}
		faults := models.InvalidFields(err)
		if len(faults) == 0 {
			return reply, err
		}
		for _, f := range faults {
			c.Query.Del(f.Field)
		}
		in = briefingInput{}
	}
	return s.composed(c, models.BriefingOptions{}, bad)
}

// sheet lays a briefing out as a file, whose links lead to this server from wherever it is opened.
func (s *Server) sheet(c *Call, r *models.Record[models.Briefing]) frontend.Sheet {
	lang := models.Lang(r.Item.Options.Lang)
	if lang == models.LangBoth {
		lang = models.English
	}
	frame := frontend.Frame{Printer: s.words[lang], Query: map[string][]string{"as_of": {r.Item.Options.AsOf}, "known_at": {r.Item.Options.KnownAt}}, At: &r.At}
	return frontend.NewSheet(s.words, r, func(path string) string { return s.origin(c.Request) + frame.To(path) })
}

// written is a briefing in a form of words.
func (s *Server) written(c *Call, f represent.Format, sheet frontend.Sheet) (string, error) {
	if f == represent.MD {
		return sheet.Markdown(), nil
	}
	return frontend.BriefingFile(c.Context(), sheet)
}

// freeze keeps a briefing in each of its forms.
func (s *Server) freeze(c *Call, _ struct{}, o models.BriefingOptions) (*Reply, error) {
	unfit, err := s.unfit(c, o)
	if err != nil {
		return nil, err
	}
	o.Complete(c.Lang)
	r, err := s.Store.Briefing(c.Context(), c.Actor, o)
	if err = models.Together(unfit, err); err != nil {
		return nil, err
	}
	b := models.FrozenBriefing{Options: r.Item.Options, AsOf: r.AsOf, DataVersion: r.DataVersion, Chain: r.Item.Chain,
		Heading: models.Text{EN: frontend.BriefingHeading(s.words[models.English], r.Item), JA: frontend.BriefingHeading(s.words[models.Japanese], r.Item)}}
	receipt := c.receipt()
	if receipt == nil {
		receipt = &models.Receipt{}
	}
	err = s.Store.Freeze(c.Context(), c.Actor, b, receipt, func(b models.FrozenBriefing) ([]models.BriefingFile, error) {
		return s.forms(c, r, fmt.Sprintf("%s/briefings/%d", s.origin(c.Request), b.ID))
	})
	if err != nil {
		return nil, err
	}
	if c.Format == represent.HTML {
		return s.done(c, "/briefings/"+receipt.Result, "briefing.kept"), nil
	}
	kept, err := s.Store.FrozenBriefing(c.Context(), c.Actor, receipt.Result)
	if err == nil { // a change that is sent again finds one of earlier
		_, err = kept.Intact(represent.JSON.Name)
	}
	if err != nil {
		return nil, err
	}
	return &Reply{Status: c.Route.Status, Data: kept, Location: apiPrefix + "/briefings/" + receipt.Result}, nil
}

// unfit is what makes a briefing that can be read unfit to be kept: it does not say what it is for, or it speaks of a
// time that is still to come. Whether the time makes sense at all is asked elsewhere.
func (s *Server) unfit(c *Call, o models.BriefingOptions) (unfit, err error) {
	var bad []models.FieldError
	if o.For == "" {
		bad = append(bad, models.Field("for", "error.required"))
	}
	at, err := s.Store.At(c.Context(), models.When{AsOf: o.AsOf})
	if models.InvalidFields(err) == nil && err != nil {
		return nil, err
	}
	if at.AsOf.After(at.Today) {
		bad = append(bad, models.Field("as_of", "error.future", "value", o.AsOf))
	}
	return models.Invalid(bad...), nil
}

// forms writes a briefing in every form that is kept; address is where it will stand.
func (s *Server) forms(c *Call, r *models.Record[models.Briefing], address string) ([]models.BriefingFile, error) {
	var all []models.BriefingFile
	sheet := s.sheet(c, r)
	sheet.Address = address
	for _, f := range []represent.Format{represent.File, represent.MD} {
		body, err := s.written(c, f, sheet)
		if err != nil {
			return nil, err
		}
		all = append(all, models.BriefingFile{Format: f.Name, Body: body})
	}
	var table, data bytes.Buffer
	if err := represent.WriteCSV(&table, annex(r.Item), false); err != nil {
		return nil, err
	}
	if err := represent.WriteJSON(&data, r); err != nil {
		return nil, err
	}
	return append(all, models.BriefingFile{Format: represent.CSV.Name, Body: table.String()}, models.BriefingFile{Format: represent.JSON.Name, Body: strings.TrimSpace(data.String())}), nil
}

func (s *Server) briefings(c *Call, in listPage) (*Reply, error) {
	p, err := in.page()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Briefings(c.Context(), c.Actor, p)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: list, Next: list.Next, Page: func(f frontend.Frame) templ.Component { return frontend.Briefings(f, list) }}, nil
}

// briefing is one that was frozen. Nothing of it is written anew: every form is what was kept, or an error when it is not
// that any more. The page then says so itself, with what is left to compare.
func (s *Server) briefing(c *Call, in refPath) (*Reply, error) {
	b, err := s.Store.FrozenBriefing(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	cite := func(f frontend.Frame) frontend.Work { return frontend.CiteBriefing(f, *b, s.Store.Today()) }
	reply := &Reply{Data: b, Cite: cite,
		Page: func(f frontend.Frame) templ.Component {
			file, _ := b.File(represent.File.Name)
			return frontend.FrozenPage(f, *b, file.Sum(), cite(f))
		},
		File: func(f represent.Format) (File, error) {
			kept, err := b.Intact(f.Name)
			return File{"briefing-" + strconv.FormatInt(b.ID, 10), kept.Body}, err
		}}
	switch c.Format {
	case represent.JSON:
		_, err = b.Intact(represent.JSON.Name)
	case represent.HTML:
		if _, altered := b.Intact(represent.File.Name); altered != nil {
			reply.Status = s.failureOf(c.writer, c, altered).status
		}
	}
	return reply, err
}
