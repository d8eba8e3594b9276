package handlers

import (
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// The shapes of the W3C Web Annotation Data Model (2017) that a statement needs. Positions count Unicode characters
// (code points) from 0 in the text of the paragraph, as the model asks for.
type (
	annotationCollection struct {
		Context string         `json:"@context" description:"http://www.w3.org/ns/anno.jsonld"`
		ID      string         `json:"id"`
		Type    string         `json:"type" description:"AnnotationCollection"`
		Label   string         `json:"label" description:"Title of the statement."`
		Total   int            `json:"total" description:"Number of annotations."`
		First   annotationPage `json:"first" description:"The one page, which holds all of them."`
	}
	annotationPage struct {
		ID         string       `json:"id"`
		Type       string       `json:"type" description:"AnnotationPage"`
		PartOf     string       `json:"partOf"`
		StartIndex int          `json:"startIndex"`
		Items      []annotation `json:"items"`
	}
	annotation struct {
		ID         string           `json:"id"`
		Type       string           `json:"type" description:"Annotation"`
		Motivation []string         `json:"motivation" description:"identifying, as the commitment, and tagging, with its strength."`
		Body       []annotationBody `json:"body"`
		Target     annotationTarget `json:"target"`
	}
	annotationBody struct {
		Type    string `json:"type" description:"SpecificResource or TextualBody"`
		Purpose string `json:"purpose" description:"identifying or tagging"`
		Source  string `json:"source,omitempty" description:"Address of the commitment."`
		Value   string `json:"value,omitempty" description:"Code of the commitment, or of the strength of its verb."`
		Format  string `json:"format,omitempty"`
	}
	annotationTarget struct {
		Type     string         `json:"type" description:"SpecificResource"`
		Source   string         `json:"source" description:"Address of the statement in the language."`
		Language string         `json:"language" description:"BCP 47 tag of the words."`
		Selector []textSelector `json:"selector" description:"The paragraph, refined by the words and by their position; words that are no longer in it have no position."`
	}
	textSelector struct {
		Type      string        `json:"type" description:"FragmentSelector, TextQuoteSelector or TextPositionSelector"`
		Value     string        `json:"value,omitempty" description:"Reference of the paragraph."`
		Exact     string        `json:"exact,omitempty"`
		Prefix    string        `json:"prefix,omitempty"`
		Suffix    string        `json:"suffix,omitempty"`
		Start     *int          `json:"start,omitempty" description:"Characters before the words."`
		End       *int          `json:"end,omitempty" description:"Characters up to the end of the words."`
		RefinedBy *textSelector `json:"refinedBy,omitempty"`
	}
)

// annotations are the marks of a statement for programs that read Web Annotations.
func (s *Server) annotations(c *Call, in recordInput) (*Reply, error) {
	r, err := s.Store.Statement(c.Context(), c.Actor, in.when(), in.Ref)
	if err != nil {
		return nil, err
	}
	origin := s.origin(c.Request)
	id := origin + apiPrefix + "/statements/" + in.Ref + "/annotations"
	label, _ := r.Item.Title.In(models.English)
	all := annotationCollection{Context: "http://www.w3.org/ns/anno.jsonld", ID: id, Type: "AnnotationCollection", Label: label,
		First: annotationPage{ID: id + "#page", Type: "AnnotationPage", PartOf: id, Items: []annotation{}}}
	for _, m := range r.Item.Commitments {
		for _, lang := range slices.Sorted(maps.Keys(m.Words)) {
			all.First.Items = append(all.First.Items, annotationOf(origin, id, m, lang))
		}
	}
	all.Total = len(all.First.Items)
	return &Reply{Data: all, At: &r.At}, nil
}

func annotationOf(origin, collection string, m models.Commitment, lang models.Lang) annotation {
	w, page := m.Words[lang], lang
	if !slices.Contains(models.Langs[:], lang) { // a language of the words alone
		page = models.English
	}
	quote := textSelector{Type: "TextQuoteSelector", Exact: w.Sought}
	if !w.NeedsReanchoring {
		k := models.NewTextMark(w.Prefix+w.Exact+w.Suffix, models.Span{From: len(w.Prefix), To: len(w.Prefix) + len(w.Exact)})
		quote.Exact, quote.Prefix, quote.Suffix = k.Exact, k.Prefix, k.Suffix
	}
	selectors := []textSelector{{Type: "FragmentSelector", Value: m.Paragraph, RefinedBy: &quote}}
	if !w.NeedsReanchoring {
		start := utf8.RuneCountInString(w.Prefix)
		end := start + utf8.RuneCountInString(w.Exact)
		selectors = append(selectors, textSelector{Type: "FragmentSelector", Value: m.Paragraph, RefinedBy: &textSelector{Type: "TextPositionSelector", Start: &start, End: &end}})
	}
	return annotation{
		ID: collection + "#" + m.Code + "-" + string(lang), Type: "Annotation", Motivation: []string{"identifying", "tagging"},
		Body: []annotationBody{
			{Type: "SpecificResource", Purpose: "identifying", Source: origin + apiPrefix + "/commitments/" + m.Code},
			{Type: "TextualBody", Purpose: "identifying", Value: m.Code, Format: "text/plain"},
			{Type: "TextualBody", Purpose: "tagging", Value: m.Strength, Format: "text/plain"},
		},
		Target: annotationTarget{Type: "SpecificResource", Source: origin + "/" + string(page) + "/statements/" + m.Statement + "?text=" + string(lang), Language: string(lang), Selector: selectors},
	}
}
