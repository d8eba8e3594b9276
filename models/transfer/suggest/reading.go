package suggest

import (
	"strings"

	"github.com/followthrough/followthrough/models"
)

// read says what a passage is: its type, whom it is said to, by when, and what it can be measured by.
func (g *grammar) read(text string, p passage) models.Suggestion {
	words := p.at.Of(text)
	s := models.Suggestion{Type: p.rule.Type, Strength: p.rule.Strength, Verb: p.verb.Of(text), Actor: g.actor(text, p), Why: append([]string{}, p.why...)}
	note := func(kind string) string {
		found := g.firstReading(kind, words)
		if found != "" {
			s.Why = append(s.Why, g.readingName(kind))
		}
		return found
	}
	s.Due, s.Measure, s.Addressee = note(dueKind), "", note(addresseeKind)
	s.Measure = g.measure(words, s.Due)
	if s.Measure != "" {
		s.Why = append(s.Why, g.readingName(measureKind))
	}
	clause := g.object(text, p)
	for _, o := range p.rule.Objects {
		if g.objects[o.Name].MatchString(clause) {
			s.Type = o.Type
			s.Why = append(s.Why, o.Name)
			break
		}
	}
	if s.Type == workType {
		recurring := g.firstReading(recurringKind, words) != ""
		if recurring {
			s.Why = append(s.Why, g.readingName(recurringKind))
		}
		s.Type = g.work(text, p, recurring, s.Due != "" || s.Measure != "")
	}
	s.Trackable = Trackable(s.Type)
	return s
}

// object is the clause of a passage, near its verb: every item of a long list asks for it.
func (g *grammar) object(text string, p passage) string {
	words := p.whole.Of(text)
	if g.set.Lang == models.Japanese {
		return textBefore(words, len(words))
	}
	return textAfter(words, 0)
}

// Trackable reports whether passages of a type can be followed: a position and an assessment promise nothing.
func Trackable(typ string) bool { return typ == "action" || typ == "standing" }

// actor is who speaks, in the words of the text.
func (g *grammar) actor(text string, p passage) string {
	words := p.actor.Of(text)
	if g.set.Lang == models.Japanese {
		words, _, _ = strings.Cut(words, "は")
		words = strings.TrimSuffix(strings.TrimRight(words, "、"), "も")
	}
	return strings.TrimSpace(words)
}

func (g *grammar) firstReading(kind, words string) string {
	best, at := "", -1
	for _, re := range g.readings[kind] {
		m := re.FindStringSubmatchIndex(words)
		if m == nil {
			continue
		}
		from, to := m[0], m[1]
		if len(m) > 2 && m[2] >= 0 {
			from, to = m[2], m[3]
		}
		if at < 0 || from < at || from == at && to-from > len(best) {
			best, at = words[from:to], from
		}
	}
	return strings.TrimSpace(best)
}

// measure is the first number or output that is not part of the date.
func (g *grammar) measure(words, due string) string {
	if due != "" {
		words = strings.Replace(words, due, "\x00", 1)
	}
	return g.firstReading(measureKind, words)
}

func (g *grammar) readingName(kind string) string {
	for _, r := range g.set.Readings {
		if r.Kind == kind {
			return r.Name
		}
	}
	return ""
}

// work says whether what is to be done can be finished. A verb that is in neither list can when there is a date or
// something to measure it by.
func (g *grammar) work(text string, p passage, recurring, measured bool) string {
	action, standing := g.verbOfWork(text, p)
	switch {
	case recurring && !(action && measured) || recurring && g.set.Lang == models.English:
		return "standing"
	case action, measured && !standing:
		return "action"
	}
	return "standing"
}

func (g *grammar) verbOfWork(text string, p passage) (action, standing bool) {
	if g.set.Lang == models.Japanese {
		all := g.works.FindAllString(p.at.Of(text), -1)
		if len(all) == 0 {
			return false, false
		}
		last := all[len(all)-1]
		if last == "いく" && len(all) > 1 {
			last = all[len(all)-2]
		}
		return g.action[last], g.standing[last]
	}
	rest := textAfter(text[:p.at.To], p.verb.To)
	if p.item > 1 || p.at.From > p.verb.To {
		rest = " " + textAfter(text[:p.at.To], p.at.From)
	}
	m := nextWord.FindStringSubmatch(rest)
	if m == nil {
		return false, false
	}
	word := strings.ToLower(m[1])
	return g.action[word], g.standing[word]
}
