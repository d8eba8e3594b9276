package suggest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/followthrough/followthrough/models"
)

// Between a subject and its verb, or a comma or “and” and its verb, only these may stand.
var (
	adverbs      = `(?:\s+(?:also|further|furthermore|again|once again|therefore|thus|hereby|jointly|together|today|both|all|each|strongly|firmly|fully|warmly|unanimously|collectively|further|additionally|likewise|in particular|in this regard|in this context|accordingly|have|has|\pL+ly))*`
	gap          = regexp.MustCompile(`(?i)^(?:(?:\s*,[^,;]{1,150}){1,4},|\s*[—–-]\s[^—–]{1,600}\s[—–-]|\s*\([^()]{1,60}\)|\s+(?:of|from|in)\s+[^,;.:]{1,80}?)?` + adverbs + `\s*$`)
	coordinator  = regexp.MustCompile(`(?i)(?:\s*[,;:]\s*(?:and|but|while)?|\s+(?:and|but|as well as))` + adverbs + `\s+$`)
	infinitives  = regexp.MustCompile(`(?i)\bto\s+(\pL+)(?:\s*,\s*\pL+)*\s+(?:and|or)\s+$`)
	toVerb       = regexp.MustCompile(`(?i)\b(?:to\s+(\pL+)|that\b)`)
	goesOn       = regexp.MustCompile(`(?i)(?:to|will|shall)$`)
	appositive   = regexp.MustCompile(`^\s*(?:,\s*(?:the\s|as\s)|[—–])`)
	someoneSays  = regexp.MustCompile(`(?i)\b(?:that|which|whether|if|when|once|says|said|how)\b`)
	enumerator   = regexp.MustCompile(`^(?:\(?[a-z0-9]{1,3}\)|[•*-])\s+`)
	clauseOpener = regexp.MustCompile(`^(?:[\s,;:–—]+|(?:and|while|but)\s+)+`)
	nounAfter    = regexp.MustCompile(`(?i)^\s*(?:of|for|and|or|by|,|\.|;|$)`)
	nextWord     = regexp.MustCompile(`(?i)^(?:\s+(?:not|also|to|be|jointly|together|\pL+ly))*\s+(?:\([a-z0-9]{1,3}\)\s*)?(\pL+)`)
)

// apposition is how many bytes may stand between a subject and its verb: names and offices of those who met.
const apposition = 800

// englishOuter is what is left out at the ends of an English passage.
const englishOuter = ",;:.—–!?"

// englishClauses finds the clauses of a paragraph that a rule governs.
func (g *grammar) englishClauses(text string) []passage {
	var all []passage
	carried := false
	for _, at := range sentences(text, ".!?") {
		found, author := g.englishSentence(at.Of(text), carried)
		for _, p := range found {
			p.at, p.verb, p.actor = within(p.at, at.From), within(p.verb, at.From), within(p.actor, at.From)
			all = append(all, p)
		}
		carried = author
	}
	return all
}

// clause is the state while a sentence is gone through: who speaks, and the passage that is open.
type clause struct {
	author  int // the subject that speaks; -1 for none
	actor   models.Span
	past    bool // the sentence tells of the past
	open    bool
	passage passage
	found   []passage
}

func (c *clause) close(at int) {
	if c.open {
		c.passage.at.To = at
		c.found = append(c.found, c.passage)
	}
	c.open = false
}

func (g *grammar) englishSentence(s string, carried bool) (found []passage, author bool) {
	subjects := hits(g.subjects, s)
	c := &clause{author: -1}
	next, subject, start := 0, -1, 0
	var subjectAt models.Span
	for _, v := range hits(g.verbs, s) {
		for ; next < len(subjects) && subjects[next].at.To <= v.at.From; next++ {
			if subject >= 0 && subjects[next].at.From-subjectAt.To < apposition && appositive.MatchString(textAfter(s, subjectAt.To)) {
				continue // “We, the Ministers of …, reaffirm”
			}
			if from, ok := g.opens(s, subjects[next], carried || c.author >= 0); ok {
				subject, subjectAt, start = subjects[next].group, subjects[next].at, from
			}
		}
		kind := g.kinds[v.group]
		if kind.rule != nil && (blocked(g.unless[kind.rule.Name], s, v.at.To) || passive(s, v.at.To)) {
			continue
		}
		switch {
		case subject >= 0 && v.at.From-subjectAt.To < apposition && gap.MatchString(s[subjectAt.To:v.at.From]):
			c.close(start)
			c.author, c.actor = subject, models.Span{From: start, To: subjectAt.To}
			c.past = g.history.MatchString(textBefore(s, start))
			subject = -1
		case c.author >= 0 && g.joined(c, s, v.at):
			m := coordinator.FindStringIndex(textBefore(s, v.at.From))
			c.close(v.at.From - len(textBefore(s, v.at.From)) + m[0])
		case kind.rule != nil && kind.rule.Impersonal && !someoneSays.MatchString(textBefore(s, v.at.From)):
			c.close(v.at.From)
			c.past = false
		default:
			continue
		}
		c.take(g, kind, v.at)
	}
	c.close(len(s))
	return c.found, c.author >= 0
}

// take opens a passage at a verb, unless the verb binds nobody.
func (c *clause) take(g *grammar, kind verbKind, at models.Span) {
	if kind.rule == nil || c.past {
		return
	}
	var why []string
	if c.author >= 0 && !kind.rule.Impersonal {
		subject := g.set.Subjects[c.author]
		if len(subject.Only) > 0 && !slices.Contains(subject.Only, kind.rule.Name) {
			return
		}
		why = append(why, subject.Name)
	}
	c.open = true
	c.passage = passage{at: at, verb: at, actor: c.actor, rule: kind.rule, why: append(why, kind.rule.Name)}
}

// opens reports whether words for the authors are the subject of a clause, and where the subject begins.
func (g *grammar) opens(s string, h hit, carried bool) (int, bool) {
	if g.set.Subjects[h.group].Carried && !carried {
		return 0, false
	}
	before := strings.TrimLeftFunc(textBefore(s, h.at.From), unicode.IsSpace)
	if no := g.afterNot[h.group]; no != nil && no.MatchString(strings.TrimRightFunc(before, unicode.IsSpace)) {
		return 0, false
	}
	m := g.before[h.group].FindStringIndex(before)
	if m == nil {
		return 0, false
	}
	from := h.at.From - (len(before) - m[0])
	if m := clauseOpener.FindStringIndex(s[from:h.at.From]); m != nil {
		from += m[1]
	}
	return from, true
}

// joined reports whether a verb goes on with the subject of the clause before it. In its plain form it may instead go on
// with “will strengthen” or with “to strengthen”, and then it is a thing to be done.
func (g *grammar) joined(c *clause, s string, verb models.Span) bool {
	before := textBefore(s, verb.From)
	if !coordinator.MatchString(before) {
		return false
	}
	word := strings.ToLower(verb.Of(s))
	if k := strings.IndexAny(word, " \t\n\u00a0"); k > 0 {
		word = word[:k]
	}
	if !g.isWork(word) {
		return !g.purpose(before) || strings.HasSuffix(word, "ed")
	}
	lists := c.open && g.complete[c.passage.rule.Name] != nil && g.complete[c.passage.rule.Name].MatchString(c.passage.verb.Of(s))
	return !lists && !g.purpose(before)
}

func (g *grammar) isWork(word string) bool { return g.action[word] || g.standing[word] }

// purpose reports whether the words before a verb end like “to strengthen and”.
func (g *grammar) purpose(before string) bool {
	m := infinitives.FindStringSubmatch(before)
	return m != nil && g.isWork(strings.ToLower(m[1]))
}

func blocked(unless *regexp.Regexp, s string, after int) bool {
	return unless != nil && unless.MatchString(textAfter(s, after))
}

func passive(s string, after int) bool {
	return strings.HasPrefix(strings.TrimLeft(textAfter(s, after), " \u00a0"), "by ")
}

// englishPassages ends each clause where its thought ends, and cuts it at its lists.
func (g *grammar) englishPassages(text string) []passage {
	var all []passage
	for n, p := range g.englishClauses(text) {
		p.group = n
		after := models.Span{From: p.verb.To, To: p.at.To}
		if m := g.cut.FindStringIndex(after.Of(text)); m != nil {
			p.at.To = after.From + m[0]
		}
		p.at = g.trimEnglish(text, p.at)
		if !p.rule.Impersonal && trim(text, models.Span{From: p.verb.To, To: p.at.To}, englishOuter).Empty() {
			continue // “We agree.” says nothing of what
		}
		p.whole = p.at
		all = append(all, g.englishLists(text, p)...)
	}
	return all
}

var danglingAnd = regexp.MustCompile(`(?i)[\s,;]+(?:and|while|but)$`)

func (g *grammar) trimEnglish(text string, at models.Span) models.Span {
	at = trim(text, at, englishOuter)
	if m := enumerator.FindStringIndex(at.Of(text)); m != nil {
		at.From += m[1]
	}
	if m := danglingAnd.FindStringIndex(at.Of(text)); m != nil {
		at.To = at.From + m[0]
	}
	return at
}
