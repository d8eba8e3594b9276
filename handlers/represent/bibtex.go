package represent

import (
	"io"
	"regexp"
	"strings"
)

// spaces is a run of them.
var spaces = regexp.MustCompile(` {2,}`)

// tex escapes what TeX would read as a command. A brace becomes a command as well: BibTeX counts braces even after a
// backslash, so that one alone would swallow the entries after it.
var tex = strings.NewReplacer(`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	`$`, `\$`, `&`, `\&`, `%`, `\%`, `#`, `\#`, `_`, `\_`)

// verbatim keeps an address as it is, but for what would end its field. biblatex reads such fields without TeX.
var verbatim = strings.NewReplacer(`{`, "%7B", `}`, "%7D", `\`, "%5C", " ", "%20")

// babel are the names of languages in BibTeX; others are left out.
var babel = map[string]string{"en": "english", "ja": "japanese", "fr": "french", "de": "german", "es": "spanish", "ko": "korean"}

// WriteBibTeX writes works as entries for biblatex, in UTF-8.
func WriteBibTeX(w io.Writer, works []Citation) error {
	var b strings.Builder
	for i, c := range works {
		if i > 0 {
			b.WriteString("\n")
		}
		kind := "online"
		if c.Data {
			kind = "dataset"
		}
		b.WriteString("@" + kind + "{" + c.Key + ",\n")
		for _, f := range c.bibTeX() {
			if f[1] != "" {
				b.WriteString("  " + f[0] + " = {" + f[1] + "},\n")
			}
		}
		b.WriteString("}\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// bibTeX lists the fields of an entry. A second pair of braces keeps the capitals of a title, and the words of an
// organisation's name together.
func (c Citation) bibTeX() [][2]string {
	whole := func(s string) string {
		if s = oneLine(s); s == "" {
			return ""
		}
		return "{" + tex.Replace(s) + "}"
	}
	note := append([]string{c.Source}, c.Notes...)
	return [][2]string{
		{"title", whole(c.Title)}, {"author", whole(c.Author)}, {"organization", whole(c.Container)}, {"type", tex.Replace(oneLine(c.Genre))}, {"date", bibDate(c.Issued)},
		{"version", tex.Replace(oneLine(c.Version))}, {"url", verbatim.Replace(oneLine(c.URL))}, {"urldate", bibDate(c.Accessed)}, {"langid", babel[c.Lang]}, {"note", tex.Replace(oneLine(strings.Join(note, " ")))},
	}
}

// bibDate writes a date as biblatex reads it; a quarter is a range of months.
func bibDate(date string) string {
	first, last := period(date)
	if last == nil {
		return isoDate(first, "-")
	}
	return isoDate(first, "-") + "/" + isoDate(last, "-")
}
