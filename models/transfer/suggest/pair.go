package suggest

import "github.com/followthrough/followthrough/models"

// side is the passages of one language.
type side struct {
	lang  models.Lang
	found []passage
}

// reach is how many clauses of one language may have no partner before the next pair.
const reach = 4

// kin lists strengths that two languages may give one clause: each name stands for its group.
var kin = map[string]string{
	"commit": "promise", "will": "promise", "undertake": "promise", "agree": "promise", "intend": "promise",
	"reaffirm": "view", "recognise": "view", "support": "view", "welcome": "view", "urge": "others", "discuss": "talk", "express_concern": "worry",
}

func (s side) alone() []Found {
	var all []Found
	for _, p := range s.found {
		all = append(all, p.found(s.lang))
	}
	return all
}

func (p passage) found(l models.Lang) Found {
	return Found{Words: map[models.Lang]models.Span{l: p.at}, Suggestion: p.read}
}

// clauses puts passages of one verb together.
func (s side) clauses() [][]passage {
	var all [][]passage
	for i, p := range s.found {
		if i == 0 || p.group != s.found[i-1].group {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], p)
	}
	return all
}

// pair goes through the clauses of both languages in their order. The next pair is the nearest two that say the same:
// the same strength, else strengths that are kin.
func pair(a, b side) []Found {
	var all []Found
	left, right := a.clauses(), b.clauses()
	for len(left) > 0 && len(right) > 0 {
		i, j, ok := nearest(left, right)
		if !ok {
			i, j = 1, 1
		}
		for _, c := range left[:i] {
			all = append(all, side{a.lang, c}.alone()...)
		}
		for _, c := range right[:j] {
			all = append(all, side{b.lang, c}.alone()...)
		}
		left, right = left[i:], right[j:]
		if ok {
			all = append(all, both(a.lang, b.lang, left[0], right[0])...)
			left, right = left[1:], right[1:]
		}
	}
	for _, c := range left {
		all = append(all, side{a.lang, c}.alone()...)
	}
	for _, c := range right {
		all = append(all, side{b.lang, c}.alone()...)
	}
	return all
}

func nearest(left, right [][]passage) (i, j int, ok bool) {
	best := 1 << 20
	for x := range min(reach, len(left)) {
		for y := range min(reach, len(right)) {
			p, q := left[x][0].rule.Strength, right[y][0].rule.Strength
			cost := 4 * (x + y)
			switch {
			case p == q:
			case kin[p] == kin[q]:
				cost += 3
			default:
				continue
			}
			if cost < best {
				best, i, j, ok = cost, x, y, true
			}
		}
	}
	return i, j, ok
}

// both pairs the passages of two clauses: in their order when they are as many, else the first of each.
func both(la, lb models.Lang, a, b []passage) []Found {
	if len(a) == len(b) {
		var all []Found
		for i := range a {
			all = append(all, together(la, lb, a[i], b[i]))
		}
		return all
	}
	all := []Found{together(la, lb, a[0], b[0])}
	all = append(all, side{la, a[1:]}.alone()...)
	return append(all, side{lb, b[1:]}.alone()...)
}

// together is one passage in two languages, as the first of them reads.
func together(la, lb models.Lang, a, b passage) Found {
	f := a.found(la)
	f.Words[lb] = b.at
	f.Why = append(f.Why, b.why...)
	return f
}
