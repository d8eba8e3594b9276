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
	from, fromArgs := v.from()
	now, nowArgs := v.standing("ps", "p.initiative_id", "p.country")
	where, whereArgs := v.where(conds, "")
	all := []models.Country{}
	err := each("read countries", v.raw(`SELECT k.iso2, k.iso3, k.name_en, k.name_ja, k.confidence, k.sources,
		COUNT(g.initiative_id), COALESCE(SUM(CASE WHEN g.status IN (`+actionSQL()+`) THEN 1 ELSE 0 END), 0)
		FROM countries k LEFT JOIN (
			SELECT p.country, p.initiative_id, ps.status FROM parts p JOIN (SELECT i.id`+from+where+`) m ON m.id = p.initiative_id
			`+now+` WHERE p.role <> 'not_applicable'
		) g ON g.country = k.iso2
		GROUP BY k.iso2, k.iso3, k.name_en, k.name_ja, k.confidence, k.sources, k.position ORDER BY k.position, k.iso2`,
		append(append(fromArgs, whereArgs...), nowArgs...)...), func(scan scanner) error {
		var c models.Country
		var sources string
		if err := scan(&c.ISO2, &c.ISO3, &c.Name.EN, &c.Name.JA, &c.Confidence, &sources, &c.Applicable, &c.Action); err != nil {
			return err
		}
		c.Sources = list(sources)
		if v.at.Past() {
			c.Sources = []string{}
		}
		all = append(all, c)
		return nil
	})
	return all, err
}
