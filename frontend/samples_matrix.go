package frontend

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

var (
	sampleForum = models.Text{EN: "Forum", JA: "会議体"} // the record's own in Samples.Frame
	tokyo       = models.Text{EN: "Tokyo", JA: "東京"}
	japan       = models.Text{EN: "Japan", JA: "日本"}
)

// sampleColumns are n meetings, every fourth virtual, and the present.
func sampleColumns(n int) []models.MatrixColumn {
	all := make([]models.MatrixColumn, 0, n)
	for i := range n - 1 {
		c := models.MatrixColumn{Key: fmt.Sprintf("m-%d", i), Label: tokyo, Forum: sampleForum, HeldOn: models.NewDate(2010+i, 1+i%12, 6)}
		if i%4 == 3 {
			c.Label = models.Text{}
		}
		all = append(all, c)
	}
	return append(all, models.MatrixColumn{Key: models.ColumnNow})
}

// sampleCountries are the whole and two countries.
func sampleCountries() []models.MatrixColumn {
	return []models.MatrixColumn{{Key: models.ColumnAll}, {Key: "JP", Label: japan}, {Key: "US", Label: models.Text{EN: "United States", JA: "米国"}}}
}

// sampleMatrix has a row for each status, two topics, and every review mark and change along the columns. The first
// meeting is before the promise; the last country takes no part.
func sampleMatrix(by string, columns []models.MatrixColumn, title models.Text) *models.Matrix {
	m := &models.Matrix{By: by, Columns: columns}
	for n, s := range models.Statuses {
		r := models.MatrixRow{Ref: "QSCG-SAMPLE-" + string(s), Title: title, Topic: fmt.Sprintf("t-%d", n/4), TopicName: title, Trackable: true}
		for i, c := range columns {
			r.Cells = append(r.Cells, sampleCell(by, i, len(columns), models.MatrixCell{Column: c.Key, Status: s, Was: models.Announced}))
		}
		m.Items = append(m.Items, r)
	}
	for i := range m.Columns {
		for _, r := range m.Items {
			if c := r.Cells[i]; c.Status != "" {
				m.Columns[i].Summary.Add(c.Status, c.Mark, c.Change, true, 1)
			}
		}
	}
	m.Total = len(m.Items)
	return m
}

// sampleCell is the cell at a place in its row of so many columns.
func sampleCell(by string, at, of int, c models.MatrixCell) models.MatrixCell {
	c.Grade, c.Change = models.Grades[at%len(models.Grades)], models.Compare(c.Was, c.Status)
	c.Evidence = at % 3
	if by == "countries" {
		if at > 0 {
			c.Role = "contributor"
		}
		if at == of-1 {
			return models.MatrixCell{Column: c.Column, Role: "not_applicable"}
		}
		return c
	}
	if at == 0 {
		return models.MatrixCell{Column: c.Column}
	}
	c.Mark, c.Update = models.Marks[at%len(models.Marks)], int64(at)
	return c
}

// matrixSamples are the matrix in the states that a reader can meet.
func matrixSamples(f framer) map[string]templ.Component {
	title := models.Text{EN: "One", JA: "一"}
	paged := sampleMatrix("meetings", sampleColumns(4), title)
	next := "token"
	paged.Total, paged.Next = 500, &next
	paged.Facets = map[string][]models.Facet{"topic": {{Value: "t-0", Label: long, Count: 4}}, "delegate": {{Value: "d", Label: models.Text{JA: "茂木敏充"}, Count: 1}}}
	past := f("/matrix", url.Values{"as_of": {"2023-12-06"}})
	past.At.AsOf = models.NewDate(2023, 12, 6)
	return map[string]templ.Component{
		"matrix, words":              NewMatrix(f("/matrix", url.Values{"topic": {"t-0"}, "delegate": {"d"}, "q": {"<b>"}}), paged),
		"matrix, twelve columns":     NewMatrix(f("/matrix", nil), sampleMatrix("meetings", sampleColumns(12), title)),
		"matrix, twelve with words":  NewMatrix(f("/matrix", url.Values{"cells": {"words"}}), sampleMatrix("meetings", sampleColumns(12), title)),
		"matrix, past":               NewMatrix(past, sampleMatrix("meetings", sampleColumns(3), title)),
		"matrix, countries":          NewMatrix(f("/matrix", url.Values{"by": {"countries"}}), sampleMatrix("countries", sampleCountries(), title)),
		"matrix, empty":              NewMatrix(f("/matrix", url.Values{"q": {"nothing"}}), sampleNothing("meetings")),
		"matrix, empty, countries":   NewMatrix(f("/matrix", url.Values{"by": {"countries"}}), sampleNothing("countries")),
		"matrix, longest":            NewMatrix(f("/matrix", nil), sampleMatrix("meetings", sampleColumns(12), long)),
		"matrix, longest, countries": NewMatrix(f("/matrix", url.Values{"by": {"countries"}}), sampleMatrix("countries", sampleCountries(), long)),
		"matrix, Japanese alone":     NewMatrix(f("/matrix", nil), sampleMatrix("meetings", sampleColumns(3), models.Text{JA: strings.Repeat("国", 30)})),
	}
}

// sampleNothing is a matrix in which no row matches.
func sampleNothing(by string) *models.Matrix {
	return &models.Matrix{By: by, Columns: sampleColumns(2)}
}
