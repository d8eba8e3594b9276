package suggest

import (
	"regexp"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// englishLists cuts a clause at what it lists: verbs after “will” or “to”, lines of work that it includes, nouns with
// heads of their own.
func (g *grammar) englishLists(text string, p passage) []passage {
	if re := g.complete[p.rule.Name]; re != nil && re.MatchString(p.verb.Of(text)) {
		return g.englishVerbs(text, p)
	}
	body := models.Span{From: p.verb.To, To: p.at.To}
	if l := g.lists["list-such-as"]; p.rule.Lists && l.after.MatchString("x"+body.Of(text)) {
		if m := l.intro.FindAllStringIndex(body.Of(text), -1); m != nil {
			last := m[len(m)-1]
			if items := commaItems(text, models.Span{From: body.From + last[1], To: p.at.To}); len(items) > 1 {
				return g.items(text, p, items, "en-list-such-as")
			}
		}
	}
	if m := g.lists["list-including"].intro.FindStringIndex(body.Of(text)); m != nil {
		if items := commaItems(text, models.Span{From: body.From + m[1], To: p.at.To}); len(items) > 1 {
			head := p
			head.at = g.trimEnglish(text, models.Span{From: p.at.From, To: body.From + m[0]})
			return append([]passage{head}, g.items(text, p, items, "en-list-including")...)
		}
	}
	if p.rule.Lists {
		if items := g.headItems(text, body); len(items) > 1 {
			items[0].From = p.at.From
			return g.items(text, p, items, "en-list-heads")
		}
	}
	return []passage{p}
}

// englishVerbs makes a passage of each listed verb. A verb after “and” alone may belong to the purpose of the verb
// before it, so it counts only where no other infinitive stands between them.
func (g *grammar) englishVerbs(text string, p passage) []passage {
	body := models.Span{From: p.verb.To, To: p.at.To}
	s := body.Of(text)
	cuts := []models.Span{p.at}
	from, needsTo := 0, !goesOn.MatchString(p.verb.Of(text))
	for _, m := range g.works.FindAllStringSubmatchIndex(s, -1) {
		to := m[4] >= 0
		if nounAfter.MatchString(s[m[7]:]) || from == 0 && strings.TrimSpace(s[:m[0]]) == "" && s[m[2]:m[3]] != ":" {
			continue
		}
		first := s[max(from, m[0]-4*window):m[0]]
		if k := nextWord.FindStringIndex(first); k != nil {
			first = first[k[1]:]
		}
		if bare := !strings.ContainsAny(s[m[2]:m[3]], ",;:"); bare && !to && g.hasPurpose(first) || needsTo && !to {
			continue
		}
		start := m[6]
		if to {
			start = m[4]
		}
		cuts[len(cuts)-1].To = body.From + m[0]
		cuts = append(cuts, models.Span{From: body.From + start, To: p.at.To})
		from = m[7]
	}
	if len(cuts) == 1 {
		return []passage{p}
	}
	if trim(text, models.Span{From: p.verb.To, To: cuts[0].To}, englishOuter).Empty() {
		cuts = cuts[1:] // “will: (a) …” has nothing before its first item
	}
	return g.items(text, p, cuts, "en-list-verbs")
}

// hasPurpose reports whether words hold an infinitive or a clause of their own.
func (g *grammar) hasPurpose(words string) bool {
	for _, m := range toVerb.FindAllStringSubmatch(words, -1) {
		if m[1] == "" || g.isWork(strings.ToLower(m[1])) {
			return true
		}
	}
	return false
}

// items makes a passage of each item of a list.
func (g *grammar) items(text string, p passage, places []models.Span, why string) []passage {
	var all []passage
	for n, at := range places {
		q := p
		q.at, q.item = g.trimEnglish(text, at), n+1
		q.why = append(append([]string{}, p.why...), why)
		if !q.at.Empty() {
			all = append(all, q)
		}
	}
	return all
}

var (
	commaOrAnd  = regexp.MustCompile(`(?i)\s*[,;]\s*(?:and\s+|or\s+)?(?:in\s+|on\s+)?`)
	lastAnd     = regexp.MustCompile(`(?i)\s+(?:and|or)\s+(?:in\s+|on\s+)?`)
	semicolon   = regexp.MustCompile(`(?i)\s*;\s*(?:and\s+)?`)
	commaAndAll = regexp.MustCompile(`(?i)\s*,\s*(?:and\s+)?|\s+and\s+`)
)

// lastItemWords is how long the item before a last “and” may be; a longer one is a thought of its own.
const lastItemWords = 6

// commaItems cuts “A, B and C” into its items.
func commaItems(text string, at models.Span) []models.Span {
	all := cutAt(commaOrAnd, text, at)
	last := all[len(all)-1]
	if m := lastAnd.FindStringIndex(last.Of(text)); m != nil && len(strings.Fields(last.Of(text)[:m[0]])) <= lastItemWords && len(strings.Fields(last.Of(text)[m[0]:])) <= 2*lastItemWords {
		before := strings.TrimSuffix(text[:last.From], " ")
		if !strings.HasSuffix(strings.TrimSpace(before), "and") {
			all[len(all)-1].To = last.From + m[0]
			all = append(all, models.Span{From: last.From + m[1], To: last.To})
		}
	}
	return all
}

// headItems cuts a list of nouns at semicolons, or at commas where every item has a head of its own.
func (g *grammar) headItems(text string, at models.Span) []models.Span {
	if all := cutAt(semicolon, text, at); len(all) > 1 {
		return all
	}
	all := cutAt(commaAndAll, text, at)
	if len(all) < 3 {
		return nil
	}
	for _, item := range all {
		if !g.lists["list-heads"].item.MatchString(strings.ToLower(strings.TrimSpace(item.Of(text)))) {
			return nil
		}
	}
	return all
}

func cutAt(re *regexp.Regexp, text string, at models.Span) []models.Span {
	var all []models.Span
	from := at.From
	for _, m := range re.FindAllStringIndex(at.Of(text), -1) {
		all = append(all, models.Span{From: from, To: at.From + m[0]})
		from = at.From + m[1]
	}
	return append(all, models.Span{From: from, To: at.To})
}
