package frontend

import (
	"bytes"
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// body is the page as it is sent.
func body(t *testing.T, page templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// matrixOf is a matrix without rows, to prepare cells with.
func matrixOf(t *testing.T, l models.Lang) *Matrix {
	t.Helper()
	return &Matrix{Filters: Filters{Frame: sampleFrame(t, l, "/matrix", nil)}}
}

var challenge = models.MatrixRow{Ref: "QSCG-CYBER-CHALLENGE", Title: models.Text{EN: "Quad Cyber Challenge", JA: "クアッド・サイバー・チャレンジ"}}

func TestCellsAreSaidInWholeSentences(t *testing.T) {
	t.Parallel()
	moved := models.MatrixCell{Column: "m", Status: models.UnderWay, Was: models.Announced, Mark: models.Changed, Change: models.ChangeForward, Grade: models.OfficialRecord, Evidence: 1, Update: 7}
	carried := models.MatrixCell{Column: "m", Status: models.UnderWay, Was: models.UnderWay, Mark: models.Carried, Change: models.ChangeNone, Grade: models.MemberStatement, Evidence: 2}
	imported := models.MatrixCell{Column: "m", Status: models.Delivered, Was: models.Delivered, Mark: models.Imported, Change: models.ChangeNone, Grade: models.MemberStatement, Evidence: 1}
	part := models.MatrixCell{Column: "JP", Status: models.Stalled, Role: "lead", Grade: models.Searched}
	for _, c := range []struct {
		name   string
		lang   models.Lang
		cell   models.MatrixCell
		place  string
		want   string
		anchor string
	}{
		{"moved", models.English, moved, "Tokyo, December 2023", "Quad Cyber Challenge, Tokyo, December 2023: Under way; moved forward, 1 source, was Announced, E2 · official record", "#update-7"},
		{"moved", models.Japanese, moved, "東京、2023年12月", "クアッド・サイバー・チャレンジ、東京、2023年12月：進行中、前進、資料1件、前は表明済み、E2・公的な記録", "#update-7"},
		{"carried", models.English, carried, "Now", "Quad Cyber Challenge, Now: Under way; not reviewed, 2 sources, E1 · a member’s statement", "#over-time"},
		{"carried", models.Japanese, carried, "現在", "クアッド・サイバー・チャレンジ、現在：進行中、未確認、資料2件、E1・参加国の発表", "#over-time"},
		{"imported", models.English, imported, "Tokyo", "Quad Cyber Challenge, Tokyo: Delivered; imported, 1 source, Imported, not reviewed, E1 · a member’s statement", "#over-time"},
		{"imported", models.Japanese, imported, "東京", "クアッド・サイバー・チャレンジ、東京：達成、取り込み、資料1件、取り込み・未確認、E1・参加国の発表", "#over-time"},
		{"a country's part", models.English, part, "JP, Japan", "Quad Cyber Challenge, JP, Japan: Stalled; 0 sources, E0 · searched, none found", "#part-JP"},
		{"a country's part", models.Japanese, part, "日本", "クアッド・サイバー・チャレンジ、日本：停滞、資料0件、E0・調査したが根拠なし", "#part-JP"},
	} {
		t.Run(c.name+" in "+string(c.lang), func(t *testing.T) {
			t.Parallel()
			got := matrixOf(t, c.lang).cell(challenge, c.cell, c.place)
			if got.Label != c.want {
				t.Errorf("got  %s\nwant %s", got.Label, c.want)
			}
			if want := "/" + string(c.lang) + "/initiatives/QSCG-CYBER-CHALLENGE" + c.anchor; got.URL != want {
				t.Errorf("leads to %s; want %s", got.URL, want)
			}
		})
	}
}

func TestSignsSayHowAStatusGotThere(t *testing.T) {
	t.Parallel()
	p := matrixOf(t, models.English)
	for _, c := range []struct {
		mark      models.Mark
		change    models.Change
		sign, how string
	}{
		{models.Changed, models.ChangeForward, "↑", "moved forward"},
		{models.Changed, models.ChangeBack, "↓", "slipped"},
		{models.Changed, models.ChangeOther, "→", "changed"},
		{models.Confirmed, models.ChangeNone, "=", "no change"},
		{models.Imported, models.ChangeNone, "¶", "imported"},
		{models.Imported, models.ChangeNew, "¶", "imported"},
		{models.Imported, models.ChangeForward, "↑", "moved forward"},
		{models.Carried, models.ChangeNone, "⋯", "not reviewed"},
		{models.Carried, models.ChangeForward, "↑⋯", "moved forward, not reviewed"}, // it moved between the meetings
		{"", models.ChangeBack, "↓", "slipped"},                                     // a country's part has no mark
		{"", models.ChangeNone, "", ""},
	} {
		got := p.cell(challenge, models.MatrixCell{Status: models.UnderWay, Mark: c.mark, Change: c.change, Grade: models.Searched}, "Tokyo")
		if got.Sign != c.sign || got.How != c.how {
			t.Errorf("mark %q, change %q: %q %q; want %q %q", c.mark, c.change, got.Sign, got.How, c.sign, c.how)
		}
	}
}

func TestEmptyCellsSayWhy(t *testing.T) {
	t.Parallel()
	before, without := models.MatrixCell{Column: "m"}, models.MatrixCell{Column: "JP", Role: "not_applicable"}
	for _, c := range []struct {
		lang       models.Lang
		cell       models.MatrixCell
		why, label string
	}{
		{models.English, before, "did not exist yet", "Quad Cyber Challenge, Tokyo: did not exist yet"},
		{models.Japanese, before, "まだ存在しない", "クアッド・サイバー・チャレンジ、Tokyo：まだ存在しない"},
		{models.English, without, "no part", "Quad Cyber Challenge, Tokyo: no part"},
		{models.Japanese, without, "対象外", "クアッド・サイバー・チャレンジ、Tokyo：対象外"},
	} {
		got := matrixOf(t, c.lang).cell(challenge, c.cell, "Tokyo")
		if got.Empty != c.why || got.Label != c.label || got.Sign != "" {
			t.Errorf("%s: %q, %q, sign %q; want %q, %q and no sign", c.lang, got.Empty, got.Label, got.Sign, c.why, c.label)
		}
	}
}

// TestNoCellIsSilent reads the cells of every sample of the matrix: each has a name that ends like a sentence of its
// own, or says why it is empty.
func TestNoCellIsSilent(t *testing.T) {
	t.Parallel()
	link, why := regexp.MustCompile(`<a class="cell[^>]* aria-label="([^"]*)"`), regexp.MustCompile(`<span class="none" title="([^"]*)"`)
	rendered(t, func(name, page string) {
		if !strings.HasPrefix(name, "matrix") {
			return
		}
		cells := strings.Count(page, "<td>") - strings.Count(page[strings.Index(page, "<tfoot>")+1:], "<td>")
		links, empties := link.FindAllStringSubmatch(page, -1), why.FindAllStringSubmatch(page, -1)
		if len(links)+len(empties) != cells {
			t.Errorf("%s: %d cells, of which %d are links and %d say why not", name, cells, len(links), len(empties))
		}
		for _, m := range append(links, empties...) {
			if strings.TrimSpace(m[1]) == "" || strings.Contains(m[1], "⟨") {
				t.Errorf("%s: a cell is called %q", name, m[1])
			}
		}
	})
}

func TestManyColumnsBecomeGlyphsUnlessWordsAreAskedFor(t *testing.T) {
	t.Parallel()
	title := models.Text{EN: "One"}
	for _, c := range []struct {
		columns int
		asked   string
		glyphs  bool
	}{{8, "", false}, {9, "", true}, {12, "", true}, {12, "words", false}, {3, "glyphs", true}} {
		f := sampleFrame(t, models.English, "/matrix", url.Values{"cells": {c.asked}})
		page := body(t, NewMatrix(f, sampleMatrix("meetings", sampleColumns(c.columns), title)))
		if got := strings.Contains(page, `<table class="matrix glyphs">`); got != c.glyphs {
			t.Errorf("%d columns, cells=%s: glyphs %v; want %v", c.columns, c.asked, got, c.glyphs)
		}
	}
}
