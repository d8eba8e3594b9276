package suggest

import (
	"regexp"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

var (
	// A verb ends its clause when nothing but these follows it; before a noun it only describes the noun.
	clauseEnd = regexp.MustCompile(`^(?:[、。,.\s]|$|とともに|一方|ほか|が、|上で|うえで)`)
	// A topic at the start of a clause, with は. では, には and the like are none.
	topic = regexp.MustCompile(`(?:^|[、。—–」])([^、。]{1,60}?)(?:は、|も、|は)`)
	// What may stand before a passage and is none of it.
	openers    = regexp.MustCompile(`^(?:[、,\s]|[((]?[0-90-9a-z一二三四五六七八九]{1,2}[))]|[①-⑳・]|また、?|さらに、?|更に、?|加えて、?|その上で、?|併せて、?|あわせて、?|同時に、?|及び|並びに|そして、?|かつ、?|共に、?|我々は、?|引き続き、|とともに、?|ほか、?|一方、?|このため、?|特に、?|これに関し、?|この点に関し、?)+`)
	adverbial  = regexp.MustCompile(`(?:で|に|と|て|ついて|について)$`)
	afterTopic = regexp.MustCompile(`^(?:また|さらに|更に|共に|改めて)、?`)
)

// japaneseOuter is what is left out at the ends of a Japanese passage.
const japaneseOuter = "、。,."

// speaker is who speaks from a place in a sentence on: a subject, or nobody whose words bind.
type speaker struct {
	at      models.Span // with its particle
	subject int         // -1 for somebody else
}

// japanesePassages finds the passages of a paragraph. A sentence without a topic goes on with that of the sentence
// before it.
func (g *grammar) japanesePassages(text string) []passage {
	var all []passage
	carried, groups := speaker{subject: -2}, 0
	for _, at := range sentences(text, "。.") {
		found, last := g.japaneseSentence(at.Of(text), carried)
		carried = last
		carried.at = models.Span{}
		for _, p := range found {
			p.at, p.verb, p.whole = within(p.at, at.From), within(p.verb, at.From), within(p.at, at.From)
			p.actor = within(p.actor, at.From)
			p.group = groups
			groups++
			all = append(all, g.japaneseLists(text, p)...)
		}
	}
	return all
}

func (g *grammar) japaneseSentence(s string, carried speaker) ([]passage, speaker) {
	speakers := g.speakers(s)
	now, next, from := carried, 0, 0
	past := false
	var found []passage
	for _, v := range hits(g.verbs, s) {
		for ; next < len(speakers) && speakers[next].at.To <= v.at.To; next++ {
			if !past && speakers[next].at.From > 0 {
				past = g.history.MatchString(s[:min(speakers[next].at.From, 4*window)])
			}
			now, from = speakers[next], speakers[next].at.To
			if now.subject >= 0 && next == 0 {
				found = nil // what stood before the authors were named is their preamble
			}
		}
		kind := g.kinds[v.group]
		verb := v.at
		if !clauseEnd.MatchString(s[verb.To:]) || kind.rule != nil && g.notMeant(kind.rule, s, verb) {
			continue
		}
		if kind.rule != nil && !past && g.speaks(now, kind.rule) {
			p := passage{verb: verb, actor: now.at, rule: kind.rule}
			if now.subject >= 0 {
				p.why = append(p.why, g.set.Subjects[now.subject].Name)
			}
			p.why = append(p.why, kind.rule.Name)
			p.at = g.trimJapanese(s, models.Span{From: min(from, verb.From), To: verb.To})
			if !p.at.Empty() {
				p.verb.From = max(p.verb.From, p.at.From)
				found = append(found, p)
			}
		}
		from = verb.To
	}
	for ; next < len(speakers); next++ {
		now = speakers[next]
	}
	return found, now
}

// notMeant reports whether the words that end in a verb are not meant after all.
func (g *grammar) notMeant(r *Rule, s string, verb models.Span) bool {
	no := g.unless[r.Name]
	return no != nil && no.MatchString(textBefore(s[:verb.To], verb.To))
}

// speaks reports whether a rule binds when this one speaks. Verbs of speaking without a topic are the authors’.
func (g *grammar) speaks(now speaker, r *Rule) bool {
	switch {
	case now.subject == -1:
		return false
	case now.subject == -2:
		return !r.Plain
	}
	only := g.set.Subjects[now.subject].Only
	return len(only) == 0 || slices.Contains(only, r.Name)
}

// speakers finds the topics of a sentence: the first whoever it is, and later ones that name the authors or stand
// before a comma.
func (g *grammar) speakers(s string) []speaker {
	var all []speaker
	from := 0
	for from < len(s) {
		m := topic.FindStringSubmatchIndex(s[from:])
		if m == nil {
			break
		}
		at := models.Span{From: from + m[2], To: from + m[1]}
		words := models.Span{From: from + m[2], To: from + m[3]}.Of(s)
		particle := models.Span{From: from + m[3], To: from + m[1]}.Of(s)
		next := from + m[3]
		if k := g.author(words); k >= 0 {
			if x := afterTopic.FindStringIndex(s[at.To:min(len(s), at.To+window)]); x != nil {
				at.To += x[1]
			}
			all = append(all, speaker{at, k})
		} else if !adverbial.MatchString(words) && (len(all) == 0 || particle == "は、") {
			all = append(all, speaker{at, -1})
		}
		k := strings.IndexAny(s[next:], "、。")
		if k < 0 {
			break
		}
		from = next + k
	}
	return all
}

// author returns the subject that words before は name; -1 for none. The name stands at their end.
func (g *grammar) author(words string) int {
	found := -1
	for _, h := range hits(g.subjects, words) {
		found = -1
		if rest := words[h.at.To:]; rest == "" || rest == "一同" || rest == "ら" || rest == "側" && h.group == 1 || h.at.From == 0 && strings.HasPrefix(rest, "、") {
			found = h.group
		}
	}
	return found
}

func (g *grammar) trimJapanese(s string, at models.Span) models.Span {
	at = trim(s, at, japaneseOuter)
	if m := openers.FindStringIndex(at.Of(s)); m != nil {
		at.From += m[1]
	}
	return trim(s, at, japaneseOuter)
}
