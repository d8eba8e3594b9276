package frontend

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// EmbedPath ends the address of the part of a page that other sites may show.
const EmbedPath = "/embed"

// ChartPath ends the address of the picture of a page.
const ChartPath = "/chart"

// Embed is how the page of a frame is shown on other sites.
type Embed struct {
	Page    string // address of the part of the page that can be framed
	Snippet string // HTML that frames it
	Picture string // whole address of its picture; empty where it has none
}

// embed returns how this page is shown on other sites; false for pages that cannot be.
func (f Frame) embed(title string) (Embed, bool) {
	topic := strings.HasPrefix(f.Path, "/topics/") && strings.Count(f.Path, "/") == 2 && f.At != nil
	if !topic && f.Path != "/matrix" {
		return Embed{}, false
	}
	framed := f
	framed.Path += EmbedPath
	e := Embed{Page: framed.In(f.Lang)}
	if topic {
		e.Picture = f.Origin + f.Chart(f.Path)
	}
	e.Snippet = `<iframe src="` + templ.EscapeString(f.Origin+e.Page) + `" title="` + templ.EscapeString(f.T("title", "title", title)) + `" width="100%" height="720" loading="lazy"></iframe>`
	return e, true
}

// whole is the frame of the page that an embedded part belongs to.
func (f Frame) whole() Frame {
	f.Path = strings.TrimSuffix(f.Path, EmbedPath)
	return f
}

// TopicEmbed is the panel of a topic for other sites.
func TopicEmbed(f Frame, r models.TopicRecord) templ.Component { return topicEmbed(f, f.whole(), r) }

// NewMatrixEmbed prepares the matrix for other sites.
func NewMatrixEmbed(f Frame, m *models.Matrix) templ.Component {
	return matrixEmbed(f, newMatrix(f.whole(), m))
}
