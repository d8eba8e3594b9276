package frontend

import (
	"fmt"
	"strings"
)

// glyphs stand for the icons where there is only text.
var glyphs = map[string]string{"delivered": "✓", "partly_delivered": "◕", "under_way": "◑", "announced": "◔", "no_public_action": "○", "stalled": "⏹", "dropped": "⊟", "not_assessed": "◌"}

// Markdown writes a briefing as Markdown (CommonMark with the tables of GitHub). Words of the record are escaped, so
// that they stand as they are.
func (s Sheet) Markdown() string {
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\n") }
	name := s.md(s.Heading)
	if s.Title != "" {
		name = onOneLine(escapeMarkdown(s.Title))
	}
	line("# " + s.md(s.Kicker) + " — " + name + "\n")
	if s.Title != "" {
		line(s.md(s.Heading) + "\n")
	}
	line("**" + s.md(s.AsOf) + "**\n")
	if s.Audience != "" {
		line(s.md(s.T("briefing.for", "audience", s.Audience)) + "\n")
	}
	for _, fact := range s.Facts {
		line("- " + s.md(fact))
	}
	if s.Chain != "" {
		line("- " + s.md(s.T("briefing.chain_whole", "hash", s.Chain)))
	}
	if s.Address != "" {
		line("- " + s.md(s.T("briefing.address", "url", s.Address)))
	}
	line("")
	if s.Brief != nil {
		for _, w := range s.Brief.Lead {
			line(onOneLine(escapeMarkdown(w.Text)) + "\n")
		}
		for _, c := range s.Brief.Counts {
			line(fmt.Sprintf("- %s: %d", s.mdBit(c.Status), c.Count))
		}
		line("")
	}
	for _, section := range s.Sections {
		s.mdSection(&b, section)
	}
	line("---\n\n" + s.md(s.Terms))
	return b.String()
}

func (s Sheet) mdSection(b *strings.Builder, section SheetSection) {
	fmt.Fprintf(b, "## %d. %s\n\n", section.Number, s.md(section.Heading))
	for _, n := range section.Intro {
		b.WriteString(s.md(n) + "\n\n")
	}
	for _, t := range section.Tables {
		s.mdTable(b, t)
		if len(t.Rest) > 0 {
			b.WriteString(s.md(t.Rest) + "\n\n")
		}
	}
	for _, n := range section.Notes {
		b.WriteString(s.md(n) + "\n\n")
	}
	for _, q := range section.Quotes {
		fmt.Fprintf(b, "**%s**\n\n", escapeMarkdown(q.Code))
		for _, w := range q.Words {
			b.WriteString("> " + strings.ReplaceAll(strings.TrimRight(escapeMarkdown(w.Text), "\n"), "\n", "\n> ") + "\n\n")
		}
		if len(q.Note) > 0 {
			b.WriteString(s.md(q.Note) + "\n\n")
		}
	}
	for _, e := range section.Sources {
		fmt.Fprintf(b, "%d. %s. %s", e.Number, onOneLine(escapeMarkdown(e.Title.Text)), s.md(e.Meta))
		if e.URL != "" {
			b.WriteString(" <" + e.URL + ">")
		}
		b.WriteString("\n")
	}
	if len(section.Sources) > 0 {
		b.WriteString("\n")
	}
}

// mdTable writes a table for each group, because Markdown has no rows that head others.
func (s Sheet) mdTable(b *strings.Builder, t SheetTable) {
	if t.Shown {
		b.WriteString("### " + s.md(t.Caption) + "\n\n")
	}
	for _, g := range t.Groups {
		if len(g.Heading) > 0 {
			b.WriteString("### " + s.md(g.Heading))
			if len(g.Note) > 0 {
				b.WriteString(" — " + s.md(g.Note))
			}
			b.WriteString("\n\n")
		}
		head, rule := "|", "|"
		for _, h := range t.Head {
			head, rule = head+" "+s.mdCellText(s.md(h))+" |", rule+" --- |"
		}
		b.WriteString(head + "\n" + rule + "\n")
		for _, r := range g.Rows {
			b.WriteString("|")
			for _, c := range r.Cells {
				var bits []string
				for _, one := range c {
					if text := s.mdBit(one); text != "" {
						bits = append(bits, text)
					}
				}
				b.WriteString(" " + s.mdCellText(strings.Join(bits, "<br>")) + " |")
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
}

// mdCellText keeps a text on one line of a table.
func (s Sheet) mdCellText(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\n", "<br>"), "|", `\|`)
}

func (s Sheet) mdBit(bit Bit) string {
	text := s.mdLines(bit.Words)
	switch bit.Kind {
	case "title":
		return "**" + text + "**"
	case "code":
		return "`" + s.join(bit.Words) + "`"
	case "status", "tally", "part":
		return glyphs[bit.Code] + " " + text
	case "mark":
		return "(" + text + ")"
	case "sources":
		var all []string
		for _, n := range bit.Refs {
			all = append(all, fmt.Sprintf(`\[%d\]`, n))
		}
		return strings.Join(all, " ")
	}
	return text
}

// md is a text in the languages of the briefing, on one line.
func (s Sheet) md(all Said) string { return onOneLine(s.mdLines(all)) }

// onOneLine joins the lines of a text, where a break would end what it stands in.
func onOneLine(text string) string { return strings.ReplaceAll(text, "\n", " ") }

// mdLines is a text in the languages of the briefing, with its own breaks.
func (s Sheet) mdLines(all Said) string {
	var texts []string
	for _, w := range all {
		text := escapeMarkdown(w.Text)
		if w.Only != "" {
			text += " " + escapeMarkdown(w.Only)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " / ")
}

// markdownSigns are what would mean something in the middle of a line or at its beginning.
var markdownSigns = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "&", `\&`, "~", `\~`)

// lineEnds are what ends a line in Markdown.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func escapeMarkdown(text string) string {
	lines := strings.Split(markdownSigns.Replace(lineEnds.Replace(text)), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimLeft(l, " \t")
		if rest := strings.TrimLeft(lines[i], "0123456789"); lines[i] != "" && (strings.ContainsRune("+-=", rune(lines[i][0])) || rest != lines[i] && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ")"))) {
			at := len(lines[i]) - len(rest) // a sign of a list, or of one with numbers
			lines[i] = lines[i][:at] + `\` + lines[i][at:]
		}
	}
	return strings.Join(lines, "\n")
}
