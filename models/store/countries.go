package store

import (
	"context"
	"strings"

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
	c, matches, err := v.matcher(conds)
	if err != nil {
		return nil, err
	}
	acts, err := v.acting(c)
	if err != nil {
		return nil, err
	}
	applicable, action := map[string]int{}, map[string]int{}
	for _, l := range c.lines {
		if !matches(l) {
			continue
		}
		for _, code := range l.parts {
			applicable[code]++
		}
		for _, code := range acts[l.id] {
			action[code]++
		}
	}
	all := []models.Country{}
	err = each("read countries", v.raw("SELECT k.iso2, k.iso3, k.name_en, k.name_ja, k.confidence, k.sources FROM countries k ORDER BY k.position, k.iso2"), func(scan scanner) error {
		var c models.Country
		var sources string
		if err := scan(&c.ISO2, &c.ISO3, &c.Name.EN, &c.Name.JA, &c.Confidence, &sources); err != nil {
			return err
		}
		c.Applicable, c.Action = applicable[c.ISO2], action[c.ISO2]
		c.Sources = list(sources)
		if v.at.Past() {
			c.Sources = []string{}
		}
		all = append(all, c)
		return nil
	})
	return all, err
}

// acting lists, by the id of the initiative, the countries whose own status shows action.
func (v *view) acting(c *census) (map[int64][]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.acts != nil {
		return c.acts, nil
	}
	acts := map[int64][]string{}
	err := v.readActing(acts, "", nil)
	if err == nil {
		c.acts = acts
	}
	return acts, err
}

// readActing reads them of all initiatives, or of those that a condition on i names.
func (v *view) readActing(acts map[int64][]string, which string, args []any) error {
	now, nowArgs := v.standing("s", "p.initiative_id", "p.country")
	return each("count what countries do", v.raw("SELECT p.initiative_id, p.country FROM parts p JOIN initiatives i ON i.id = p.initiative_id"+now+" WHERE p.role <> 'not_applicable' AND s.status IN ("+actionSQL()+")"+which, append(nowArgs, args...)...), func(scan scanner) error {
		var id int64
		var code string
		err := scan(&id, &code)
		acts[id] = append(acts[id], code)
		return err
	})
}
