package frontend

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// fileStyles are the parts of the styles that a briefing needs where the rest of them is not.
var fileStyles = []string{"static/css/10-tokens.css", "static/css/70-briefing.css"}

// BriefingFile writes a briefing as one file, with its styles inside.
func BriefingFile(ctx context.Context, s Sheet) (string, error) {
	var styles strings.Builder
	for _, name := range fileStyles {
		part, err := static.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("read the styles of a briefing: %w", err)
		}
		styles.Write(part)
	}
	var out bytes.Buffer
	err := briefingFile(s, s.title(), styles.String()).Render(ctx, &out)
	return out.String(), err
}

// title is what the window and the file are called.
func (s Sheet) title() string {
	name := s.Title
	if name == "" {
		name = s.join(s.Heading)
	}
	return s.Langs[0].T("title", "title", name)
}

// join puts a text of both languages on one line.
func (s Sheet) join(all Said) string {
	var texts []string
	for _, w := range all {
		texts = append(texts, w.Text)
	}
	return strings.Join(texts, " / ")
}

// running is what stands at the top of each printed page.
func (s Sheet) running() string {
	name := s.Forum[0].Text
	if s.Title != "" {
		name = s.Title
	}
	return s.Kicker[0].Text + " · " + name + " · " + s.AsOf[0].Text
}

// shortHash is the beginning and the end of a hash, to be compared by eye.
func shortHash(hash string) string {
	if len(hash) < 16 {
		return hash
	}
	return hash[:8] + "…" + hash[len(hash)-4:]
}

// said writes a text in each language of a briefing, with nothing between the words and their mark.
func said(s Sheet, all Said) templ.Component {
	var parts []string
	for _, w := range all {
		text := ""
		for _, run := range spoken(models.Lang(w.Lang), w.Text) { // a publisher keeps its name in every language
			if run.Lang == "" {
				text += templ.EscapeString(run.Text)
			} else {
				text += `<span lang="` + templ.EscapeString(run.Lang) + `">` + templ.EscapeString(run.Text) + `</span>`
			}
		}
		if w.Only != "" {
			text += ` <small class="b-only">` + templ.EscapeString(w.Only) + `</small>`
		}
		if lang := s.langOf(w); lang != "" {
			text = `<span class="b-said" lang="` + templ.EscapeString(lang) + `">` + text + `</span>`
		}
		if len(parts) > 0 {
			text = " " + text
		}
		parts = append(parts, text)
	}
	return verbatim(parts)
}

// article cuts the document out of a file that BriefingFile wrote.
func article(file string) (string, bool) {
	from, until := strings.Index(file, "<article "), strings.LastIndex(file, "</article>")
	if from < 0 || until < from {
		return "", false
	}
	return file[from : until+len("</article>")], true
}

// runningOf is what stands at the top of each printed page of a file that BriefingFile wrote.
func runningOf(file string) string {
	_, rest, _ := strings.Cut(file, ` data-run="`)
	words, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(words)
}
