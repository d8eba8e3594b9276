package suggest

import (
	"regexp"
	"strings"

	"github.com/followthrough/followthrough/models"
)

var (
	things     = regexp.MustCompile(`こと(?:、及び|、並びに|、そして|及び|並びに|、)`)
	chain      = regexp.MustCompile(`(?:し|行い|開き|築き|設け|続け|進め|深め|高め|定め|強め|広げ|上げ|まとめ|させ|図り|支え|整え)、(?:また、|さらに、)?`)
	firmJoint  = regexp.MustCompile(`、(?:及び|並びに|そして、?|また|更に|さらに)?`)
	looseJoint = regexp.MustCompile(`及び|並びに|や|と`)
	andJoint   = regexp.MustCompile(`及び|並びに`)
)

// japaneseLists cuts a clause at what it lists.
func (g *grammar) japaneseLists(text string, p passage) []passage {
	if re := g.complete[p.rule.Name]; re != nil {
		return g.japaneseVerbs(text, p)
	}
	body := models.Span{From: p.at.From, To: p.verb.From}
	if p.rule.Includes {
		if m := g.lists["list-including"].intro.FindStringIndex(body.Of(text)); m != nil {
			if items := nounItems(text, models.Span{From: body.From, To: body.From + m[0]}); len(items) > 1 {
				head := p
				head.at = g.trimJapanese(text, models.Span{From: body.From + m[1], To: p.at.To})
				return append([]passage{head}, g.japaneseItems(text, p, items, "ja-list-including")...)
			}
		}
	}
	if !p.rule.Lists {
		return []passage{p}
	}
	such := g.lists["list-such-as"]
	if m := such.intro.FindStringIndex(body.Of(text)); m != nil && such.after.MatchString(body.Of(text)[m[1]:]) {
		if items := nounItems(text, models.Span{From: body.From, To: body.From + m[0]}); len(items) > 1 {
			return g.japaneseItems(text, p, items, "ja-list-such-as")
		}
	}
	if m := g.lists["list-heads"].intro.FindStringIndex(body.Of(text)); m != nil {
		items := nounItems(text, models.Span{From: body.From, To: body.From + m[0]})
		if len(items) > 2 && g.allHaveHeads(text, items) {
			items[len(items)-1].To = p.at.To
			return g.japaneseItems(text, p, items, "ja-list-heads")
		}
	}
	return []passage{p}
}

func (g *grammar) allHaveHeads(text string, items []models.Span) bool {
	for _, item := range items {
		if !g.lists["list-heads"].item.MatchString(item.Of(text)) {
			return false
		}
	}
	return true
}

// nounItems cuts 「A、B及びC」 into its items. Where a comma stands before the last 及び, an 及び inside an item
// is the item’s own.
func nounItems(text string, at models.Span) []models.Span {
	all := cutAt(firmJoint, text, at)
	if n := len(all); !strings.Contains(at.Of(text), "、及び") && !strings.Contains(at.Of(text), "、並びに") && !strings.Contains(at.Of(text), "、そして") {
		last := all[n-1]
		joint := andJoint
		if n == 1 {
			joint = looseJoint
		}
		if m := joint.FindStringIndex(last.Of(text)); m != nil && m[0] > 0 {
			all = append(all[:n-1], models.Span{From: last.From, To: last.From + m[0]}, models.Span{From: last.From + m[1], To: last.To})
		}
	}
	return all
}

// japaneseVerbs makes a passage of each thing to be done: 「AすることBすることで一致した」, 「Aを設置し、Bを公表する」.
func (g *grammar) japaneseVerbs(text string, p passage) []passage {
	s := p.at.Of(text)
	var cuts []models.Span
	from := p.at.From
	if m := things.FindAllStringIndex(s, -1); m != nil {
		for _, x := range m {
			cuts = append(cuts, models.Span{From: from, To: p.at.From + x[0] + len("こと")})
			from = p.at.From + x[1]
		}
	} else {
		for _, x := range chain.FindAllStringIndex(s, -1) {
			before := models.Span{From: from, To: p.at.From + x[1]}.Of(text)
			if !g.endsInWork(before) {
				continue
			}
			cuts = append(cuts, models.Span{From: from, To: p.at.From + x[1]})
			from = p.at.From + x[1]
		}
	}
	if len(cuts) == 0 {
		return []passage{p}
	}
	cuts = append(cuts, models.Span{From: from, To: p.at.To})
	return g.japaneseItems(text, p, cuts, "ja-list-verbs")
}

// endsInWork reports whether a clause ends in a verb of doing with an object, such as 「…を設置し、」.
func (g *grammar) endsInWork(clause string) bool {
	tail := textBefore(clause, len(clause))
	k := strings.LastIndex(tail, "を")
	if k < 0 || strings.Contains(strings.TrimSuffix(tail[k:], "、"), "、") {
		return false
	}
	return g.works.MatchString(tail[k:])
}

func (g *grammar) japaneseItems(text string, p passage, places []models.Span, why string) []passage {
	var all []passage
	for n, at := range places {
		q := p
		q.at, q.item = g.trimJapanese(text, at), n+1
		q.why = append(append([]string{}, p.why...), why)
		if !q.at.Empty() {
			all = append(all, q)
		}
	}
	return all
}
