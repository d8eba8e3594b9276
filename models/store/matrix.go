package store

import (
	"context"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Matrix returns one page of the initiatives that match the filter, over meetings or countries, in the order of the
// tree of topics. Without a forum in the filter the meetings are those of the record's own forum and every one where
// an initiative of the page was taken up.
func (s *Store) Matrix(ctx context.Context, actor models.Actor, w models.When, f models.InitiativeFilter, by string) (*models.Matrix, error) {
	var out *models.Matrix
	err := s.view(ctx, w, func(v *view) error {
		f.Sort = models.SortTopic
		conds, err := v.conditions(f)
		if err != nil {
			return err
		}
		items, next, err := v.initiatives(conds, f)
		if err != nil {
			return err
		}
		out = &models.Matrix{List: *envelope(v, []models.MatrixRow{}, 0), By: by, Columns: []models.MatrixColumn{}}
		out.Next = next
		if out.Facets, out.Total, err = v.facets(conds); err != nil {
			return err
		}
		for _, i := range items {
			out.Items = append(out.Items, models.MatrixRow{Ref: i.Ref, Title: i.Title, Topic: i.Topic, TopicName: i.TopicName, Trackable: i.Trackable, Cells: []models.MatrixCell{}})
		}
		if by == "countries" {
			v.overCountries(out, items)
		} else if err = v.overMeetings(out, items, f.Forums); err != nil {
			return err
		}
		sum(out)
		return nil
	})
	return out, err
}

// overMeetings lays the statuses over the meetings held by the time of the view, and a last column for that time.
func (v *view) overMeetings(m *models.Matrix, items []models.Initiative, forums []string) error {
	refs := make([]any, len(items))
	for i, item := range items {
		refs[i] = item.Ref
	}
	judged, err := v.judgements(refs)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, all := range judged {
		for _, j := range all {
			taken[j.meeting] = true
		}
	}
	var shown []meetingWord
	for _, word := range v.words.meetings {
		own := word.ForumOf.ID == v.words.forums[0].ID
		if v.held(word) && (slices.Contains(forums, word.ForumOf.Slug) || len(forums) == 0 && (own || taken[word.Slug])) {
			shown = append(shown, word)
		}
	}
	m.Earlier = max(0, len(shown)-models.MaxColumns)
	laid := make([][]models.Cell, len(items))
	before := min(m.Earlier, 1) // the status before the first column says what that one changed
	for n, word := range shown[m.Earlier-before:] {
		for i, item := range items {
			laid[i] = append(laid[i], cell(word, judged[item.Ref], laid[i]))
		}
		if n < before {
			continue
		}
		m.Columns = append(m.Columns, models.MatrixColumn{Key: word.Slug, Label: word.Text, Forum: word.ForumOf.Text, HeldOn: word.Ends})
		for i := range items {
			c := laid[i][n]
			m.Items[i].Cells = append(m.Items[i].Cells, models.MatrixCell{Column: word.Slug, Status: c.Status, Mark: c.Mark, Was: c.Was, Change: c.Change,
				Grade: c.Grade, Evidence: c.Evidence, Update: c.Update})
		}
	}
	if n := len(m.Columns); n > 0 && v.at.Past() && m.Columns[n-1].HeldOn.Last() == v.at.Until() {
		return nil // the last meeting is the time of the view
	}
	m.Columns = append(m.Columns, models.MatrixColumn{Key: models.ColumnNow})
	for i, item := range items {
		c := whole(models.ColumnNow, item)
		if all := judged[item.Ref]; len(all) > 0 {
			c.Update = all[len(all)-1].id
		}
		m.Items[i].Cells = append(m.Items[i].Cells, c)
	}
	return nil
}

// overCountries lays the parts of the countries beside the initiative as a whole.
func (v *view) overCountries(m *models.Matrix, items []models.Initiative) {
	m.Columns = append(m.Columns, models.MatrixColumn{Key: models.ColumnAll})
	for _, c := range v.words.countries {
		m.Columns = append(m.Columns, models.MatrixColumn{Key: c.Slug, Label: c.Text})
	}
	for i, item := range items {
		row := &m.Items[i]
		row.Cells = append(row.Cells, whole(models.ColumnAll, item))
		for _, country := range v.words.countries {
			c := models.MatrixCell{Column: country.Slug, Role: "not_applicable"}
			for _, p := range item.Parts {
				if p.Country == country.Slug {
					c.Role = p.Role
					if p.Applicable() {
						c.Status, c.Was, c.Change, c.Grade, c.Evidence = p.Status, p.Was, p.Change, p.Grade, p.EvidenceCount
					}
				}
			}
			row.Cells = append(row.Cells, c)
		}
	}
}

// whole is the cell of an initiative as a whole at the time of the view.
func whole(column string, i models.Initiative) models.MatrixCell {
	return models.MatrixCell{Column: column, Status: i.Status, Mark: i.Mark, Was: i.Was, Change: i.Change, Grade: i.Grade, Evidence: i.EvidenceCount}
}

// sum tallies the columns.
func sum(m *models.Matrix) {
	for n := range m.Columns {
		c := &m.Columns[n]
		c.Summary = empty()
		for _, row := range m.Items {
			if cell := row.Cells[n]; cell.Status != "" {
				c.Summary.Add(cell.Status, cell.Mark, cell.Change, row.Trackable, 1)
				if cell.Evidence > 0 {
					c.Evidenced++
				}
			}
		}
	}
}
