package charts

import (
	"strings"

	"golang.org/x/text/width"
)

// A file that is shown as a picture is drawn with the reader's own fonts, which nobody has measured. The widths here
// are those of DejaVu Sans, the widest of the fonts that the pictures name, so that no text is wider than is thought.
const (
	thin    = " .,:;'|!ijlIJ‘’·"
	narrows = "ftr()[]{}/\\-\"“”"
	broad   = "mwMWOQGD@%&…—→↑↓⋯"
)

// Width returns how wide a line of text is at most, at that size.
func Width(s string, size float64, bold bool) float64 {
	w := 0.0
	for _, r := range s {
		w += advance(r)
	}
	if bold {
		w *= 1.12
	}
	return w * size
}

func advance(r rune) float64 {
	switch k := width.LookupRune(r).Kind(); {
	case k == width.EastAsianWide || k == width.EastAsianFullwidth:
		return 1
	case strings.ContainsRune(thin, r):
		return 0.33
	case strings.ContainsRune(narrows, r):
		return 0.47
	case strings.ContainsRune(broad, r):
		return 1
	case r >= 'A' && r <= 'Z':
		return 0.75
	}
	return 0.64
}

// notFirst and notLast are what a Japanese line may not begin or end with (JIS X 4051).
const (
	notFirst = "、。，．・：；？！ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ）〕］｝〉》」』】〜～%％"
	notLast  = "（〔［｛〈《「『【"
)

// Lines breaks a text into lines of at most that width. What does not fit into the last line ends in an ellipsis.
func Lines(s string, most, size float64, bold bool, lines int) []string {
	words := pieces(clean(s))
	var all []string
	line := ""
	for i := 0; i < len(words); i++ {
		w := words[i]
		if line == "" {
			w = strings.TrimLeft(w, " ")
		}
		if Width(strings.TrimRight(line+w, " "), size, bold) <= most {
			line += w
			continue
		}
		if len(all) == lines-1 {
			return append(all, Cut(line+strings.Join(words[i:], ""), most, size, bold))
		}
		if line == "" { // one word wider than a line
			head, rest := within(w, most, size, bold)
			all, words[i] = append(all, head), rest
			i--
			continue
		}
		all, line = append(all, strings.TrimRight(line, " ")), ""
		i--
	}
	if line = strings.TrimRight(line, " "); line != "" {
		all = append(all, line)
	}
	return all
}

// Balanced breaks a text into as few lines as Lines does, of about the same length.
func Balanced(s string, most, size float64, bold bool, lines int) []string {
	all := Lines(s, most, size, bold, lines)
	for w := most - size; w > most/2 && len(all) > 1 && !strings.HasSuffix(all[len(all)-1], "…"); w -= size {
		tighter := Lines(s, w, size, bold, lines)
		if len(tighter) > len(all) || strings.HasSuffix(tighter[len(tighter)-1], "…") {
			break
		}
		all = tighter
	}
	return all
}

// Cut shortens a text to one line of at most that width, with an ellipsis where something is left out.
func Cut(s string, most, size float64, bold bool) string {
	if s = clean(s); Width(s, size, bold) <= most {
		return s
	}
	head, _ := within(s, most-Width("…", size, bold), size, bold)
	return strings.TrimRight(head, " ") + "…"
}

// within cuts a text after as many characters as fit, at least one.
func within(s string, most, size float64, bold bool) (string, string) {
	last := 0
	for i, r := range s {
		end := i + len(string(r))
		if last > 0 && Width(s[:end], size, bold) > most {
			break
		}
		last = end
	}
	return s[:last], s[last:]
}

// pieces are the parts of a text between which a line may end: after spaces, after the signs that part an address, and
// around wide characters.
func pieces(s string) []string {
	var all []string
	var piece strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		piece.WriteRune(r)
		if i+1 < len(runes) && breaks(r, runes[i+1]) {
			all = append(all, piece.String())
			piece.Reset()
		}
	}
	if piece.Len() > 0 {
		all = append(all, piece.String())
	}
	return all
}

func breaks(before, after rune) bool {
	switch {
	case strings.ContainsRune(notFirst, after) || strings.ContainsRune(notLast, before) || after == ' ':
		return false
	case before == ' ' || strings.ContainsRune("/?&", before):
		return true
	}
	return advance(before) == 1 && before > 0x2e80 || advance(after) == 1 && after > 0x2e80
}

// clean makes one line of a text and leaves out what XML 1.0 cannot hold.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < 0x20 || r == 0xfffe || r == 0xffff || r == 0xfffd:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
