package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// notes is the second sheet of a workbook. A file is passed on without the page it came from, so that it says itself
// what it shows, of which day, under which terms and what its codes mean.
func (s *Server) notes(c *Call, r *Reply) *represent.Table {
	en, ja := s.words[models.English], s.words[models.Japanese]
	frame := frontend.Frame{Path: c.Path, Query: c.Query}
	host := s.origin(c.Request)
	rows := [][]string{
		s.note("list", c.Route.Name, s.words.Label("table", c.Route.Name)),
		s.note("page", "", models.Text{EN: host + frame.In(models.English), JA: host + frame.In(models.Japanese)}),
		s.note("data", host+frame.As(represent.JSON.Name), models.Text{}),
	}
	if r.Next != nil {
		rows = append(rows, s.note("next", host+frame.As(represent.XLSX.Name, "after", *r.Next), models.Text{}))
	}
	asOf, vs := s.words.Label("time", "latest"), s.words.Label("time", "none")
	if r.At.Past() {
		asOf = models.Text{EN: en.Date(r.At.AsOf), JA: ja.Date(r.At.AsOf)}
	}
	if !r.At.VS.IsZero() {
		vs = models.Text{EN: en.Date(r.At.VS), JA: ja.Date(r.At.VS)}
	}
	rows = append(rows, s.filters(c)...)
	if r.At.KnownAt != "" {
		rows = append(rows, s.note("known_at", r.At.KnownAt, models.Text{}))
	}
	rows = append(rows,
		s.note("as_of", r.At.AsOf.String(), asOf),
		s.note("vs", r.At.VS.String(), vs),
		s.note("version", strconv.FormatInt(c.version, 10), models.Text{}),
		s.note("exported_on", s.Store.Today().String(), models.Text{}),
		s.note("terms", "", s.words.Label("footer", "licence")))
	return &represent.Table{
		Header: []string{en.T("notes.item"), ja.T("notes.item"), en.T("notes.value") + " " + ja.T("notes.value"), ja.T("language.other"), en.T("language.other")},
		Types:  make([]represent.Type, 5), Rows: slices.Values(slices.Concat(rows, s.legend(), explain(s.words, "change", models.Changes))),
	}
}

// filters says in words what narrows the rows. What has a note of its own, or changes no row, stays out.
func (s *Server) filters(c *Call) [][]string {
	var all []string
	for name, values := range c.Query {
		for _, v := range values {
			if v != "" && !slices.Contains([]string{"as_of", "vs", "known_at", "excel", "text", "cells"}, name) {
				all = append(all, name+" = "+v)
			}
		}
	}
	if len(all) == 0 {
		return [][]string{s.note("filters", "", s.words.Label("time", "none"))}
	}
	slices.Sort(all)
	return [][]string{s.note("filters", strings.Join(slices.Compact(all), "; "), models.Text{})}
}

// note is one row: what it is about in both languages, a value, and words in both languages.
func (s *Server) note(about, value string, words models.Text) []string {
	label := s.words.Label("notes", about)
	return []string{label.EN, label.JA, value, words.EN, words.JA}
}

// legend explains every code of a judgement, in the rows of notes.
func (s *Server) legend() [][]string {
	return slices.Concat(explain(s.words, "status", models.Statuses), explain(s.words, "mark", models.Marks), explain(s.words, "grade", models.Grades))
}

func explain[T ~string](words locale.Catalogue, kind string, codes []T) [][]string {
	var all [][]string
	about := words.Label("facet", kind)
	for _, code := range codes {
		label := words.Label(kind, string(code))
		all = append(all, []string{about.EN, about.JA, string(code), label.EN, label.JA})
	}
	return all
}
