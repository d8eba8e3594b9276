package suggest

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/followthrough/followthrough/models"
)

//go:embed marked
var markedFiles embed.FS

// Marked is a statement whose passages somebody marked by hand.
type Marked struct {
	Name       string            `json:"name"`
	About      string            `json:"about"`
	HeldOut    bool              `json:"-"` // the rules were not made with it in view
	Paragraphs []MarkedParagraph `json:"paragraphs"`
}

// MarkedParagraph is a paragraph in every language that has it, with its marks.
type MarkedParagraph struct {
	Ref   string                 `json:"ref"`
	Texts map[models.Lang]string `json:"texts"`
	Marks []HandMark             `json:"marks"`
}

// HandMark is a passage that a person marked, by its exact words.
type HandMark struct {
	Words     map[models.Lang]string `json:"words"`
	Type      string                 `json:"type"`
	Strength  string                 `json:"strength"`
	Trackable bool                   `json:"trackable"`
}

// MarkedSet returns the marked statements of the program, those that the rules were made with first.
func MarkedSet() ([]Marked, error) {
	sub, err := fs.Sub(markedFiles, "marked")
	if err != nil {
		return nil, err
	}
	return MarkedIn(sub)
}

// MarkedIn reads the marked statements of a folder; what stands in its folder heldout is held out.
func MarkedIn(folder fs.FS) ([]Marked, error) {
	var all []Marked
	for _, pattern := range []string{"*.json", "heldout/*.json"} {
		names, err := fs.Glob(folder, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			b, err := fs.ReadFile(folder, name)
			if err != nil {
				return nil, err
			}
			m := Marked{HeldOut: path.Dir(name) == "heldout"}
			if err := json.Unmarshal(b, &m); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			if err := m.check(); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			all = append(all, m)
		}
	}
	return all, nil
}

// check finds marks whose words are not in their paragraph.
func (m Marked) check() error {
	for _, p := range m.Paragraphs {
		for _, mark := range p.Marks {
			for lang, words := range mark.Words {
				if words == "" || !strings.Contains(p.Texts[lang], words) {
					return fmt.Errorf("paragraph %s: the words %.40q are not in the text of %s", p.Ref, words, lang)
				}
			}
		}
	}
	return nil
}
