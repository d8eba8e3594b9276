// Package suggest proposes the passages of a statement that bind its authors. It has no rules yet and proposes nothing.
package suggest

import "github.com/followthrough/followthrough/models"

// Found is a suggested passage: its places in the text of each language that has it, and what the rules read out of it.
type Found struct {
	Words map[models.Lang]models.Span
	models.Suggestion
}

// Paragraph proposes the passages of one paragraph, in the order of the text.
func Paragraph(texts map[models.Lang]string) []Found { return nil }

// Reason is why what a type of passage says cannot be tracked.
func Reason(suggested string) models.Text { return models.Text{} }
