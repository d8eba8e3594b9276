package locale

import (
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Method gives the outline of the method its words in every language.
func (c Catalogue) Method() models.Method {
	var m models.Method
	for _, o := range models.MethodOutline() {
		chapter := models.Chapter{Code: o.Chapter, Title: c.Label("chapter", o.Chapter), Scales: []models.Scale{}, Rules: []models.Rule{}}
		for _, codes := range o.Scales {
			chapter.Scales = append(chapter.Scales, c.scale(codes))
		}
		for _, code := range o.Rules {
			text := c.Text("rule."+code+"_text", "days", models.SoonDays)
			chapter.Rules = append(chapter.Rules, models.Rule{Code: code, Anchor: "rule-" + code, Title: c.Label("rule", code), Paragraphs: paragraphs(text)})
		}
		m.Chapters = append(m.Chapters, chapter)
	}
	m.Crosswalk = models.Crosswalk()
	for i, p := range m.Crosswalk {
		m.Crosswalk[i].Title, m.Crosswalk[i].Note = c.Label("crosswalk", p.Code), c.Label("crosswalk", p.Code+"_note")
	}
	return m
}

// scale gives a closed list its words and what the program knows of its codes.
func (c Catalogue) scale(codes models.Codes) models.Scale {
	s := models.Scale{Code: codes.Scale, Title: c.Label("scale", codes.Scale)}
	for _, code := range codes.Codes {
		t := models.Term{Code: code, Anchor: codes.Scale + "-" + code, Label: c.Label(codes.Labels, code), Definition: c.Label("define", codes.Scale+"_"+code)}
		switch codes.Scale {
		case "status":
			t.Status = models.RuleOf(models.Status(code))
		case "mark":
			reviewed := models.Mark(code).Reviewed()
			t.Reviewed = &reviewed
		}
		s.Terms = append(s.Terms, t)
	}
	return s
}

// paragraphs cuts a message at its line breaks; every language has the same number, as a test demands.
func paragraphs(t models.Text) []models.Text {
	en, ja := strings.Split(t.EN, "\n"), strings.Split(t.JA, "\n")
	all := make([]models.Text, max(len(en), len(ja)))
	for i := range all {
		if i < len(en) {
			all[i].EN = en[i]
		}
		if i < len(ja) {
			all[i].JA = ja[i]
		}
	}
	return all
}
