package store

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/followthrough/followthrough/models"
)

// Countries returns the countries in their order with what each has done.
func (s *Store) Countries(ctx context.Context, actor models.Actor, w models.When) (*models.List[models.Country], error) {
	var out *models.List[models.Country]
	err := s.view(ctx, w, func(v *view) error {
		all, err := v.countries(nil)
		out = envelope(v, all, len(all))
		return err
	})
	return out, err
}

// actionSQL lists the statuses that show a country's action, as models.Status.ShowsAction says.
func actionSQL() string {
	var some []string
	for _, st := range models.Statuses {
		if st.ShowsAction() {
			some = append(some, "'"+string(st)+"'")
		}
	}
	return strings.Join(some, ",")
}

// countries reads all countries and counts, among the initiatives that match, those in which each has a part and
// those where its part is announced or better.
func (v *view) countries(conds []condition) ([]models.Country, error) {
	m, err := v.match(conds)
	if err != nil {
		return nil, err
	}
	acts, err := v.acting(m.census)
	if err != nil {
		return nil, err
	}
	n := keptOf(m.census, "parts", m.whole(), func() partCounts { return v.countParts(m.census, acts, m.places()) })
	all := []models.Country{}
	err = each("read countries", v.raw("SELECT k.iso2, k.iso3, k.name_en, k.name_ja, k.confidence, k.sources FROM countries k ORDER BY k.position, k.iso2"), func(scan scanner) error {
		var c models.Country
		var sources string
		if err := scan(&c.ISO2, &c.ISO3, &c.Name.EN, &c.Name.JA, &c.Confidence, &sources); err != nil {
			return err
		}
		at := v.words.numbers.countries[c.ISO2]
		c.Applicable, c.Action = n.applicable[at], n.action[at]
		c.Sources = list(sources)
		if v.at.Past() {
			c.Sources = []string{}
		}
		all = append(all, c)
		return nil
	})
	return all, err
}

// partCounts are, by country, the lines in which it has a part and those where its part shows action.
type partCounts struct{ applicable, action []int }

func (v *view) countParts(c *census, acts [][]int, places *roaring.Bitmap) partCounts {
	n := partCounts{make([]int, len(v.words.countries)), make([]int, len(v.words.countries))}
	places.Iterate(func(at uint32) bool {
		for _, country := range c.lines[at].parts {
			n.applicable[country]++
		}
		for _, country := range acts[at] {
			n.action[country]++
		}
		return true
	})
	return n
}

// acting lists, by the place of the line, the countries whose own status shows action.
func (v *view) acting(c *census) ([][]int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.acts != nil {
		return c.acts, nil
	}
	acts := make([][]int, len(c.lines))
	err := v.readActing(c, acts, "", nil)
	if err == nil {
		c.acts = acts
	}
	return acts, err
}

// readActing reads them of all initiatives, or of those that a condition on i names.
func (v *view) readActing(c *census, acts [][]int, which string, args []any) error {
	now, nowArgs := v.standing("s", "p.initiative_id", "p.country")
	return each("count what countries do", v.raw("SELECT p.initiative_id, p.country FROM parts p JOIN initiatives i ON i.id = p.initiative_id"+now+" WHERE p.role <> 'not_applicable' AND s.status IN ("+actionSQL()+")"+which, append(nowArgs, args...)...), func(scan scanner) error {
		var id int64
		var code string
		err := scan(&id, &code)
		if at, ok := c.place[id]; ok {
			acts[at] = append(acts[at], present(number(v.words.numbers.countries, code))...)
		}
		return err
	})
}
