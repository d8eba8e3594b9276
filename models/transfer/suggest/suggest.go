package suggest

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Found is a suggested passage: its places in the text of each language that has it, and what the rules read out of it.
type Found struct {
	Words map[models.Lang]models.Span
	models.Suggestion
}

// Paragraph proposes the passages of one paragraph, in the order of the text. A passage found in two languages is one
// Found when the two can be paired; the first of Languages then leads, and its words are read.
func Paragraph(texts map[models.Lang]string) []Found {
	found := unscored(texts)
	for i := range found {
		found[i].Score = score(found[i])
	}
	return found
}

// unscored is Paragraph without scores, which are themselves measured with it.
func unscored(texts map[models.Lang]string) []Found {
	all, err := grammars()
	if err != nil {
		return nil
	}
	var sides []side
	for _, lang := range Languages() {
		text, has := texts[lang]
		if !has {
			continue
		}
		sides = append(sides, side{lang, all[lang].passages(text)})
	}
	switch len(sides) {
	case 0:
		return nil
	case 1:
		return inOrder(sides[0].alone())
	}
	return inOrder(pair(sides[0], sides[1]))
}

// passages finds and reads the passages of one text.
func (g *grammar) passages(text string) []passage {
	var found []passage
	if g.set.Lang == models.Japanese {
		found = g.japanesePassages(text)
	} else {
		found = g.englishPassages(text)
	}
	for i := range found {
		found[i].read = g.read(text, found[i])
	}
	return found
}

// inOrder sorts by the place in the leading language; what stands in the other alone comes after what it follows there.
func inOrder(found []Found) []Found {
	rank := map[models.Lang][]Found{}
	lead := Languages()[0]
	for _, f := range found {
		if _, has := f.Words[lead]; has {
			rank[lead] = append(rank[lead], f)
			continue
		}
		for l := range f.Words {
			rank[l] = append(rank[l], f)
		}
	}
	slices.SortStableFunc(rank[lead], func(a, b Found) int { return a.Words[lead].From - b.Words[lead].From })
	out := rank[lead]
	for _, l := range Languages()[1:] {
		slices.SortStableFunc(rank[l], func(a, b Found) int { return a.Words[l].From - b.Words[l].From })
		out = insert(out, rank[l], l)
	}
	return out
}

// insert puts each of some passages before the first of all that stands after it in that language.
func insert(all, some []Found, l models.Lang) []Found {
	out := make([]Found, 0, len(all)+len(some))
	for _, f := range all {
		for at, has := f.Words[l]; has && len(some) > 0 && some[0].Words[l].From < at.From; some = some[1:] {
			out = append(out, some[0])
		}
		out = append(out, f)
	}
	return append(out, some...)
}
